//! An edit: apply, show as pending, write, and only when it is on the disk say so and let it go to the hub.

use std::collections::BTreeSet;

use super::{
    Engine, PortId,
    documents::{Held, records_of},
    outbox::{Body, Entry, State},
    refuse,
    store::Store,
};
use crate::{
    docs::{Actor, Author, DocsError, Made, genesis},
    domain::{DocId, DocKind, Edit, EntityId, Fact},
    engine::api::{CommandId, Done, Refusal, Reply},
};

impl Engine {
    /// Who writes now.
    pub(super) fn author(&self, millis: u64) -> Option<Author> {
        let account = self.account.as_ref()?;
        Some(Author { actor: Actor::new(account.device, account.incarnation), millis })
    }

    /// Carries out an edit of a loaded document and queues it. The answer goes out once it is on the disk.
    pub(super) fn edit(&mut self, port: PortId, command: CommandId, doc: DocId, edit: Edit) {
        let result = self.may_edit(doc, &edit).and_then(|()| self.write_edit(command, doc, edit));
        self.answer_command(port, command, result.map(|()| Done::Durable));
    }

    /// Answers a command: a refusal at once, all else when it is on the disk.
    pub(super) fn answer_command(&mut self, port: PortId, id: CommandId, result: Result<Done, Refusal>) {
        let failed = result.is_err();
        let reply = Reply::Done { id, result };
        if failed {
            self.reply(port, reply);
        } else {
            self.remember(id);
            self.journal.after.replies.push((port, reply));
        }
    }

    /// Writes an edit into its document and the outbox.
    pub(super) fn write_edit(&mut self, command: CommandId, doc: DocId, edit: Edit) -> Result<(), Refusal> {
        let author = self.author(self.clock()).ok_or_else(|| refuse("not-joined", "no account"))?;
        let held = self.documents.get_mut(doc).ok_or_else(|| refuse("unknown-document", doc.to_string()))?;
        let made = match super::documents::working(doc, || held.doc_mut().edit(&edit, &author)) {
            Ok(made) => made,
            // The document says so already: there is nothing to write, and nothing to wait for.
            Err(DocsError::NoChange) => return Ok(()),
            Err(DocsError::ActorBehind) => {
                self.take_new_actor();
                let author = self.author(self.clock()).ok_or_else(|| refuse("not-joined", "no account"))?;
                let held = self.documents.get_mut(doc).ok_or_else(|| refuse("unknown-document", doc.to_string()))?;
                held.doc_mut().edit(&edit, &author).map_err(|error| refuse(error.word(), error.to_string()))?
            }
            Err(error) => return Err(refuse(error.word(), error.to_string())),
        };
        self.queue_change(command, doc, edit, made);
        Ok(())
    }

    /// Takes a change that was just made into the outbox, the row and the views.
    pub(super) fn queue_change(&mut self, command: CommandId, doc: DocId, edit: Edit, made: Made) {
        let records = records_of(doc, &made);
        let body = Body::Change { edit: Some(edit.clone()), bytes: made.bytes };
        self.queue(command, doc, made.hash, records, body);
        // Only a damaged document cannot be read, and such a one is not edited.
        if self.documents.get_mut(doc).is_some_and(|held| held.project().is_ok()) {
            self.row_later(doc);
        }
        self.note_undo(command, doc, &edit, made.hash);
        self.text_arrived(doc);
    }

    /// Reads a written document anew, for its row and everything that shows it.
    pub(super) fn projected(&mut self, doc: DocId) {
        // Only a damaged document cannot be read, and such a one is not edited.
        if let Some(held) = self.documents.get_mut(doc)
            && held.project().is_ok()
        {
            self.keep_row(doc);
        }
    }

    pub(super) fn queue(
        &mut self,
        command: CommandId,
        doc: DocId,
        hash: [u8; 32],
        records: BTreeSet<EntityId>,
        body: Body,
    ) {
        let seq = self.outbox.claim_seq();
        let millis = self.clock();
        let (state, reviewed) = (State::Pending, false);
        let (known, overtaken) = (self.position.number, false);
        let entry =
            Entry { seq, command, doc, hash, millis, state, tries: 0, reviewed, known, overtaken, records, body };
        self.keep_entry(entry);
    }

    /// Writes an outbox entry with the next transaction; it is on the device when that is on the disk.
    pub(super) fn keep_entry(&mut self, entry: Entry) {
        if let Ok(value) = entry.encode() {
            self.journal.write.put(Store::Outbox, entry.key(), value);
        }
        self.journal.after.entries.push((entry.seq, entry.hash));
        self.dirty.docs.insert(entry.doc);
        self.dirty.shell = true;
        self.outbox.put(entry);
    }

    /// Makes a document: its fact and its fixed first changes go out before what is written in it.
    pub(super) fn make(&mut self, command: CommandId, fact: Fact) -> Result<(), Refusal> {
        let Fact::Doc { id, kind, .. } = &fact else { return Err(refuse("bad-value", "not a document")) };
        let (id, kind) = (*id, *kind);
        self.may_state(&fact).map_err(|why| refuse(why.word(), why.to_string()))?;
        let held = Held::new(id, kind).map_err(|error| refuse(error.word(), error.to_string()))?;
        let bytes = fact.to_bytes();
        self.queue(command, id, Fact::hash(&bytes), BTreeSet::new(), Body::Fact { fact, bytes });
        self.recatalogue();
        self.queue_first_changes(command, id, kind);
        self.documents.insert(id, held);
        self.keep_row(id);
        Ok(())
    }

    fn queue_first_changes(&mut self, command: CommandId, doc: DocId, kind: DocKind) {
        for first in genesis::changes(kind) {
            let body = Body::Change { edit: None, bytes: first.bytes.clone() };
            self.queue(command, doc, first.hash, BTreeSet::new(), body);
        }
    }

    /// These entries are on the disk: only now may they be offered to the hub.
    pub(super) fn entries_durable(&mut self, written: &[(u64, [u8; 32])]) {
        for (seq, hash) in written {
            // One that was rebuilt while it was being written is not on the disk as it is now.
            if let Some(entry) = self.outbox.get_mut(*seq)
                && entry.state == State::Pending
                && entry.hash == *hash
            {
                entry.state = State::Device;
                let doc = entry.doc;
                self.dirty.docs.insert(doc);
                self.dirty.shell = true;
            }
        }
    }

    /// The last change of this device may not be its latest: it writes under another name from now on.
    pub(super) fn take_new_actor(&mut self) {
        if let Some(account) = &mut self.account {
            account.incarnation += 1;
        }
        self.keep_account();
    }
}
