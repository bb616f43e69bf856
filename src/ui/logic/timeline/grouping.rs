//! What the rows of a timeline stand under.

use std::collections::BTreeMap;

use crate::{
    domain::{DocId, EntityId, PartyCode, kind::words, tally::Stand},
    engine::api::ProjectRow,
    ui::logic::table,
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
    }
}

impl Grouping {
    /// How a timeline stands where the table is grouped so: what would tear years apart is no group of it.
    #[must_use]
    pub const fn of(group: table::Grouping) -> Self {
        match group {
            table::Grouping::Lead => Self::Lead,
            table::Grouping::Status => Self::Status,
            table::Grouping::Area | table::Grouping::Year | table::Grouping::Funding | table::Grouping::None => {
                Self::Area
            }
        }
    }

    /// The same of the table.
    #[must_use]
    pub const fn group(self) -> table::Grouping {
        match self {
            Self::Area => table::Grouping::Area,
            Self::Lead => table::Grouping::Lead,
            Self::Status => table::Grouping::Status,
        }
    }
}

/// What the rows of a group have in common; none: they have none of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// A priority area of the plan.
    Area(Option<EntityId>),
    /// A party that leads or co-leads them.
    Lead(Option<PartyCode>),
    /// How they stand; two claims made apart are neither.
    Status(Stand),
}

/// Rows under what they have in common, each group in the order in which they come: areas in the plan's order, parties in
/// protocol order, and what has none of it last.
#[must_use]
pub fn grouped<'a>(
    rows: impl Iterator<Item = &'a ProjectRow>,
    by: Grouping,
    areas: &[EntityId],
    parties: &[PartyCode],
) -> Vec<(Key, Vec<DocId>)> {
    let mut found: BTreeMap<(usize, Key), Vec<DocId>> = BTreeMap::new();
    let mut put = |rank: Option<usize>, key: Key, row: &ProjectRow| {
        found.entry((rank.unwrap_or(usize::MAX), key)).or_default().push(row.doc);
    };
    for row in rows {
        match by {
            Grouping::Area => {
                let at = areas.iter().position(|area| Some(*area) == row.area);
                put(at, Key::Area(at.map(|at| areas[at])), row);
            }
            Grouping::Lead if row.leads.is_empty() => put(None, Key::Lead(None), row),
            Grouping::Lead => {
                for lead in &row.leads {
                    // Who is not in the list stands behind it, and before nobody.
                    let at = parties.iter().position(|party| party == lead).unwrap_or(usize::MAX - 1);
                    put(Some(at), Key::Lead(Some(lead.clone())), row);
                }
            }
            Grouping::Status => put(None, Key::Status(row.item().stand()), row),
        }
    }
    found.into_iter().map(|((_, key), rows)| (key, rows)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::project::ProjectStatus, ui::logic::table::tests::row};

    fn under(by: Grouping) -> Vec<(Key, Vec<u8>)> {
        let mut rows = [
            row(1, "a", "TH", Some(8)),
            row(2, "b", "KH", None),
            row(3, "c", "BN", Some(7)),
            row(4, "d", "KH", Some(9)),
        ];
        rows[1].leads.push("TH".parse().expect("a code"));
        rows[2].claimed = vec![ProjectStatus::Ongoing, ProjectStatus::Completed];
        rows[3].leads.clear();
        let areas = [8, 7].map(|n| EntityId::from_bytes([n; 16]));
        let parties = ["KH", "TH"].map(|code| code.parse().expect("a code"));
        let groups = grouped(rows.iter(), by, &areas, &parties);
        groups.into_iter().map(|(key, rows)| (key, rows.iter().map(|doc| doc.to_bytes()[0]).collect())).collect()
    }

    #[test]
    fn rows_stand_under_what_they_have_in_common() {
        let area = |n: u8| Key::Area(Some(EntityId::from_bytes([n; 16])));
        assert_eq!(under(Grouping::Area), [(area(8), vec![1]), (area(7), vec![3]), (Key::Area(None), vec![2, 4])]);
        let lead = |code: &str| Key::Lead(code.parse().ok());
        let leads =
            [(lead("KH"), vec![2]), (lead("TH"), vec![1, 2]), (lead("BN"), vec![3]), (Key::Lead(None), vec![4])];
        assert_eq!(under(Grouping::Lead), leads);
        let planned = Key::Status(Stand::Is(ProjectStatus::Planned));
        let status = [(planned, vec![1, 2, 4]), (Key::Status(Stand::Unsettled), vec![3])];
        assert_eq!(under(Grouping::Status), status);
    }
}
