//! What the person keeps for themselves: a document of their own, made with the first word in it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        At, Audience, DocId, DocKind, Edit, Fact, PersonId, Snapshot, Value, Writer,
        person::{self, FOLLOWS, Follow, READ, READ_OF, ReadMark},
        rights::person_id,
    },
    engine::{
        api::{CommandId, Refusal},
        core::{Engine, refuse, rows::Shown},
    },
};

/// What the person keeps for themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    /// Up to where everything was read.
    pub read: Option<ReadMark>,
    /// Up to where one plan or meeting was.
    pub read_of: Vec<(DocId, ReadMark)>,
    /// What they follow.
    pub follows: Vec<Follow>,
}

impl PersonRow {
    pub(in super::super) fn new(snapshot: &Snapshot) -> Self {
        let root = &snapshot.root;
        let of = root.members(person::READ_OF).filter_map(|(doc, _)| doc.parse().ok());
        Self {
            read: person::read(root),
            read_of: of.filter_map(|doc| Some((doc, person::read_of(root, doc)?))).collect(),
            follows: person::follows(root),
        }
    }
}

impl Engine {
    /// Who writes here.
    pub(in super::super) fn own_person(&self) -> Option<PersonId> {
        self.account.as_ref().map(|account| account.person)
    }

    /// What the person keeps for themselves.
    pub(super) fn person_row(&self) -> Option<&PersonRow> {
        match &self.rows.get(&person_id(self.own_person()?))?.shown {
            Shown::Person(row) => Some(row),
            _ => None,
        }
    }

    /// Marks as read what a page has shown.
    pub(in super::super) fn mark_read(
        &mut self,
        command: CommandId,
        of: Option<DocId>,
        mark: ReadMark,
    ) -> Result<(), Refusal> {
        let doc = self.own_notes(command)?;
        let field = of.map_or_else(|| READ.to_owned(), |of| format!("{READ_OF}:{of}"));
        self.note(command, doc, &field, Value::Str(mark.to_string()))
    }

    /// Follows something from now on, or no more.
    pub(in super::super) fn follow(&mut self, command: CommandId, what: Follow, on: bool) -> Result<(), Refusal> {
        if on && self.entry(what.doc).is_none() {
            return Err(refuse("unknown-document", what.doc.to_string()));
        }
        let doc = self.own_notes(command)?;
        self.note(command, doc, &format!("{FOLLOWS}:{what}"), Value::Bool(on))
    }

    fn note(&mut self, command: CommandId, doc: DocId, field: &str, value: Value) -> Result<(), Refusal> {
        let held = self.documents.get(doc).and_then(|held| held.snapshot().root.fields.get(field));
        let seen = held.map(|held| std::iter::once(&held.value).chain(&held.others).cloned().collect());
        let edit = Edit::Set { at: At::root(field), value, seen: seen.unwrap_or_default() };
        self.may_edit(doc, &edit)?;
        self.write_edit(command, doc, edit)
    }

    /// The document that the person keeps for themselves, made where it is not there.
    fn own_notes(&mut self, command: CommandId) -> Result<DocId, Refusal> {
        let me = self.own_person().ok_or_else(|| refuse("not-joined", "no account"))?;
        let id = person_id(me);
        if self.entry(id).is_none() {
            let (kind, audience, writers) = (DocKind::Person, Audience::Person(me), vec![Writer::Person(me)]);
            self.make(command, Fact::Doc { id, kind, subject: None, audience, writers, origin: None })?;
        }
        Ok(id)
    }

    /// The same, as what a command needs to be loaded.
    pub(in super::super) fn notes_needed(&self) -> BTreeSet<DocId> {
        self.own_person().map(person_id).filter(|doc| self.entry(*doc).is_some()).into_iter().collect()
    }
}
