//! The rows to show, put in order and under what they have in common.

use std::collections::BTreeMap;

use super::{
    columns::Column,
    shown::{Grouping, Shown},
};
use crate::{
    domain::{Date, DocId, EntityId, PartyCode, When, project::ProjectStatus},
    engine::api::{Mark, ProjectRow},
};

/// What the rows of a group have in common; none: they have none of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// A priority area.
    Area(Option<EntityId>),
    /// A party that leads or co-leads them.
    Lead(Option<PartyCode>),
    /// A status.
    Status(Option<ProjectStatus>),
    /// The year in which they ended or are to end, as the overview counts them.
    Year(Option<i16>),
    /// A source of funding.
    Funding(Option<String>),
    /// Nothing: all rows stand in one list.
    All,
}

/// Rows that stand together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What they have in common.
    pub key: Key,
    /// The number that its first row has, from 1.
    pub first: u32,
    /// Its rows in their order.
    pub rows: Vec<DocId>,
}

/// What a plan and a register say of the order of things.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// The plan's priority areas.
    pub areas: &'a [EntityId],
    /// Parties in protocol order.
    pub parties: &'a [PartyCode],
}

/// The rows to show by what they have in common: the plan's areas in their order, empty ones included unless something is
/// filtered; all else only where there is some. What has none of it comes last. Rows are numbered through the whole table, or
/// by group where one may stand in several.
#[must_use]
pub fn groups<'a>(rows: impl Iterator<Item = &'a ProjectRow>, frame: Frame<'_>, shown: &Shown) -> Vec<Group> {
    let mut found: BTreeMap<(Rank, Key), Vec<(Sort, &ProjectRow)>> = BTreeMap::new();
    if shown.group == Grouping::Area && shown.filters() == 0 {
        found.extend(frame.areas.iter().enumerate().map(|(at, area)| {
            let none = Vec::new();
            ((Rank::At(at), Key::Area(Some(*area))), none)
        }));
    }
    for row in rows.filter(|row| shown.takes(row)) {
        for (rank, key) in keys(row, frame, shown.group) {
            found.entry((rank, key)).or_default().push((sort(row, frame, shown.by), row));
        }
    }
    let mut first = 1;
    let several = shown.group == Grouping::Lead;
    found
        .into_iter()
        .map(|((_, key), mut rows)| {
            // Ids are made in time order: what has no number yet stands in the order in which it was proposed.
            rows.sort_by(|(a, row), (b, other)| {
                let order = a.cmp(b).then_with(|| row.doc.cmp(&other.doc));
                if shown.down { order.reverse() } else { order }
            });
            let rows: Vec<DocId> = rows.into_iter().map(|(_, row)| row.doc).collect();
            let group = Group { key, first: if several { 1 } else { first }, rows };
            first += u32::try_from(group.rows.len()).unwrap_or(0);
            group
        })
        .collect()
}

/// The rows in the order shown, each once.
#[must_use]
pub fn in_order(groups: &[Group]) -> Vec<DocId> {
    let mut known = std::collections::BTreeSet::new();
    groups.iter().flat_map(|group| &group.rows).copied().filter(|doc| known.insert(*doc)).collect()
}

/// Where a group stands among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    At(usize),
    // Known to nobody, and so by its own words.
    Other,
    None,
}

fn rank<T: PartialEq>(list: &[T], one: &T) -> Rank {
    list.iter().position(|known| known == one).map_or(Rank::Other, Rank::At)
}

fn keys(row: &ProjectRow, frame: Frame<'_>, grouping: Grouping) -> Vec<(Rank, Key)> {
    match grouping {
        Grouping::Area => {
            // An area that the plan does not have (any more) is none.
            let area = row.area.filter(|area| frame.areas.contains(area));
            vec![(area.map_or(Rank::None, |area| rank(frame.areas, &area)), Key::Area(area))]
        }
        Grouping::Lead if row.leads.is_empty() => vec![(Rank::None, Key::Lead(None))],
        Grouping::Lead => {
            row.leads.iter().map(|lead| (rank(frame.parties, lead), Key::Lead(Some(lead.clone())))).collect()
        }
        Grouping::Status => {
            let status = row.shown();
            vec![(status.map_or(Rank::None, |_| Rank::Other), Key::Status(status))]
        }
        Grouping::Year => {
            let year = row.item().year();
            vec![(year.map_or(Rank::None, |_| Rank::Other), Key::Year(year))]
        }
        Grouping::Funding => {
            let funding = Some(row.wide.funding.trim()).filter(|funding| !funding.is_empty());
            vec![(funding.map_or(Rank::None, |_| Rank::Other), Key::Funding(funding.map(str::to_owned)))]
        }
        Grouping::None => vec![(Rank::Other, Key::All)],
    }
}

/// By what rows are put in order. What a row does not have comes last.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    Text(String),
    Number(i64),
    Day(Date),
    Parties(Vec<Option<usize>>),
    Last,
}

fn sort(row: &ProjectRow, frame: Frame<'_>, by: Column) -> Sort {
    let text = |text: &str| {
        let text = text.trim();
        if text.is_empty() { Sort::Last } else { Sort::Text(text.to_lowercase()) }
    };
    let at = |place: usize| Sort::Number(i64::try_from(place).unwrap_or(i64::MAX));
    let day = |when: Option<When>| when.map_or(Sort::Last, |when| Sort::Day(when.bounds().0));
    let parties = |codes: &[PartyCode]| {
        let places = codes.iter().map(|code| frame.parties.iter().position(|known| known == code));
        if codes.is_empty() { Sort::Last } else { Sort::Parties(places.collect()) }
    };
    match by {
        Column::Number | Column::Reference => row.reference.clone().map_or(Sort::Last, Sort::Text),
        Column::Title => text(&row.title),
        Column::Area => {
            row.area.and_then(|area| frame.areas.iter().position(|known| *known == area)).map_or(Sort::Last, at)
        }
        Column::Kind => row.kind.map_or(Sort::Last, |kind| at(kind as usize)),
        Column::Objective => text(&row.wide.objective.text),
        Column::Outputs => text(&row.wide.outputs.text),
        Column::Indicators => Sort::Number(-i64::from(row.wide.indicators)),
        Column::Time => day(row.current.0.or(row.current.1)),
        Column::Start => day(row.current.0),
        Column::End => day(row.current.1),
        Column::Lead => parties(&row.leads),
        Column::Agency => text(&row.wide.agency),
        Column::Partners => parties(&row.wide.partners),
        Column::Funding => text(&row.wide.funding),
        Column::Status => row.shown().map_or(Sort::Last, |status| at(status as usize)),
        Column::Remarks => text(&row.remarks),
        Column::Note => text(&row.note),
        Column::Confirmed => day(row.confirmed),
        Column::Sync => Sort::Number(match row.mark {
            Mark::Refused => 0,
            Mark::Pending => 1,
            Mark::Device => 2,
            Mark::Hub => 3,
            Mark::Seen { delegations } => 4 + i64::from(delegations),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::tests::row, *};
    use crate::ui::logic::table::shown::Area;

    fn doc(n: u8) -> DocId {
        DocId::from_bytes([n; 16])
    }

    fn area(n: u8) -> EntityId {
        EntityId::from_bytes([n; 16])
    }

    fn code(text: &str) -> PartyCode {
        text.parse().expect("a code")
    }

    fn group(key: Key, first: u32, rows: &[u8]) -> Group {
        Group { key, first, rows: rows.iter().map(|row| doc(*row)).collect() }
    }

    fn shown(group: Grouping) -> Shown {
        Shown { group, ..Shown::default() }
    }

    #[test]
    fn rows_stand_under_their_areas_numbered_through() {
        let rows = [row(1, "b", "KH", Some(8)), row(2, "a", "VN", Some(8)), row(3, "c", "KH", None)];
        let areas = [7, 8].map(area);
        let frame = Frame { areas: &areas, parties: &[] };
        let key = |area| Key::Area(area);
        let all = groups(rows.iter(), frame, &Shown { by: Column::Title, ..Shown::default() });
        let expected =
            [group(key(Some(areas[0])), 1, &[]), group(key(Some(areas[1])), 1, &[2, 1]), group(key(None), 3, &[3])];
        assert_eq!(all, expected);
        let filter = Shown { lead: Some(code("VN")), ..Shown::default() };
        assert_eq!(groups(rows.iter(), frame, &filter), [group(key(Some(areas[1])), 1, &[2])]);
        let today = Date { year: 2024, month: 6, day: 30 };
        let only = Some(crate::ui::logic::table::Only { counts: vec![crate::domain::tally::Count::NoLead], today });
        assert_eq!(groups(rows.iter(), frame, &Shown { only, ..Shown::default() }), []);
        let search = Shown { search: "C".to_owned(), ..Shown::default() };
        assert_eq!(groups(rows.iter(), frame, &search), [group(key(None), 1, &[3])]);
        let none = Shown { area: Some(Area::None), ..Shown::default() };
        assert_eq!(groups(rows.iter(), frame, &none), [group(key(None), 1, &[3])]);
    }

    #[test]
    fn a_project_of_several_countries_stands_under_each_of_them() {
        let mut rows = [row(1, "a", "VN", None), row(2, "b", "KH", None), row(3, "c", "KH", None)];
        rows[0].leads.push(code("KH"));
        rows[2].leads.clear();
        let parties = [code("VN"), code("KH")];
        let frame = Frame { areas: &[], parties: &parties };
        let found = groups(rows.iter(), frame, &shown(Grouping::Lead));
        let lead = |code| Key::Lead(code);
        let expected = [
            group(lead(Some(code("VN"))), 1, &[1]),
            group(lead(Some(code("KH"))), 1, &[1, 2]),
            group(lead(None), 1, &[3]),
        ];
        assert_eq!(found, expected);
        assert_eq!(in_order(&found), [doc(1), doc(2), doc(3)], "each is one project");
    }

    #[test]
    fn rows_stand_together_by_status_year_and_funding() {
        let mut rows = [row(1, "a", "VN", None), row(2, "b", "KH", None), row(3, "c", "KH", None)];
        rows[0].claimed = vec![ProjectStatus::Ongoing];
        rows[1].claimed = vec![ProjectStatus::Ongoing, ProjectStatus::Completed];
        rows[0].current.0 = "2023-Q2".parse().ok();
        rows[1].current.0 = "2023".parse().ok();
        rows[1].actual.0 = "2022-11".parse().ok();
        rows[0].wide.funding = "JAIF ".to_owned();
        rows[2].wide.funding = "JAIF".to_owned();
        let frame = Frame { areas: &[], parties: &[] };
        let status = |status| Key::Status(status);
        let by_status = groups(rows.iter(), frame, &shown(Grouping::Status));
        let expected = [
            group(status(Some(ProjectStatus::Planned)), 1, &[3]),
            group(status(Some(ProjectStatus::Ongoing)), 2, &[1]),
            group(status(None), 3, &[2]),
        ];
        assert_eq!(by_status, expected, "two claims are no status");
        let by_year = groups(rows.iter(), frame, &shown(Grouping::Year));
        let year = |year| Key::Year(year);
        assert_eq!(
            by_year,
            [group(year(Some(2022)), 1, &[2]), group(year(Some(2023)), 2, &[1]), group(year(None), 3, &[3])]
        );
        let by_funding = groups(rows.iter(), frame, &shown(Grouping::Funding));
        assert_eq!(
            by_funding,
            [group(Key::Funding(Some("JAIF".to_owned())), 1, &[1, 3]), group(Key::Funding(None), 3, &[2])]
        );
        assert_eq!(groups(rows.iter(), frame, &shown(Grouping::None)), [group(Key::All, 1, &[1, 2, 3])]);
    }

    #[test]
    fn every_column_puts_rows_in_order_and_what_has_nothing_comes_last() {
        let mut rows = [row(1, "b", "VN", None), row(2, "A", "KH", None)];
        let full = &mut rows[1];
        full.reference = Some("ACCSM-2125-PA1-01".to_owned());
        full.area = Some(area(7));
        full.kind = Some(crate::domain::project::ProjectKind::Activity);
        full.current = ("2021".parse().ok(), "2022".parse().ok());
        full.confirmed = "2021-05".parse().ok();
        (full.remarks, full.note) = ("r".to_owned(), "n".to_owned());
        full.mark = Mark::Device;
        full.wide.partners = vec![code("JP")];
        full.wide.indicators = 2;
        (full.wide.agency, full.wide.funding) = ("a".to_owned(), "f".to_owned());
        full.wide.objective.text = "o".to_owned();
        full.wide.outputs.text = "p".to_owned();
        full.claimed = vec![ProjectStatus::Proposed];
        let (areas, parties) = ([area(7)], [code("KH"), code("VN")]);
        let frame = Frame { areas: &areas, parties: &parties };
        for &by in Column::ALL {
            let up = Shown { by, group: Grouping::None, ..Shown::default() };
            assert_eq!(groups(rows.iter(), frame, &up)[0].rows, [doc(2), doc(1)], "{by}");
            let down = Shown { down: true, ..up };
            assert_eq!(groups(rows.iter(), frame, &down)[0].rows, [doc(1), doc(2)], "{by}");
        }
    }
}
