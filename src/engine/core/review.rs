//! Edits that were made so long ago that the world has moved on: their author looks at them before they go.
//!
//! They stay in the document on this device, and nothing that stands on them goes before them. Nothing is dropped: what
//! its author puts aside stays with the refused words.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Engine,
    outbox::{Entry, State},
    refusals::words,
};
use crate::{
    domain::DocId,
    engine::api::{CommandId, HeldEdits},
};

/// An edit older than this many milliseconds (14 days) is not sent without a word of its author.
pub const OLD: u64 = 14 * 86_400_000;
/// The word under which what was put aside is kept.
const PUT_ASIDE: &str = "put-aside";

impl Engine {
    /// Keeps back what is too old to go by itself. What was offered and has not been answered in all this time is taken
    /// back, with everything after it in its document, and documents about a document that goes no further.
    pub(super) fn hold_the_aged(&mut self) {
        let Some(old) = self.now.checked_sub(OLD) else { return };
        let aged = |entry: &&Entry| {
            matches!(entry.state, State::Device | State::Sent) && entry.millis < old && !entry.reviewed
        };
        let mut docs: BTreeSet<DocId> = self.outbox.iter().filter(aged).map(|entry| entry.doc).collect();
        if docs.is_empty() {
            return;
        }
        for entry in self.outbox.iter() {
            // In the order in which they were made: a document comes after the one it is about.
            docs.extend(entry.about().filter(|about| docs.contains(about)).map(|_| entry.doc));
        }
        for doc in docs {
            let waiting = |entry: &&Entry| matches!(entry.state, State::Device | State::Sent);
            let entries: Vec<Entry> = self.outbox.of(doc).filter(waiting).cloned().collect();
            for entry in entries {
                if let Some(client) = self.client.as_mut().filter(|_| entry.state == State::Sent) {
                    client.take_back(&entry.key_at_hub());
                }
                if let Some(held) = self.outbox.get_mut(entry.seq) {
                    held.state = if aged(&&entry) { State::Review } else { State::Device };
                }
            }
            self.dirty.docs.insert(doc);
            self.dirty.shell = true;
        }
    }

    /// What is held for review, by document, the oldest first.
    pub(super) fn held_edits(&self) -> Vec<HeldEdits> {
        let mut held: BTreeMap<DocId, (HeldEdits, BTreeSet<CommandId>)> = BTreeMap::new();
        for entry in self.outbox.iter().filter(|entry| entry.state == State::Review) {
            let doc = entry.doc;
            let (edits, commands) = held.entry(doc).or_insert_with(|| {
                let (kind, since) = (self.entry(doc).map(|known| known.kind), entry.millis);
                let title = self.title(doc);
                (HeldEdits { doc, kind, title, edits: 0, since, words: String::new() }, BTreeSet::new())
            });
            commands.insert(entry.command);
            edits.edits = u32::try_from(commands.len()).unwrap_or(u32::MAX);
            edits.since = edits.since.min(entry.millis);
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
        let makes = self.outbox.of(doc).any(|entry| entry.state == State::Review && entry.is_fact());
        if makes {
            // Without its document nothing that was written in it can go.
            self.rebuild(doc, &self.outbox.of(doc).map(|entry| entry.seq).collect(), PUT_ASIDE);
        } else if !held.is_empty() {
            self.rebuild(doc, &held, PUT_ASIDE);
        }
    }
}
