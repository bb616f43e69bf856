//! What each kind of document holds, as tables: the one place where a field is named.
//!
//! The `docs` room writes and reads by these tables, pages bind their inputs by them, rules read by them. A name that
//! stands here is in people's data for ever: add, never rename, never reuse.

use super::kind::DocKind;

mod meetings;
mod person;
mod plans;
mod register;

use meetings::{ANNOTATION, LOGISTICS, MEETING, SESSION, VOICE};
use person::PERSON;
pub use plans::{DURATION, PARTICIPATION, PILLARS, SCOPE, VISIBILITY, YES_NO};
use plans::{PLAN, PROJECT};
use register::REGISTER;

/// The schema this version of the application writes. A document of a newer one opens read-only.
pub const CURRENT: u32 = 1;

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// One line of text; all concurrent values are kept.
    Line,
    /// Running prose: an Automerge text, merged by character. Made with its record, never replaced.
    Prose,
    /// A date of any precision: [`super::when::When`].
    When,
    /// A word of a closed enumeration.
    Word(&'static [&'static str]),
    /// A party's code.
    Party,
    /// A set of party codes: members are `field:CODE`, present while true.
    Parties,
    /// A line by language: members are `field:TAG` (BCP 47).
    Languages,
    /// A set of other short words: members are `field:WORD`.
    Words,
    /// A line by year: members are `field:YEAR`, four digits.
    Years,
    /// A line by id: members are `field:ID`, for things that came into documents after their first change was fixed.
    ById,
    /// A whole number.
    Int,
    /// Yes or no.
    Flag,
    /// The id of a document or of an entity.
    Ref,
    /// A web address.
    Link,
}

/// A field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its name in documents.
    pub name: &'static str,
    /// What it holds.
    pub kind: FieldKind,
}

/// A collection of entities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Collection {
    /// Its name in documents.
    pub name: &'static str,
    /// Whether its entities have a place.
    pub placed: bool,
    /// Their fields.
    pub fields: &'static [Field],
}

/// A kind of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schema {
    /// The document's own fields.
    pub fields: &'static [Field],
    /// Its collections.
    pub collections: &'static [Collection],
}
const fn line(name: &'static str) -> Field {
    Field { name, kind: FieldKind::Line }
}
const fn prose(name: &'static str) -> Field {
    Field { name, kind: FieldKind::Prose }
}
const fn when(name: &'static str) -> Field {
    Field { name, kind: FieldKind::When }
}
const fn word(name: &'static str, words: &'static [&'static str]) -> Field {
    Field { name, kind: FieldKind::Word(words) }
}
const fn field(name: &'static str, kind: FieldKind) -> Field {
    Field { name, kind }
}

/// Papers: each is one member of all of these, under its id. See [`super::paper`].
const PAPERS: [Field; 6] = {
    let mut fields = [field("", FieldKind::ById); 6];
    let mut n = 0;
    while n < fields.len() {
        fields[n] = field(super::paper::FIELDS[n], FieldKind::ById);
        n += 1;
    }
    fields
};

/// Where a record comes from: part of every collection and document that the public record fills.
const SOURCE: Field = field("sources", FieldKind::Words);
const INFERRED: Field = field("inferred", FieldKind::Flag);
/// What is inferred and why, or where sources disagree.
const SOURCE_NOTE: Field = line("source-note");

/// The schema of a kind, as far as this version writes it: kinds that later work fills have none.
#[must_use]
pub const fn of(kind: DocKind) -> Option<&'static Schema> {
    match kind {
        DocKind::Register => Some(&REGISTER),
        DocKind::Plan => Some(&PLAN),
        DocKind::Project | DocKind::Draft => Some(&PROJECT),
        DocKind::Meeting => Some(&MEETING),
        DocKind::Session => Some(&SESSION),
        DocKind::Voice => Some(&VOICE),
        DocKind::Annotation => Some(&ANNOTATION),
        DocKind::Logistics => Some(&LOGISTICS),
        DocKind::Person => Some(&PERSON),
        DocKind::Text | DocKind::Consultation | DocKind::Response => None,
    }
}

impl Schema {
    /// The field that `name` means in the document itself (`collection` none) or in a collection; a member of a set
    /// counts as its field.
    #[must_use]
    pub fn field(&self, collection: Option<&str>, name: &str) -> Option<&'static Field> {
        let base = name.split_once(':').map_or(name, |(base, _)| base);
        let fields = match collection {
            None => self.fields,
            Some(collection) => self.collection(collection)?.fields,
        };
        fields.iter().find(|field| field.name == base)
    }

    /// A collection by name.
    #[must_use]
    pub fn collection(&self, name: &str) -> Option<&'static Collection> {
        self.collections.iter().find(|collection| collection.name == name)
    }
}
