//! The hub's log as the Secretariat reads it: who brought what and when, and what was refused; never what it says.
//!
//! Hub, engine and page say it to each other in these shapes, the hub and the engine as JSON. Words stay text here, so that
//! an older device can show what a newer hub names.

use serde::{Deserialize, Serialize};

use super::{
    fact::Fact,
    id::{DeviceId, DocId, PersonId},
    kind::words,
    party::PartyCode,
    when::Date,
};

/// Lines of one answer at most.
pub const MOST: u32 = 1_000;
/// Faults that a verdict tells one by one at most.
pub const TOLD: usize = 100;

words! {
    /// Whether the hub took it.
    Outcome {
        /// It has a number.
        Accepted = "accepted",
        /// It has a reason why not.
        Refused = "refused",
    }

    /// What an entry of the log is: a change of a document, or which fact.
    What {
        /// A change of a document.
        Change = "change",
        /// The workspace began, or a new epoch of it.
        Workspace = "workspace",
        /// A party takes part.
        Member = "member",
        /// A term in the chair.
        Term = "term",
        /// An appointment.
        Appoint = "appoint",
        /// An appointment ends.
        End = "end",
        /// A device joined.
        Device = "device",
        /// Whose it is.
        Owner = "owner",
        /// A device lost its rights.
        Revoke = "revoke",
        /// A document was made.
        Doc = "doc",
        /// A further writer.
        Grant = "grant",
        /// No longer.
        Ungrant = "ungrant",
        /// Numbers for one device.
        Reserve = "reserve",
        /// A project's number.
        Number = "number",
        /// A fact that does not read.
        Fact = "fact",
    }

    /// What is wrong with the log.
    Wrong {
        /// Entries are missing before this one, or after the last.
        Missing = "missing",
        /// The entry does not read.
        Unreadable = "unreadable",
        /// It is not the one that its hash names.
        Hash = "hash",
        /// From here on the stamps do not go on.
        Stamp = "stamp",
        /// It was received before the one in front of it, or its turn is another, or it is there twice.
        Order = "order",
        /// It comes from another writer or device than it says.
        Writer = "writer",
        /// It stands on what is not there: a document that nobody made, a change that no entry holds.
        Base = "base",
        /// Its document's snapshot does not hold it.
        Snapshot = "snapshot",
        /// The document does not load.
        Document = "document",
        /// Something beside the log.
        Other = "other",
    }
}

impl From<&Fact> for What {
    fn from(fact: &Fact) -> Self {
        match fact {
            Fact::Workspace { .. } => Self::Workspace,
            Fact::Member { .. } => Self::Member,
            Fact::Term { .. } => Self::Term,
            Fact::Appoint { .. } => Self::Appoint,
            Fact::End { .. } => Self::End,
            Fact::Device { .. } => Self::Device,
            Fact::Owner { .. } => Self::Owner,
            Fact::Revoke { .. } => Self::Revoke,
            Fact::Doc { .. } => Self::Doc,
            Fact::Grant { .. } => Self::Grant,
            Fact::Ungrant { .. } => Self::Ungrant,
            Fact::Reserve { .. } => Self::Reserve,
            Fact::Number { .. } => Self::Number,
        }
    }
}

/// Which lines somebody wants: those that fit all of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Filter {
    /// About this document.
    pub document: Option<DocId>,
    /// By this person.
    pub person: Option<PersonId>,
    /// From this device.
    pub device: Option<DeviceId>,
    /// From a device of somebody who spoke for this party then.
    pub party: Option<PartyCode>,
    /// Only what was taken, or only what was refused.
    pub outcome: Option<Outcome>,
    /// Received at this moment or later: milliseconds since 1970.
    pub from: Option<u64>,
    /// Received before this moment.
    pub to: Option<u64>,
}

/// How far somebody has read: what comes next is older than both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cursor {
    /// Number of an entry of the log.
    pub entry: u64,
    /// Count of a refusal.
    pub denial: u64,
}

/// Body of `POST /v1/audit`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// Which lines.
    #[serde(default)]
    pub filter: Filter,
    /// After which; none: from the newest.
    #[serde(default)]
    pub before: Option<Cursor>,
    /// How many, at most [`MOST`].
    pub limit: u32,
}

/// A line of the log.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its number; none for what was refused.
    pub number: Option<u64>,
    /// A word of [`What`]; none where the reader may not know of what it is about.
    pub what: Option<String>,
    /// The document it is about; none where there is none, or where the reader may not know of it.
    pub document: Option<DocId>,
    /// The word of that document's kind.
    pub kind: Option<String>,
    /// Its hash in hexadecimal digits; none where the reader may not know of what it is about.
    pub hash: Option<String>,
    /// Whose device brought it; none for the hub's own.
    pub person: Option<PersonId>,
    /// The device.
    pub device: Option<DeviceId>,
    /// The party that the person spoke for on the day the hub received it.
    pub party: Option<PartyCode>,
    /// The word of their role there.
    pub role: Option<String>,
    /// When the hub received it: milliseconds since 1970.
    pub received_at: u64,
    /// The stable word why it was refused.
    pub why: Option<String>,
}

/// Answer to [`Ask`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Newest first.
    pub lines: Vec<Line>,
    /// Where to go on; none at the end.
    pub next: Option<Cursor>,
    /// How many entries the log has.
    pub head: u64,
}

/// Body of `POST /v1/audit/check`: verifies the log, or asks how far that is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckAsk {
    /// Whether to begin, where none is under way.
    pub start: bool,
}

/// Answer to [`CheckAsk`]: how far a verification is, or what it found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// When it began: milliseconds since 1970; none where nobody asked for one since the hub started.
    pub began_at: Option<u64>,
    /// When it was over; none while it is under way.
    pub ended_at: Option<u64>,
    /// Whether the log could not be read to its end.
    pub failed: bool,
    /// Entries looked at.
    pub entries: u64,
    /// Of so many.
    pub head: u64,
    /// Documents loaded, each change of them under its hash.
    pub documents: u64,
    /// How many faults there are.
    pub faults: u64,
    /// The first of them.
    pub told: Vec<FaultLine>,
}

/// A fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultLine {
    /// Number of the entry, where it is about one.
    pub entry: Option<u64>,
    /// The document, where it is about one that the reader may know of.
    pub document: Option<DocId>,
    /// A word of [`Wrong`].
    pub word: String,
}

/// The first line of the file: what its columns are, as RFC 4180 has it.
pub const COLUMNS: &str = "number,time,outcome,entry,document,kind,person,device,party,role,reason,hash\r\n";

/// What makes a spreadsheet calculate.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

impl Line {
    /// A line of the file. `day` is the day, in universal time, on which it was received. Ids, codes and words only: what a
    /// spreadsheet would calculate has an apostrophe in front all the same.
    #[must_use]
    pub fn csv(&self, day: Date) -> String {
        let text = |value: Option<String>| value.unwrap_or_default();
        let (second, milli) = (self.received_at / 1_000 % 86_400, self.received_at % 1_000);
        let outcome = if self.number.is_some() { Outcome::Accepted } else { Outcome::Refused };
        let cells = [
            text(self.number.map(|number| number.to_string())),
            format!("{day}T{:02}:{:02}:{:02}.{milli:03}Z", second / 3_600, second / 60 % 60, second % 60),
            outcome.to_string(),
            self.what.clone().unwrap_or_else(|| "withheld".to_owned()),
            text(self.document.map(|id| id.to_string())),
            text(self.kind.clone()),
            text(self.person.map(|id| id.to_string())),
            text(self.device.map(|id| id.to_string())),
            text(self.party.as_ref().map(ToString::to_string)),
            text(self.role.clone()),
            text(self.why.clone()),
            text(self.hash.clone()),
        ];
        let mut line = cells.map(|value| cell(&value)).join(",");
        line.push_str("\r\n");
        line
    }
}

fn cell(value: &str) -> String {
    let guard = if value.starts_with(FORMULA) { "'" } else { "" };
    match value.contains(['"', ',', '\r', '\n']) {
        true => format!("\"{guard}{}\"", value.replace('"', "\"\"")),
        false => format!("{guard}{value}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_file_is_what_rfc_4180_says_and_calculates_nothing() {
        let line = Line {
            number: Some(7),
            what: Some(What::Change.to_string()),
            document: Some(DocId::from_bytes([1; 16])),
            kind: Some("=cmd|' /C calc'!A1".to_owned()),
            received_at: 1_605_571_200_123,
            why: Some("a \"word\", and\nmore".to_owned()),
            ..Line::default()
        };
        let day = Date { year: 2020, month: 11, day: 17 };
        let told = "7,2020-11-17T00:00:00.123Z,accepted,change,01010101-0101-0101-0101-010101010101,'=cmd|' /C calc'!A1,,,,,\"a \"\"word\"\", and\nmore\",\r\n";
        assert_eq!(line.csv(day), told);
        assert_eq!(cell("\tx"), "'\tx");
        assert_eq!(cell("-1,5"), "\"'-1,5\"");
        let refused = Line::default().csv(day);
        assert!(refused.starts_with(",2020-11-17T00:00:00.000Z,refused,withheld,"), "{refused}");
        assert_eq!(COLUMNS.matches(',').count(), refused.matches(',').count());
    }
}
