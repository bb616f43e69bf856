//! The hub's clock: milliseconds since 1970, and the day in UTC that dated rights are read on.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::domain::Date;

/// Milliseconds since 1970 now.
#[must_use]
pub fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}

/// The day, in UTC, of a moment. Howard Hinnant's `civil_from_days`, for days from 1970 on.
#[must_use]
pub fn day(millis: u64) -> Date {
    let days = (millis / 86_400_000).min(2_932_896) + 719_468;
    let era = days / 146_097;
    let of_era = days % 146_097;
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    Date {
        year: i16::try_from(year).unwrap_or(9999),
        month: u8::try_from(month).unwrap_or(12),
        day: u8::try_from(day).unwrap_or(31),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_the_calendars() {
        for (millis, text) in [
            (0, "1970-01-01"),
            (951_782_400_000, "2000-02-29"),
            (1_605_571_200_000, "2020-11-17"),
            (1_735_689_599_999, "2024-12-31"),
            (1_735_689_600_000, "2025-01-01"),
            (u64::MAX, "9999-12-31"),
        ] {
            assert_eq!(day(millis).to_string(), text);
        }
    }
}
