//! A plan's table: its columns, what is shown of it and in which order, where the keys lead, what is chosen, and how it is
//! handed to a spreadsheet and taken back. Nothing here knows of the browser.

pub mod bulk;
pub mod columns;
pub mod cursor;
pub mod groups;
pub mod names;
pub mod paste;
pub mod selection;
pub mod sheet;
pub mod shown;

pub use self::{
    columns::Column,
    groups::{Frame, Group, Key, groups},
    shown::{Area, Grouping, Only, Shown},
};

#[cfg(test)]
pub(in crate::ui::logic) mod tests {
    use crate::{
        domain::{DocId, EntityId, project::ProjectStatus},
        engine::api::{Mark, ProjectRow, WideRow},
    };

    /// A row for tests.
    pub(in crate::ui::logic) fn row(n: u8, title: &str, lead: &str, area: Option<u8>) -> ProjectRow {
        let lead: crate::domain::PartyCode = lead.parse().expect("a code");
        ProjectRow {
            doc: DocId::from_bytes([n; 16]),
            plan: DocId::from_bytes([0; 16]),
            reference: None,
            title: title.to_owned(),
            kind: None,
            leads: vec![lead.clone()],
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
            wide: WideRow { lead: Some(lead), ..WideRow::default() },
            schema: 1,
        }
    }
}
