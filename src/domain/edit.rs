//! What a person does to a document, as plain data: the commands of the outbox.
//!
//! An edit names fields and collections by the words of [`super::schema`]; the `docs` room turns it into exactly one
//! Automerge change. It can be run again on a rebuilt document, so it carries everything it needs.

use serde::{Deserialize, Serialize};

use super::{
    act::Act,
    claim::ClaimKind,
    id::{DocId, EntityId},
    place::Place,
    record::Value,
    when::When,
};

/// A field of a document or of an entity in it.
///
/// `field` is a name of the schema, for a set or a map by language followed by a colon and the member: `partners:KH`,
/// `title:vi`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct At {
    /// The entity, or none for the document itself.
    pub entity: Option<EntityId>,
    /// The field's name.
    pub field: String,
}

impl At {
    /// A field of the document itself.
    #[must_use]
    pub fn root(field: &str) -> Self {
        Self { entity: None, field: field.to_owned() }
    }

    /// A field of an entity.
    #[must_use]
    pub fn of(entity: EntityId, field: &str) -> Self {
        Self { entity: Some(entity), field: field.to_owned() }
    }
}

/// One replacement in a text: at `at`, `delete` units go and `insert` comes. Units are UTF-16 code units, as browsers count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Splice {
    /// Position of the first unit replaced.
    pub at: u32,
    /// How many units go.
    pub delete: u32,
    /// What comes instead.
    pub insert: String,
}

impl Splice {
    /// The smallest splice that turns `old` into `new`; none where they are equal. A surrogate pair is never split.
    #[must_use]
    pub fn between(old: &str, new: &str) -> Option<Self> {
        if old == new {
            return None;
        }
        let units = |text: &str| u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX);
        let same = |(a, b): &(char, char)| a == b;
        let start: usize = old.chars().zip(new.chars()).take_while(same).map(|(a, _)| a.len_utf8()).sum();
        let (old_rest, new_rest) = (&old[start..], &new[start..]);
        let end: usize =
            old_rest.chars().rev().zip(new_rest.chars().rev()).take_while(same).map(|(a, _)| a.len_utf8()).sum();
        let (deleted, insert) = (&old_rest[..old_rest.len() - end], &new_rest[..new_rest.len() - end]);
        Some(Self { at: units(&old[..start]), delete: units(deleted), insert: insert.to_owned() })
    }
}

/// One edit; becomes one change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Edit {
    /// Writes a scalar. `seen` are the values the person saw there: a write resolves those and only those in spirit,
    /// and the change records it.
    Set {
        /// Where.
        at: At,
        /// What.
        value: Value,
        /// What was shown there before, all concurrent values.
        seen: Vec<Value>,
    },
    /// Splices running prose, each on the result of the one before. `base` is the text they were made on: when the text
    /// has changed since (a command run again), the edit is carried over by a three-way merge.
    Text {
        /// Where.
        at: At,
        /// The text before.
        base: String,
        /// What was typed.
        splices: Vec<Splice>,
    },
    /// Makes an entity with everything in it.
    Add {
        /// Name of the collection.
        to: String,
        /// The new entity's id.
        id: EntityId,
        /// Where it stands, in collections that have an order.
        place: Option<Place>,
        /// Its scalars; a member of a set or map as `field:member`.
        fields: Vec<(String, Value)>,
        /// Its prose.
        texts: Vec<(String, String)>,
    },
    /// Moves an entity: one scalar holds its parent and its key.
    Move {
        /// Which.
        id: EntityId,
        /// Where to.
        place: Place,
    },
    /// Withdraws an entity; nothing is deleted.
    Withdraw {
        /// Which.
        id: EntityId,
        /// Why, in the person's words; may be empty.
        reason: String,
    },
    /// Brings back what was withdrawn.
    Restore {
        /// Which.
        id: EntityId,
    },
    /// Adds a claim; those it names are superseded.
    Claim {
        /// The claim's own id.
        id: EntityId,
        /// About what.
        what: ClaimKind,
        /// The value claimed.
        value: Value,
        /// The date it speaks for.
        as_of: Option<When>,
        /// On what it rests.
        evidence: String,
        /// Why, where a rule asks for a reason.
        reason: String,
        /// The standing claims it replaces.
        supersedes: Vec<EntityId>,
    },
    /// Adds an act of authority.
    Act {
        /// The act's own id.
        id: EntityId,
        /// What is done.
        act: Act,
        /// To what, if not the document itself.
        target: Option<EntityId>,
        /// The chair term (its ordinal) under which it is done; none outside a chair's authority.
        term: Option<u16>,
        /// Why.
        reason: String,
    },
    /// What a document made from another begins with, in one change. Its prose is made anew: two people who begin the
    /// same document apart leave one text where theirs are equal, and two beside each other where they are not.
    Begin {
        /// Scalars of the document itself; a member of a set or map as `field:member`.
        fields: Vec<(String, Value)>,
        /// Its prose.
        texts: Vec<(String, String)>,
    },
    /// Adds a claim like [`Edit::Claim`], of what was said or decided at a meeting.
    ClaimAt {
        /// The claim's own id.
        id: EntityId,
        /// About what.
        what: ClaimKind,
        /// The value claimed.
        value: Value,
        /// The date it speaks for.
        as_of: Option<When>,
        /// On what it rests.
        evidence: String,
        /// Why, where a rule asks for a reason.
        reason: String,
        /// The standing claims it replaces.
        supersedes: Vec<EntityId>,
        /// At which meeting.
        meeting: DocId,
    },
    /// Edits that are one change: what a document made from another begins with, where that is more than fields. None of
    /// them builds on another. What is there already is left as it is, so that two who make it apart, and one who makes it
    /// twice, leave one document.
    Make(Vec<Edit>),
    /// Writes a scalar where several values stood, and why; or, to take such a choice back, puts them beside each other again.
    Choose {
        /// Where.
        at: At,
        /// What.
        value: Value,
        /// What was shown there before, all concurrent values.
        seen: Vec<Value>,
        /// What goes on standing beside it.
        beside: Vec<Value>,
        /// Why, in the person's words; may be empty.
        reason: String,
    },
}
