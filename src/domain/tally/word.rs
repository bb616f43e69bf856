//! How a number is written into an address: `overdue`, `year-2024`, `status-COMPLETED`, `funding-JAIF 2.0`. What a version does
//! not know is not understood, and never taken for something else.

use std::{fmt, str::FromStr};

use super::{Class, Count, Stand};
use crate::domain::kind::BadWord;

impl Class {
    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Completed => "completed",
            Self::Ongoing => "ongoing",
            Self::Ahead => "ahead",
            Self::Ended => "ended",
            Self::Unsettled => "unsettled",
        }
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("all"),
            Self::Of(class) => f.write_str(class.word()),
            Self::Stand(Stand::Is(status)) => write!(f, "status-{}", status.word()),
            Self::Stand(Stand::Unsettled) => f.write_str("status-unsettled"),
            Self::Stand(Stand::Unsaid) => f.write_str("status-none"),
            Self::NoLead => f.write_str("no-lead"),
            Self::NoTimeline => f.write_str("no-timeline"),
            Self::Year(Some(year)) => write!(f, "year-{year}"),
            Self::Year(None) => f.write_str("no-year"),
            Self::Funding(Some(source)) => write!(f, "funding-{source}"),
            Self::Funding(None) => f.write_str("no-funding"),
            Self::Overdue => f.write_str("overdue"),
            Self::Soon => f.write_str("soon"),
            Self::Report => f.write_str("report"),
            Self::ReportLate => f.write_str("report-late"),
            Self::Unconfirmed(months) => write!(f, "unconfirmed-{months}"),
            Self::Differs => f.write_str("differs"),
        }
    }
}

impl FromStr for Count {
    type Err = BadWord;

    fn from_str(text: &str) -> Result<Self, BadWord> {
        let bad = || BadWord(text.to_owned());
        if let Some(class) = Class::ALL.into_iter().find(|class| class.word() == text) {
            return Ok(Self::Of(class));
        }
        match text {
            "all" => return Ok(Self::All),
            "status-unsettled" => return Ok(Self::Stand(Stand::Unsettled)),
            "status-none" => return Ok(Self::Stand(Stand::Unsaid)),
            "no-lead" => return Ok(Self::NoLead),
            "no-timeline" => return Ok(Self::NoTimeline),
            "no-year" => return Ok(Self::Year(None)),
            "no-funding" => return Ok(Self::Funding(None)),
            "overdue" => return Ok(Self::Overdue),
            "soon" => return Ok(Self::Soon),
            "report" => return Ok(Self::Report),
            "report-late" => return Ok(Self::ReportLate),
            "differs" => return Ok(Self::Differs),
            _ => {}
        }
        let (kind, rest) = text.split_once('-').ok_or_else(bad)?;
        match kind {
            "status" => rest.parse().map(|status| Self::Stand(Stand::Is(status))).map_err(|_| bad()),
            "year" => rest.parse().map(|year| Self::Year(Some(year))).map_err(|_| bad()),
            "unconfirmed" => rest.parse().map(Self::Unconfirmed).map_err(|_| bad()),
            "funding" if !rest.trim().is_empty() => Ok(Self::Funding(Some(rest.to_owned()))),
            _ => Err(bad()),
        }
    }
}
