//! Days proposed for a meeting before its date is fixed, and what each party says of them: domain.md, scenario 26. Nobody counts
//! votes; who is in the chair reads the answers and fixes the date.
//!
//! What is proposed stands in the meeting ([`PROPOSED`]), what a party says in its own voice on the meeting ([`AVAILABLE`] and
//! [`WHY`]), each as a member under an id that comes of the meeting and the days ([`Days::of`]): the same days proposed twice are one
//! question, and days that were taken back and are proposed again find what was answered.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::domain::{
    id::{DocId, EntityId},
    kind::{BadWord, words},
    record::{Held, Value},
    when::Date,
};

/// The field of a meeting that proposes days: [`Days`]; empty once it is taken back.
pub const PROPOSED: &str = "date-option";
/// The field of a party's voice that answers: an [`Answer`].
pub const AVAILABLE: &str = "available";
/// The field of a party's voice with what it says beside its answer: a holiday, another meeting.
pub const WHY: &str = "available-why";

words! {
    /// What a party answers.
    Answer {
        /// It can come on all of these days.
        Available = "available",
        /// It cannot.
        NotAvailable = "not-available",
    }
}

/// Days that follow one another, as `2026-08-05/2026-08-07`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Days {
    /// The first.
    pub first: Date,
    /// The last; the first where there is only one.
    pub last: Date,
}

impl Days {
    /// Days from one to another; none where they run backwards.
    #[must_use]
    pub fn new(first: Date, last: Date) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// The id under which they are proposed for a meeting and answered.
    #[must_use]
    pub fn of(self, meeting: DocId) -> EntityId {
        EntityId::derived(&["date-option", &meeting.to_string(), &self.to_string()])
    }
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.first, self.last)
    }
}

impl FromStr for Days {
    type Err = BadWord;

    fn from_str(text: &str) -> Result<Self, BadWord> {
        let (first, last) = text.split_once('/').ok_or_else(|| BadWord(text.to_owned()))?;
        Self::new(first.parse()?, last.parse()?).ok_or_else(|| BadWord(text.to_owned()))
    }
}

/// What a party says of proposed days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Says {
    /// This.
    One(Answer),
    /// Two of its officers answered differently at the same time, or a version that this one does not know answered.
    Unclear,
}

/// What a party says beside its answer: every text that stands there.
#[must_use]
pub fn reasons(held: Option<&Held>) -> Vec<String> {
    let all = held.into_iter().flat_map(|held| std::iter::once(&held.value).chain(&held.others));
    all.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// What a party's answer comes to; none where it has not answered, or took its answer back.
#[must_use]
pub fn says(held: Option<&Held>) -> Option<Says> {
    let held = held?;
    let all: Vec<_> = std::iter::once(&held.value).chain(&held.others).filter(|value| !is_blank(value)).collect();
    let (first, rest) = all.split_first()?;
    let answer = first.as_str().and_then(|word| word.parse().ok());
    Some(answer.filter(|_| rest.is_empty()).map_or(Says::Unclear, Says::One))
}

fn is_blank(value: &Value) -> bool {
    *value == Value::Empty || *value == Value::from("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_they_are_written_and_never_run_backwards() {
        let days: Days = "2026-08-05/2026-08-07".parse().expect("days");
        assert_eq!(days.to_string(), "2026-08-05/2026-08-07");
        let meeting = DocId::from_bytes([1; 16]);
        assert_eq!(
            days.of(meeting).to_string(),
            "43b82a7a-7f75-8371-a474-7524fdbf44d6",
            "it stands in documents for ever"
        );
        for bad in ["", "2026-08-05", "2026-08-07/2026-08-05", "2026-08/2026-09", "2026-08-05/2026-08-07/2026-08-08"] {
            assert!(bad.parse::<Days>().is_err(), "{bad}");
        }
    }

    #[test]
    fn two_answers_at_once_are_unclear_and_none_is_none() {
        let held = |value: &str, others: &[&str]| Held {
            value: value.into(),
            others: others.iter().map(|word| Value::from(*word)).collect(),
        };
        assert_eq!(says(None), None);
        assert_eq!(says(Some(&held("", &[]))), None, "taken back");
        assert_eq!(says(Some(&held("available", &[]))), Some(Says::One(Answer::Available)));
        assert_eq!(says(Some(&held("not-available", &["available"]))), Some(Says::Unclear));
        assert_eq!(says(Some(&held("available", &[""]))), Some(Says::One(Answer::Available)));
        assert_eq!(says(Some(&held("perhaps", &[]))), Some(Says::Unclear), "a later version's word");
    }
}
