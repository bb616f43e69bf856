//! What a document of the sample will say, as the edits that make it.
//!
//! Writes only what is there: an absent fact leaves no field.

use std::fmt::Display;

use super::{
    ids,
    record::{Record, Sourced, Tongues},
};
use crate::domain::{Act, At, ClaimKind, Edit, EntityId, Place, Splice, Value, When, place::key_between};

/// The fields of one record: of the document itself or of an entity.
#[derive(Debug, Clone)]
pub struct Fields<'a> {
    record: &'a Record,
    scalars: Vec<(String, Value)>,
    prose: Vec<(String, String)>,
}

impl<'a> Fields<'a> {
    /// Nothing yet.
    pub const fn of(record: &'a Record) -> Self {
        Self { record, scalars: Vec::new(), prose: Vec::new() }
    }

    fn put(mut self, name: &str, value: Value) -> Self {
        self.scalars.push((name.to_owned(), value));
        self
    }

    /// A scalar by its text: a line, a date, a word, a code, an id.
    pub fn say(self, name: &str, value: impl Display) -> Self {
        let text = value.to_string();
        if text.is_empty() { self } else { self.put(name, Value::Str(text)) }
    }

    /// The same where it is known.
    pub fn maybe(self, name: &str, value: Option<impl Display>) -> Self {
        match value {
            Some(value) => self.say(name, value),
            None => self,
        }
    }

    /// A whole number where it is known.
    pub fn int(self, name: &str, value: Option<impl Into<i64>>) -> Self {
        match value {
            Some(value) => self.put(name, Value::Int(value.into())),
            None => self,
        }
    }

    /// A flag, where raised.
    pub fn flag(self, name: &str, raised: bool) -> Self {
        if raised { self.put(name, Value::Bool(true)) } else { self }
    }

    /// A member of a set.
    pub fn member(self, set: &str, member: impl Display) -> Self {
        self.put(&format!("{set}:{member}"), Value::Bool(true))
    }

    /// Members of a set.
    pub fn members(self, set: &str, members: impl IntoIterator<Item = impl Display>) -> Self {
        members.into_iter().fold(self, |fields, member| fields.member(set, member))
    }

    /// A name in one language.
    pub fn tongue(self, map: &str, tag: &str, text: &str) -> Self {
        self.put(&format!("{map}:{tag}"), text.into())
    }

    /// A title: the canonical English in one field, other languages in another.
    pub fn title(self, field: &str, others: &str, title: &Tongues) -> Self {
        let fields = self.say(field, title.english());
        title.others().fold(fields, |fields, (tag, text)| fields.tongue(others, tag, text))
    }

    /// Running prose.
    pub fn prose(mut self, name: &str, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.prose.push((name.to_owned(), text));
        }
        self
    }

    /// Where it comes from, as a reader is told.
    pub fn sources(self, it: &dyn Sourced) -> Self {
        self.source_ids(it.source()).flag("inferred", it.inferred()).maybe("source-note", it.source_note())
    }

    /// The same by the sources' names.
    pub fn source_ids(self, ids: &[String]) -> Self {
        let record = self.record;
        self.members("sources", ids.iter().filter_map(|id| record.source_text(id)))
    }
}

/// A document in the making.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    edits: Vec<Edit>,
}

impl Sheet {
    /// A document with these fields of its own.
    pub fn with(fields: Fields<'_>) -> Self {
        let set = |(name, value): (String, Value)| Edit::Set { at: At::root(&name), value, seen: Vec::new() };
        let text = |(name, text): (String, String)| Edit::Text {
            at: At::root(&name),
            base: String::new(),
            splices: vec![Splice { at: 0, delete: 0, insert: text }],
        };
        Self { edits: fields.scalars.into_iter().map(set).chain(fields.prose.into_iter().map(text)).collect() }
    }

    /// An entity in a collection without an order.
    pub fn add(&mut self, to: &str, id: EntityId, fields: Fields<'_>) {
        self.entity(to, id, None, fields);
    }

    /// Entities of an ordered collection, first to last.
    pub fn list<'a>(&mut self, to: &str, entities: impl IntoIterator<Item = (EntityId, Fields<'a>)>) {
        let mut last: Option<String> = None;
        for (id, fields) in entities {
            let key = key_between(last.as_deref(), None, ids::suffix(id));
            self.entity(to, id, Some(Place { parent: None, key: key.clone() }), fields);
            last = Some(key);
        }
    }

    fn entity(&mut self, to: &str, id: EntityId, place: Option<Place>, fields: Fields<'_>) {
        self.edits.push(Edit::Add { to: to.to_owned(), id, place, fields: fields.scalars, texts: fields.prose });
    }

    /// A claim, as a source reports it.
    pub fn claim(&mut self, claim: ReportedClaim<'_>) {
        let ReportedClaim { name, what, value, as_of, evidence, reason } = claim;
        let id = ids::dated("claim", &format!("{name} {what}"), as_of);
        let (evidence, reason, supersedes) = (evidence.to_owned(), reason.to_owned(), Vec::new());
        self.edits.push(Edit::Claim { id, what, value: Value::Str(value), as_of, evidence, reason, supersedes });
    }

    /// An act, entered under no chair term: the record tells of it, and confers nothing.
    pub fn act(&mut self, name: &str, when: Option<When>, act: Act, target: Option<EntityId>, reason: String) {
        self.edits.push(Edit::Act { id: ids::dated("act", name, when), act, target, term: None, reason });
    }

    /// The edits, in order.
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }
}

/// A claim that a source reports.
#[derive(Debug, Clone)]
pub struct ReportedClaim<'a> {
    /// The record's name of what it is about.
    pub name: &'a str,
    /// About what.
    pub what: ClaimKind,
    /// The value.
    pub value: String,
    /// The date it speaks for.
    pub as_of: Option<When>,
    /// The sources, as a reader is told.
    pub evidence: &'a str,
    /// Why, where a rule asks for a reason.
    pub reason: &'a str,
}
