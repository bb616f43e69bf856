//! Dates as people know them: a year, a quarter, a month or a day. Gregorian, ISO 8601 text; other calendars are views.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::kind::BadWord;

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Date {
    /// Year.
    pub year: i16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, from 1.
    pub day: u8,
}

/// A date of any precision: `2024`, `2024-Q3`, `2024-08` or `2024-08-05`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum When {
    /// Some time in a year.
    Year(i16),
    /// Some time in a quarter, 1 to 4.
    Quarter(i16, u8),
    /// Some time in a month, 1 to 12.
    Month(i16, u8),
    /// A day.
    Day(Date),
}

const fn days_in(year: i16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

impl Date {
    /// A day that exists, from year 1 on.
    #[must_use]
    pub const fn new(year: i16, month: u8, day: u8) -> Option<Self> {
        let exists = year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= days_in(year, month);
        if exists { Some(Self { year, month, day }) } else { None }
    }

    /// The day in UTC of a moment in milliseconds since 1970; moments after the year 9999 give its last day.
    #[must_use]
    pub fn of_millis(millis: u64) -> Self {
        let mut days = millis / 86_400_000;
        let mut year = 1970_i16;
        while year < 9999 {
            let length = 337 + u64::from(days_in(year, 2));
            if days < length {
                break;
            }
            days -= length;
            year += 1;
        }
        let mut month = 1;
        while month < 12 && days >= u64::from(days_in(year, month)) {
            days -= u64::from(days_in(year, month));
            month += 1;
        }
        let day = u8::try_from(days + 1).unwrap_or(u8::MAX).min(days_in(year, month));
        Self { year, month, day }
    }

    /// When it begins in UTC, in milliseconds since 1970; 0 for days before.
    #[must_use]
    pub fn begins(self) -> u64 {
        let epoch = Self { year: 1970, month: 1, day: 1 };
        u64::try_from(self.number() - epoch.number()).unwrap_or(0) * 86_400_000
    }

    /// Days since the first day of the year 0, to count how far two days are apart.
    #[must_use]
    pub fn number(self) -> i32 {
        let year = i32::from(self.year);
        // Days before this year: every fourth has one more, but for three of four centuries.
        let leaps = |year: i32| (year + 3) / 4 - (year + 99) / 100 + (year + 399) / 400;
        let before = year * 365 + leaps(year);
        let months: i32 = (1..self.month).map(|month| i32::from(days_in(self.year, month))).sum();
        before + months + i32::from(self.day) - 1
    }

    /// The day so many days later, or earlier; no later than the last day of the year 9999, no earlier than the first of year 1.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        let (mut date, mut left) = (self, i32::from(self.day) + days);
        loop {
            let length = i32::from(days_in(date.year, date.month));
            if (1..=length).contains(&left) {
                return Self { day: u8::try_from(left).unwrap_or(1), ..date };
            }
            if left > length {
                if (date.year, date.month) == (9999, 12) {
                    return Self { day: 31, ..date };
                }
                left -= length;
                date = Self::month_of(date.year, i32::from(date.month) + 1);
            } else {
                if (date.year, date.month) == (1, 1) {
                    return Self { day: 1, ..date };
                }
                date = Self::month_of(date.year, i32::from(date.month) - 1);
                left += i32::from(days_in(date.year, date.month));
            }
        }
    }

    /// The day so many months earlier; the last of its month where that one is shorter.
    #[must_use]
    pub fn minus_months(self, months: u8) -> Self {
        let first = Self::month_of(self.year, i32::from(self.month) - i32::from(months));
        Self { day: self.day.min(days_in(first.year, first.month)), ..first }
    }

    // The first day of a month that is counted from January of a year, also beyond the year.
    fn month_of(year: i16, month: i32) -> Self {
        let at = i32::from(year) * 12 + month - 1;
        let year = i16::try_from(at.div_euclid(12)).unwrap_or(1).max(1);
        Self { year, month: u8::try_from(at.rem_euclid(12) + 1).unwrap_or(1), day: 1 }
    }
}

impl When {
    /// The first and the last day it may mean.
    #[must_use]
    pub const fn bounds(self) -> (Date, Date) {
        let (year, first, last) = match self {
            Self::Year(year) => (year, 1, 12),
            Self::Quarter(year, quarter) => (year, quarter * 3 - 2, quarter * 3),
            Self::Month(year, month) => (year, month, month),
            Self::Day(day) => return (day, day),
        };
        (Date { year, month: first, day: 1 }, Date { year, month: last, day: days_in(year, last) })
    }
}

fn number<T: FromStr>(text: &str, width: usize) -> Option<T> {
    (text.len() == width && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

impl FromStr for When {
    type Err = BadWord;

    fn from_str(text: &str) -> Result<Self, BadWord> {
        let bad = || BadWord(text.to_owned());
        let mut parts = text.split('-');
        let year = parts.next().and_then(|part| number(part, 4)).filter(|year| *year >= 1).ok_or_else(bad)?;
        let when = match (parts.next(), parts.next(), parts.next()) {
            (None, None, None) => Some(Self::Year(year)),
            (Some(part), None, None) => match part.strip_prefix('Q') {
                Some(quarter) => number(quarter, 1).filter(|q| (1..=4).contains(q)).map(|q| Self::Quarter(year, q)),
                None => number(part, 2).filter(|m| (1..=12).contains(m)).map(|m| Self::Month(year, m)),
            },
            (Some(month), Some(day), None) => match (number(month, 2), number(day, 2)) {
                (Some(month), Some(day)) => Date::new(year, month, day).map(Self::Day),
                _ => None,
            },
            _ => None,
        };
        when.ok_or_else(bad)
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Quarter(year, quarter) => write!(f, "{year:04}-Q{quarter}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(day) => day.fmt(f),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl FromStr for Date {
    type Err = BadWord;

    fn from_str(text: &str) -> Result<Self, BadWord> {
        match text.parse()? {
            When::Day(day) => Ok(day),
            When::Year(_) | When::Quarter(..) | When::Month(..) => Err(BadWord(text.to_owned())),
        }
    }
}

macro_rules! text_form {
    ($($name:ident),+) => { $(
        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.to_string()
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadWord;

            fn try_from(text: String) -> Result<Self, BadWord> {
                text.parse()
            }
        }
    )+ };
}
text_form!(Date, When);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_precision_survives_text() {
        for text in ["2024", "2021-Q3", "2024-08", "2020-02-29"] {
            assert_eq!(text.parse::<When>().map(|when| when.to_string()), Ok(text.to_owned()));
        }
        for text in ["", "24", "2024-13", "2024-Q5", "2021-02-29", "2024-8", "2024-08-05-01", "+024", "0000"] {
            assert!(text.parse::<When>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_moment_has_its_day() {
        for (millis, day) in [
            (0, "1970-01-01"),
            (951_782_399_999, "2000-02-28"),
            (951_782_400_000, "2000-02-29"),
            (1_605_657_600_000, "2020-11-18"),
            (1_798_761_599_999, "2026-12-31"),
            (u64::MAX, "9999-12-31"),
        ] {
            assert_eq!(Date::of_millis(millis).to_string(), day);
        }
    }

    #[test]
    fn days_and_months_are_counted_over_the_ends_of_months_and_years() {
        let day = |text: &str| text.parse::<Date>().expect("a day");
        for (from, days, to) in [
            ("2024-01-31", 1, "2024-02-01"),
            ("2024-02-01", 28, "2024-02-29"),
            ("2023-12-31", 90, "2024-03-30"),
            ("2024-03-30", -90, "2023-12-31"),
            ("2000-02-28", 366, "2001-02-28"),
            ("1899-12-31", 60, "1900-03-01"),
            ("9999-12-30", 9, "9999-12-31"),
            ("0001-01-02", -9, "0001-01-01"),
        ] {
            assert_eq!(day(from).plus_days(days), day(to), "{from} and {days} days");
        }
        for (from, to) in [("1970-01-01", "2026-11-22"), ("1899-06-01", "2101-03-01"), ("2024-02-29", "2024-03-01")] {
            assert_eq!(day(from).plus_days(day(to).number() - day(from).number()), day(to));
        }
        for (of, millis) in [("1970-01-02", 86_400_000), ("2000-03-01", 951_868_800_000), ("1969-12-31", 0)] {
            assert_eq!(day(of).begins(), millis);
        }
        assert_eq!(Date::of_millis(day("2026-11-22").begins()), day("2026-11-22"));
        assert_eq!(Date::of_millis(day("2026-11-22").begins() - 1), day("2026-11-21"));
        for (from, months, to) in
            [("2026-11-22", 6, "2026-05-22"), ("2024-08-31", 6, "2024-02-29"), ("2025-01-15", 13, "2023-12-15")]
        {
            assert_eq!(day(from).minus_months(months), day(to), "{from} less {months} months");
        }
    }

    #[test]
    fn bounds_cover_what_is_meant() {
        let when: When = "2021-Q3".parse().expect("a quarter");
        assert_eq!(when.bounds(), (Date::new(2021, 7, 1).expect("a day"), Date::new(2021, 9, 30).expect("a day")));
    }
}
