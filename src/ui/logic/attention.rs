//! When the desktop is told of what is new in what a person follows: rarely, never while they look, never in their quiet hours,
//! and always as one number that takes the place of the one before.
//!
//! It decides from what it is given. It may never hold a word of a document: a lock screen shows what is told.

use std::{fmt, str::FromStr};

use crate::domain::person::ReadMark;

/// Minutes of a day.
const DAY: u16 = 24 * 60;
/// A minute, in milliseconds.
const MINUTE: u64 = 60_000;
/// The least time between two notifications, in milliseconds: a quarter of an hour.
pub const PAUSE: u64 = 15 * MINUTE;
/// So long after the last change it is told, in milliseconds: what comes in one go is one number, and a page of this browser that
/// is being looked at has time to say so.
pub const SETTLE: u64 = 3_000;

/// A minute of the day, from 0: `18:00`, as `<input type="time">` has it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Minute(u16);

impl Minute {
    /// Of an hour and a minute; what no clock shows is none.
    #[must_use]
    pub fn new(hour: u8, minute: u8) -> Option<Self> {
        (hour < 24 && minute < 60).then(|| Self(u16::from(hour) * 60 + u16::from(minute)))
    }

    /// How many minutes it is until another one comes, 1 to a day.
    fn until(self, other: Self) -> u16 {
        match (other.0 + DAY - self.0) % DAY {
            0 => DAY,
            minutes => minutes,
        }
    }
}

impl fmt::Display for Minute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl FromStr for Minute {
    type Err = ();

    /// Seconds, which some browsers add, are passed over.
    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.split(':');
        let mut next = || parts.next().and_then(|part| part.parse().ok());
        next().zip(next()).and_then(|(hour, minute)| Self::new(hour, minute)).ok_or(())
    }
}

/// Hours in which nothing is told, on this device's clock: from a minute of the day until another, over midnight where that comes
/// first. From a minute until the same one is no time at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quiet {
    /// The first quiet minute.
    pub from: Minute,
    /// The first that is not quiet any more.
    pub to: Minute,
}

impl Default for Quiet {
    /// What is proposed to whoever wants quiet hours: the evening and the night.
    fn default() -> Self {
        Self { from: Minute(18 * 60), to: Minute(8 * 60) }
    }
}

impl Quiet {
    /// From and to, as a field has them.
    #[must_use]
    pub fn to_text(self) -> (String, String) {
        (self.from.to_string(), self.to.to_string())
    }

    /// For how many minutes it is still quiet; none when it is not.
    #[must_use]
    pub fn left(self, now: Minute) -> Option<u16> {
        let Self { from, to } = self;
        let within = if from.0 <= to.0 { (from.0..to.0).contains(&now.0) } else { now.0 >= from.0 || now.0 < to.0 };
        within.then(|| now.until(to))
    }
}

/// What this device wants, as its browser keeps it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wish {
    /// Whether anything is told.
    pub on: bool,
    /// Whether there are quiet hours.
    pub hushed: bool,
    /// Which.
    pub quiet: Quiet,
}

/// What was told last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Told {
    /// Up to where: also what somebody saw because they looked.
    pub mark: ReadMark,
    /// When something was last told, in milliseconds since 1970 by this device's clock; 0 for never.
    pub at: u64,
}

impl Told {
    /// What either page of a browser knows.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self { mark: self.mark.join(other.mark), at: self.at.max(other.at) }
    }
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.mark, self.at)
    }
}

impl FromStr for Told {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (mark, at) = text.rsplit_once(' ').ok_or(())?;
        Ok(Self { mark: mark.parse().map_err(|_| ())?, at: at.parse().map_err(|_| ())? })
    }
}

/// How things stand.
#[derive(Debug, Clone, Copy)]
pub struct Now {
    /// Milliseconds since 1970, by this device's clock.
    pub at: u64,
    /// The minute of the day, by the same.
    pub minute: Minute,
    /// How far others wrote in what is followed and not read; none where they did not.
    pub news: Option<ReadMark>,
    /// When that last changed, in the same milliseconds.
    pub since: u64,
    /// Whether the page is being looked at.
    pub seen: bool,
    /// Whether the browser lets us.
    pub allowed: bool,
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Tell it.
    Tell,
    /// Ask again after so many milliseconds.
    Wait(u64),
    /// Nothing, until something changes.
    Nothing,
}

/// What is to be done now.
#[must_use]
pub fn step(wish: Wish, told: Told, now: &Now) -> Step {
    let news = now.news.filter(|news| !told.mark.covers(news.number, Some(news.at)));
    if news.is_none() || now.seen || !wish.on || !now.allowed {
        return Step::Nothing;
    }
    if let Some(minutes) = wish.quiet.left(now.minute).filter(|_| wish.hushed) {
        return Step::Wait(u64::from(minutes) * MINUTE);
    }
    // A clock that was set back holds nothing up.
    let left = |from: u64, pause: u64| if from > now.at { 0 } else { (from + pause).saturating_sub(now.at) };
    match left(now.since, SETTLE).max(left(told.at, PAUSE)) {
        0 => Step::Tell,
        wait => Step::Wait(wait),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: u64 = 1_772_366_400_000;
    const HOUR: u64 = 60 * MINUTE;

    fn minute(text: &str) -> Minute {
        text.parse().expect("a minute")
    }

    fn mark(number: u64) -> ReadMark {
        ReadMark { number, at: NOON + number }
    }

    /// A page that nobody looks at, at noon, with news that came a while ago.
    fn away(number: u64) -> Now {
        let (news, since) = (Some(mark(number)), NOON - HOUR);
        Now { at: NOON, minute: minute("12:00"), news, since, seen: false, allowed: true }
    }

    const ON: Wish = Wish { on: true, hushed: false, quiet: Quiet { from: Minute(0), to: Minute(0) } };

    #[test]
    fn it_is_told_only_to_whoever_wants_it_may_have_it_and_does_not_look() {
        let told = Told::default();
        assert_eq!(step(ON, told, &away(7)), Step::Tell);
        assert_eq!(step(Wish { on: false, ..ON }, told, &away(7)), Step::Nothing);
        assert_eq!(step(ON, told, &Now { seen: true, ..away(7) }), Step::Nothing);
        assert_eq!(step(ON, told, &Now { allowed: false, ..away(7) }), Step::Nothing);
        assert_eq!(step(ON, told, &Now { news: None, ..away(7) }), Step::Nothing);
    }

    #[test]
    fn nothing_is_told_twice_and_nothing_that_was_seen() {
        let told = Told { mark: mark(7), at: NOON - HOUR };
        assert_eq!(step(ON, told, &away(7)), Step::Nothing);
        assert_eq!(step(ON, told, &away(8)), Step::Tell);
        // A hub that fell back gives a number again, later.
        let again = ReadMark { number: 7, at: NOON + 100 };
        assert_eq!(step(ON, told, &Now { news: Some(again), ..away(7) }), Step::Tell);
    }

    #[test]
    fn what_comes_in_one_go_is_told_once_and_the_next_after_a_quarter_of_an_hour() {
        let fresh = Now { since: NOON - 1_000, ..away(7) };
        assert_eq!(step(ON, Told::default(), &fresh), Step::Wait(SETTLE - 1_000));
        let told = Told { mark: mark(6), at: NOON - 5 * MINUTE };
        assert_eq!(step(ON, told, &away(7)), Step::Wait(10 * MINUTE));
        assert_eq!(step(ON, told, &Now { at: NOON + 10 * MINUTE, ..away(7) }), Step::Tell);
        let ahead = Told { mark: mark(6), at: NOON + 365 * 24 * HOUR };
        assert_eq!(step(ON, ahead, &away(7)), Step::Tell, "the clock was a year ahead");
    }

    #[test]
    fn in_the_quiet_hours_it_waits_for_their_end_and_is_told_once_then() {
        let night = Wish { hushed: true, quiet: Quiet::default(), ..ON };
        let at = |text: &str| Now { minute: minute(text), ..away(7) };
        let told = Told::default();
        assert_eq!(step(night, told, &at("17:59")), Step::Tell);
        assert_eq!(step(night, told, &at("18:00")), Step::Wait(14 * HOUR));
        assert_eq!(step(night, told, &at("23:59")), Step::Wait(8 * HOUR + MINUTE));
        assert_eq!(step(night, told, &at("00:00")), Step::Wait(8 * HOUR));
        assert_eq!(step(night, told, &at("07:59")), Step::Wait(MINUTE));
        assert_eq!(step(night, told, &at("08:00")), Step::Tell);
        assert_eq!(step(Wish { hushed: false, ..night }, told, &at("23:00")), Step::Tell);
        let after = Told { mark: mark(7), at: NOON - MINUTE };
        assert_eq!(step(night, after, &at("08:01")), Step::Nothing);
    }

    #[test]
    fn quiet_hours_within_a_day_and_none_at_all() {
        let lunch = Quiet { from: minute("12:00"), to: minute("13:30") };
        let left = |text: &str| lunch.left(minute(text));
        assert_eq!((left("11:59"), left("12:00"), left("13:29"), left("13:30")), (None, Some(90), Some(1), None));
        let none = Quiet { from: minute("12:00"), to: minute("12:00") };
        assert_eq!((none.left(minute("12:00")), none.left(minute("00:00"))), (None, None));
    }

    #[test]
    fn what_the_browser_keeps_is_read_again() {
        for text in ["00:00", "08:05", "23:59"] {
            assert_eq!(minute(text).to_string(), text);
        }
        assert_eq!(minute("07:30:00"), minute("07:30"));
        for bad in ["", "24:00", "12:60", "noon", "12"] {
            assert!(bad.parse::<Minute>().is_err(), "{bad}");
        }
        let told = Told { mark: mark(7), at: NOON };
        assert_eq!(told.to_string().parse(), Ok(told));
        assert_eq!(told.join(Told { mark: mark(9), at: 1 }), Told { mark: mark(9), at: NOON });
        assert!("nonsense".parse::<Told>().is_err());
    }
}
