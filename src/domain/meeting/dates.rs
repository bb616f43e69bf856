//! When a meeting is and how it is held: fixed and moved by acts, each with its reason, so that a meeting which is put off
//! stays the same meeting and what was planned first stays beside what came of it.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::{MeetingState, Mode};
use crate::domain::{
    act::{Act, ActRecord, in_order},
    kind::BadWord,
    record::Record,
    when::When,
};

/// A time of the day on the clocks of a meeting's time zone, as `09:30`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Clock {
    /// Hour, 0 to 23.
    pub hour: u8,
    /// Minute, 0 to 59.
    pub minute: u8,
}

impl FromStr for Clock {
    type Err = BadWord;

    fn from_str(text: &str) -> Result<Self, BadWord> {
        let bad = || BadWord(text.to_owned());
        let (hour, minute) = text.split_once(':').ok_or_else(bad)?;
        let part = |part: &str| {
            let fits = (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
            fits.then(|| part.parse::<u8>().ok()).flatten().ok_or_else(bad)
        };
        let clock = Self { hour: part(hour)?, minute: part(minute)? };
        if clock.hour < 24 && clock.minute < 60 && minute.len() == 2 { Ok(clock) } else { Err(bad()) }
    }
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)
    }
}

impl From<Clock> for String {
    fn from(clock: Clock) -> Self {
        clock.to_string()
    }
}

impl TryFrom<String> for Clock {
    type Error = BadWord;

    fn try_from(text: String) -> Result<Self, BadWord> {
        text.parse()
    }
}

/// The days and times of a meeting.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dates {
    /// First day; of any precision while it is only planned.
    pub start: Option<When>,
    /// Last day; none where it is the first.
    pub end: Option<When>,
    /// When it begins on the first day.
    pub from: Option<Clock>,
    /// When it ends on the last day.
    pub until: Option<Clock>,
    /// The time zone in which those are told: an IANA name such as `Asia/Yangon`; may be empty.
    pub zone: String,
}

impl Dates {
    /// What the fields of a meeting's document say: the form that versions without acts on dates write and read.
    #[must_use]
    pub fn of(root: &Record) -> Self {
        Self {
            start: root.read("start"),
            end: root.read("end"),
            from: root.read("start-time"),
            until: root.read("end-time"),
            zone: root.line("zone").to_owned(),
        }
    }

    /// The last day as far as it is said.
    #[must_use]
    pub fn last(&self) -> Option<When> {
        self.end.or(self.start)
    }

    /// How many days later than planned; none where one of the two is no day.
    #[must_use]
    pub fn days_after(&self, planned: &Self) -> Option<i32> {
        match (self.start?, planned.start?) {
            (When::Day(now), When::Day(then)) => Some(now.number() - then.number()),
            (When::Year(_) | When::Quarter(..) | When::Month(..) | When::Day(_), _) => None,
        }
    }
}

/// Fixes or moves a meeting's days and times.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FixedDates {
    /// When it is from now on.
    pub to: Dates,
    /// What was shown before, where anything was.
    pub was: Option<Dates>,
}

/// Changes how people attend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModeStep {
    /// How from now on.
    pub to: Mode,
    /// How before, where it was said.
    pub was: Option<Mode>,
}

/// When a meeting is, by its acts; where none speaks of dates, by its fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fixed {
    /// Now.
    pub now: Dates,
    /// As it was planned first.
    pub planned: Dates,
    /// Whether the act that set it waits for the hub.
    pub provisional: bool,
    /// A first day that stands in the document and comes from no act: a version that knows of no acts on dates wrote it.
    pub beside: Option<When>,
}

/// Folds the acts on dates in the hub's order: of two made apart the later one counts, and both are in the history.
#[must_use]
pub fn fixed(root: &Record, acts: &[ActRecord]) -> Fixed {
    let written = Dates::of(root);
    let mut fixed = Fixed { now: written.clone(), planned: written.clone(), ..Fixed::default() };
    let mut known = Vec::new();
    let mut first = true;
    for record in in_order(acts) {
        let (to, was) = match &record.act {
            Some(Act::FixDates(step)) => (step.to.clone(), step.was.clone()),
            // Only the first day, as a version of before fixes it: what else was known stays.
            Some(Act::FixDate(start)) => {
                let end = fixed.now.end.filter(|end| end.bounds().1 >= start.bounds().0);
                (Dates { start: Some(*start), end, ..fixed.now.clone() }, None)
            }
            Some(_) | None => continue,
        };
        known.extend(was.iter().chain([&to]).filter_map(|dates| dates.start));
        if first {
            fixed.planned = was.filter(|was| was.start.is_some()).unwrap_or_else(|| to.clone());
            first = false;
        }
        fixed.now = to;
        fixed.provisional = record.number.is_none();
    }
    fixed.beside = written.start.filter(|start| !first && !known.contains(start));
    fixed
}

/// How people attend, by the acts; where none speaks of it, by the field. And whether that waits for the hub.
#[must_use]
pub fn mode(root: &Record, acts: &[ActRecord]) -> (Option<Mode>, bool) {
    let last = in_order(acts).into_iter().rev().find_map(|record| match &record.act {
        Some(Act::ChangeMode(step)) => Some((Some(step.to), record.number.is_none())),
        Some(_) | None => None,
    });
    last.unwrap_or_else(|| (root.read("mode"), false))
}

/// How often what a calendar shows of a meeting was changed by an act: only ever more.
#[must_use]
pub fn revision(acts: &[ActRecord]) -> u32 {
    let changes = acts.iter().filter(|record| {
        matches!(record.act, Some(Act::FixDates(_) | Act::FixDate(_) | Act::ChangeMode(_) | Act::MoveMeeting(_)))
    });
    u32::try_from(changes.count()).unwrap_or(u32::MAX)
}

/// Why dates or a mode cannot be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadDates {
    /// There is no first day.
    #[error("no first day")]
    NoDay,
    /// It ends before it begins.
    #[error("it ends before it begins")]
    Backwards,
    /// A time says nothing without its zone, and the name must be one that could be a zone.
    #[error("no time zone")]
    NoZone,
    /// What was said before is changed without a reason.
    #[error("a change needs a reason")]
    ReasonMissing,
    /// It is so already.
    #[error("nothing changes")]
    NoChange,
    /// The meeting is closed or cancelled.
    #[error("the meeting is over")]
    Over,
}

/// Whether a meeting's dates and its mode may still change.
#[must_use]
pub const fn may_change(state: MeetingState) -> bool {
    match state {
        MeetingState::Closed | MeetingState::Cancelled => false,
        MeetingState::Proposed
        | MeetingState::DateConfirmed
        | MeetingState::Invited
        | MeetingState::DocumentsOut
        | MeetingState::InSession
        | MeetingState::Adjourned
        | MeetingState::ReportCirculated
        | MeetingState::ReportAdopted
        | MeetingState::Postponed => true,
    }
}

/// Whether a meeting may be fixed to dates.
///
/// # Errors
/// [`BadDates`] says why not.
pub fn check(now: &Dates, state: MeetingState, to: &Dates, reason: &str) -> Result<(), BadDates> {
    if !may_change(state) {
        return Err(BadDates::Over);
    }
    let start = to.start.ok_or(BadDates::NoDay)?;
    let last = to.end.unwrap_or(start);
    let one_day = start.bounds() == last.bounds() && start.bounds().0 == start.bounds().1;
    if last.bounds().1 < start.bounds().0
        || (one_day && to.from.zip(to.until).is_some_and(|(from, until)| until <= from))
    {
        return Err(BadDates::Backwards);
    }
    let timed = to.from.is_some() || to.until.is_some();
    if if to.zone.is_empty() { timed } else { !is_zone(&to.zone) } {
        return Err(BadDates::NoZone);
    }
    if to == now {
        return Err(BadDates::NoChange);
    }
    if now.start.is_some() && reason.trim().is_empty() {
        return Err(BadDates::ReasonMissing);
    }
    Ok(())
}

/// Whether people may attend a meeting otherwise than was said.
///
/// # Errors
/// [`BadDates`] says why not.
pub fn check_mode(now: Option<Mode>, state: MeetingState, to: Mode, reason: &str) -> Result<(), BadDates> {
    if !may_change(state) {
        return Err(BadDates::Over);
    }
    match now {
        Some(now) if now == to => Err(BadDates::NoChange),
        Some(_) if reason.trim().is_empty() => Err(BadDates::ReasonMissing),
        Some(_) | None => Ok(()),
    }
}

/// The shape of an IANA name. Which of them there are, only the browser knows.
#[must_use]
pub fn is_zone(name: &str) -> bool {
    let part = |part: &str| {
        part.starts_with(|first: char| first.is_ascii_alphabetic())
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+'))
    };
    name.len() <= 64 && name.split('/').all(part)
}

#[cfg(test)]
mod tests;
