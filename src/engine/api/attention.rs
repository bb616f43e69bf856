//! What deserves attention: what a person follows, and what waits for their party or is due.

use serde::{Deserialize, Serialize};

use crate::domain::{Date, DocId, DocKind, person::Follow};

/// What the person follows, with what is new in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowingView {
    /// Each of them: what has news first, the latest of them first, then by title.
    pub things: Vec<FollowView>,
    /// How many changes there are in all of them: of a meeting and a paragraph of its report each is counted once.
    pub changes: u32,
    /// Documents with news that are not read from the disk yet: the numbers may still grow.
    pub coming: u32,
}

impl FollowingView {
    /// How many changes there are, and in how many of the things.
    #[must_use]
    pub fn digest(&self) -> (u32, u32) {
        let things = self.things.iter().filter(|thing| thing.changes > 0).count();
        (self.changes, u32::try_from(things).unwrap_or(u32::MAX))
    }
}

/// Something that is followed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowView {
    /// What it is.
    pub what: Follow,
    /// The document on whose page it is read: the project, or the meeting.
    pub page: DocId,
    /// That document's kind; none where it is not on this device, or not for this person any more.
    pub kind: Option<DocKind>,
    /// That document's title.
    pub title: String,
    /// The number of a paragraph in its report, while it stands there.
    pub number: Option<u32>,
    /// How much others did in it that the person has not read, in the lines that *Changes* tells.
    pub changes: u32,
    /// The hub's number of the latest of that; 0 where there is none.
    pub latest: u64,
}

/// Something that waits for the person's party, or is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitView {
    /// The document on whose page it is done.
    pub doc: DocId,
    /// Its kind.
    pub kind: DocKind,
    /// Its title.
    pub title: String,
    /// What it is.
    pub what: Wait,
    /// How many of it.
    pub count: u32,
    /// By when, where that is said; of several the first.
    pub due: Option<Date>,
    /// Whether that day is over.
    pub late: bool,
}

/// What waits for a decision, and then what is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Wait {
    /// Questions to the leads of a project, open.
    Questions,
    /// Days proposed for a meeting that the party has not answered.
    Days,
    /// Items proposed for an agenda that the Chair or the Secretariat has not answered.
    Items,
    /// Suggestions to a report that the Chair or the Secretariat has not answered.
    Suggestions,
    /// Values that were written at the same time in a document that the person may write: one of them is to be chosen.
    Beside,
    /// A draft that somebody else than its writer has to look at.
    Draft,
    /// Items may be proposed for an agenda until a day.
    Proposals,
    /// Projects whose planned end is over, and that are open: [`crate::domain::tally::Count::Overdue`].
    Overdue,
    /// Projects that are completed and have no completion report: [`crate::domain::tally::Count::Report`].
    Report,
    /// Projects whose planned end is near: [`crate::domain::tally::Count::Soon`].
    Soon,
    /// Projects of which their lead has long said nothing: [`crate::domain::tally::Count::Unconfirmed`].
    Unconfirmed,
}
