//! What can go wrong with a document, each with a stable word.

use super::actor::Actor;

/// Why a document could not be read or written. Nothing has changed when one of these is returned.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocsError {
    /// A value that its field cannot hold.
    #[error("{field} cannot hold {value}")]
    BadValue {
        /// The field's name.
        field: String,
        /// The value, as text.
        value: String,
    },
    /// The schema has no such field (or it cannot be written this way).
    #[error("no such field: {0}")]
    UnknownField(String),
    /// The schema has no such collection.
    #[error("no such collection: {0}")]
    UnknownCollection(String),
    /// The document has no such entity.
    #[error("no such entity: {0}")]
    UnknownEntity(String),
    /// An entity, claim or act of this id is already there.
    #[error("already there: {0}")]
    Exists(String),
    /// A splice out of range, or through the middle of a character.
    #[error("a splice at {at} of {delete} does not fit the text")]
    BadSplice {
        /// Position in UTF-16 code units.
        at: u32,
        /// Units to delete.
        delete: u32,
    },
    /// More than one change may hold: a whole book pasted at once.
    #[error("too much for one edit")]
    TooLarge,
    /// Nothing to write: the document already says so.
    #[error("nothing changes")]
    NoChange,
    /// The document was written by a newer version of the application and is read-only here.
    #[error("the document has schema {0}, which is newer than this application")]
    NewerSchema(u32),
    /// Changes of this very actor are known but wait for others: writing now would fork it.
    #[error("changes of this actor are still waiting for others")]
    ActorBehind,
    /// Two different changes claim one number of one actor, or an actor's numbers have a gap.
    #[error("two histories of one actor at its change {seq}")]
    Fork {
        /// Whose; none when the actor is none of ours.
        actor: Option<Actor>,
        /// The number.
        seq: u64,
    },
    /// Bytes that are no change and no saved document.
    #[error("not a change: {0}")]
    Malformed(String),
    /// A document or change that does not begin with this kind's first change.
    #[error("not a document of this kind")]
    Foreign,
    /// An edit of a session out of turn.
    #[error("edit {got} came where {expected} was due")]
    OutOfTurn {
        /// The number due.
        expected: u32,
        /// The number that came.
        got: u32,
    },
    /// A version of the text that the session never sent, or has dropped since.
    #[error("no such version of the text: {0}")]
    UnknownVersion(u32),
    /// Automerge refused something that was checked before.
    #[error("automerge: {0}")]
    Automerge(String),
}

impl DocsError {
    /// The stable word of this error, for refusals and messages.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::BadValue { .. } => "bad-value",
            Self::UnknownField(_) => "unknown-field",
            Self::UnknownCollection(_) => "unknown-collection",
            Self::UnknownEntity(_) => "unknown-entity",
            Self::Exists(_) => "exists",
            Self::BadSplice { .. } => "bad-splice",
            Self::TooLarge => "too-large",
            Self::NoChange => "no-change",
            Self::NewerSchema(_) => "newer-schema",
            Self::ActorBehind => "actor-behind",
            Self::Fork { .. } => "fork",
            Self::Malformed(_) => "malformed",
            Self::Foreign => "foreign",
            Self::OutOfTurn { .. } => "out-of-turn",
            Self::UnknownVersion(_) => "unknown-version",
            Self::Automerge(_) => "automerge",
        }
    }
}

impl From<automerge::AutomergeError> for DocsError {
    fn from(error: automerge::AutomergeError) -> Self {
        Self::Automerge(error.to_string())
    }
}
