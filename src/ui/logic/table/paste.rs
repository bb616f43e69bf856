//! Cells from a spreadsheet against the rows of a plan: what would change, and what would not and why. Nothing is done here.
//!
//! With a head that names columns, a row is found by its id, else by its reference number, else by its title. Without one the
//! cells go where the cursor is, as in a spreadsheet. An empty cell changes nothing: nobody loses a word to a gap.

use super::{
    bulk::{self, Why},
    columns::{Column, Writes},
    names::{Names, folded},
};
use crate::{
    domain::{ClaimKind, DocId, PartyCode, project::ProjectStatus, record::Value},
    engine::api::{Brief, ProjectRow},
};

/// What a cell writes.
#[derive(Debug, Clone, PartialEq)]
pub enum Write {
    /// A scalar, where this was shown.
    Set { field: String, value: Value, seen: Value },
    /// Members of a set, each put in or taken out, after the scalar if there is one.
    Members { first: Option<(String, Value, Value)>, field: String, put: Vec<PartyCode>, take: Vec<PartyCode> },
    /// A date that is claimed.
    Date { what: ClaimKind, value: Value },
    /// A status that is claimed.
    Status { to: ProjectStatus, reason: bool },
    /// Prose in the place of prose.
    Text { field: String, base: String, text: String },
}

/// One cell that would change.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The project.
    pub doc: DocId,
    /// Its title, as it is now.
    pub title: String,
    /// The column.
    pub column: Column,
    /// What stands there.
    pub old: String,
    /// What would.
    pub new: String,
    /// How it is written.
    pub write: Write,
}

/// Why a cell or a row is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Problem {
    /// No row has this id, number or title.
    NoRow,
    /// Several rows have this title.
    SeveralRows,
    /// The same cell is there twice.
    Twice,
    /// The value is not understood.
    NotUnderstood,
    /// Nobody writes this column by hand.
    NotWritten,
    /// Only the beginning of this long text is in a table.
    Long,
    /// Why the row may not be changed so.
    May(Why),
}

impl Problem {
    /// Its word, also the end of its message's key.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NoRow => "no-row",
            Self::SeveralRows => "several-rows",
            Self::Twice => "twice",
            Self::NotUnderstood => "not-understood",
            Self::NotWritten => "not-written",
            Self::Long => "long",
            Self::May(why) => why.word(),
        }
    }
}

/// A cell or row that is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// The line of what was pasted, from 1.
    pub line: usize,
    /// The column; none for the whole row.
    pub column: Option<Column>,
    /// What was there.
    pub text: String,
    /// Why.
    pub why: Problem,
}

/// What pasting would do.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Preview {
    /// Cells that change.
    pub changes: Vec<Change>,
    /// Cells and rows that are left out.
    pub left: Vec<Left>,
    /// Heads that name no column.
    pub unknown: Vec<String>,
    /// How many cells say already what they would.
    pub same: usize,
    /// How many rows were found.
    pub rows: usize,
}

impl Preview {
    /// Whether a change must say why.
    #[must_use]
    pub fn reason(&self) -> bool {
        self.changes.iter().any(|change| matches!(change.write, Write::Status { reason: true, .. }))
    }

    /// How many rows change.
    #[must_use]
    pub fn rows_changed(&self) -> usize {
        self.changes.iter().map(|change| change.doc).collect::<std::collections::BTreeSet<_>>().len()
    }

    fn cell(&mut self, line: usize, row: &ProjectRow, column: Column, text: &str, names: &Names) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let old = names.cell(row, column, 0);
        if column.writes() != Writes::Nothing && folded(&old) == folded(text) && old.trim() == text {
            self.same += 1;
            return;
        }
        match write(row, column, text, names) {
            Ok(None) => self.same += 1,
            Ok(Some((write, new))) => {
                let is_known = |change: &Change| change.doc == row.doc && change.column == column;
                if self.changes.iter().any(is_known) {
                    self.left.push(Left { line, column: Some(column), text: text.to_owned(), why: Problem::Twice });
                    return;
                }
                let title = row.title.clone();
                self.changes.push(Change { doc: row.doc, title, column, old, new, write });
            }
            Err(why) => self.left.push(Left { line, column: Some(column), text: text.to_owned(), why }),
        }
    }
}

/// Where cells without a head go: the rows from the cursor down, and the columns from it on.
#[derive(Debug, Clone, Copy)]
pub struct At<'a> {
    /// The rows in the order shown.
    pub rows: &'a [DocId],
    /// The columns in the order shown.
    pub columns: &'a [Column],
}

/// What pasting these cells would do to these rows.
#[must_use]
pub fn preview(cells: &[Vec<String>], rows: &[&ProjectRow], names: &Names, at: Option<At<'_>>) -> Preview {
    match cells.split_first() {
        Some((head, body)) if is_head(head, names) => by_head(head, body, rows, names),
        Some(_) => by_place(cells, rows, names, at),
        None => Preview::default(),
    }
}

fn key_of(head: &str, names: &Names) -> Option<Finds> {
    if folded(head) == folded(&names.id) {
        return Some(Finds::Id);
    }
    match names.column(head) {
        Some(Column::Reference) => Some(Finds::Reference),
        Some(Column::Title) => Some(Finds::Title),
        Some(_) | None => None,
    }
}

/// How a row is found, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Finds {
    Id,
    Reference,
    Title,
}

fn is_head(row: &[String], names: &Names) -> bool {
    row.iter().any(|cell| key_of(cell, names).is_some())
}

fn by_head(head: &[String], body: &[Vec<String>], rows: &[&ProjectRow], names: &Names) -> Preview {
    let mut preview = Preview::default();
    let mut keys: Vec<(Finds, usize)> =
        head.iter().enumerate().filter_map(|(at, cell)| Some((key_of(cell, names)?, at))).collect();
    keys.sort_unstable();
    let columns: Vec<Option<Column>> = head.iter().map(|cell| names.column(cell)).collect();
    let strange = |(cell, column): (&String, &Option<Column>)| {
        let known = column.is_some() || key_of(cell, names).is_some() || cell.trim().is_empty();
        (!known).then(|| cell.trim().to_owned())
    };
    preview.unknown = head.iter().zip(&columns).filter_map(strange).collect();
    for (n, line) in body.iter().enumerate() {
        let n = n + 2;
        let said = |at: usize| line.get(at).map_or("", |cell| cell.trim());
        let by = keys.iter().find(|(_, at)| !said(*at).is_empty());
        let Some((finds, at)) = by else {
            if line.iter().any(|cell| !cell.trim().is_empty()) {
                let text = line.iter().map(|cell| cell.trim()).find(|cell| !cell.is_empty()).unwrap_or_default();
                preview.left.push(Left { line: n, column: None, text: text.to_owned(), why: Problem::NoRow });
            }
            continue;
        };
        let wanted = folded(said(*at));
        let is_it = |row: &&&ProjectRow| match finds {
            Finds::Id => row.doc.to_string() == wanted,
            Finds::Reference => row.reference.as_deref().is_some_and(|reference| folded(reference) == wanted),
            Finds::Title => folded(&row.title) == wanted,
        };
        let mut found = rows.iter().filter(is_it);
        let (row, why) = match (found.next(), found.next()) {
            (Some(row), None) => (*row, None),
            (Some(row), Some(_)) => (*row, Some(Problem::SeveralRows)),
            (None, _) => {
                preview.left.push(Left { line: n, column: None, text: said(*at).to_owned(), why: Problem::NoRow });
                continue;
            }
        };
        if let Some(why) = why {
            preview.left.push(Left { line: n, column: None, text: said(*at).to_owned(), why });
            continue;
        }
        preview.rows += 1;
        for (at, column) in columns.iter().enumerate() {
            // What only says which row it is, and what is counted, is passed over where everything else is pasted too.
            let written = |column: &Column| column.writes() != Writes::Nothing;
            let says_which = |column: &Column| *finds == Finds::Title && *column == Column::Title;
            if let Some(column) = column.filter(written).filter(|column| !says_which(column)) {
                preview.cell(n, row, column, said(at), names);
            }
        }
    }
    preview
}

fn by_place(cells: &[Vec<String>], rows: &[&ProjectRow], names: &Names, at: Option<At<'_>>) -> Preview {
    let mut preview = Preview::default();
    let at = at.unwrap_or(At { rows: &[], columns: &[] });
    for (n, line) in cells.iter().enumerate() {
        let row = at.rows.get(n).and_then(|doc| rows.iter().find(|row| row.doc == *doc));
        let Some(row) = row else {
            let text = line.first().cloned().unwrap_or_default();
            preview.left.push(Left { line: n + 1, column: None, text, why: Problem::NoRow });
            continue;
        };
        preview.rows += 1;
        for (place, text) in line.iter().enumerate() {
            match at.columns.get(place) {
                Some(column) => preview.cell(n + 1, row, *column, text, names),
                None if text.trim().is_empty() => {}
                None => preview.left.push(Left {
                    line: n + 1,
                    column: None,
                    text: text.trim().to_owned(),
                    why: Problem::NotWritten,
                }),
            }
        }
    }
    preview
}

fn scalar(value: Option<impl ToString>) -> Value {
    value.map_or(Value::Empty, |value| Value::Str(value.to_string()))
}

/// What a text would write into a cell, and how that is shown; none where it says so already.
fn write(row: &ProjectRow, column: Column, text: &str, names: &Names) -> Result<Option<(Write, String)>, Problem> {
    let writes = column.writes();
    if writes == Writes::Nothing {
        return Err(Problem::NotWritten);
    }
    if writes != Writes::Status && !row.may_write {
        return Err(Problem::May(Why::NotYours));
    }
    let understood = |value: Option<Value>| value.ok_or(Problem::NotUnderstood);
    let set = |field: &str, value: Value, seen: Value, new: String| {
        let same = value == seen;
        (!same).then(|| (Write::Set { field: field.to_owned(), value, seen }, new))
    };
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Ok(match writes {
        Writes::Nothing => None,
        Writes::Line("confirmed") => {
            let when = names.read_date(text);
            let value = understood(when.map(|when| scalar(Some(when))))?;
            set("confirmed", value, scalar(row.confirmed), names.date(when))
        }
        Writes::Line(field) => {
            let old = names.cell(row, column, 0);
            let seen = if old.is_empty() { Value::Empty } else { Value::Str(old) };
            set(field, Value::from(one_line.as_str()), seen, one_line)
        }
        Writes::Choice("kind") => {
            let kind = names.read_kind(text);
            let value = understood(kind.map(|kind| scalar(Some(kind))))?;
            set("kind", value, scalar(row.kind), text.to_owned())
        }
        Writes::Choice(field) => {
            let area = names.read_area(text);
            let value = understood(area.map(|area| scalar(Some(area))))?;
            set(field, value, scalar(row.area), area.map(|area| names.area(area)).unwrap_or_default())
        }
        Writes::Prose(field) => {
            let (base, more) = match column {
                Column::Objective => (row.wide.objective.text.as_str(), row.wide.objective.more),
                Column::Outputs => (row.wide.outputs.text.as_str(), row.wide.outputs.more),
                _ => (row.note.as_str(), false),
            };
            if base == text {
                return Ok(None);
            }
            if more {
                return Err(Problem::Long);
            }
            let write = Write::Text { field: field.to_owned(), base: base.to_owned(), text: text.to_owned() };
            Some((write, Brief::of(text).shown()))
        }
        Writes::Leads => {
            let codes = names.read_parties(text).filter(|codes| !codes.is_empty()).ok_or(Problem::NotUnderstood)?;
            let (lead, others) = (codes.first().cloned(), codes.get(1..).unwrap_or_default());
            let beside: Vec<PartyCode> =
                row.leads.iter().filter(|code| Some(*code) != row.wide.lead.as_ref()).cloned().collect();
            let first = (lead != row.wide.lead)
                .then(|| ("lead".to_owned(), scalar(lead.as_ref()), scalar(row.wide.lead.as_ref())));
            members(first, "co-leads", &beside, others).map(|write| (write, names.parties(&codes)))
        }
        Writes::Parties(field) => {
            let codes = names.read_parties(text).ok_or(Problem::NotUnderstood)?;
            members(None, field, &row.wide.partners, &codes).map(|write| (write, names.parties(&codes)))
        }
        Writes::Date(what) => {
            let when = names.read_date(text);
            let value = understood(when.map(|when| scalar(Some(when))))?;
            let now = if what == ClaimKind::Start { row.current.0 } else { row.current.1 };
            (scalar(now) != value).then(|| (Write::Date { what, value }, names.date(when)))
        }
        Writes::Status => {
            let to = names.read_status(text).ok_or(Problem::NotUnderstood)?;
            // What goes on elsewhere is said where it is asked where to.
            if matches!(to, ProjectStatus::CarriedOver | ProjectStatus::Merged) && row.claimed.as_slice() != [to] {
                return Err(Problem::May(Why::NotClaimable));
            }
            match bulk::may_claim(row, to) {
                Ok(reason) => Some((Write::Status { to, reason }, names.status(to))),
                Err(Why::Same) => None,
                Err(why) => return Err(Problem::May(why)),
            }
        }
    })
}

fn members(
    first: Option<(String, Value, Value)>,
    field: &str,
    now: &[PartyCode],
    wanted: &[PartyCode],
) -> Option<Write> {
    let put: Vec<PartyCode> = wanted.iter().filter(|code| !now.contains(code)).cloned().collect();
    let take: Vec<PartyCode> = now.iter().filter(|code| !wanted.contains(code)).cloned().collect();
    let same = first.is_none() && put.is_empty() && take.is_empty();
    (!same).then(|| Write::Members { first, field: field.to_owned(), put, take })
}

#[cfg(test)]
mod tests;
