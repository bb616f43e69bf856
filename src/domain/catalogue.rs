//! The workspace's catalogue: what the facts say, folded in the hub's order.
//!
//! A device folds the facts it may see, the hub all of them. Folding never fails: a fact that contradicts an earlier one
//! (a second document with one id, say) changes nothing, because the hub refused it before it had a number.

use std::collections::BTreeMap;

use super::{
    fact::Fact,
    id::{DeviceId, DocId, EntityId, PersonId, WorkspaceId},
    kind::{Audience, DocKind, Framework, Role, Writer},
    party::{MembershipStatus, PartyCode},
    project::reference::Block,
    when::Date,
};

/// A document of the workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocEntry {
    /// Its kind.
    pub kind: DocKind,
    /// What it is about: a project's plan, a session's meeting, a voice's subject.
    pub subject: Option<DocId>,
    /// Who receives it.
    pub audience: Audience,
    /// Who writes it, before grants.
    pub writers: Vec<Writer>,
    /// The document it was made from.
    pub origin: Option<DocId>,
}

impl DocEntry {
    /// Whether it is what a party tells another: then that party has it too, though it is for the other.
    #[must_use]
    pub fn tells_from(&self, party: &PartyCode) -> bool {
        self.kind == DocKind::Logistics
            && self.writers.iter().any(|writer| matches!(writer, Writer::Party(code) if code == party))
    }
}

/// A party's part in a framework.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// The party.
    pub party: PartyCode,
    /// The framework.
    pub framework: Framework,
    /// How.
    pub status: MembershipStatus,
    /// First day; none: since ever.
    pub from: Option<Date>,
    /// Last day; none: still.
    pub to: Option<Date>,
    /// When it was said, in milliseconds since 1970; 0: not known.
    pub stated: u64,
}

/// A term in the chair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The party.
    pub party: PartyCode,
    /// First day in effect.
    pub from: Option<Date>,
    /// Last day in effect.
    pub to: Option<Date>,
    /// When it was handed over.
    pub handed_over: Option<Date>,
    /// When it was said, in milliseconds since 1970; 0: not known.
    pub stated: u64,
}

/// An appointment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    /// Who.
    pub person: PersonId,
    /// For which party.
    pub party: PartyCode,
    /// As what.
    pub role: Role,
    /// First day.
    pub from: Date,
    /// Last day; none: still.
    pub to: Option<Date>,
}

/// A device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// Whose.
    pub person: PersonId,
    /// What its person calls it.
    pub label: String,
    /// Whether its rights were taken away.
    pub revoked: bool,
    /// Its public key, base64url.
    pub key: Option<String>,
}

/// Everything the facts say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalogue {
    /// The workspace: id, name, whether it is the sample.
    pub workspace: Option<(WorkspaceId, String, bool)>,
    /// Documents.
    pub docs: BTreeMap<DocId, DocEntry>,
    /// Memberships.
    pub members: BTreeMap<EntityId, Membership>,
    /// Chair terms by framework and ordinal.
    pub terms: BTreeMap<(Framework, u16), Term>,
    /// Appointments.
    pub appointments: BTreeMap<EntityId, Appointment>,
    /// Devices.
    pub devices: BTreeMap<DeviceId, Device>,
    /// Whose devices they are, also those of others.
    pub owners: BTreeMap<DeviceId, PersonId>,
    /// Grants: document and writer.
    pub grants: BTreeMap<EntityId, (DocId, Writer)>,
    /// Grants that ended, and of which document they were, where that is known. One that is heard of after its end (a
    /// device hears of old facts when it may) gives no rights any more.
    pub ended: BTreeMap<EntityId, Option<DocId>>,
    /// Reference numbers of projects.
    pub numbers: BTreeMap<DocId, String>,
    /// Numbers that devices have for themselves, with the plan of whose projects they are.
    pub reserved: Vec<(DeviceId, DocId, Block)>,
}

/// Whether a day lies between two, both inclusive, open where none.
#[must_use]
pub fn within(on: Date, from: Option<Date>, to: Option<Date>) -> bool {
    from.is_none_or(|from| from <= on) && to.is_none_or(|to| on <= to)
}

impl Catalogue {
    /// Takes in the next fact.
    pub fn fold(&mut self, fact: &Fact) {
        match fact.clone() {
            Fact::Workspace { id, name, sample, stated: _ } => {
                self.workspace.get_or_insert((id, name, sample));
            }
            Fact::Member { id, party, framework, status, from, to, stated } => {
                self.members.insert(id, Membership { party, framework, status, from, to, stated });
            }
            Fact::Term { ordinal, framework, party, effective_from, effective_to, handed_over, stated } => {
                let term = Term { party, from: effective_from, to: effective_to, handed_over, stated };
                self.terms.insert((framework, ordinal), term);
            }
            Fact::Appoint { id, person, party, role, from, to } => {
                self.appointments.entry(id).or_insert(Appointment { person, party, role, from, to });
            }
            Fact::End { appointment, on } => {
                if let Some(appointment) = self.appointments.get_mut(&appointment) {
                    appointment.to = Some(appointment.to.map_or(on, |to| to.min(on)));
                }
            }
            Fact::Device { id, person, label, key } => {
                self.devices.entry(id).or_insert(Device { person, label, revoked: false, key });
            }
            Fact::Owner { device, person } => {
                self.owners.entry(device).or_insert(person);
            }
            Fact::Revoke { device } => {
                if let Some(device) = self.devices.get_mut(&device) {
                    device.revoked = true;
                }
            }
            Fact::Doc { id, kind, subject, audience, writers, origin } => {
                self.docs.entry(id).or_insert(DocEntry { kind, subject, audience, writers, origin });
            }
            Fact::Grant { id, doc, writer } => match self.ended.get_mut(&id) {
                Some(of) => *of = Some(doc),
                None => drop(self.grants.entry(id).or_insert((doc, writer))),
            },
            Fact::Ungrant { grant } => {
                let of = self.grants.remove(&grant).map(|(doc, _)| doc);
                self.ended.entry(grant).or_insert(of);
            }
            Fact::Number { doc, reference } => {
                self.numbers.entry(doc).or_insert(reference);
            }
            Fact::Reserve { device, plan, blocks } => {
                let new = blocks.into_iter().map(|block| (device, plan, block));
                let new: Vec<_> = new.filter(|block| !self.reserved.contains(block)).collect();
                self.reserved.extend(new);
            }
        }
    }

    /// Whose device it is.
    #[must_use]
    pub fn owner(&self, device: DeviceId) -> Option<PersonId> {
        let told = self.devices.get(&device).map(|device| device.person);
        told.or_else(|| self.owners.get(&device).copied())
    }

    /// For whom a person spoke on a day; where the day says nothing (a clock that was wrong), for whom they ever did.
    #[must_use]
    pub fn spoke_for(&self, person: PersonId, on: Date) -> Option<&Appointment> {
        let then = self.appointed(person, on).next();
        then.or_else(|| self.appointments.values().find(|appointment| appointment.person == person))
    }

    /// The appointments of a person in force on a day.
    pub fn appointed(&self, person: PersonId, on: Date) -> impl Iterator<Item = &Appointment> {
        self.appointments.values().filter(move |a| a.person == person && within(on, Some(a.from), a.to))
    }

    /// How a party takes part in a framework on a day.
    #[must_use]
    pub fn status(&self, party: &PartyCode, framework: Framework, on: Date) -> Option<MembershipStatus> {
        self.members
            .values()
            .find(|m| m.party == *party && m.framework == framework && within(on, m.from, m.to))
            .map(|m| m.status)
    }

    /// The full members of a framework on a day, by code. Consensus is theirs.
    #[must_use]
    pub fn members_on(&self, framework: Framework, on: Date) -> Vec<PartyCode> {
        let mut members: Vec<_> = self
            .members
            .values()
            .filter(|m| m.framework == framework && m.status == MembershipStatus::Member && within(on, m.from, m.to))
            .map(|m| m.party.clone())
            .collect();
        members.sort();
        members.dedup();
        members
    }

    /// The term whose chair is in effect on a day: the latest that has begun and not ended. A term without a first day is
    /// never in effect.
    #[must_use]
    pub fn chair(&self, framework: Framework, on: Date) -> Option<(u16, &Term)> {
        self.terms
            .iter()
            .filter(|((of, _), term)| *of == framework && term.from.is_some() && within(on, term.from, term.to))
            .max_by_key(|((_, ordinal), term)| (term.from, *ordinal))
            .map(|((_, ordinal), term)| (*ordinal, term))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().expect("a date")
    }

    fn code(text: &str) -> PartyCode {
        text.parse().expect("a code")
    }

    #[test]
    fn membership_is_dated() {
        let mut catalogue = Catalogue::default();
        let mut member = |n: u8, party: &str, from: Option<&str>| {
            catalogue.fold(&Fact::Member {
                id: EntityId::from_bytes([n; 16]),
                party: code(party),
                framework: Framework::Accsm,
                status: MembershipStatus::Member,
                from: from.map(date),
                stated: 0,
                to: None,
            });
        };
        member(1, "KH", None);
        member(2, "TL", Some("2025-10-26"));
        assert_eq!(catalogue.members_on(Framework::Accsm, date("2020-11-18")), [code("KH")]);
        assert_eq!(catalogue.members_on(Framework::Accsm, date("2025-10-26")), [code("KH"), code("TL")]);
    }

    #[test]
    fn the_chair_is_whose_term_is_in_effect_not_who_was_handed_the_chair() {
        let mut catalogue = Catalogue::default();
        for (ordinal, party, from, to, handed) in
            [(19, "SG", "2017-01-01", Some("2018-12-31"), "2016-11-17"), (20, "TH", "2019-01-01", None, "2018-10-24")]
        {
            catalogue.fold(&Fact::Term {
                ordinal,
                framework: Framework::Accsm,
                party: code(party),
                effective_from: Some(date(from)),
                effective_to: to.map(date),
                handed_over: Some(date(handed)),
                stated: 0,
            });
        }
        let chair = |on| catalogue.chair(Framework::Accsm, date(on)).map(|(ordinal, _)| ordinal);
        assert_eq!(chair("2018-12-31"), Some(19));
        assert_eq!(chair("2019-01-01"), Some(20));
        assert_eq!(chair("2016-12-31"), None);
    }

    #[test]
    fn an_appointment_that_ended_gives_no_rights_the_day_after() {
        let mut catalogue = Catalogue::default();
        let (id, person) = (EntityId::from_bytes([1; 16]), PersonId::from_bytes([2; 16]));
        let (party, role) = (code("MM"), Role::FocalPoint);
        catalogue.fold(&Fact::Appoint { id, person, party, role, from: date("2024-01-01"), to: None });
        catalogue.fold(&Fact::End { appointment: id, on: date("2024-06-30") });
        assert_eq!(catalogue.appointed(person, date("2024-06-30")).count(), 1);
        assert_eq!(catalogue.appointed(person, date("2024-07-01")).count(), 0);
    }

    #[test]
    fn a_grant_that_ended_gives_no_rights_in_whatever_order_it_is_heard_of() {
        let (id, doc) = (EntityId::from_bytes([1; 16]), DocId::from_bytes([2; 16]));
        let (grant, end) = (Fact::Grant { id, doc, writer: Writer::FocalPoints }, Fact::Ungrant { grant: id });
        for facts in [[&grant, &end, &grant], [&end, &grant, &end], [&grant, &grant, &end]] {
            let mut catalogue = Catalogue::default();
            facts.into_iter().for_each(|fact| catalogue.fold(fact));
            assert_eq!(catalogue.grants.len(), 0, "{facts:?}");
            assert_eq!(catalogue.ended[&id], Some(doc), "{facts:?}");
        }
    }

    #[test]
    fn a_membership_can_return_to_words_said_before() {
        let said = |status, stated| Fact::Member {
            id: EntityId::from_bytes([1; 16]),
            party: code("VN"),
            framework: Framework::Accsm,
            status,
            from: None,
            to: None,
            stated,
        };
        let first = said(MembershipStatus::Member, 0);
        let again = said(MembershipStatus::Member, 1_772_344_800_000);
        assert_ne!(Fact::hash(&first.to_bytes()), Fact::hash(&again.to_bytes()), "two entries of the log");
        let mut catalogue = Catalogue::default();
        for fact in [first, said(MembershipStatus::Observer, 0), again] {
            catalogue.fold(&fact);
        }
        assert_eq!(catalogue.members_on(Framework::Accsm, date("2026-03-01")), [code("VN")]);
    }
}
