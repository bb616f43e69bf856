//! The columns of a plan's table: which there are, which are shown at first, and what of a project each one writes.

use crate::domain::{claim::ClaimKind, kind::words};

words! {
    /// A column.
    Column {
        /// Its number in the table; by reference number, the order of the plan.
        Number = "number",
        /// The reference number that the Secretariat assigned.
        Reference = "reference",
        /// Priority area.
        Area = "area",
        /// Title.
        Title = "title",
        /// Kind.
        Kind = "kind",
        /// The beginning of the objective.
        Objective = "objective",
        /// The beginning of the expected outputs.
        Outputs = "outputs",
        /// How many indicators.
        Indicators = "indicators",
        /// Start to end, actual or else planned.
        Time = "time",
        /// Planned start.
        Start = "start",
        /// Planned end.
        End = "end",
        /// Lead and co-leads.
        Lead = "lead",
        /// Implementing agency.
        Agency = "agency",
        /// Partners.
        Partners = "partners",
        /// Source of funding.
        Funding = "funding",
        /// Status.
        Status = "status",
        /// Remarks.
        Remarks = "remarks",
        /// Progress note.
        Note = "note",
        /// When the lead last confirmed it.
        Confirmed = "confirmed",
        /// Where its words are.
        Sync = "sync",
    }
}

/// What of a project a cell writes, by the names of the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writes {
    /// Nothing: it is assigned, counted or made from others.
    Nothing,
    /// A line or a date that is set.
    Line(&'static str),
    /// One of few.
    Choice(&'static str),
    /// Running prose.
    Prose(&'static str),
    /// The lead, and the co-leads beside it.
    Leads,
    /// A set of parties.
    Parties(&'static str),
    /// A date that is claimed.
    Date(ClaimKind),
    /// The status, which is claimed.
    Status,
}

impl Column {
    /// What is shown until a person chooses.
    pub const FIRST: [Self; 8] =
        [Self::Number, Self::Title, Self::Lead, Self::Time, Self::Status, Self::Remarks, Self::Confirmed, Self::Sync];

    /// What its cells write.
    #[must_use]
    pub const fn writes(self) -> Writes {
        match self {
            Self::Number | Self::Reference | Self::Indicators | Self::Time | Self::Sync => Writes::Nothing,
            Self::Title => Writes::Line("title"),
            Self::Agency => Writes::Line("implementing-agency"),
            Self::Funding => Writes::Line("funding-source"),
            Self::Remarks => Writes::Line("remarks"),
            Self::Confirmed => Writes::Line("confirmed"),
            Self::Area => Writes::Choice("area"),
            Self::Kind => Writes::Choice("kind"),
            Self::Objective => Writes::Prose("objective"),
            Self::Outputs => Writes::Prose("expected-outputs"),
            Self::Note => Writes::Prose("progress-note"),
            Self::Lead => Writes::Leads,
            Self::Partners => Writes::Parties("partners"),
            Self::Start => Writes::Date(ClaimKind::Start),
            Self::End => Writes::Date(ClaimKind::End),
            Self::Status => Writes::Status,
        }
    }

    /// Whether it is always there: it says which project a row is.
    #[must_use]
    pub const fn stays(self) -> bool {
        matches!(self, Self::Title)
    }
}

/// The columns as they are kept on the device: what is not understood is left out, what stays is put in.
#[must_use]
pub fn read(kept: &str) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for column in kept.split(',').filter_map(|word| word.parse().ok()) {
        if !columns.contains(&column) {
            columns.push(column);
        }
    }
    if columns.is_empty() {
        return Column::FIRST.to_vec();
    }
    if !columns.contains(&Column::Title) {
        columns.insert(0, Column::Title);
    }
    columns
}

/// As they are kept.
#[must_use]
pub fn written(columns: &[Column]) -> String {
    columns.iter().map(|column| column.word()).collect::<Vec<_>>().join(",")
}

/// The columns with one shown that was not, before the one that follows it in the plan's own order, or hidden that was.
#[must_use]
pub fn toggled(columns: &[Column], column: Column) -> Vec<Column> {
    let mut next = columns.to_vec();
    if let Some(at) = next.iter().position(|known| *known == column) {
        if !column.stays() {
            next.remove(at);
        }
    } else {
        let at = next.iter().position(|known| *known > column).unwrap_or(next.len());
        next.insert(at, column);
    }
    next
}

/// The columns with one moved by so many places.
#[must_use]
pub fn moved(columns: &[Column], column: Column, by: isize) -> Vec<Column> {
    let mut next = columns.to_vec();
    let Some(at) = next.iter().position(|known| *known == column) else { return next };
    let to = at.saturating_add_signed(by).min(next.len() - 1);
    let column = next.remove(at);
    next.insert(to, column);
    next
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{DocKind, schema};

    #[test]
    fn what_is_kept_on_the_device_is_read_back_whatever_a_later_version_wrote() {
        let columns = [Column::Title, Column::Funding, Column::Number];
        assert_eq!(read(&written(&columns)), columns);
        assert_eq!(read(""), Column::FIRST);
        assert_eq!(read("funding,budget,funding"), [Column::Title, Column::Funding]);
    }

    #[test]
    fn a_column_comes_where_the_plan_has_it_and_the_title_stays() {
        let two = [Column::Number, Column::Status];
        assert_eq!(toggled(&two, Column::Lead), [Column::Number, Column::Lead, Column::Status]);
        assert_eq!(toggled(&two, Column::Number), [Column::Status]);
        assert_eq!(toggled(&[Column::Title], Column::Title), [Column::Title]);
        assert_eq!(moved(&two, Column::Status, -1), [Column::Status, Column::Number]);
        assert_eq!(moved(&two, Column::Status, 5), two);
    }

    #[test]
    fn every_cell_writes_a_field_that_a_project_has() {
        let table = schema::of(DocKind::Project).expect("a schema");
        for &column in Column::ALL {
            let (Writes::Line(name) | Writes::Choice(name) | Writes::Prose(name) | Writes::Parties(name)) =
                column.writes()
            else {
                continue;
            };
            assert!(table.field(None, name).is_some(), "{name}");
        }
    }
}
