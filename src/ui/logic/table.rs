//! A plan's table: what is shown of it, in which order, and how that is written into the page's address.

use std::{cmp::Ordering, collections::BTreeMap, fmt::Write as _};

use crate::{
    domain::{Date, DocId, EntityId, PartyCode, When, project::ProjectStatus, tally::Count},
    engine::api::ProjectRow,
};

/// A column by which rows are put in order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Column {
    /// The reference number; the order of the plan.
    #[default]
    Number,
    /// Title.
    Title,
    /// Lead.
    Lead,
    /// Start.
    Time,
    /// Status.
    Status,
    /// When the lead last confirmed it.
    Confirmed,
}

impl Column {
    /// Every column.
    pub const ALL: [Self; 6] = [Self::Number, Self::Title, Self::Lead, Self::Time, Self::Status, Self::Confirmed];

    /// Its word in an address.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Title => "title",
            Self::Lead => "lead",
            Self::Time => "time",
            Self::Status => "status",
            Self::Confirmed => "confirmed",
        }
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
#[derive(Debug, Clone, Default, PartialEq, Eq)]
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
        Self { by: self.by, down: self.down, sibling: self.sibling, ..Self::default() }
    }

    /// From the decoded parameters of an address, on the day that is today; what is not understood is left out.
    #[must_use]
    pub fn read(get: impl Fn(&str) -> Option<String>, today: Date) -> Self {
        let column = get("by").and_then(|word| Column::ALL.into_iter().find(|column| column.word() == word));
        Self {
            lead: get("lead").and_then(|word| word.parse().ok()),
            status: get("status").and_then(|word| word.parse().ok()),
            area: get("area").and_then(
                |word| {
                    if word == "none" { Some(Area::None) } else { word.parse().ok().map(Area::Of) }
                },
            ),
            search: get("search").unwrap_or_default(),
            by: column.unwrap_or_default(),
            down: get("order").as_deref() == Some("down"),
            sibling: get("both").as_deref() == Some("1"),
            only: get("count").and_then(|text| Only::read(&text, today)),
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
        if self.by != Column::default() {
            put("by", self.by.word());
        }
        if self.down {
            put("order", "down");
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
        let places = [row.title.as_str(), row.reference.as_deref().unwrap_or_default(), &row.remarks, &row.note];
        let places = places.map(str::to_lowercase);
        self.search.to_lowercase().split_whitespace().all(|word| places.iter().any(|place| place.contains(word)))
    }

    // A title as it is compared, made once for each row and only where titles are.
    fn title(&self, row: &ProjectRow) -> String {
        if self.by == Column::Title { row.title.to_lowercase() } else { String::new() }
    }

    fn order(&self, (a_title, a): &(String, &ProjectRow), (b_title, b): &(String, &ProjectRow)) -> Ordering {
        let order = match self.by {
            Column::Number => natural(a).cmp(&natural(b)),
            Column::Title => a_title.cmp(b_title),
            Column::Lead => a.leads.cmp(&b.leads),
            Column::Time => day(a.current.0.or(a.current.1)).cmp(&day(b.current.0.or(b.current.1))),
            Column::Status => rank(a).cmp(&rank(b)),
            Column::Confirmed => day(a.confirmed).cmp(&day(b.confirmed)),
        };
        // Ids are made in time order: what has no number yet stands in the order in which it was proposed.
        let order = order.then_with(|| a.doc.cmp(&b.doc));
        if self.down { order.reverse() } else { order }
    }
}

// What has no number comes last.
fn natural(row: &ProjectRow) -> (bool, Option<&str>) {
    (row.reference.is_none(), row.reference.as_deref())
}

// What has no date comes last.
fn day(when: Option<When>) -> (bool, Option<crate::domain::Date>) {
    (when.is_none(), when.map(|when| when.bounds().0))
}

fn rank(row: &ProjectRow) -> (bool, Option<ProjectStatus>) {
    let shown = row.shown();
    (shown.is_none(), shown)
}

/// The rows of one area.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Group {
    /// None: rows that have no area yet.
    pub area: Option<EntityId>,
    /// The number that its first row has in the table, from 1.
    pub first: u32,
    /// Its rows in their order.
    pub rows: Vec<DocId>,
}

/// The rows to show by area: the plan's areas in their order, empty ones included unless something is filtered, then the
/// rows that have none. They are numbered through the whole table.
#[must_use]
pub fn groups<'a>(rows: impl Iterator<Item = &'a ProjectRow>, areas: &[EntityId], shown: &Shown) -> Vec<Group> {
    let mut by_area: BTreeMap<Option<usize>, Vec<(String, &ProjectRow)>> = BTreeMap::new();
    for row in rows.filter(|row| shown.takes(row)) {
        let at = row.area.and_then(|area| areas.iter().position(|known| *known == area));
        by_area.entry(at).or_default().push((shown.title(row), row));
    }
    let homeless = by_area.remove(&None);
    let of_plan =
        areas.iter().enumerate().map(|(at, area)| (Some(*area), by_area.remove(&Some(at)).unwrap_or_default()));
    let mut first = 1;
    let mut groups = Vec::new();
    for (area, mut rows) in of_plan.chain(homeless.map(|rows| (None, rows))) {
        if rows.is_empty() && shown.filters() > 0 {
            continue;
        }
        rows.sort_by(|a, b| shown.order(a, b));
        let rows: Vec<DocId> = rows.into_iter().map(|(_, row)| row.doc).collect();
        let next = first + u32::try_from(rows.len()).unwrap_or(0);
        groups.push(Group { area, first, rows });
        first = next;
    }
    groups
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
pub(in crate::ui::logic) mod tests {
    use super::*;
    use crate::engine::api::Mark;

    pub(in crate::ui::logic) fn row(n: u8, title: &str, lead: &str, area: Option<u8>) -> ProjectRow {
        ProjectRow {
            doc: DocId::from_bytes([n; 16]),
            plan: DocId::from_bytes([0; 16]),
            reference: None,
            title: title.to_owned(),
            kind: None,
            leads: vec![lead.parse().expect("a code")],
            area: area.map(|area| EntityId::from_bytes([area; 16])),
            claimed: vec![ProjectStatus::Planned],
            published: None,
            planned: (None, None),
            current: (None, None),
            actual: (None, None),
            remarks: String::new(),
            note: String::new(),
            confirmed: None,
            carried_from: None,
            carried_to: None,
            merged_into: None,
            reason: String::new(),
            may_write: false,
            mark: Mark::Hub,
            activities: Vec::new(),
            reported: false,
        }
    }

    const TODAY: Date = Date { year: 2024, month: 6, day: 30 };

    #[test]
    fn what_is_shown_survives_the_address() {
        let shown = Shown {
            lead: Some("KH".parse().expect("a code")),
            status: Some(ProjectStatus::CarriedOver),
            area: Some(Area::Of(EntityId::from_bytes([3; 16]))),
            search: "a & ផែនការ".to_owned(),
            by: Column::Title,
            down: true,
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

    #[test]
    fn rows_stand_under_their_areas_numbered_through() {
        let rows = [row(1, "b", "KH", Some(8)), row(2, "a", "VN", Some(8)), row(3, "c", "KH", None)];
        let areas = [7, 8].map(|n| EntityId::from_bytes([n; 16]));
        let doc = |n: u8| DocId::from_bytes([n; 16]);
        let group = |area: Option<EntityId>, first, rows: &[u8]| Group {
            area,
            first,
            rows: rows.iter().map(|row| doc(*row)).collect(),
        };
        let all = groups(rows.iter(), &areas, &Shown { by: Column::Title, ..Shown::default() });
        let empty_first = [group(Some(areas[0]), 1, &[]), group(Some(areas[1]), 1, &[2, 1]), group(None, 3, &[3])];
        assert_eq!(all, empty_first);
        let filter = Shown { lead: Some("VN".parse().expect("a code")), ..Shown::default() };
        assert_eq!(groups(rows.iter(), &areas, &filter), [group(Some(areas[1]), 1, &[2])]);
        let only = Some(Only { counts: vec![Count::NoLead], today: TODAY });
        assert_eq!(groups(rows.iter(), &areas, &Shown { only, ..Shown::default() }), []);
        let search = Shown { search: "C".to_owned(), ..Shown::default() };
        assert_eq!(groups(rows.iter(), &areas, &search), [group(None, 1, &[3])]);
    }
}
