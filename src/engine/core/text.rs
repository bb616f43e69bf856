//! Editing sessions of prose: what is typed becomes one change every half second, every tenth in company, and at once
//! when the field loses the focus. What is typed is never dropped: a page that goes away commits.

use std::collections::BTreeMap;

use super::{
    Engine, PortId,
    documents::{root_of, working},
    refuse,
};
use crate::{
    docs::text::TextSession,
    domain::{At, DocId, Edit, EntityId, Splice},
    engine::api::{Refusal, Reply},
};

/// Keys become one change per so many milliseconds when nobody else is there.
const ALONE: u64 = 500;
/// And when somebody is.
const IN_COMPANY: u64 = 100;
/// Somebody is there for this long after a change of theirs.
const COMPANY: u64 = 60_000;

/// A session of a page.
#[derive(Debug)]
pub(super) struct Typing {
    doc: DocId,
    session: TextSession,
    /// When what is typed becomes a change.
    due: Option<u64>,
}

/// All sessions, by port and the page's number.
pub(super) type Typings = BTreeMap<(PortId, u32), Typing>;

impl Engine {
    /// The document a session edits.
    pub(super) fn text_doc(&self, port: PortId, session: u32) -> Option<DocId> {
        self.typings.get(&(port, session)).map(|typing| typing.doc)
    }

    /// Documents with a session open.
    pub(super) fn text_docs(&self) -> impl Iterator<Item = DocId> {
        self.typings.values().map(|typing| typing.doc)
    }

    /// Whether something is typed that is not a change yet.
    pub(super) fn text_pending(&self) -> bool {
        self.typings.values().any(|typing| typing.due.is_some())
    }

    /// Whether something is typed in a record that is not a change yet; in any record of the document for none.
    pub(super) fn typed_in(&self, doc: DocId, record: Option<EntityId>) -> bool {
        let of = |typing: &Typing| typing.session.at().entity.unwrap_or_else(|| root_of(doc));
        let mut dirty = self.typings.values().filter(|typing| typing.doc == doc && typing.due.is_some());
        dirty.any(|typing| record.is_none_or(|record| record == of(typing)))
    }

    /// When the next of what is typed becomes a change.
    pub(super) fn text_timer(&self) -> Option<u64> {
        self.typings.values().filter_map(|typing| typing.due).min()
    }

    pub(super) fn open_text(&mut self, port: PortId, session: u32, doc: DocId, at: At) {
        let edit = Edit::Text { at: at.clone(), base: String::new(), splices: Vec::new() };
        let opened = self.may_edit(doc, &edit).and_then(|()| {
            let held = self.documents.get(doc).ok_or_else(|| refuse("unknown-document", doc.to_string()))?;
            TextSession::open(held.doc(), at).map_err(|error| refuse(error.word(), error.to_string()))
        });
        match opened {
            Ok((open, shown)) => {
                self.typings.insert((port, session), Typing { doc, session: open, due: None });
                let (version, after, text) = (shown.version, shown.after, shown.text);
                self.reply(port, Reply::Text { session, version, after, text });
            }
            Err(why) => self.reply(port, Reply::TextEnded { session, why }),
        }
    }

    pub(super) fn edit_text(&mut self, port: PortId, session: u32, n: u32, version: u32, splices: &[Splice]) {
        let soon = self.now + self.pause(port, session);
        let Some(typing) = self.typings.get_mut(&(port, session)) else {
            let why = refuse("session-unknown", session.to_string());
            self.reply(port, Reply::TextEnded { session, why });
            return;
        };
        match typing.session.edit(n, version, splices) {
            Ok(()) => {
                // Also when nothing is to be written: the page ignored what arrived before this edit, and is shown it again
                // when it has rested.
                if typing.due.is_none() {
                    typing.due = Some(soon);
                    // From now on the record's words are not all on the disk, and its mark says so.
                    self.dirty.docs.insert(typing.doc);
                }
            }
            Err(error) => {
                // What was typed before is good; the page begins again on what it gets.
                let why = refuse(error.word(), error.to_string());
                self.commit_text((port, session));
                self.typings.remove(&(port, session));
                self.reply(port, Reply::TextEnded { session, why });
            }
        }
    }

    fn pause(&self, port: PortId, session: u32) -> u64 {
        let here = self.typings.get(&(port, session)).map(|typing| (typing.doc, typing.session.at()));
        let beside = self
            .typings
            .iter()
            .any(|(key, typing)| *key != (port, session) && Some((typing.doc, typing.session.at())) == here);
        let lately = self.company_at > 0 && self.now < self.company_at + COMPANY;
        let company = here.is_some_and(|(doc, _)| self.has_company(doc));
        if beside || lately || company { IN_COMPANY } else { ALONE }
    }

    /// Somebody else is there now: what is typed goes sooner.
    pub(super) fn hasten_texts(&mut self) {
        let soon = self.now + IN_COMPANY;
        for typing in self.typings.values_mut() {
            typing.due = typing.due.map(|due| due.min(soon));
        }
    }

    pub(super) fn close_text(&mut self, port: PortId, session: u32) {
        self.commit_text((port, session));
        self.typings.remove(&(port, session));
    }

    /// A page is gone: what was typed there becomes a change.
    pub(super) fn close_texts_of(&mut self, port: PortId) {
        let keys: Vec<_> = self.typings.keys().filter(|(other, _)| *other == port).copied().collect();
        for (port, session) in keys {
            self.close_text(port, session);
        }
    }

    /// Everything typed becomes changes now.
    pub(super) fn commit_texts(&mut self) {
        let keys: Vec<_> = self.typings.keys().copied().collect();
        for key in keys {
            self.commit_text(key);
        }
    }

    /// Everything typed in one document becomes changes now.
    pub(super) fn commit_texts_of(&mut self, doc: DocId) {
        let keys: Vec<_> = self.typings.iter().filter(|(_, typing)| typing.doc == doc).map(|(key, _)| *key).collect();
        for key in keys {
            self.commit_text(key);
        }
    }

    /// What was typed long enough ago becomes changes.
    pub(super) fn text_due(&mut self) {
        let now = self.now;
        let due = |typing: &Typing| typing.due.is_some_and(|due| due <= now);
        let keys: Vec<_> = self.typings.iter().filter(|(_, typing)| due(typing)).map(|(key, _)| *key).collect();
        for key in keys {
            self.commit_text(key);
        }
    }

    fn commit_text(&mut self, key: (PortId, u32)) {
        let command = EntityId::fresh(self.now, self.dice.bytes());
        let Some(author) = self.author(self.clock()) else { return };
        let Some(typing) = self.typings.get_mut(&key) else { return };
        if typing.due.take().is_none() {
            return;
        }
        let doc = typing.doc;
        self.dirty.docs.insert(doc);
        let Some(held) = self.documents.get_mut(doc) else {
            // Until it is here again, what was typed is still in the session.
            typing.due = Some(self.now + IN_COMPANY);
            return;
        };
        let made = match working(doc, || typing.session.commit(held.doc_mut(), &author)) {
            Ok(Some(made)) => made,
            Ok(None) => {
                self.text_arrived(doc);
                return;
            }
            Err(crate::docs::DocsError::ActorBehind) => {
                // Under another name at the next turn; what was typed is still in the session.
                typing.due = Some(self.now + IN_COMPANY);
                self.take_new_actor();
                return;
            }
            Err(error) => {
                let why = refuse(error.word(), error.to_string());
                self.end_text(key, why);
                return;
            }
        };
        if let Some(edit) = typing.session.committed().cloned() {
            self.queue_change(command, doc, edit, made);
        }
    }

    /// A document changed: its sessions show it, unless that is what they show.
    pub(super) fn text_arrived(&mut self, doc: DocId) {
        let keys: Vec<_> = self.typings.iter().filter(|(_, typing)| typing.doc == doc).map(|(key, _)| *key).collect();
        for key in keys {
            let (Some(typing), Some(held)) = (self.typings.get_mut(&key), self.documents.get(doc)) else { continue };
            match typing.session.remote_changed(held.doc()) {
                Ok(Some(shown)) => {
                    let (version, after, text) = (shown.version, shown.after, shown.text);
                    self.reply(key.0, Reply::Text { session: key.1, version, after, text });
                }
                Ok(None) => {}
                Err(error) => {
                    let why = refuse(error.word(), error.to_string());
                    self.end_text(key, why);
                }
            }
        }
    }

    /// A document was rebuilt under its sessions: they go on where they can.
    pub(super) fn text_rebuilt(&mut self, doc: DocId) {
        self.text_arrived(doc);
    }

    /// A document went away from under its sessions.
    pub(super) fn end_texts_of(&mut self, doc: DocId, code: &str) {
        let keys: Vec<_> = self.typings.iter().filter(|(_, typing)| typing.doc == doc).map(|(key, _)| *key).collect();
        for key in keys {
            self.end_text(key, refuse(code, doc.to_string()));
        }
    }

    fn end_text(&mut self, key: (PortId, u32), why: Refusal) {
        self.typings.remove(&key);
        self.reply(key.0, Reply::TextEnded { session: key.1, why });
    }
}
