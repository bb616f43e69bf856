//! The line of a timeline: whole years, measured in quarters. What does not fit on it is cut at its ends.

use crate::domain::{Date, When};

/// So many years before and after its plan a line is made longer where something stands there: what slipped beyond the end of a
/// plan is seen, and one date mistyped by a century does not make everything else a point.
const REACH: i16 = 2;

/// A line of years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Axis {
    first: i16,
    last: i16,
}

impl Axis {
    /// The years of a plan, and those around it in which one of these dates lies.
    #[must_use]
    pub fn of(from: i16, to: i16, dates: impl Iterator<Item = When>) -> Self {
        let to = to.max(from);
        let (low, high) = (from.saturating_sub(REACH), to.saturating_add(REACH));
        let mut axis = Self { first: from, last: to };
        for when in dates {
            let (first, last) = when.bounds();
            // A date far away does not stretch the line at all; one that begins in reach does, as far as that goes.
            if (low..=high).contains(&first.year) {
                axis.first = axis.first.min(first.year);
            }
            if (low..=high).contains(&last.year) {
                axis.last = axis.last.max(last.year);
            }
        }
        axis
    }

    /// Its years.
    pub fn years(self) -> impl Iterator<Item = i16> {
        self.first..=self.last
    }

    /// How many quarters it has.
    #[must_use]
    pub fn quarters(&self) -> f32 {
        f32::from(self.last - self.first + 1) * 4.0
    }

    /// Whether a day is on it.
    #[must_use]
    pub fn holds(&self, day: Date) -> bool {
        (self.first..=self.last).contains(&day.year)
    }

    /// Where a day begins, in quarters from the beginning of the line, before it and beyond its end as well.
    #[must_use]
    pub fn at(&self, day: Date) -> f32 {
        let quarter = (day.month - 1) / 3;
        let begin = Date { year: day.year, month: quarter * 3 + 1, day: 1 };
        let years = f32::from(day.year.saturating_sub(self.first));
        years * 4.0 + f32::from(quarter) + days(day.number() - begin.number()) * self.day_of(day)
    }

    /// How long a day is, in quarters.
    #[must_use]
    pub fn day_of(&self, day: Date) -> f32 {
        let (first, last) = When::Quarter(day.year, (day.month - 1) / 3 + 1).bounds();
        1.0 / days(last.number() - first.number() + 1)
    }

    /// From the beginning of a day to the end of another, cut at the ends of the line; none where nothing of it is on the line.
    #[must_use]
    pub fn part(&self, from: Date, to: Date) -> Option<(f32, f32)> {
        let (from, to) = (self.at(from).max(0.0), self.at(to.plus_days(1)).min(self.quarters()));
        (from < to).then_some((from, to))
    }
}

// Days within some years: exact in 24 bits.
#[expect(clippy::cast_precision_loss, reason = "days of a quarter are few")]
fn days(count: i32) -> f32 {
    count as f32
}

/// Which of the marks on a line, given where each stands, have room for their words: each keeps so much room behind it, and the
/// first that comes has it.
#[must_use]
pub fn with_room(marks: &[f32], room: f32) -> Vec<bool> {
    let mut free = f32::NEG_INFINITY;
    marks
        .iter()
        .map(|at| {
            let fits = *at >= free;
            if fits {
                free = at + room;
            }
            fits
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a day")
    }

    fn axis(dates: &[&str]) -> Axis {
        Axis::of(2021, 2025, dates.iter().filter_map(|date| date.parse().ok()))
    }

    #[test]
    fn the_line_has_the_years_of_the_plan_and_those_near_it_that_are_needed() {
        let years = |dates: &[&str]| axis(dates).years().collect::<Vec<_>>();
        assert_eq!(years(&["2021-Q3", "2025"]), [2021, 2022, 2023, 2024, 2025]);
        assert_eq!(years(&["2026-Q1"]), [2021, 2022, 2023, 2024, 2025, 2026]);
        assert_eq!(years(&["2020-11", "2027-05-01"]).len(), 8);
        assert_eq!(years(&["0021", "2125", "2028", "2018"]).len(), 5, "far away is a mistake and stretches nothing");
        assert_eq!(Axis::of(2025, 2021, std::iter::empty()).years().collect::<Vec<_>>(), [2025]);
    }

    #[test]
    fn a_date_covers_what_it_may_mean() {
        let near = |a: f32, b: f32| (a - b).abs() < 0.001;
        let axis = axis(&[]);
        for (when, from, to) in [
            ("2021", 0.0, 4.0),
            ("2021-Q3", 2.0, 3.0),
            ("2022-02", 4.0 + 31.0 / 90.0, 4.0 + 59.0 / 90.0),
            ("2021-11-25", 3.0 + 55.0 / 92.0, 3.0 + 56.0 / 92.0),
            ("2025-12-31", 20.0 - 1.0 / 92.0, 20.0),
        ] {
            let (first, last) = when.parse::<When>().expect("a date").bounds();
            let (a, b) = axis.part(first, last).expect("on the line");
            assert!(near(a, from) && near(b, to), "{when}: {a} to {b}");
        }
    }

    #[test]
    fn what_reaches_beyond_the_line_is_cut_and_what_lies_beyond_is_not_there() {
        let axis = axis(&[]);
        assert_eq!(axis.part(day("2019-01-01"), day("2021-03-31")), Some((0.0, 1.0)));
        assert_eq!(axis.part(day("2025-10-01"), day("2031-03-31")), Some((19.0, 20.0)));
        assert_eq!(axis.part(day("2019-01-01"), day("2020-12-31")), None);
        assert_eq!(axis.part(day("2026-01-01"), day("2026-12-31")), None);
    }

    #[test]
    fn words_are_written_where_there_is_room() {
        assert_eq!(with_room(&[0.0, 0.5, 2.0, 3.9, 4.0], 2.0), [true, false, true, false, true]);
        assert_eq!(with_room(&[], 2.0), [] as [bool; 0]);
    }
}
