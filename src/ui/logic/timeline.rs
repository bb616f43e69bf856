//! A timeline: where dates stand on a line of quarters, how far a project slipped, and what is drawn of it.
//!
//! A date is as exact as it was given: a quarter covers its three months and is never taken for a day. Slip is counted from
//! the first planned date, and only where the later date is later whatever days the two may mean.

pub mod axis;
pub mod grouping;

use crate::{
    domain::{
        Date, When,
        kind::words,
        project::{self, Fate, ProjectStatus},
        tally::{CONFIRM_MONTHS, Count},
    },
    engine::api::{ActivityRow, ProjectRow},
    ui::logic::when::{Dates, last_quarter, quarter_index},
};

use axis::Axis;

words! {
    /// How finely the line is divided.
    Zoom {
        /// Into years.
        Year = "year",
        /// Into quarters.
        Quarter = "quarter",
        /// Into months.
        Month = "month",
    }
}

/// How a plan's timeline and overview are looked at, beside what is shown in them. It is kept in the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// How finely the timeline is divided.
    pub zoom: Zoom,
    /// After how many months without a word of its lead a project is listed.
    pub months: u8,
}

impl Default for Look {
    fn default() -> Self {
        Self { zoom: Zoom::Quarter, months: CONFIRM_MONTHS }
    }
}

impl Look {
    /// From the decoded parameters of an address; what is not understood is left out.
    #[must_use]
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let usual = Self::default();
        let months = get("months").and_then(|text| text.parse().ok()).filter(|months| (1..=60).contains(months));
        Self {
            zoom: get("zoom").and_then(|word| word.parse().ok()).unwrap_or(usual.zoom),
            months: months.unwrap_or(usual.months),
        }
    }

    /// Adds what is not as usual to the query of an address.
    #[must_use]
    pub fn onto(self, query: &str) -> String {
        let usual = Self::default();
        let zoom = (self.zoom != usual.zoom).then(|| format!("zoom={}", self.zoom.word()));
        let months = (self.months != usual.months).then(|| format!("months={}", self.months));
        [zoom, months].into_iter().flatten().fold(query.to_owned(), |query, part| joined(&query, &part))
    }
}

/// A query with one more parameter.
#[must_use]
pub fn joined(query: &str, part: &str) -> String {
    let sign = if query.is_empty() { '?' } else { '&' };
    format!("{query}{sign}{part}")
}

/// How much later something is than first planned, in the largest unit that tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slip {
    /// Quarters.
    Quarters(i32),
    /// Months, within a quarter.
    Months(i32),
    /// Days, within a month.
    Days(i32),
}

impl Slip {
    /// The word of its unit.
    #[must_use]
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Quarters(_) => "quarters",
            Self::Months(_) => "months",
            Self::Days(_) => "days",
        }
    }

    /// How many.
    #[must_use]
    pub const fn count(self) -> i32 {
        match self {
            Self::Quarters(count) | Self::Months(count) | Self::Days(count) => count,
        }
    }
}

fn month_index(day: Date) -> i32 {
    i32::from(day.year) * 12 + i32::from(day.month)
}

/// By how much a date is later than another; none where it need not be.
#[must_use]
pub fn later(first: When, now: When) -> Option<Slip> {
    let (before, after) = (first.bounds().1, now.bounds().0);
    if after <= before {
        return None;
    }
    let quarters = quarter_index(now) - last_quarter(first);
    let months = month_index(after) - month_index(before);
    Some(match (quarters, months) {
        (1.., _) => Slip::Quarters(quarters),
        (_, 1..) => Slip::Months(months),
        _ => Slip::Days(after.number() - before.number()),
    })
}

/// The first planned date and the one it slipped to: of the end, or else of the start. What happened goes before what is
/// planned now; where no end is told and it began after its planned end, it has slipped at least until then.
fn slipped(dates: &Dates) -> Option<(When, When, Slip)> {
    let last = |a: Option<When>, b: Option<When>| a.into_iter().chain(b).max_by_key(|when| when.bounds().1);
    let end = dates.actual.1.or_else(|| last(dates.actual.0, dates.current.1));
    let start = dates.actual.0.or(dates.current.0);
    let pair = |first: Option<When>, now: Option<When>| Some((first?, now?));
    [pair(dates.planned.1, end), pair(dates.planned.0, start)]
        .into_iter()
        .flatten()
        .find_map(|(first, now)| later(first, now).map(|slip| (first, now, slip)))
}

/// How far a project slipped from its first planned date.
#[must_use]
pub fn slip(dates: &Dates) -> Option<Slip> {
    slipped(dates).map(|(.., slip)| slip)
}

/// What a mark on the line means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// First planned.
    Plan,
    /// From the first planned date to where it slipped.
    Slip,
    /// What happened.
    Done,
    /// It happened on one day.
    Day,
    /// It is planned for one day.
    PlanDay,
}

impl Kind {
    /// The word of `data-k`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Slip => "slip",
            Self::Done => "done",
            Self::Day => "day",
            Self::PlanDay => "plan-day",
        }
    }
}

/// A mark on the line, in quarters from its beginning.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bar {
    /// What it means.
    pub kind: Kind,
    /// Where it begins; for one day, its middle.
    pub from: f32,
    /// Where it ends.
    pub to: f32,
    /// Whether it goes on: to where is not known.
    pub open: bool,
}

/// What a project or an activity shows of its dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dated {
    /// Its dates.
    pub dates: Dates,
    /// Whether work on it is under way, so that what began has not ended.
    pub going_on: bool,
    /// Whether it is open and its planned end has passed.
    pub overdue: bool,
}

impl Dated {
    /// Of a project.
    #[must_use]
    pub fn project(row: &ProjectRow, today: Date) -> Self {
        Self {
            dates: Dates { planned: row.planned, current: row.current, actual: row.actual },
            going_on: row.shown() == Some(ProjectStatus::Ongoing),
            overdue: Count::Overdue.takes(&row.item(), today),
        }
    }

    /// Of an activity: it has one pair of dates, which its status says to be planned or actual.
    #[must_use]
    pub fn activity(row: &ActivityRow, today: Date) -> Self {
        let (both, none) = ((row.start, row.end), (None, None));
        let open = project::fate(None, row.status.as_slice()) == Fate::Open;
        let dates = match row.status {
            Some(ProjectStatus::Completed) => Dates { planned: none, current: none, actual: both },
            Some(ProjectStatus::Ongoing) => Dates { planned: none, current: both, actual: (row.start, None) },
            _ => Dates { planned: none, current: both, actual: none },
        };
        Self {
            dates,
            going_on: row.status == Some(ProjectStatus::Ongoing),
            overdue: open && row.end.is_some_and(|end| end.bounds().1 < today),
        }
    }

    /// Every date of it.
    pub fn all(self) -> impl Iterator<Item = When> {
        let Dates { planned, current, actual } = self.dates;
        [planned.0, planned.1, current.0, current.1, actual.0, actual.1].into_iter().flatten()
    }
}

/// The marks of a project or an activity: what was first planned, what slipped behind it, and over both what happened. What
/// began and goes on is drawn until today.
#[must_use]
pub fn bars(dated: &Dated, today: Date, axis: &Axis) -> Vec<Bar> {
    let dates = &dated.dates;
    let mut bars = Vec::new();
    let planned = whole(dates.planned).or_else(|| whole(dates.current));
    if let Some((from, to)) = planned {
        bars.extend(mark(from, to, (Kind::Plan, Kind::PlanDay), axis));
    }
    if let Some((first, now, _)) = slipped(dates) {
        let part = axis.part(first.bounds().1.plus_days(1), now.bounds().1);
        bars.extend(part.map(|(from, to)| Bar { kind: Kind::Slip, from, to, open: false }));
    }
    let began = dates.actual.0.filter(|_| dated.going_on && dates.actual.1.is_none());
    match (began, whole(dates.actual)) {
        (Some(began), _) => {
            let from = began.bounds().0;
            let part = axis.part(from, today.max(began.bounds().1));
            bars.extend(part.map(|(from, to)| Bar { kind: Kind::Done, from, to, open: true }));
        }
        (None, Some((from, to))) => bars.extend(mark(from, to, (Kind::Done, Kind::Day), axis)),
        (None, None) => {}
    }
    bars
}

fn mark(from: Date, to: Date, (span, day): (Kind, Kind), axis: &Axis) -> Option<Bar> {
    if from == to {
        let at = axis.at(from) + axis.day_of(from) / 2.0;
        return axis.holds(from).then_some(Bar { kind: day, from: at, to: at, open: false });
    }
    axis.part(from, to).map(|(from, to)| Bar { kind: span, from, to, open: false })
}

/// From the first day that the first date may mean to the last that the last may mean.
fn whole((from, to): (Option<When>, Option<When>)) -> Option<(Date, Date)> {
    let (from, to) = (from.or(to)?.bounds(), to.or(from)?.bounds());
    // Dates that people got the wrong way round are no reason to show nothing.
    Some((from.0.min(to.0), from.1.max(to.1)))
}

/// Where the words of a row stand: behind its last mark, or before its first where there is more room.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Beside {
    /// They begin here.
    After(f32),
    /// They end here.
    Before(f32),
}

/// Where the words of a row stand, in quarters.
#[must_use]
pub fn beside(bars: &[Bar], axis: &Axis) -> Option<Beside> {
    let first = bars.iter().map(|bar| bar.from).reduce(f32::min)?;
    let last = bars.iter().map(|bar| bar.to).reduce(f32::max)?;
    let gap = axis.quarters() / 100.0;
    Some(if axis.quarters() - last >= first { Beside::After(last + gap) } else { Beside::Before(first - gap) })
}

#[cfg(test)]
mod tests;
