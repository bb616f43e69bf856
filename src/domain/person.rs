//! What one person keeps for themselves, on all their devices: what they have read, and what they follow. Nobody else ever
//! receives it.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::{
    id::{DocId, EntityId},
    kind::BadWord,
    record::Record,
};

/// Field: up to where everything was read, a [`ReadMark`].
pub const READ: &str = "read";
/// Field: the same of one plan or meeting, by its id.
pub const READ_OF: &str = "read-of";
/// Field: a set of what the person follows, each a [`Follow`] as text.
pub const FOLLOWS: &str = "follows";

/// What somebody follows: a document with all that belongs to it, or one record of a document, such as a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Follow {
    /// The document.
    pub doc: DocId,
    /// The record in it; none for all of it.
    pub record: Option<EntityId>,
}

impl fmt::Display for Follow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.record {
            Some(record) => write!(f, "{}/{record}", self.doc),
            None => self.doc.fmt(f),
        }
    }
}

impl FromStr for Follow {
    type Err = BadWord;

    fn from_str(text: &str) -> Result<Self, BadWord> {
        let read = || match text.split_once('/') {
            Some((doc, record)) => Some(Self { doc: doc.parse().ok()?, record: Some(record.parse().ok()?) }),
            None => Some(Self { doc: text.parse().ok()?, record: None }),
        };
        read().ok_or_else(|| BadWord(text.to_owned()))
    }
}

/// What the person follows. Of one device that follows and one that ceases at the same time the first counts, as in every set;
/// what does not read is passed over.
#[must_use]
pub fn follows(record: &Record) -> Vec<Follow> {
    record.members(FOLLOWS).filter_map(|(member, _)| member.parse().ok()).collect()
}

/// Up to where something was read: the hub's number, and the latest moment (milliseconds since 1970, by the hub's clock) at
/// which it had received anything until then. The moment tells what a hub that fell back numbers a second time from what was
/// read under that number before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ReadMark {
    /// The number.
    pub number: u64,
    /// The moment.
    pub at: u64,
}

impl ReadMark {
    /// Whether what the hub received so is read. What it has told no time of goes by its number.
    #[must_use]
    pub fn covers(self, number: u64, received_at: Option<u64>) -> bool {
        number <= self.number && received_at.is_none_or(|at| at <= self.at)
    }

    /// What either has read.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self { number: self.number.max(other.number), at: self.at.max(other.at) }
    }
}

impl fmt::Display for ReadMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.number, self.at)
    }
}

impl FromStr for ReadMark {
    type Err = BadWord;

    fn from_str(text: &str) -> Result<Self, BadWord> {
        let read = || {
            let (number, at) = text.split_once(' ')?;
            Some(Self { number: number.parse().ok()?, at: at.parse().ok()? })
        };
        read().ok_or_else(|| BadWord(text.to_owned()))
    }
}

/// What two devices wrote apart, both counted: what one of them has read is read.
fn joined(record: &Record, field: &str) -> Option<ReadMark> {
    let held = record.fields.get(field)?;
    let values = std::iter::once(&held.value).chain(&held.others);
    values.filter_map(|value| value.as_str()?.parse().ok()).reduce(ReadMark::join)
}

/// Up to where everything was read; none where nothing was said.
#[must_use]
pub fn read(record: &Record) -> Option<ReadMark> {
    joined(record, READ)
}

/// Up to where one plan or meeting was read.
#[must_use]
pub fn read_of(record: &Record, subject: DocId) -> Option<ReadMark> {
    joined(record, &format!("{READ_OF}:{subject}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::{Held, Value};

    fn held(value: &str, others: &[&str]) -> Held {
        Held { value: value.into(), others: others.iter().map(|other| (*other).into()).collect() }
    }

    #[test]
    fn what_is_followed_is_read_as_it_is_written() {
        let (doc, record) = (DocId::from_bytes([1; 16]), EntityId::from_bytes([2; 16]));
        let all = [Follow { doc, record: None }, Follow { doc, record: Some(record) }];
        assert_eq!(all[1].to_string(), format!("{doc}/{record}"), "it stands in documents for ever");
        let mut kept = Record::default();
        for one in all {
            assert_eq!(one.to_string().parse(), Ok(one));
            let held = Held { value: Value::Bool(true), others: vec![Value::Bool(false)] };
            kept.fields.insert(format!("{FOLLOWS}:{one}"), held);
        }
        let no_more = Held { value: Value::Bool(false), others: vec![] };
        kept.fields.insert(format!("{FOLLOWS}:{}", DocId::from_bytes([3; 16])), no_more);
        kept.fields.insert(format!("{FOLLOWS}:of-a-later-version"), Held { value: Value::Bool(true), others: vec![] });
        assert_eq!(follows(&kept), all);
        assert!("".parse::<Follow>().is_err() && format!("{doc}/").parse::<Follow>().is_err());
    }

    #[test]
    fn what_either_device_read_is_read() {
        let mut record = Record::default();
        assert_eq!(read(&record), None);
        record.fields.insert(READ.to_owned(), held("7 100", &["9 50", "nonsense"]));
        let mark = read(&record).expect("a mark");
        assert_eq!(mark, ReadMark { number: 9, at: 100 });
        assert!(mark.covers(9, Some(100)) && mark.covers(8, None));
        assert!(!mark.covers(10, Some(60)), "it came later");
        assert!(!mark.covers(9, Some(101)), "a hub that fell back gave the number again");
        let plan = DocId::from_bytes([1; 16]);
        record.fields.insert(format!("{READ_OF}:{plan}"), held("12 300", &[]));
        assert_eq!(read_of(&record, plan), Some(ReadMark { number: 12, at: 300 }));
        assert_eq!(read_of(&record, DocId::from_bytes([2; 16])), None);
    }
}
