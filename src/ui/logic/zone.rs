//! Moments and the clocks of time zones: what is told in one zone, told in another. The zones themselves come in as an
//! argument, because only the browser knows them.

use crate::domain::{Date, meeting::dates::Clock};

/// The first day that is counted from: 1 January 1970.
const EPOCH: Date = Date { year: 1970, month: 1, day: 1 };

/// A day and a time as minutes since 1970, as if the clocks showed UTC.
#[must_use]
pub fn minutes_of(date: Date, hour: u8, minute: u8) -> i64 {
    i64::from(date.number() - EPOCH.number()) * 1440 + i64::from(hour) * 60 + i64::from(minute)
}

/// A day and a time on the clocks of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Local {
    /// The day.
    pub date: Date,
    /// The time.
    pub clock: Clock,
}

impl Local {
    /// What a clock shows that is so many minutes since 1970.
    #[must_use]
    pub fn of_minutes(minutes: i64) -> Self {
        let (days, rest) = (minutes.div_euclid(1440), minutes.rem_euclid(1440));
        let part = |value: i64| u8::try_from(value).unwrap_or(0);
        Self {
            date: EPOCH.plus_days(i32::try_from(days).unwrap_or(0)),
            clock: Clock { hour: part(rest / 60), minute: part(rest % 60) },
        }
    }
}

/// The moment, in minutes since 1970 in UTC, at which the clocks of a zone show a day and a time. `ahead` says how many
/// minutes they are ahead of UTC at a moment in milliseconds. Where the clocks go back, the earlier of the two;
/// where they go forward over it, by those of before.
pub fn moment(date: Date, clock: Clock, ahead: impl Fn(u64) -> Option<i32>) -> Option<i64> {
    let shown = minutes_of(date, clock.hour, clock.minute);
    let at = |minutes: i64| ahead(u64::try_from(minutes.max(0)).ok()? * 60_000).map(i64::from);
    // What the clocks are ahead by a day earlier and a day later: between the two they are set at most once.
    let mut may_be = [shown - at(shown - 1440)?, shown - at(shown + 1440)?];
    let none = may_be[0];
    may_be.sort_unstable();
    let fits = may_be.into_iter().find(|minutes| at(*minutes).is_some_and(|ahead| minutes + ahead == shown));
    Some(fits.unwrap_or(none))
}

/// What the clocks of a zone show at a moment in minutes since 1970.
pub fn shown(moment: i64, ahead: impl Fn(u64) -> Option<i32>) -> Option<Local> {
    let offset = ahead(u64::try_from(moment).ok()? * 60_000)?;
    Some(Local::of_minutes(moment + i64::from(offset)))
}

/// An offset from UTC as people write it: `UTC+6:30`, `UTC+9`, `UTC−3`, `UTC`.
#[must_use]
pub fn offset(minutes: i32) -> String {
    let sign = match minutes {
        0 => return "UTC".to_owned(),
        1.. => '+',
        _ => '\u{2212}',
    };
    let (hours, rest) = (minutes.unsigned_abs() / 60, minutes.unsigned_abs() % 60);
    if rest == 0 { format!("UTC{sign}{hours}") } else { format!("UTC{sign}{hours}:{rest:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a day")
    }

    fn clock(text: &str) -> Clock {
        text.parse().expect("a time")
    }

    #[test]
    fn a_time_in_yangon_is_told_in_dili_and_in_tokyo() {
        let (yangon, dili, tokyo) = (|_| Some(390), |_| Some(540), |_| Some(540));
        let begins = moment(day("2026-08-05"), clock("09:00"), yangon).expect("a moment");
        assert_eq!(begins, minutes_of(day("2026-08-05"), 2, 30));
        assert_eq!(shown(begins, dili), Some(Local { date: day("2026-08-05"), clock: clock("11:30") }));
        assert_eq!(shown(begins, tokyo), shown(begins, dili));
        let late = moment(day("2026-12-31"), clock("22:00"), yangon).expect("a moment");
        assert_eq!(shown(late, dili), Some(Local { date: day("2027-01-01"), clock: clock("00:30") }), "another day");
        assert_eq!(shown(late, yangon), Some(Local { date: day("2026-12-31"), clock: clock("22:00") }));
        assert_eq!(moment(day("2026-08-05"), clock("09:00"), |_| None), None, "a zone that nobody knows");
    }

    #[test]
    fn where_clocks_are_set_forward_and_back_a_time_is_told_back_as_it_was_said() {
        // Central Europe: an hour more from 29 March 2026, 01:00 UTC, to 25 October, 01:00 UTC.
        let (spring, autumn) = (minutes_of(day("2026-03-29"), 1, 0), minutes_of(day("2026-10-25"), 1, 0));
        let europe = move |millis: u64| {
            let at = i64::try_from(millis / 60_000).ok()?;
            Some(if (spring..autumn).contains(&at) { 120 } else { 60 })
        };
        for (date, time) in
            [("2026-03-28", "23:30"), ("2026-03-29", "03:00"), ("2026-07-01", "12:00"), ("2026-10-25", "03:30")]
        {
            let at = moment(day(date), clock(time), europe).expect("a moment");
            assert_eq!(shown(at, europe), Some(Local { date: day(date), clock: clock(time) }), "{date} {time}");
        }
        let twice = moment(day("2026-10-25"), clock("02:30"), europe).expect("a moment");
        assert_eq!(twice, minutes_of(day("2026-10-25"), 0, 30), "the earlier of the two");
    }

    #[test]
    fn offsets_are_written_with_their_half_hours() {
        for (minutes, text) in
            [(390, "UTC+6:30"), (540, "UTC+9"), (0, "UTC"), (-180, "UTC\u{2212}3"), (345, "UTC+5:45")]
        {
            assert_eq!(offset(minutes), text);
        }
    }
}
