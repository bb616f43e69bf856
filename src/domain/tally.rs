//! How the projects of a plan are counted: by how they stand, area, lead, year and funding, and what is late.
//!
//! Every number is a [`Count`], which says of each project whether it is counted. The table shows the rows of a number by
//! the same rule, so the two can never differ. What a project is counted as rests on what is published, or else on the one
//! status claimed; two claims made apart are never taken for one of them. Nothing here knows what day it is.

pub mod gaps;
mod word;

use std::collections::BTreeMap;

use super::{
    id::EntityId,
    party::PartyCode,
    project::{Fate, ProjectStatus, fate},
    when::{Date, When},
};

/// Due soon is what ends within so many days: a quarter, the time in which a plan's dates are given, so that what is due in the
/// next quarter is seen before that quarter is over.
pub const SOON_DAYS: i32 = 90;
/// A completion report is expected within so many days of completion (ASEAN's project template says so).
pub const REPORT_DAYS: i32 = 60;
/// After so many months without a word a lead is asked whether what stands is still true: the focal points meet once or
/// twice a year.
pub const CONFIRM_MONTHS: u8 = 6;

/// A project as it is counted.
#[derive(Debug, Clone, Copy, Default)]
pub struct Item<'a> {
    /// Lead and co-leads.
    pub leads: &'a [PartyCode],
    /// Priority area.
    pub area: Option<EntityId>,
    /// Source of funding as written; empty where nothing is.
    pub funding: &'a str,
    /// The status published.
    pub published: Option<ProjectStatus>,
    /// The statuses that stand claimed.
    pub claimed: &'a [ProjectStatus],
    /// Planned start and end now.
    pub planned: (Option<When>, Option<When>),
    /// Actual start and end.
    pub actual: (Option<When>, Option<When>),
    /// Whether a completion report was made.
    pub reported: bool,
    /// When its lead last confirmed it.
    pub confirmed: Option<When>,
}

/// How a project stands when it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stand {
    /// It has this status.
    Is(ProjectStatus),
    /// Two statuses stand claimed and none is published: it is counted as neither.
    Unsettled,
    /// Nobody said yet.
    Unsaid,
}

/// A rough sorting of every project in a plan: each is in exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Completed.
    Completed,
    /// Being carried out.
    Ongoing,
    /// Not begun, put off, or without a status.
    Ahead,
    /// Ended otherwise: carried over, cancelled or merged.
    Ended,
    /// Two statuses stand claimed.
    Unsettled,
}

impl Class {
    /// Every class, in the order in which they are shown.
    pub const ALL: [Self; 5] = [Self::Completed, Self::Ongoing, Self::Ahead, Self::Ended, Self::Unsettled];
}

/// Which projects a number counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Count {
    /// Every project in the plan.
    All,
    /// Those of one class.
    Of(Class),
    /// Those that stand so, in the plan or not.
    Stand(Stand),
    /// Those that nobody leads.
    NoLead,
    /// Those without a planned start or without a planned end.
    NoTimeline,
    /// Those that start, or started, in this year; none: those without a date.
    Year(Option<i16>),
    /// Those funded from this source; none: those of which nobody said.
    Funding(Option<String>),
    /// Open ones whose planned end has passed.
    Overdue,
    /// Open ones whose planned end is within [`SOON_DAYS`].
    Soon,
    /// Completed ones without a completion report.
    Report,
    /// Of those, the ones that ended more than [`REPORT_DAYS`] ago.
    ReportLate,
    /// Open ones that their lead has not confirmed for so many months.
    Unconfirmed(u8),
    /// Those whose lead claims another status than the one published.
    Differs,
}

/// The class of what stands so; none where it is not in the plan.
#[must_use]
pub fn class_of(stand: Stand) -> Option<Class> {
    let said = match stand {
        Stand::Is(status) => Some(status),
        Stand::Unsettled => return Some(Class::Unsettled),
        Stand::Unsaid => None,
    };
    match (fate(said, &[]), said) {
        (Fate::Out, _) => None,
        (Fate::Of(ProjectStatus::Completed), _) => Some(Class::Completed),
        (Fate::Of(_), _) => Some(Class::Ended),
        (Fate::Open, Some(ProjectStatus::Ongoing)) => Some(Class::Ongoing),
        (Fate::Open, _) => Some(Class::Ahead),
    }
}

impl Item<'_> {
    /// How it stands.
    #[must_use]
    pub fn stand(&self) -> Stand {
        match (self.published, self.claimed) {
            (Some(status), _) => Stand::Is(status),
            (None, [status]) => Stand::Is(*status),
            (None, []) => Stand::Unsaid,
            (None, [_, _, ..]) => Stand::Unsettled,
        }
    }

    fn fate(&self) -> Fate {
        fate(self.published, self.claimed)
    }

    /// Its class; none where it is not in the plan.
    #[must_use]
    pub fn class(&self) -> Option<Class> {
        class_of(self.stand())
    }

    /// The year in which it started or is to start, as far as anything is said of it. A project counts in one year.
    #[must_use]
    pub fn year(&self) -> Option<i16> {
        let when = self.actual.0.or(self.actual.1).or(self.planned.0).or(self.planned.1)?;
        Some(when.bounds().0.year)
    }

    /// The last day of its planned end, where it is open.
    #[must_use]
    pub fn due(&self) -> Option<Date> {
        (self.fate() == Fate::Open).then_some(self.planned.1?.bounds().1)
    }

    /// Whether it is completed and no completion report was made.
    #[must_use]
    pub fn misses_report(&self) -> bool {
        self.stand() == Stand::Is(ProjectStatus::Completed) && !self.reported
    }

    /// By when a completion report is expected; none where nobody says when it ended.
    #[must_use]
    pub fn report_due(&self) -> Option<Date> {
        let ended = self.actual.1.or(self.actual.0).or(self.planned.1)?;
        Some(ended.bounds().1.plus_days(REPORT_DAYS))
    }
}

impl Count {
    /// Whether a project is counted, on the day that is today.
    #[must_use]
    pub fn takes(&self, item: &Item<'_>, today: Date) -> bool {
        if let Self::Stand(stand) = self {
            return item.stand() == *stand;
        }
        let Some(class) = item.class() else { return false };
        match self {
            Self::All | Self::Stand(_) => true,
            Self::Of(wanted) => class == *wanted,
            Self::NoLead => item.leads.is_empty(),
            Self::NoTimeline => item.planned.0.is_none() || item.planned.1.is_none(),
            Self::Year(year) => item.year() == *year,
            Self::Funding(source) => source.as_deref() == funding(item),
            Self::Overdue => item.due().is_some_and(|day| day < today),
            Self::Soon => item.due().is_some_and(|day| (today..=today.plus_days(SOON_DAYS)).contains(&day)),
            Self::Report => item.misses_report(),
            Self::ReportLate => item.misses_report() && item.report_due().is_some_and(|day| day < today),
            Self::Unconfirmed(months) => {
                let since = today.minus_months(*months);
                item.fate() == Fate::Open && item.confirmed.is_none_or(|when| when.bounds().1 < since)
            }
            Self::Differs => {
                item.published.is_some_and(|published| item.claimed.iter().any(|claimed| *claimed != published))
            }
        }
    }
}

fn funding<'a>(item: &Item<'a>) -> Option<&'a str> {
    let source = item.funding.trim();
    (!source.is_empty()).then_some(source)
}

/// How many, by class.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Split {
    classes: [u32; Class::ALL.len()],
}

impl Split {
    /// How many of a class.
    #[must_use]
    pub fn of(&self, class: Class) -> u32 {
        self.classes[class as usize]
    }

    /// How many in all.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.classes.iter().sum()
    }

    /// How many of a hundred are of a class, rounded; none where there is nothing to count.
    #[must_use]
    pub fn rate(&self, class: Class) -> Option<u32> {
        let total = self.total();
        (total > 0).then(|| (self.of(class) * 200 + total) / (total * 2))
    }

    fn add(&mut self, class: Class) {
        self.classes[class as usize] += 1;
    }
}

/// The projects of a plan, counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// All that are in the plan.
    pub all: Split,
    /// How many stand so, also those that are not in the plan.
    pub by_stand: BTreeMap<Stand, u32>,
    /// By priority area; each project once.
    pub by_area: BTreeMap<Option<EntityId>, Split>,
    /// By lead or co-lead: a project counts under each, so this adds up to more than the total where some are shared.
    pub by_lead: BTreeMap<Option<PartyCode>, Split>,
    /// How many projects have more than one lead.
    pub shared: u32,
    /// By year of the start; each project once.
    pub by_year: BTreeMap<Option<i16>, Split>,
    /// By source of funding; each project once.
    pub by_funding: BTreeMap<Option<String>, Split>,
}

/// Counts projects.
#[must_use]
pub fn tally<'a>(items: impl Iterator<Item = Item<'a>>) -> Tally {
    let mut tally = Tally::default();
    for item in items {
        *tally.by_stand.entry(item.stand()).or_default() += 1;
        let Some(class) = item.class() else { continue };
        tally.all.add(class);
        tally.by_area.entry(item.area).or_default().add(class);
        tally.by_year.entry(item.year()).or_default().add(class);
        tally.by_funding.entry(funding(&item).map(str::to_owned)).or_default().add(class);
        if item.leads.is_empty() {
            tally.by_lead.entry(None).or_default().add(class);
        }
        for lead in item.leads {
            tally.by_lead.entry(Some(lead.clone())).or_default().add(class);
        }
        tally.shared += u32::from(item.leads.len() > 1);
    }
    tally
}

#[cfg(test)]
mod tests;
