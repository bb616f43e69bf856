//! Who may receive and who may write what, by facts and a date. The hub enforces it on every byte; a device asks the same
//! functions before it lets a person type.

mod derived;
mod reserved;

pub use derived::*;

use super::{
    catalogue::{Appointment, Catalogue, DocEntry},
    fact::Fact,
    id::{DocId, PersonId},
    kind::{Audience, DocKind, Framework, Role, Writer},
    party::{MembershipStatus, PartyCode},
    project::reference,
    when::Date,
};

/// Why a fact is not a person's to state; the word goes to the author.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotYours {
    /// The person holds no appointment that allows it.
    #[error("no appointment allows this")]
    NoRight,
    /// The document exists already, with other properties.
    #[error("the document exists")]
    DocExists,
    /// The document it speaks of does not exist or may not be seen.
    #[error("unknown document")]
    UnknownDoc,
    /// Kind, audience, writers or derived id do not fit together.
    #[error("the document's properties do not fit its kind")]
    BadShape,
    /// A reference number was given before, to this project or another.
    #[error("the number is taken")]
    NumberTaken,
}

impl NotYours {
    /// The stable word of the reason.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NoRight => "not-a-writer",
            Self::DocExists => "document-exists",
            Self::UnknownDoc => "unknown-document",
            Self::BadShape => "bad-document",
            Self::NumberTaken => "number-taken",
        }
    }
}

/// The framework whose chair speaks for an audience.
#[must_use]
pub const fn framework_of(audience: &Audience) -> Framework {
    match audience {
        Audience::AccsmPlus3 => Framework::AccsmPlus3,
        Audience::Public
        | Audience::Accsm
        | Audience::Party(_)
        | Audience::Person(_)
        | Audience::Chair(_)
        | Audience::Host(_)
        | Audience::Meeting(_) => Framework::Accsm,
    }
}

/// Whether everyone in `inner` is in `outer` too, as far as that is so at all times and for all parties. Whoever makes a
/// document for a party, a person, a chair or a meeting is in that audience and stands for it.
fn covers(outer: &Audience, inner: &Audience) -> bool {
    match (outer, inner) {
        (Audience::Public, _) | (Audience::AccsmPlus3, Audience::Accsm) => true,
        (
            Audience::Accsm | Audience::AccsmPlus3,
            Audience::Party(_) | Audience::Person(_) | Audience::Chair(_) | Audience::Host(_) | Audience::Meeting(_),
        ) => true,
        (outer, inner) => outer == inner,
    }
}

const fn speaks(role: Role) -> bool {
    match role {
        Role::Secretariat | Role::FocalPoint | Role::SeniorOfficial | Role::Head => true,
        Role::Drafter | Role::Host | Role::Observer => false,
    }
}

impl Catalogue {
    /// Whether a party is in an audience on a day.
    #[must_use]
    pub fn party_in(&self, party: &PartyCode, audience: &Audience, on: Date) -> bool {
        let asec = *party == PartyCode::secretariat();
        let member = |framework, partners: bool| match self.status(party, framework, on) {
            Some(MembershipStatus::Member) => true,
            Some(MembershipStatus::Partner) => partners,
            Some(MembershipStatus::Observer | MembershipStatus::Guest) | None => false,
        };
        match audience {
            Audience::Public => true,
            Audience::Accsm => asec || member(Framework::Accsm, false),
            Audience::AccsmPlus3 => asec || member(Framework::Accsm, false) || member(Framework::AccsmPlus3, true),
            Audience::Party(code) => code == party,
            Audience::Person(_) => false,
            Audience::Chair(term) => {
                asec || self.terms.iter().any(|((_, ordinal), t)| ordinal == term && t.party == *party)
            }
            Audience::Host(_) => asec,
            Audience::Meeting(id) => asec || self.granted(*id, party),
        }
    }

    fn granted(&self, doc: DocId, party: &PartyCode) -> bool {
        self.grants.values().any(|(of, writer)| *of == doc && *writer == Writer::Party(party.clone()))
    }

    /// Whether a person may receive a document on a day.
    #[must_use]
    pub fn may_read(&self, person: PersonId, doc: &DocEntry, on: Date) -> bool {
        match &doc.audience {
            Audience::Person(id) => *id == person && self.appointed(person, on).next().is_some(),
            Audience::Public => self.appointed(person, on).next().is_some(),
            Audience::Accsm
            | Audience::AccsmPlus3
            | Audience::Party(_)
            | Audience::Chair(_)
            | Audience::Host(_)
            | Audience::Meeting(_) => self.appointed(person, on).any(|appointment| {
                let party = &appointment.party;
                appointment.role != Role::Observer && (self.party_in(party, &doc.audience, on) || doc.tells_from(party))
            }),
        }
    }

    /// Whether a person may write a document on a day: as one of its writers or by a grant, and only what they may read.
    #[must_use]
    pub fn may_write(&self, person: PersonId, id: DocId, on: Date) -> bool {
        let Some(doc) = self.docs.get(&id) else { return false };
        let granted = self.grants.values().filter(|(of, _)| *of == id).map(|(_, writer)| writer);
        self.may_read(person, doc, on)
            && doc.writers.iter().chain(granted).any(|writer| {
                self.appointed(person, on).any(|appointment| self.is_writer(writer, appointment, person, doc, on))
            })
    }

    fn is_writer(&self, writer: &Writer, by: &Appointment, person: PersonId, doc: &DocEntry, on: Date) -> bool {
        let drafts = matches!(doc.kind, DocKind::Draft | DocKind::Logistics) && by.role == Role::Drafter;
        match writer {
            Writer::Secretariat => by.role == Role::Secretariat && by.party == PartyCode::secretariat(),
            Writer::Chair => speaks(by.role) && self.is_chair(&by.party, framework_of(&doc.audience), on),
            Writer::Party(code) => *code == by.party && (speaks(by.role) || drafts),
            Writer::Person(id) => *id == person,
            Writer::FocalPoints => by.role == Role::FocalPoint,
        }
    }

    /// Whether a party is in the chair on a day. Where no term of ACCSM+3 is in effect the chair of ACCSM leads it too.
    #[must_use]
    pub fn is_chair(&self, party: &PartyCode, framework: Framework, on: Date) -> bool {
        self.chair(framework, on)
            .or_else(|| self.chair(Framework::Accsm, on))
            .is_some_and(|(_, term)| term.party == *party)
    }

    /// Whether a person is of the Secretariat on a day.
    #[must_use]
    pub fn is_secretariat(&self, person: PersonId, on: Date) -> bool {
        self.appointed(person, on).any(|a| a.role == Role::Secretariat && a.party == PartyCode::secretariat())
    }

    /// Whether a person may receive a fact on a day. Facts about documents go where the document goes; devices are seen
    /// by their own party and the Secretariat, and of others only whose they are; the rest is everyone's.
    #[must_use]
    pub fn may_see(&self, person: PersonId, fact: &Fact, on: Date) -> bool {
        let readable = |doc: &DocId| self.docs.get(doc).is_some_and(|doc| self.may_read(person, doc, on));
        match fact {
            Fact::Workspace { .. }
            | Fact::Member { .. }
            | Fact::Term { .. }
            | Fact::Appoint { .. }
            | Fact::Owner { .. }
            | Fact::End { .. } => true,
            Fact::Ungrant { grant } => {
                let of = self.grants.get(grant).map(|(doc, _)| *doc).or(self.ended.get(grant).copied().flatten());
                of.is_some_and(|doc| readable(&doc))
            }
            Fact::Device { person: owner, .. } => self.sees_device(person, *owner, on),
            Fact::Revoke { device } => {
                self.devices.get(device).is_some_and(|device| self.sees_device(person, device.person, on))
            }
            Fact::Doc { id, .. } => readable(id),
            Fact::Grant { doc, .. } | Fact::Number { doc, .. } | Fact::Reserve { plan: doc, .. } => readable(doc),
        }
    }

    fn sees_device(&self, person: PersonId, owner: PersonId, on: Date) -> bool {
        person == owner
            || self.is_secretariat(person, on)
            || self.appointed(person, on).any(|mine| self.appointed(owner, on).any(|theirs| mine.party == theirs.party))
    }

    /// Whether a person may state a fact on a day. Devices, appointments and revocations come from the hub's own routes,
    /// except that the Secretariat keeps appointments, memberships and terms.
    ///
    /// # Errors
    /// [`NotYours`] says why not.
    pub fn may_state(&self, person: PersonId, fact: &Fact, on: Date) -> Result<(), NotYours> {
        let secretariat = self.is_secretariat(person, on);
        let allow = |yes: bool| if yes { Ok(()) } else { Err(NotYours::NoRight) };
        match fact {
            // The hub alone says these.
            Fact::Workspace { .. } | Fact::Device { .. } | Fact::Owner { .. } | Fact::Revoke { .. } => allow(false),
            Fact::Member { .. } | Fact::Term { .. } | Fact::Appoint { .. } | Fact::End { .. } => allow(secretariat),
            Fact::Number { doc, reference } => {
                let entry = self.docs.get(doc).ok_or(NotYours::UnknownDoc)?;
                if entry.kind != DocKind::Project {
                    return Err(NotYours::BadShape);
                }
                if !reference::fits(reference) {
                    return Err(NotYours::BadShape);
                }
                // Rights before what is taken: an answer must not tell of numbers of projects that one may not know of.
                allow(secretariat)?;
                // Also where its project was withdrawn since: a number is given once.
                if self.numbers.contains_key(doc)
                    || self.numbers.values().any(|taken| reference::same(taken, reference))
                {
                    return Err(NotYours::NumberTaken);
                }
                Ok(())
            }
            Fact::Reserve { device, plan, blocks } => {
                let own = self.devices.get(device).is_some_and(|device| device.person == person && !device.revoked);
                self.may_reserve(*plan, blocks, allow(secretariat && own))
            }
            Fact::Grant { doc, .. } => {
                // Ids can be derived: no answer tells of a document to whoever may not know of it.
                let entry = self.docs.get(doc).filter(|entry| self.may_read(person, entry, on));
                let entry = entry.ok_or(NotYours::UnknownDoc)?;
                allow(secretariat || self.chairs(person, &entry.audience, on))
            }
            Fact::Ungrant { grant } => {
                let (doc, _) = self.grants.get(grant).ok_or(NotYours::UnknownDoc)?;
                let entry = self.docs.get(doc).ok_or(NotYours::UnknownDoc)?;
                allow(secretariat || self.chairs(person, &entry.audience, on))
            }
            Fact::Doc { id, kind, subject, audience, writers, origin } => {
                let (subject, origin) = (*subject, *origin);
                let (audience, writers) = (audience.clone(), writers.clone());
                let entry = DocEntry { kind: *kind, subject, audience, writers, origin };
                self.may_create(person, *id, &entry, on)
            }
        }
    }

    /// Whether a person leads what is open to an audience: the party in the chair, or the Secretariat that serves it.
    #[must_use]
    pub fn presides(&self, person: PersonId, audience: &Audience, on: Date) -> bool {
        self.is_secretariat(person, on) || self.chairs(person, audience, on)
    }

    fn chairs(&self, person: PersonId, audience: &Audience, on: Date) -> bool {
        self.appointed(person, on).any(|a| speaks(a.role) && self.is_chair(&a.party, framework_of(audience), on))
    }

    fn may_create(&self, person: PersonId, id: DocId, doc: &DocEntry, on: Date) -> Result<(), NotYours> {
        // Rights before existence: an answer must not say that a document is there to whoever may not know of it.
        self.may_make(person, id, doc, on)?;
        match self.docs.get(&id) {
            Some(known) if known != doc => Err(NotYours::DocExists),
            Some(_) | None => Ok(()),
        }
    }

    /// Whether a derived id is derived from what its document is for. Otherwise anyone could take the place of another
    /// party's document, or learn from the answer that it is there.
    fn is_derived_for(&self, id: DocId, doc: &DocEntry) -> bool {
        // What goes on from another document is written by those who wrote that one, and by nobody else.
        let goes_on = |from: DocId| {
            self.docs
                .get(&from)
                .is_some_and(|old| (old.kind, &old.audience, &old.writers) == (doc.kind, &doc.audience, &doc.writers))
        };
        // What a party drafted for a plan becomes a project of that plan and of that party.
        let submits = |from: DocId, plan: DocId| {
            self.docs.get(&from).is_some_and(|draft| {
                (draft.kind, draft.subject, &draft.writers) == (DocKind::Draft, Some(plan), &doc.writers)
            })
        };
        match (doc.kind, doc.subject, doc.writers.as_slice(), doc.origin) {
            (DocKind::Voice, Some(subject), [Writer::Party(party)], _) => id == voice_id(party, subject, &doc.audience),
            (DocKind::Session, Some(meeting), ..) => id == session_id(meeting, &doc.audience),
            (DocKind::Project, Some(plan), _, Some(old)) => {
                (id == successor_id(old, plan) && goes_on(old)) || (id == submitted_id(old) && submits(old, plan))
            }
            (DocKind::Plan, None, _, Some(previous)) => id == next_plan_id(previous) && goes_on(previous),
            (DocKind::Meeting, None, _, Some(previous)) => id == next_meeting_id(previous) && goes_on(previous),
            (DocKind::Person, None, [Writer::Person(person)], None) => id == person_id(*person),
            (DocKind::Annotation, Some(session), ..) => id == annotation_id(session, &doc.audience),
            (DocKind::Logistics, Some(meeting), [Writer::Party(party)], None) => match &doc.audience {
                Audience::Party(host) => id == logistics_id(party, meeting, host),
                _ => false,
            },
            _ => false,
        }
    }

    fn may_make(&self, person: PersonId, id: DocId, doc: &DocEntry, on: Date) -> Result<(), NotYours> {
        if id.is_derived() && !self.is_derived_for(id, doc) {
            return Err(NotYours::BadShape);
        }
        if !self.may_read(person, doc, on) {
            return Err(NotYours::NoRight);
        }
        let secretariat = self.is_secretariat(person, on);
        let chair = self.chairs(person, &doc.audience, on);
        let subject = doc.subject.and_then(|subject| self.docs.get(&subject));
        if doc.subject.is_some() && !subject.is_some_and(|subject| self.may_read(person, subject, on)) {
            return Err(NotYours::UnknownDoc);
        }
        // What came of a draft is made by those who had it; and no answer tells others that there is one.
        let readable = |origin| self.docs.get(&origin).is_some_and(|origin| self.may_read(person, origin, on));
        if doc.origin.is_some_and(|origin| !readable(origin)) {
            return Err(NotYours::UnknownDoc);
        }
        // The fact names the subject to everyone in the document's audience.
        if subject.is_some_and(|subject| !covers(&subject.audience, &doc.audience)) {
            return Err(NotYours::BadShape);
        }
        let allow = |yes: bool| if yes { Ok(()) } else { Err(NotYours::NoRight) };
        let mine = || self.appointed(person, on).filter(|a| speaks(a.role)).map(|a| &a.party);
        match doc.kind {
            DocKind::Register | DocKind::Text | DocKind::Consultation => allow(secretariat),
            DocKind::Plan | DocKind::Meeting | DocKind::Session => allow(secretariat || chair),
            DocKind::Annotation => {
                // One per session and chair, and never for more than the chair and the Secretariat.
                let session = doc.subject.filter(|_| subject.is_some_and(|subject| subject.kind == DocKind::Session));
                let session = session.ok_or(NotYours::BadShape)?;
                let theirs = matches!(doc.audience, Audience::Chair(_))
                    && doc.writers == [Writer::Secretariat, Writer::Chair]
                    && doc.origin.is_none();
                if !theirs || id != annotation_id(session, &doc.audience) {
                    return Err(NotYours::BadShape);
                }
                allow(secretariat || chair)
            }
            DocKind::Project => {
                let plan = subject.filter(|plan| plan.kind == DocKind::Plan).ok_or(NotYours::BadShape)?;
                let leads: Vec<_> = doc.writers.iter().collect();
                let parties_only = leads.iter().all(|writer| matches!(writer, Writer::Party(_)));
                if plan.audience != doc.audience || leads.is_empty() || !parties_only {
                    return Err(NotYours::BadShape);
                }
                allow(secretariat || mine().any(|party| leads.contains(&&Writer::Party(party.clone()))))
            }
            DocKind::Voice => {
                let subject = doc.subject.ok_or(NotYours::BadShape)?;
                let [Writer::Party(party)] = doc.writers.as_slice() else { return Err(NotYours::BadShape) };
                if id != voice_id(party, subject, &doc.audience) {
                    return Err(NotYours::BadShape);
                }
                allow(mine().any(|own| own == party))
            }
            DocKind::Draft => {
                let [Writer::Party(party)] = doc.writers.as_slice() else { return Err(NotYours::BadShape) };
                if doc.audience != Audience::Party(party.clone()) {
                    return Err(NotYours::BadShape);
                }
                allow(
                    self.appointed(person, on)
                        .any(|a| a.party == *party && (speaks(a.role) || a.role == Role::Drafter)),
                )
            }
            DocKind::Logistics => {
                // For one host, who may know of the meeting, and for nobody else.
                let ([Writer::Party(party)], Audience::Party(host)) = (doc.writers.as_slice(), &doc.audience) else {
                    return Err(NotYours::BadShape);
                };
                let meeting = subject.filter(|subject| subject.kind == DocKind::Meeting);
                if !id.is_derived() || !meeting.is_some_and(|meeting| self.party_in(host, &meeting.audience, on)) {
                    return Err(NotYours::BadShape);
                }
                allow(
                    self.appointed(person, on)
                        .any(|a| a.party == *party && (speaks(a.role) || a.role == Role::Drafter)),
                )
            }
            DocKind::Response => {
                let [Writer::Party(party)] = doc.writers.as_slice() else { return Err(NotYours::BadShape) };
                allow(mine().any(|own| own == party))
            }
            DocKind::Person => {
                let own = doc.audience == Audience::Person(person) && id == person_id(person);
                if own { Ok(()) } else { Err(NotYours::BadShape) }
            }
        }
    }
}

#[cfg(test)]
mod tests;
