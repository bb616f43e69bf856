//! What of a table is shown, and how that is written into the page's address.

use std::fmt::Write as _;

use super::columns::Column;
use crate::{
    domain::{Date, EntityId, PartyCode, kind::words, project::ProjectStatus, tally::Count},
    engine::api::ProjectRow,
};

words! {
    /// By what rows stand together.
    Grouping {
        /// Priority area.
        Area = "area",
        /// Lead: a project of several stands under each.
        Lead = "lead",
        /// Status.
        Status = "status",
        /// The year in which it ended or is to end.
        Year = "year",
        /// Source of funding.
        Funding = "funding",
        /// Nothing: one list.
        None = "none",
    }
}

/// Which priority area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area {
    /// One of the plan's.
    Of(EntityId),
    /// Projects that have none.
    None,
}

/// What of a table is shown, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Only projects that this party leads or co-leads.
    pub lead: Option<PartyCode>,
    /// Only this status.
    pub status: Option<ProjectStatus>,
    /// Only this priority area.
    pub area: Option<Area>,
    /// Only rows with these words.
    pub search: String,
    /// Order.
    pub by: Column,
    /// Whether the order is turned round.
    pub down: bool,
    /// By what rows stand together.
    pub group: Grouping,
    /// Whether the plan of the other framework is shown too.
    pub sibling: bool,
    /// Only the rows that a number counts.
    pub only: Option<Only>,
}

/// The rows that a number of the overview counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Only {
    /// What is counted: a row must be counted by all of these.
    pub counts: Vec<Count>,
    /// On which day.
    pub today: Date,
}

impl Only {
    // Commas stand between counts, so those within a name are written otherwise.
    fn word(&self) -> String {
        let word = |count: &Count| count.to_string().replace('%', "%25").replace(',', "%2C");
        self.counts.iter().map(word).collect::<Vec<_>>().join(",")
    }

    // A word that is not understood might narrow the rows further: without it they would be called what they are not.
    fn read(text: &str, today: Date) -> Option<Self> {
        let count = |word: &str| word.replace("%2C", ",").replace("%25", "%").parse().ok();
        Some(Self { counts: text.split(',').map(count).collect::<Option<_>>()?, today })
    }
}

impl Default for Shown {
    fn default() -> Self {
        Self {
            lead: None,
            status: None,
            area: None,
            search: String::new(),
            by: Column::Number,
            down: false,
            group: Grouping::Area,
            sibling: false,
            only: None,
        }
    }
}

impl Shown {
    /// How many filters are set.
    #[must_use]
    pub fn filters(&self) -> usize {
        usize::from(self.lead.is_some())
            + usize::from(self.status.is_some())
            + usize::from(self.area.is_some())
            + usize::from(!self.search.trim().is_empty())
            + usize::from(self.only.is_some())
    }

    /// The same view with no filter.
    #[must_use]
    pub fn cleared(&self) -> Self {
        Self { by: self.by, down: self.down, group: self.group, sibling: self.sibling, ..Self::default() }
    }

    /// From the decoded parameters of an address, on the day that is today; what is not understood is left out.
    #[must_use]
    pub fn read(word: impl Fn(&str) -> Option<String>, today: Date) -> Self {
        Self {
            lead: word("lead").and_then(|word| word.parse().ok()),
            status: word("status").and_then(|word| word.parse().ok()),
            area: word("area")
                .and_then(|word| if word == "none" { Some(Area::None) } else { word.parse().ok().map(Area::Of) }),
            search: word("search").unwrap_or_default(),
            by: word("by").and_then(|word| word.parse().ok()).unwrap_or(Column::Number),
            down: word("order").as_deref() == Some("down"),
            // The timeline once had a name of its own for it.
            group: word("group").or_else(|| word("rows")).and_then(|word| word.parse().ok()).unwrap_or(Grouping::Area),
            sibling: word("both").as_deref() == Some("1"),
            only: word("count").and_then(|text| Only::read(&text, today)),
        }
    }

    /// As the query of an address, with its question mark; empty when nothing is set.
    #[must_use]
    pub fn query(&self) -> String {
        let mut query = String::new();
        let mut put = |name: &str, value: &str| {
            let sign = if query.is_empty() { '?' } else { '&' };
            let _ = write!(query, "{sign}{name}={}", encoded(value));
        };
        if let Some(lead) = &self.lead {
            put("lead", lead.as_str());
        }
        if let Some(status) = self.status {
            put("status", status.word());
        }
        match self.area {
            Some(Area::Of(area)) => put("area", &area.to_string()),
            Some(Area::None) => put("area", "none"),
            None => {}
        }
        if !self.search.is_empty() {
            put("search", &self.search);
        }
        if self.by != Column::Number {
            put("by", self.by.word());
        }
        if self.down {
            put("order", "down");
        }
        if self.group != Grouping::Area {
            put("group", self.group.word());
        }
        if self.sibling {
            put("both", "1");
        }
        if let Some(only) = &self.only {
            put("count", &only.word());
        }
        query
    }

    /// Whether a row passes the filters.
    #[must_use]
    pub fn takes(&self, row: &ProjectRow) -> bool {
        let lead = self.lead.as_ref().is_none_or(|lead| row.leads.contains(lead));
        let status = self.status.is_none_or(|status| row.shown() == Some(status) || row.claimed.contains(&status));
        let area = match self.area {
            None => true,
            Some(Area::None) => row.area.is_none(),
            Some(Area::Of(area)) => row.area == Some(area),
        };
        let counted =
            self.only.as_ref().is_none_or(|only| only.counts.iter().all(|count| count.takes(&row.item(), only.today)));
        lead && status && area && counted && self.finds(row)
    }

    fn finds(&self, row: &ProjectRow) -> bool {
        if self.search.trim().is_empty() {
            return true;
        }
        let reference = row.reference.as_deref().unwrap_or_default();
        let places = [row.title.as_str(), reference, &row.remarks, &row.note, &row.wide.agency, &row.wide.funding];
        let places = places.map(str::to_lowercase);
        self.search.to_lowercase().split_whitespace().all(|word| places.iter().any(|place| place.contains(word)))
    }
}

fn encoded(value: &str) -> String {
    let mut out = String::new();
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    const TODAY: Date = Date { year: 2024, month: 6, day: 30 };

    #[test]
    fn what_is_shown_survives_the_address() {
        let shown = Shown {
            lead: Some("KH".parse().expect("a code")),
            status: Some(ProjectStatus::CarriedOver),
            area: Some(Area::Of(EntityId::from_bytes([3; 16]))),
            search: "a & ផែនការ".to_owned(),
            by: Column::Funding,
            down: true,
            group: Grouping::Year,
            sibling: true,
            only: Some(Only {
                counts: vec![Count::Overdue, Count::Funding(Some("a, 50% b".to_owned()))],
                today: TODAY,
            }),
        };
        let query = shown.query();
        let parts: BTreeMap<String, String> = query[1..]
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (name.to_owned(), decoded(value)))
            .collect();
        assert_eq!(Shown::read(|name| parts.get(name).cloned(), TODAY), shown);
        let unknown = |name: &str| (name == "count").then(|| "overdue,of-a-later-version".to_owned());
        assert_eq!(Shown::read(unknown, TODAY), Shown::default(), "never more rows than the number says");
        assert_eq!(Shown::default().query(), "");
        let before = |name: &str| (name == "rows").then(|| "lead".to_owned());
        assert_eq!(Shown::read(before, TODAY).group, Grouping::Lead, "the name that the timeline had for it");
        let strange = |name: &str| ["by", "group"].contains(&name).then(|| "weather".to_owned());
        assert_eq!(Shown::read(strange, TODAY), Shown::default());
    }

    fn decoded(value: &str) -> String {
        let mut bytes = Vec::new();
        let mut rest = value.as_bytes();
        while let Some((first, tail)) = rest.split_first() {
            if *first == b'%' {
                let hex = std::str::from_utf8(&tail[..2]).expect("ascii");
                bytes.push(u8::from_str_radix(hex, 16).expect("hex"));
                rest = &tail[2..];
            } else {
                bytes.push(*first);
                rest = tail;
            }
        }
        String::from_utf8(bytes).expect("utf-8")
    }
}
