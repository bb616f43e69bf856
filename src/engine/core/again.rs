//! Refused words of one's own that come back to their author, and are offered again when he says so.

use super::{
    Engine,
    refusals::{Quarantined, words},
    refuse,
    store::Store,
};
use crate::{
    docs::retold,
    domain::{DocId, Edit, EntityId},
    engine::api::{CommandId, Refusal},
};

impl Engine {
    /// The hub does not take back a change that it lost. Words of this device's own come back to their author; those of
    /// others are theirs to bring.
    pub(super) fn refused_back(&mut self, doc: DocId, hash: [u8; 32], why: &str) {
        let me = self.account.as_ref().map(|account| account.device);
        let Some(held) = self.documents.get(doc) else { return };
        if me.is_none() || held.provenance(&hash).and_then(|kept| kept.device) != me {
            return;
        }
        // The command is gone since the hub acknowledged it; the document still tells what it said.
        let edits = retold(held.doc(), &hash).unwrap_or_default();
        if edits.is_empty() {
            return;
        }
        let said: Vec<String> = edits.iter().map(words).filter(|said| !said.is_empty()).collect();
        let records = edits.iter().map(|edit| record_of(doc, edit)).collect();
        let (title, words) = (self.title(doc), said.join(" "));
        let kept = Quarantined { doc, title, why: why.to_owned(), words, records, edits };
        // Told twice, it is the same.
        let mut id = [0; 16];
        id.copy_from_slice(&hash[..16]);
        let command = EntityId::from_bytes(id);
        self.journal.write.put(Store::Quarantine, command.to_string(), kept.encode());
        self.quarantine.insert(command, kept);
        self.dirty.docs.insert(doc);
        self.dirty.shell = true;
    }

    /// The document of refused words that could be offered again.
    pub(super) fn refused_doc(&self, command: CommandId) -> Option<DocId> {
        self.quarantine.get(&command).map(|kept| kept.doc).filter(|doc| self.rows.contains_key(doc))
    }

    /// Whether refused words can be carried out once more: the command is known and the document is here to be written.
    pub(super) fn may_again(&self, kept: &Quarantined) -> bool {
        !kept.edits.is_empty() && self.rows.contains_key(&kept.doc) && self.may_write(kept.doc)
    }

    /// Carries out refused words once more. What cannot be carried out stays where it is.
    pub(super) fn offer_again(&mut self, id: CommandId, command: CommandId) -> Result<(), Refusal> {
        let kept = self.quarantine.get(&command).cloned();
        let kept = kept.ok_or_else(|| refuse("unknown-document", "no such refused words"))?;
        let mut left = Vec::new();
        let mut failed = None;
        for edit in &kept.edits {
            if let Err(refusal) =
                self.may_edit(kept.doc, edit).and_then(|()| self.write_edit(id, kept.doc, edit.clone()))
            {
                left.push(edit.clone());
                failed = Some(refusal);
            }
        }
        if kept.edits.is_empty() {
            return Err(refuse("newer-schema", "these words have no command any more"));
        }
        if left.is_empty() {
            self.dismiss(command);
        } else {
            let said: Vec<String> = left.iter().map(words).filter(|said| !said.is_empty()).collect();
            let rest = Quarantined { words: said.join(" "), edits: left, ..kept };
            self.journal.write.put(Store::Quarantine, command.to_string(), rest.encode());
            self.quarantine.insert(command, rest);
            self.dirty.shell = true;
        }
        failed.map_or(Ok(()), Err)
    }
}

/// The record that an edit is about; the document itself under its own id.
fn record_of(doc: DocId, edit: &Edit) -> EntityId {
    let root = EntityId::from_bytes(doc.to_bytes());
    match edit {
        Edit::Set { at, .. } | Edit::Choose { at, .. } | Edit::Text { at, .. } => at.entity.unwrap_or(root),
        Edit::Add { id, .. } | Edit::Move { id, .. } | Edit::Withdraw { id, .. } | Edit::Restore { id } => *id,
        Edit::Claim { .. } | Edit::ClaimAt { .. } | Edit::Begin { .. } | Edit::Make(_) => root,
        Edit::Act { target, .. } => target.unwrap_or(root),
    }
}
