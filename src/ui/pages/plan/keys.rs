//! The keys of the grid: where they lead, how a cell is written in and left, how rows are chosen.

use leptos::{ev, prelude::*, task};

use crate::{
    domain::DocId,
    ui::{
        i18n::t,
        logic::table::{
            Column,
            columns::Writes,
            cursor::{Cell, Step, go},
            selection::Selection,
        },
        platform::grid::{self, Spot},
        state::toasts,
    },
};

use super::grid::{Ask, Editing, Grid, ID, PICK};

impl Grid {
    fn step(self, step: Step) {
        let wanted = self.cursor.with_value(|cursor| cursor.column);
        let mut kept = wanted;
        grid::go(ID, |row, column, rows, cells, page| {
            // In a row that goes across, the column is the one from which it was entered.
            let across = cells(row) == 1;
            let from = Cell { row, column: if across { wanted } else { column } };
            let to = go(from, step, rows, cells, page);
            kept = to.column;
            (to.row, to.column)
        });
        self.cursor.update_value(|cursor| cursor.column = kept);
    }

    /// Writes in a cell, if that may be: with what was typed on it, or with all it holds chosen.
    pub fn edit(self, spot: Spot, typed: Option<String>) {
        let Some(doc) = spot.record.as_deref().and_then(|doc| doc.parse::<DocId>().ok()) else { return };
        let (Some(row), Ok(column)) = (self.row(doc), spot.column.parse::<Column>()) else { return };
        let writes = column.writes();
        let quiet = typed.is_some();
        if writes == Writes::Nothing || !row.may_write {
            if !quiet && !grid::press(ID, &spot, "a") {
                toasts::say_key(if writes == Writes::Nothing { "cell-not-written" } else { "cell-not-yours" });
            }
            return;
        }
        match writes {
            Writes::Status if !quiet => self.asking.set(Some(Ask::Claim(vec![doc]))),
            // To type over a long text, or over what is chosen from a list, would take away more than is seen.
            Writes::Line(_) | Writes::Date(_) => self.editing.set(Some(Editing { spot, doc, column, typed })),
            Writes::Choice(_) | Writes::Prose(_) | Writes::Leads | Writes::Parties(_) if !quiet => {
                self.editing.set(Some(Editing { spot, doc, column, typed: None }));
            }
            _ => {}
        }
    }

    // The field is left, which saves what it holds; then its cell has the focus again, or the next one.
    fn close(self, editing: Editing, then: Option<Step>) {
        grid::focus(ID, &editing.spot);
        task::spawn_local(async move {
            task::tick().await;
            let Some(cell) = grid::cell_of(ID, &editing.spot) else { return };
            if grid::unreadable(&cell) {
                return;
            }
            if let Some(step) = then {
                self.step(step);
            }
            self.editing.try_set(None);
        });
    }

    fn field_key(self, editing: Editing, event: &ev::KeyboardEvent) {
        let prose = matches!(editing.column.writes(), Writes::Prose(_));
        let several = matches!(editing.column.writes(), Writes::Leads | Writes::Parties(_));
        let ctrl = event.ctrl_key() || event.meta_key();
        match event.key().as_str() {
            "Escape" => {
                event.prevent_default();
                if prose {
                    toasts::say_key("edit-kept");
                } else if let Some(words) = grid::cell_of(ID, &editing.spot)
                    .filter(|_| !several)
                    .and_then(|cell| grid::give_back(&cell))
                    .filter(|words| matches!(editing.column.writes(), Writes::Choice(_)) || !words.is_empty())
                {
                    match editing.column.writes() {
                        Writes::Choice(_) => toasts::say_key("edit-choice-taken-back"),
                        _ => toasts::say(t!("edit-taken-back", words = words)),
                    }
                }
                self.close(editing, None);
            }
            "Enter" if !prose || ctrl => {
                event.prevent_default();
                self.close(editing, Some(if event.shift_key() { Step::Up } else { Step::Down }));
            }
            "Tab" if !several => {
                event.prevent_default();
                self.close(editing, Some(if event.shift_key() { Step::Left } else { Step::Right }));
            }
            _ => {}
        }
    }

    /// A key in the grid.
    pub fn key(self, event: &ev::KeyboardEvent) {
        if event.is_composing() {
            return;
        }
        if grid::in_field(event) {
            if let Some(editing) = self.editing.get_untracked() {
                self.field_key(editing, event);
            }
            return;
        }
        let (key, ctrl) = (event.key(), event.ctrl_key() || event.meta_key());
        let Some(spot) = grid::here().filter(|_| !event.alt_key()) else { return };
        let doc = spot.record.as_deref().and_then(|doc| doc.parse::<DocId>().ok());
        if let Some(step) = Step::of(&key, ctrl) {
            event.prevent_default();
            self.step(step);
            let to = grid::here().and_then(|spot| spot.record).and_then(|doc| doc.parse::<DocId>().ok());
            if let (true, Some(from), Some(to)) = (event.shift_key() && !ctrl, doc, to) {
                let order = self.order_now();
                self.selection.update(|selection| selection.reach(&order, from, to));
            } else {
                self.selection.update_untracked(Selection::leave);
            }
            return;
        }
        match key.as_str() {
            "a" | "A" if ctrl => {
                event.prevent_default();
                let order = self.order_now();
                self.selection.update(|selection| selection.all(&order));
            }
            "Enter" | "F2" | " " if grid::in_control(event) && event.target() != event.current_target() => {}
            "Enter" if ctrl => {
                event.prevent_default();
                let title = Spot { column: Column::Title.word().to_owned(), ..spot };
                grid::press(ID, &title, "a");
            }
            " " if doc.is_some() => {
                event.prevent_default();
                if let Some(doc) = doc {
                    self.selection.update(|selection| selection.toggle(doc));
                }
            }
            "Enter" | "F2" | " " => {
                event.prevent_default();
                // Heads, groups and boxes do what their button or box does.
                if doc.is_none() || spot.column == PICK {
                    grid::press(ID, &spot, "button, input");
                } else {
                    self.edit(spot, None);
                }
            }
            "Escape" if self.selection.with_untracked(|selection| !selection.is_empty()) => {
                event.prevent_default();
                self.selection.update(Selection::clear);
            }
            typed if !ctrl && typed.chars().count() == 1 && typed != "/" && doc.is_some() => {
                let typed = typed.to_owned();
                self.edit(spot, Some(typed));
                if self.editing.with_untracked(Option::is_some) {
                    event.prevent_default();
                }
            }
            _ => {}
        }
    }

    /// A double click writes in a cell.
    pub fn double(self, event: &ev::MouseEvent) {
        if !grid::in_field(event)
            && !grid::in_control(event)
            && let Some(spot) = grid::spot_of(event)
            && spot.record.is_some()
            && spot.column != PICK
        {
            self.edit(spot, None);
        }
    }
}
