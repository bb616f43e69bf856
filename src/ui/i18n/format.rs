//! Dates, times, numbers and words of enumerations as people of a language write them. The patterns are messages.

use crate::{
    domain::When,
    ui::{
        i18n::{t, tr},
        logic::{status::key_end, when::parts},
        platform::clock,
    },
};

/// A date in full: `5 August 2022`, `August 2022`, `Q3 2022`, `2022`.
#[must_use]
pub fn date(when: When) -> String {
    pattern("date", when)
}

/// A date for a table: `5 Aug 2022`.
#[must_use]
pub fn short(when: When) -> String {
    pattern("short", when)
}

fn pattern(form: &str, when: When) -> String {
    let parts = parts(when);
    t!(
        &format!("{form}-{}", parts.kind),
        year = parts.year,
        quarter = parts.quarter,
        month = parts.month,
        day = parts.day
    )
}

/// A span of dates for a table; one date where both are equal or one is missing; empty where both are.
#[must_use]
pub fn span(from: Option<When>, to: Option<When>) -> String {
    match (from, to) {
        (Some(from), Some(to)) if from == to => short(from),
        (Some(from), Some(to)) => t!("date-span", from = short(from), to = short(to)),
        (Some(from), None) => t!("date-from", from = short(from)),
        (None, Some(to)) => t!("date-until", to = short(to)),
        (None, None) => String::new(),
    }
}

/// The names of the months, to read what a person typed.
#[must_use]
pub fn months() -> Vec<String> {
    (1..=12_u8).map(|month| t!("month", month = month)).collect()
}

/// A moment in this device's time zone: `today, 09:14` or `27 November 2024, 17:40`.
#[must_use]
pub fn moment(millis: u64) -> String {
    let (then, now) = (clock::local(millis), clock::local(clock::now()));
    if (then.year, then.month, then.day) == (now.year, now.month, now.day) {
        return t!("moment-today", time = time(&then));
    }
    on_paper(millis)
}

/// The same where it is read on another day: always with its date.
#[must_use]
pub fn on_paper(millis: u64) -> String {
    let then = clock::local(millis);
    t!("moment", year = then.year, month = then.month, day = then.day, time = time(&then))
}

fn time(then: &clock::Local) -> String {
    t!("time", hour = format!("{:02}", then.hour), minute = format!("{:02}", then.minute))
}

/// Today with its day of the week.
#[must_use]
pub fn today() -> String {
    let now = clock::local(clock::now());
    t!("today", weekday = now.weekday, year = now.year, month = now.month, day = now.day)
}

/// The word of an enumeration for people: `word("status", "CARRIED_OVER")` is the message `status-carried-over`.
#[must_use]
pub fn word(list: &str, word: &str) -> String {
    tr(&format!("{list}-{}", key_end(word)))
}

/// A number of bytes: `41 MB`.
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rounded for people")]
pub fn bytes(count: f64) -> String {
    let (unit, size) =
        [("gb", 1e9), ("mb", 1e6), ("kb", 1e3)].into_iter().find(|(_, size)| count >= *size).unwrap_or(("b", 1.0));
    t!(&format!("bytes-{unit}"), count = (count / size).round() as u64)
}
