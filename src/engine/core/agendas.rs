//! Agendas: items that delegations propose and the Chair answers, changes of an adopted agenda, and the annotated agenda that
//! only the Chair and the Secretariat have.

use super::{Engine, refuse};
use crate::{
    domain::{
        Act, Audience, DocId, DocKind, Edit, EntityId, Fact, Framework, Place, Record, Snapshot, Value, Writer,
        agenda::{self, amend, proposal},
        place::key_between,
        plan::Hand,
        rights::{annotation_id, framework_of},
        schema,
    },
    engine::api::{CommandId, Refusal},
};

/// An act as an edit.
pub(super) fn bare(id: EntityId, act: Act, target: Option<EntityId>, term: Option<u16>, reason: String) -> Edit {
    Edit::Act { id, act, target, term, reason }
}

impl Engine {
    fn session(&self, doc: DocId) -> Result<&Snapshot, Refusal> {
        let held = self.documents.get(doc).filter(|held| held.snapshot().kind == DocKind::Session);
        Ok(held.ok_or_else(|| refuse("unknown-document", doc.to_string()))?.snapshot())
    }

    /// Proposes an item for an agenda in one's own party's voice, also after the date: then it is shown as late.
    pub(super) fn propose_item(
        &mut self,
        command: CommandId,
        session: DocId,
        id: EntityId,
        fields: Vec<(String, Value)>,
        text: String,
    ) -> Result<(), Refusal> {
        self.session(session)?;
        let titled = fields
            .iter()
            .any(|(name, value)| name == "title" && value.as_str().is_some_and(|title| !title.trim().is_empty()));
        if !titled {
            return Err(refuse("bad-value", "an item needs a title"));
        }
        let kind = [("kind".to_owned(), proposal::KIND.into())];
        let fields = kind.into_iter().chain(fields.into_iter().filter(|(name, _)| name != "kind")).collect();
        let texts = if text.trim().is_empty() { Vec::new() } else { vec![("text".to_owned(), text)] };
        let edit = Edit::Add { to: "proposals".to_owned(), id, place: None, fields, texts };
        let voice = self.speaking(command, session)?;
        self.may_edit(voice, &edit)?;
        self.write_edit(command, voice, edit)
    }

    /// A proposal of an item, with the party whose it is.
    fn proposed(&self, session: DocId, id: EntityId) -> Option<(Record, crate::domain::PartyCode)> {
        self.voices(session).into_iter().find_map(|voice| {
            let proposals = self.documents.get(voice)?.snapshot().collection("proposals");
            let record = proposals.iter().find(|record| record.id == Some(id) && proposal::is_item(record))?;
            Some((record.clone(), self.speaker(voice)?))
        })
    }

    /// Takes a proposal over into the agenda. Two who do it apart make one item.
    pub(super) fn take_proposal(
        &mut self,
        command: CommandId,
        session: DocId,
        id: EntityId,
        reason: &str,
    ) -> Result<(), Refusal> {
        self.may_preside(session)?;
        let unknown = || refuse("unknown-entity", "no such proposal");
        let (record, party) = self.proposed(session, id).ok_or_else(unknown)?;
        let item = proposal::item_id(session, id);
        let snapshot = self.session(session)?;
        let items = snapshot.collection("items");
        if items.iter().any(|known| known.id == Some(item)) {
            return Err(refuse("no-change", "it is on the agenda"));
        }
        let parent: Option<EntityId> = record.read("about");
        let parent = parent.filter(|parent| items.iter().any(|item| item.id == Some(*parent)));
        let below = |item: &&Record| item.place.as_ref().is_some_and(|place| place.parent == parent);
        let last =
            items.iter().filter(below).filter_map(|item| item.place.as_ref()).map(|place| place.key.as_str()).max();
        let [a, b, c, d, ..] = item.to_bytes();
        let place = Some(Place { parent, key: key_between(last, None, [a, b, c, d]) });
        let mut fields = proposal::item_fields(&record);
        fields.push(("proposer".to_owned(), party.as_str().into()));
        let edit = Edit::Add { to: "items".to_owned(), id: item, place, fields, texts: Vec::new() };
        if agenda::state(&snapshot.acts).state.frozen() {
            return self.amend_agenda(command, session, edit, reason);
        }
        self.may_edit(session, &edit)?;
        self.write_edit(command, session, edit)
    }

    /// Declines a proposal, and says why.
    pub(super) fn decline_proposal(
        &mut self,
        command: CommandId,
        session: DocId,
        id: EntityId,
        reason: &str,
    ) -> Result<(), Refusal> {
        if self.proposed(session, id).is_none() {
            return Err(refuse("unknown-entity", "no such proposal"));
        }
        let (term, reason) = (self.term_for(session), reason.trim().to_owned());
        let edit = bare(self.fresh_id(), Act::DeclineItem, Some(id), term, reason);
        self.may_edit(session, &edit)?;
        self.write_edit(command, session, edit)
    }

    /// Whether this person may decline the proposal that an act targets.
    pub(super) fn may_decline(&self, session: DocId, target: Option<EntityId>, reason: &str) -> Result<(), Refusal> {
        self.may_preside(session)?;
        let target = target.ok_or_else(|| refuse("bad-value", "no proposal"))?;
        let snapshot = self.session(session)?;
        let (state, _) = proposal::standing(session, target, snapshot.collection("items"), &snapshot.acts);
        match state {
            proposal::ProposalState::Open => {}
            proposal::ProposalState::Taken | proposal::ProposalState::Declined => {
                return Err(refuse("no-change", "it was answered"));
            }
        }
        if reason.trim().is_empty() { Err(refuse("reason-missing", "why it is declined")) } else { Ok(()) }
    }

    /// Whether this person is the Chair or the Secretariat to a session.
    pub(super) fn may_preside(&self, session: DocId) -> Result<(), Refusal> {
        let presides = match self.hand_on(session) {
            Hand::Secretariat | Hand::Chair => self.may_write(session),
            Hand::Nobody => false,
        };
        if presides { Ok(()) } else { Err(refuse("not-a-writer", "neither the Chair nor the Secretariat")) }
    }

    /// By whose authority this person acts on a document.
    fn hand_on(&self, doc: DocId) -> Hand {
        let Some(entry) = self.entry(doc) else { return Hand::Nobody };
        let framework = framework_of(&entry.audience);
        self.hand(framework, self.own_term(framework))
    }

    /// Whether this person may change an adopted agenda: only as its Chair.
    pub(super) fn may_amend(&self, session: DocId) -> Result<(), Refusal> {
        match self.hand_on(session) {
            Hand::Chair if self.may_write(session) => Ok(()),
            Hand::Chair | Hand::Secretariat | Hand::Nobody => {
                Err(refuse("frozen", "the agenda is adopted: only the Chair changes it"))
            }
        }
    }

    /// Whether an edit of an adopted agenda is left to a recorded change in session.
    pub(super) fn unfrozen(&self, snapshot: &Snapshot, edit: &Edit) -> Result<(), Refusal> {
        let frozen = snapshot.kind == DocKind::Session
            && amend::must_be_recorded(snapshot.collection("items"), &snapshot.acts, edit);
        if frozen { Err(refuse("frozen", "the agenda is adopted: it changes by an act")) } else { Ok(()) }
    }

    /// Changes an adopted agenda: the change, and the act that says what it was and why.
    pub(super) fn amend_agenda(
        &mut self,
        command: CommandId,
        session: DocId,
        edit: Edit,
        reason: &str,
    ) -> Result<(), Refusal> {
        self.may_amend(session)?;
        let reason = reason.trim().to_owned();
        if reason.is_empty() {
            return Err(refuse("reason-missing", "why an adopted agenda is changed"));
        }
        let snapshot = self.session(session)?;
        if !agenda::state(&snapshot.acts).state.frozen() {
            return Err(refuse("bad-value", "the agenda is not adopted"));
        }
        let change = amend::amendment(snapshot.collection("items"), &snapshot.acts, &edit);
        let (item, change) = change.ok_or_else(|| refuse("bad-value", "no change of an agenda"))?;
        self.may_edit_open(session, &edit)?;
        let act = Act::AmendAgenda(Box::new(change));
        let act = bare(self.fresh_id(), act, Some(item), self.term_for(session), reason);
        self.may_edit_open(session, &act)?;
        self.write_edit(command, session, act)?;
        self.write_edit(command, session, edit)
    }

    /// For whom an annotated agenda of a session is begun today: the party in the chair of ACCSM, which leads ACCSM+3 too, and
    /// the Secretariat.
    fn annotation_audience(&self) -> Option<Audience> {
        self.catalogue.chair(Framework::Accsm, self.today()).map(|(ordinal, _)| Audience::Chair(ordinal))
    }

    fn annotation_fact(&self, session: DocId) -> Option<Fact> {
        let audience = self.annotation_audience()?;
        Some(Fact::Doc {
            id: annotation_id(session, &audience),
            kind: DocKind::Annotation,
            subject: Some(session),
            audience,
            writers: vec![Writer::Secretariat, Writer::Chair],
            origin: None,
        })
    }

    /// Whether this person may note something at the items of a session.
    pub(super) fn may_annotate(&self, session: DocId) -> bool {
        let Some(fact) = self.annotation_fact(session) else { return false };
        let Fact::Doc { id, .. } = &fact else { return false };
        let id = *id;
        if self.entry(id).is_some() {
            let newer = self.documents.get(id).is_some_and(|held| held.snapshot().schema > schema::CURRENT);
            return self.may_write(id) && !newer;
        }
        self.may_state(&fact).is_ok()
    }

    /// Where this person's notes at a session are written now.
    pub(super) fn own_annotation(&self, session: DocId) -> Option<DocId> {
        self.annotation_audience().map(|audience| annotation_id(session, &audience))
    }

    /// Makes room for a note at an item in the annotated agenda, which is made when it is the first one. Answers the document.
    pub(super) fn annotate(&mut self, command: CommandId, session: DocId, item: EntityId) -> Result<DocId, Refusal> {
        let known = self.session(session)?.collection("items").iter().any(|known| known.id == Some(item));
        if !known {
            return Err(refuse("unknown-entity", "no such item"));
        }
        let fact = self.annotation_fact(session).filter(|_| self.may_annotate(session));
        let fact = fact.ok_or_else(|| refuse("not-a-writer", "for the Chair and the Secretariat"))?;
        let Fact::Doc { id: doc, .. } = &fact else { return Err(refuse("bad-value", "not a document")) };
        let doc = *doc;
        let begun = self.entry(doc).is_some();
        if !begun {
            self.make(command, fact)?;
            let fields = vec![("session".to_owned(), session.to_string().as_str().into())];
            self.write_edit(command, doc, Edit::Begin { fields, texts: Vec::new() })?;
        } else if self.documents.get(doc).is_none() && !self.position.missing.contains(&doc) {
            self.put_empty(doc)?;
        }
        let note = note_id(item);
        let there = self
            .documents
            .get(doc)
            .is_some_and(|held| held.snapshot().collection("notes").iter().any(|record| record.id == Some(note)));
        if !there {
            let fields = vec![("item".to_owned(), item.to_string().as_str().into())];
            let edit = Edit::Add { to: "notes".to_owned(), id: note, place: None, fields, texts: Vec::new() };
            self.may_edit(doc, &edit)?;
            self.write_edit(command, doc, edit)?;
        }
        Ok(doc)
    }
}

/// The note at an item: the same on every device.
fn note_id(item: EntityId) -> EntityId {
    EntityId::derived(&["note-at", &item.to_string()])
}
