//! What the hub does not take: the document is rebuilt from what was acknowledged, the other commands are run again, and
//! the refused words stay where their author finds them.

mod words;

use std::collections::{BTreeMap, BTreeSet};

use minicbor::{Decode, Encode, bytes::ByteVec};

pub(super) use self::words::words;
use super::{
    Engine,
    documents::{Held, records_of, working},
    outbox::{Body, EDIT, Entry, State, key},
    store::Store,
};
use crate::{
    docs::DocsError,
    domain::{DocId, Edit, EntityId, Fact},
    engine::api::{CommandId, RefusedEdit, wire},
    sync::{Key, versions::Sending},
};

/// Told where this build is too old to send, or to be spoken with at all.
const NEWER_HUB: &str = "notice-newer-hub";
/// How often an entry that lacks what it builds on is offered again before it is kept back.
const TRIES: u32 = 3;

/// Refused words, as the store keeps them.
#[derive(Debug, Clone, PartialEq)]
pub struct Quarantined {
    /// The document.
    pub doc: DocId,
    /// Its title when it happened.
    pub title: String,
    /// The hub's word.
    pub why: String,
    /// What the person wrote.
    pub words: String,
    /// The records it was about.
    pub records: BTreeSet<EntityId>,
    /// The command, to be taken up again.
    pub edits: Vec<Edit>,
}

/// [`Quarantined`] in numbered fields: words are readable for ever, commands as long as their shape is known.
#[derive(Encode, Decode)]
struct Stored {
    #[n(0)]
    doc: DocId,
    #[n(1)]
    title: String,
    #[n(2)]
    why: String,
    #[n(3)]
    words: String,
    #[n(4)]
    records: Vec<EntityId>,
    #[n(5)]
    edits: ByteVec,
}

impl Quarantined {
    /// The bytes for the store.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let stored = Stored {
            doc: self.doc,
            title: self.title.clone(),
            why: self.why.clone(),
            words: self.words.clone(),
            records: self.records.iter().copied().collect(),
            edits: wire::keep(EDIT, &self.edits).into(),
        };
        // Writing to memory cannot fail.
        minicbor::to_vec(&stored).unwrap_or_default()
    }

    /// From the store; none when the bytes are not refused words.
    #[must_use]
    pub fn decode(value: &[u8]) -> Option<Self> {
        let Stored { doc, title, why, words, records, edits } = minicbor::decode(value).ok()?;
        let records = records.into_iter().collect();
        Some(Self { doc, title, why, words, records, edits: wire::kept(EDIT, &edits).unwrap_or_default() })
    }
}

impl Engine {
    /// The hub will never take this.
    pub(super) fn refused(&mut self, hub_key: &Key, why: &str) {
        let Some(entry) = self.outbox.by_key(hub_key).cloned() else { return };
        let refused = match entry.body {
            // Without its document nothing that was written in it can go.
            Body::Fact { fact: Fact::Doc { .. }, .. } => self.outbox.of(entry.doc).map(|entry| entry.seq).collect(),
            // What is said of a document is not in it.
            Body::Fact { .. } => {
                self.quarantine(&entry, why);
                self.recatalogue();
                self.dirty.shell = true;
                return;
            }
            Body::Change { .. } => BTreeSet::from([entry.seq]),
        };
        self.rebuild(entry.doc, &refused, why);
    }

    /// Another change has this one's place: nothing is wrong with the words.
    pub(super) fn forked(&mut self, hub_key: &Key) {
        let Some(doc) = self.outbox.by_key(hub_key).map(|entry| entry.doc) else { return };
        self.rebuild(doc, &BTreeSet::new(), "");
    }

    /// The hub lacks what it builds on. It is offered again in its order, and kept back when that does not help.
    pub(super) fn needs_deps(&mut self, hub_key: &Key) {
        let Some(seq) = self.outbox.by_key(hub_key).map(|entry| entry.seq) else { return };
        if let Some(entry) = self.outbox.get_mut(seq) {
            entry.tries += 1;
            entry.state = if entry.tries > TRIES { State::Held } else { State::Device };
            let doc = entry.doc;
            self.dirty.docs.insert(doc);
            self.dirty.shell = true;
        }
    }

    /// A new connection may have what an entry was kept back for.
    pub(super) fn release_held(&mut self) {
        self.release(|_| true);
    }

    /// A document that words were kept back for came, or will not come.
    pub(super) fn release_held_of(&mut self, doc: DocId) {
        self.release(|entry| entry.doc == doc);
    }

    /// An entry waits until its document is here.
    pub(super) fn hold_until_here(&mut self, seq: u64) {
        if let Some(entry) = self.outbox.get_mut(seq) {
            entry.state = State::Held;
        }
    }

    fn release(&mut self, which: impl Fn(&Entry) -> bool) {
        let held = |entry: &&Entry| entry.state == State::Held && which(entry);
        let held: Vec<u64> = self.outbox.iter().filter(held).map(|entry| entry.seq).collect();
        for seq in held {
            if let Some(entry) = self.outbox.get_mut(seq) {
                entry.state = State::Device;
                entry.tries = 0;
            }
        }
    }

    /// Rebuilds a document from what was acknowledged, under a new actor, and runs again what was not refused.
    pub(super) fn rebuild(&mut self, doc: DocId, refused: &BTreeSet<u64>, why: &str) {
        if let Some(client) = &mut self.client {
            client.withdraw(doc.to_bytes().into());
        }
        self.take_new_actor();
        self.commit_texts_of(doc);
        let entries: Vec<Entry> = self.outbox.of(doc).cloned().collect();
        for entry in entries.iter().filter(|entry| refused.contains(&entry.seq)) {
            self.quarantine(entry, why);
        }
        let left: Vec<Entry> = entries.into_iter().filter(|entry| !refused.contains(&entry.seq)).collect();
        let rebuilt = self.documents.get(doc).map(Held::acknowledged_only);
        match rebuilt {
            Some(Ok(held)) => {
                self.documents.insert(doc, held);
                self.run_again(doc, left);
            }
            // It is being fetched whole: its words go on top of what comes.
            Some(Err(_)) | None if self.position.missing.contains(&doc) => self.hold_back(left),
            // It will not come back here: its words stay where their author finds them.
            Some(Err(_)) | None => {
                let why = if why.is_empty() { "not-a-reader" } else { why };
                left.iter().for_each(|entry| self.quarantine(entry, why));
            }
        }
        self.recatalogue();
        if self.entry(doc).is_none() {
            self.end_texts_of(doc, "refused");
            self.forget(doc);
        } else {
            self.projected(doc);
            self.text_rebuilt(doc);
        }
        self.dirty.all = true;
    }

    /// Puts one's own unacknowledged words on a document that was fetched whole.
    pub(super) fn own_words_on_top(&mut self, doc: DocId) {
        let own: Vec<Entry> = self.outbox.of(doc).cloned().collect();
        let bytes: Vec<&[u8]> = own
            .iter()
            .filter_map(|entry| match &entry.body {
                Body::Change { bytes, .. } => Some(bytes.as_slice()),
                Body::Fact { .. } => None,
            })
            .collect();
        if bytes.is_empty() {
            return;
        }
        let Some(held) = self.documents.get_mut(doc) else { return };
        let clean = working(doc, || held.doc_mut().apply(&bytes)).is_ok_and(|applied| applied.waiting.is_empty());
        if clean {
            self.release_held_of(doc);
            self.projected(doc);
        } else {
            // They build on what the hub does not have: the commands are run again on what it has.
            self.rebuild(doc, &BTreeSet::new(), "");
        }
    }

    fn run_again(&mut self, doc: DocId, entries: Vec<Entry>) {
        for mut entry in entries {
            let Some(edit) = entry.edit().cloned() else {
                // Facts and fixed first changes are the same whoever writes them.
                if matches!(entry.state, State::Sent | State::Held) {
                    (entry.state, entry.tries) = (State::Device, 0);
                    self.outbox.put(entry);
                }
                continue;
            };
            let author = self.author(entry.millis);
            let made = match (self.documents.get_mut(doc), author) {
                (Some(held), Some(author)) => working(doc, || held.doc_mut().edit(&edit, &author)),
                (None, _) | (_, None) => Err(DocsError::UnknownEntity(doc.to_string())),
            };
            match made {
                Ok(made) => {
                    self.undo_renamed(doc, entry.hash, made.hash);
                    entry.hash = made.hash;
                    entry.records = records_of(doc, &made);
                    entry.state = State::Pending;
                    entry.body = Body::Change { edit: Some(edit), bytes: made.bytes };
                    self.keep_entry(entry);
                }
                // The document says so without it: also where the other one of a copied profile sent the same command.
                Err(DocsError::NoChange | DocsError::Exists(_)) => {
                    self.outbox.remove(entry.seq);
                    self.journal.write.delete(Store::Outbox, key(entry.seq));
                }
                Err(error) => self.quarantine(&entry, error.word()),
            }
        }
    }

    fn hold_back(&mut self, entries: Vec<Entry>) {
        // What is not on the disk yet must not come to be offered from here.
        for mut entry in entries.into_iter().filter(|entry| entry.state != State::Pending) {
            entry.state = State::Held;
            self.outbox.put(entry);
        }
    }

    fn quarantine(&mut self, entry: &Entry, why: &str) {
        self.outbox.remove(entry.seq);
        self.journal.write.delete(Store::Outbox, entry.key());
        let title = self.title(entry.doc);
        let kept = self.quarantine.entry(entry.command).or_insert_with(|| Quarantined {
            doc: entry.doc,
            title,
            why: why.to_owned(),
            words: String::new(),
            records: BTreeSet::new(),
            edits: Vec::new(),
        });
        kept.records.extend(entry.records.iter().copied());
        if let Body::Fact { fact: Fact::Number { reference, .. }, .. } = &entry.body {
            kept.words.push_str(reference);
        }
        if let Body::Fact { fact: Fact::Reserve { blocks, .. }, .. } = &entry.body {
            kept.words.push_str(&super::numbers::told(blocks));
        }
        if let Some(edit) = entry.edit() {
            let said = words(edit);
            if !kept.words.is_empty() && !said.is_empty() {
                kept.words.push(' ');
            }
            kept.words.push_str(&said);
            kept.edits.push(edit.clone());
        }
        let value = kept.encode();
        self.journal.write.put(Store::Quarantine, entry.command.to_string(), value);
    }

    /// Refused and kept-back edits, for their author.
    pub(super) fn refused_edits(&self) -> Vec<RefusedEdit> {
        let refused = self.quarantine.iter().map(|(command, kept)| RefusedEdit {
            command: *command,
            doc: kept.doc,
            title: kept.title.clone(),
            why: kept.why.clone(),
            words: kept.words.clone(),
            again: self.may_again(kept),
        });
        let mut held: BTreeMap<CommandId, RefusedEdit> = BTreeMap::new();
        for entry in self.outbox.iter().filter(|entry| entry.state == State::Held) {
            let said = entry.edit().map(words).unwrap_or_default();
            held.entry(entry.command).and_modify(|edit| edit.words.push_str(&said)).or_insert_with(|| RefusedEdit {
                command: entry.command,
                doc: entry.doc,
                title: self.title(entry.doc),
                why: "held".to_owned(),
                words: said.clone(),
                again: false,
            });
        }
        refused.chain(held.into_values()).collect()
    }

    /// Its author has read it.
    pub(super) fn dismiss(&mut self, command: CommandId) {
        if let Some(kept) = self.quarantine.remove(&command) {
            self.journal.write.delete(Store::Quarantine, command.to_string());
            self.dirty.docs.insert(kept.doc);
            self.dirty.shell = true;
        }
    }

    /// The hub will have no more of this device, or cannot speak with it.
    pub(super) fn barred(&mut self, code: &str) {
        match code {
            "revoked" | "unauthorised" => {
                self.notice = Some("notice-revoked");
                if let Some(account) = &mut self.account {
                    account.barred = Some(code.to_owned());
                }
                self.keep_account();
            }
            "proto" => self.notice = Some(NEWER_HUB),
            _ => self.notice = Some("notice-other-workspace"),
        }
        self.dirty.all = true;
    }

    /// A hub that could not speak with this build speaks with it now.
    pub(super) fn heard_out(&mut self) {
        if self.notice == Some(NEWER_HUB) {
            self.notice = None;
        }
    }

    /// What the person must know of the versions: what is written here waits for an update, of this or of the hub.
    pub(super) fn behind(&self) -> Option<&'static str> {
        match self.client.as_ref()?.sending() {
            Sending::Open => None,
            Sending::HubNewer => Some(NEWER_HUB),
            Sending::HubOlder => Some("notice-older-hub"),
        }
    }
}
