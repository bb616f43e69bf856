//! Edits made so long ago that the world has moved on, or on something that was adopted since: their author looks at them
//! before they go.
//!
//! They stay in the document on this device, and nothing that stands on them goes before them. Nothing is dropped: what
//! its author puts aside stays with the refused words.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Engine,
    outbox::{Entry, State},
    refusals::words,
    store::Store,
};
use crate::{
    domain::{Act, DocId, DocKind, Edit, EntityId, Snapshot, rights::person_id},
    engine::api::{CommandId, HeldEdits},
};

/// An edit older than this many milliseconds (14 days) is not sent without a word of its author.
pub const OLD: u64 = 14 * 86_400_000;
/// The word under which what was put aside is kept.
const PUT_ASIDE: &str = "put-aside";

const fn waiting(entry: &Entry) -> bool {
    matches!(entry.state, State::Device | State::Sent)
}

/// The number of the act by which what an edit is about was adopted; none while it is not, by what the hub has.
///
/// A plan is adopted whole. Of a session it is the agenda: its items and their order, not what is written at them later.
fn adopted_at(snapshot: &Snapshot, edit: &Edit) -> Option<u64> {
    let item = |id: &EntityId| snapshot.collection("items").iter().any(|item| item.id == Some(*id));
    let (in_plan, in_agenda) = match edit {
        Edit::Set { at, .. } | Edit::Choose { at, .. } => (true, at.entity.as_ref().is_some_and(item)),
        Edit::Add { to, .. } => (true, to == "items"),
        Edit::Move { id, .. } | Edit::Withdraw { id, .. } | Edit::Restore { id } => (true, item(id)),
        Edit::Text { .. } | Edit::Begin { .. } | Edit::Make(_) => (true, false),
        Edit::Claim { .. } | Edit::ClaimAt { .. } | Edit::Act { .. } => (false, false),
    };
    let adopts = |act: &Act| match act {
        Act::MovePlan(to) => in_plan && snapshot.kind == DocKind::Plan && to.adopted(),
        Act::StepPlan(step) => in_plan && snapshot.kind == DocKind::Plan && step.to.adopted(),
        Act::MoveAgenda(to) => in_agenda && snapshot.kind == DocKind::Session && to.frozen(),
        Act::AmendAgenda(_) => in_agenda && snapshot.kind == DocKind::Session,
        Act::PublishStatus(_)
        | Act::PublishStep(_)
        | Act::Classify(_)
        | Act::Settle(_)
        | Act::StepDraft(_)
        | Act::MoveMeeting(_)
        | Act::MoveItem(_)
        | Act::Order(_)
        | Act::FixDate(_)
        | Act::NameVersion(_)
        | Act::FixDates(_)
        | Act::ChangeMode(_)
        | Act::DeclineItem
        | Act::Report(_) => false,
    };
    snapshot
        .acts
        .iter()
        .filter(|record| record.act.as_ref().is_some_and(adopts))
        .filter_map(|record| record.number)
        .min()
}

impl Engine {
    /// Keeps back what is too old to go by itself, and what was made on something adopted since. What was offered and has
    /// not been answered in all this time is taken back, with everything after it in its document, and documents about a
    /// document that goes no further.
    pub(super) fn hold_for_review(&mut self) {
        self.note_the_overtaken();
        let old = self.clock().saturating_sub(OLD);
        // What a person keeps for themselves nobody else reads: it is never too old to go.
        let own = self.own_person().map(person_id);
        let due = |entry: &&Entry| {
            waiting(entry) && !entry.reviewed && (entry.millis < old || entry.overtaken) && Some(entry.doc) != own
        };
        let mut docs: BTreeSet<DocId> = self.outbox.iter().filter(due).map(|entry| entry.doc).collect();
        if docs.is_empty() {
            return;
        }
        for entry in self.outbox.iter() {
            // In the order in which they were made: a document comes after the one it is about.
            docs.extend(entry.about().filter(|about| docs.contains(about)).map(|_| entry.doc));
        }
        for doc in docs {
            let entries: Vec<Entry> = self.outbox.of(doc).filter(|entry| waiting(entry)).cloned().collect();
            for entry in entries {
                if let Some(client) = self.client.as_mut().filter(|_| entry.state == State::Sent) {
                    client.take_back(&entry.key_at_hub());
                }
                if let Some(held) = self.outbox.get_mut(entry.seq) {
                    held.state = if due(&&entry) { State::Review } else { State::Device };
                }
            }
            self.dirty.docs.insert(doc);
            self.dirty.shell = true;
        }
    }

    /// Notes, for good, which edits that are still here were made on something adopted since.
    fn note_the_overtaken(&mut self) {
        let overtaken: Vec<u64> = self
            .outbox
            .iter()
            .filter(|entry| entry.state == State::Device && !entry.reviewed && !entry.overtaken)
            .filter(|entry| {
                let adopted = entry.edit().zip(self.documents.get(entry.doc));
                let adopted = adopted.and_then(|(edit, held)| adopted_at(held.snapshot(), edit));
                adopted.is_some_and(|number| number > entry.known)
            })
            .map(|entry| entry.seq)
            .collect();
        for seq in overtaken {
            let Some(entry) = self.outbox.get_mut(seq) else { continue };
            entry.overtaken = true;
            if let Ok(value) = entry.encode() {
                let key = entry.key();
                self.journal.write.put(Store::Outbox, key, value);
            }
        }
    }

    /// Documents in which things are adopted, and in which others may have done so while this device was away: until it
    /// has heard all that the hub had when it greeted, what was written in them stays here.
    pub(super) fn waits_to_hear(&self) -> BTreeSet<DocId> {
        if self.welcomed.is_some_and(|head| self.position.number >= head) {
            return BTreeSet::new();
        }
        let adopted_in = |doc: &DocId| match self.acknowledged.docs.get(doc).map(|entry| entry.kind) {
            Some(DocKind::Plan | DocKind::Session) => true,
            Some(
                DocKind::Register
                | DocKind::Project
                | DocKind::Draft
                | DocKind::Meeting
                | DocKind::Annotation
                | DocKind::Voice
                | DocKind::Text
                | DocKind::Consultation
                | DocKind::Response
                | DocKind::Logistics
                | DocKind::Person,
            )
            | None => false,
        };
        self.outbox.iter().map(|entry| entry.doc).filter(adopted_in).collect()
    }

    /// What is held for review, by document, the oldest first.
    pub(super) fn held_edits(&self) -> Vec<HeldEdits> {
        let mut held: BTreeMap<DocId, (HeldEdits, BTreeSet<CommandId>)> = BTreeMap::new();
        for entry in self.outbox.iter().filter(|entry| entry.state == State::Review) {
            let doc = entry.doc;
            let (edits, commands) = held.entry(doc).or_insert_with(|| {
                let (kind, since) = (self.entry(doc).map(|known| known.kind), entry.millis);
                let title = self.title(doc);
                let held = HeldEdits { doc, kind, title, edits: 0, since, overtaken: false, words: String::new() };
                (held, BTreeSet::new())
            });
            commands.insert(entry.command);
            edits.edits = u32::try_from(commands.len()).unwrap_or(u32::MAX);
            edits.since = edits.since.min(entry.millis);
            edits.overtaken |= entry.overtaken;
            let said = entry.edit().map(words).unwrap_or_default();
            if !said.is_empty() {
                if !edits.words.is_empty() {
                    edits.words.push(' ');
                }
                edits.words.push_str(&said);
            }
        }
        let mut held: Vec<HeldEdits> = held.into_values().map(|(edits, _)| edits).collect();
        held.sort_by_key(|edits| (edits.since, edits.doc));
        held
    }

    /// Their author sends them. That is written down first, so that a crash does not ask again.
    pub(super) fn release_aged(&mut self, doc: DocId) {
        let held: Vec<Entry> = self.outbox.of(doc).filter(|entry| entry.state == State::Review).cloned().collect();
        for mut entry in held {
            entry.reviewed = true;
            entry.state = State::Pending;
            self.keep_entry(entry);
        }
    }

    /// Their author does not send them: the document is made anew without them, and what stood on them is run again.
    pub(super) fn put_aside(&mut self, doc: DocId) {
        let held: BTreeSet<u64> =
            self.outbox.of(doc).filter(|entry| entry.state == State::Review).map(|entry| entry.seq).collect();
        let makes = self.outbox.of(doc).any(|entry| entry.state == State::Review && entry.makes_document());
        if makes {
            // Without its document nothing that was written in it can go.
            self.rebuild(doc, &self.outbox.of(doc).map(|entry| entry.seq).collect(), PUT_ASIDE);
        } else if !held.is_empty() {
            self.rebuild(doc, &held, PUT_ASIDE);
        }
    }
}
