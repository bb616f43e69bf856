//! Dates as people write them, read into [`When`]; and the parts that a message pattern shows.

use crate::domain::{Date, When};

/// The parts of a date for a message: `kind` names the pattern (`year`, `quarter`, `month`, `day`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts {
    /// Which pattern.
    pub kind: &'static str,
    /// Year.
    pub year: i16,
    /// Quarter, 1 to 4; else 0.
    pub quarter: u8,
    /// Month, 1 to 12; else 0.
    pub month: u8,
    /// Day of the month; else 0.
    pub day: u8,
}

/// Takes a date apart.
#[must_use]
pub const fn parts(when: When) -> Parts {
    match when {
        When::Year(year) => Parts { kind: "year", year, quarter: 0, month: 0, day: 0 },
        When::Quarter(year, quarter) => Parts { kind: "quarter", year, quarter, month: 0, day: 0 },
        When::Month(year, month) => Parts { kind: "month", year, quarter: 0, month, day: 0 },
        When::Day(date) => Parts { kind: "day", year: date.year, quarter: 0, month: date.month, day: date.day },
    }
}

/// Reads what a person wrote: `2025`, `Q1 2025`, `2025-Q1`, `March 2025`, `2025-03`, `5 Aug 2022`, `2022-08-05`,
/// `05/08/2022` (day first). `months` are the names of the twelve months; three letters of one are enough.
#[must_use]
pub fn read(text: &str, months: &[String]) -> Option<When> {
    let text = text.trim();
    if let Ok(when) = text.to_uppercase().parse() {
        return Some(when);
    }
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '/' | '.' | '-'))
        .filter(|w| !w.is_empty())
        .collect();
    match words.as_slice() {
        [a, b] => {
            let year = year(b).or_else(|| year(a))?;
            let other = if self::year(b).is_some() { a } else { b };
            quarter(other)
                .map(|quarter| When::Quarter(year, quarter))
                .or_else(|| month(other, months).map(|month| When::Month(year, month)))
        }
        [day, name, year_word] => {
            let month = month(name, months)?;
            if let Some(year) = year(year_word) {
                Date::new(year, month, day.parse().ok()?).map(When::Day)
            } else {
                Date::new(year(day)?, month, year_word.parse().ok()?).map(When::Day)
            }
        }
        _ => None,
    }
}

fn year(word: &str) -> Option<i16> {
    (word.len() == 4).then(|| word.parse().ok()).flatten().filter(|year| *year >= 1)
}

fn quarter(word: &str) -> Option<u8> {
    let digits = word.strip_prefix(['Q', 'q']).or_else(|| word.strip_suffix(['Q', 'q']))?;
    digits.parse().ok().filter(|quarter| (1..=4).contains(quarter))
}

fn month(word: &str, months: &[String]) -> Option<u8> {
    if let Ok(number) = word.parse::<u8>() {
        return (1..=12).contains(&number).then_some(number);
    }
    let wanted = word.to_lowercase();
    let found = months.iter().position(|name| {
        let name = name.to_lowercase();
        name == wanted || (wanted.chars().count() >= 3 && name.starts_with(&wanted))
    })?;
    u8::try_from(found + 1).ok()
}

/// The quarter in which a date begins, counted from the year 0: to measure how far a date has slipped.
#[must_use]
pub fn quarter_index(when: When) -> i32 {
    let (first, _) = when.bounds();
    i32::from(first.year) * 4 + i32::from((first.month - 1) / 3)
}

/// The quarter in which a date ends, counted as in [`quarter_index`].
#[must_use]
pub fn last_quarter(when: When) -> i32 {
    let (_, last) = when.bounds();
    i32::from(last.year) * 4 + i32::from((last.month - 1) / 3)
}

/// A bar on a plan's line of quarters: its kind and where it begins and ends, in quarters from the plan's first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bar {
    /// `plan`, `slip`, `done` or `day`.
    pub kind: &'static str,
    /// Where it begins.
    pub from: f32,
    /// Where it ends.
    pub to: f32,
}

/// The dates of a project, for its bars.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Dates {
    /// First planned.
    pub planned: (Option<When>, Option<When>),
    /// Planned now.
    pub current: (Option<When>, Option<When>),
    /// Actual.
    pub actual: (Option<When>, Option<When>),
}

/// The bars of a project in a plan that begins with `year` and has `quarters`: planned outlined, what slipped hatched
/// behind it, what happened filled; a single day is a point.
#[must_use]
pub fn bars(dates: Dates, year: i16, quarters: u8) -> Vec<Bar> {
    let start = i32::from(year) * 4;
    let end = f32::from(quarters);
    let mut bars = Vec::new();
    let mut put = |kind: &'static str, from: i32, to: i32| {
        let (from, to) = (offset(from - start).clamp(0.0, end), offset(to - start).clamp(0.0, end));
        if to > from {
            bars.push(Bar { kind, from, to });
        }
    };
    let whole = |(from, to): (Option<When>, Option<When>)| {
        let first = from.or(to)?;
        Some((quarter_index(first), last_quarter(to.unwrap_or(first)) + 1))
    };
    let planned = whole(dates.planned).or_else(|| whole(dates.current));
    if let Some((from, to)) = planned {
        put("plan", from, to);
        let now = whole(dates.actual).or_else(|| whole(dates.current));
        if let Some((_, ended)) = now.filter(|(_, ended)| *ended > to) {
            put("slip", to, ended);
        }
    }
    match dates.actual {
        (Some(When::Day(day)), to) if to.is_none() || to == Some(When::Day(day)) => {
            let quarter = quarter_index(When::Day(day)) - start;
            let within = f32::from((day.month - 1) % 3) + f32::from(day.day) / 31.0;
            let at = offset(quarter) + within / 3.0;
            if (0.0..=end).contains(&at) {
                bars.push(Bar { kind: "day", from: at, to: at });
            }
        }
        actual => {
            if let Some((from, to)) = whole(actual) {
                let from = from - start;
                let to = to - start;
                let (from, to) = (offset(from).clamp(0.0, end), offset(to).clamp(0.0, end));
                if to > from {
                    bars.push(Bar { kind: "done", from, to });
                }
            }
        }
    }
    bars
}

// Quarters are few: a plan has twenty.
fn offset(quarters: i32) -> f32 {
    f32::from(i16::try_from(quarters).unwrap_or(i16::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn months() -> Vec<String> {
        [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ]
        .map(str::to_owned)
        .to_vec()
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        for (text, iso) in [
            ("2025", "2025"),
            (" Q4 2025 ", "2025-Q4"),
            ("2025 q1", "2025-Q1"),
            ("2025-q1", "2025-Q1"),
            ("Aug 2022", "2022-08"),
            ("sept 2022", "2022-09"),
            ("5 August 2022", "2022-08-05"),
            ("5/8/2022", "2022-08-05"),
            ("2022-08-05", "2022-08-05"),
            ("08/2022", "2022-08"),
        ] {
            assert_eq!(read(text, &months()).map(|when| when.to_string()).as_deref(), Some(iso), "{text}");
        }
        for text in ["", "Q5 2025", "soon", "31 Feb 2022", "13/2022", "Ma 2022"] {
            assert_eq!(read(text, &months()), None, "{text}");
        }
    }

    fn dates(planned: &str, actual: &str) -> Dates {
        let read = |text: &str| text.parse().ok();
        Dates { planned: (None, read(planned)), current: (None, read(planned)), actual: (None, read(actual)) }
    }

    #[test]
    fn what_slipped_is_drawn_behind_what_was_planned() {
        let kinds = |dates| bars(dates, 2021, 20).iter().map(|bar| bar.kind).collect::<Vec<_>>();
        assert_eq!(kinds(dates("2021-Q3", "")), ["plan"]);
        assert_eq!(kinds(dates("2021-Q3", "2021-Q4")), ["plan", "slip", "done"]);
        assert_eq!(kinds(dates("2021-Q3", "2019")), ["plan"], "outside the plan's years nothing is drawn");
        let late = bars(dates("2021-Q3", "2021-Q4"), 2021, 20);
        assert_eq!((late[1].from, late[1].to), (3.0, 4.0));
    }

    #[test]
    fn one_day_is_a_point_in_its_quarter() {
        let day = Dates { actual: ("2021-11-25".parse().ok(), None), ..Dates::default() };
        let bars = bars(day, 2021, 20);
        assert_eq!(bars.len(), 1);
        assert_eq!(bars[0].kind, "day");
        assert!((3.3..4.0).contains(&bars[0].from), "{bars:?}");
    }
}
