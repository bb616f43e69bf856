//! The table of projects as a grid: one stop of the Tab key, arrow keys from cell to cell, Enter to write in one, Space and
//! Shift to choose rows. What is drawn anew by what others do never takes the focus away.

use std::time::Duration;

use leptos::{ev, prelude::*, task};

use crate::{
    domain::{DocId, EntityId},
    ui::{
        i18n::tr,
        logic::table::{Column, Group, columns, groups::in_order, names::Names, selection::Selection},
        platform::grid::{self, Spot},
        state::{
            parties::{Parties, use_parties},
            prefs,
            table::Line,
        },
    },
};

use super::{OnePlan, clip};

/// The id of the grid's element.
pub(super) const ID: &str = "projects-grid";
/// How many rows a long table draws at once, before its page is painted: more than most screens show.
const FIRST_ROWS: usize = 30;
/// And how many more in each frame after that.
const MORE_ROWS: usize = 40;
/// The column of the boxes that choose rows.
pub(super) const PICK: &str = "pick";

/// A cell that is being written in.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Editing {
    /// The cell.
    pub spot: Spot,
    /// Its project.
    pub doc: DocId,
    /// Its column.
    pub column: Column,
    /// What was typed on the cell before its field was there.
    pub typed: Option<String>,
}

/// What is asked about rows before it is done.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Ask {
    /// Which status their lead claims.
    Claim(Vec<DocId>),
    /// Under which priority area they go.
    Area(Vec<DocId>),
    /// Which status the Secretariat publishes.
    Publish(Vec<DocId>),
}

/// What was pasted, and where.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Pasted {
    /// The text; none while a person is asked for it.
    pub text: Option<String>,
    /// The cell that had the focus.
    pub at: Option<(DocId, Column)>,
}

/// A plan in the grid, with its rows as they stand.
#[derive(Clone)]
struct Body {
    plan: OnePlan,
    groups: Memo<Vec<Group>>,
}

/// The grid. All copies are one.
#[derive(Clone, Copy)]
pub(super) struct Grid {
    /// The columns in their order.
    pub columns: RwSignal<Vec<Column>>,
    /// The chosen rows.
    pub selection: RwSignal<Selection>,
    /// The cell that is being written in.
    pub editing: RwSignal<Option<Editing>>,
    /// What is asked about rows.
    pub asking: RwSignal<Option<Ask>>,
    /// What was pasted.
    pub pasted: RwSignal<Option<Pasted>>,
    parties: Signal<Parties>,
    bodies: RwSignal<Vec<Body>>,
    /// How many rows of each plan are drawn: the first ones, until the page has been painted.
    drawn: RwSignal<usize>,
    /// Where the cursor is.
    pub cursor: StoredValue<Cursor>,
}

/// Where the cursor is.
#[derive(Debug, Clone, Default)]
pub(super) struct Cursor {
    spot: Option<Spot>,
    /// The column in which rows that go across are passed.
    pub column: usize,
    // Whether the focus is the grid's, also while drawing anew took it.
    inside: bool,
}

impl Grid {
    /// A grid for the component that calls.
    pub fn new() -> Self {
        let grid = Self {
            columns: RwSignal::new(columns::read(&prefs::columns())),
            selection: RwSignal::new(Selection::default()),
            editing: RwSignal::new(None),
            asking: RwSignal::new(None),
            pasted: RwSignal::new(None),
            parties: use_parties(),
            bodies: RwSignal::new(Vec::new()),
            drawn: RwSignal::new(FIRST_ROWS),
            cursor: StoredValue::new(Cursor::default()),
        };
        let away = window_event_listener(ev::pointerdown, move |event| {
            if grid::outside(ID, &event) {
                grid.cursor.try_update_value(|cursor| cursor.inside = false);
            }
        });
        let copies = window_event_listener(ev::copy, move |event| {
            let elsewhere =
                grid::here().is_none() || grid::words_chosen() || grid.editing.with_untracked(Option::is_some);
            if elsewhere || grid.cursor.try_with_value(|cursor| !cursor.inside).unwrap_or(true) {
                return;
            }
            clip::answer(grid, &event);
        });
        on_cleanup(move || {
            away.remove();
            copies.remove();
        });
        // What a filter hides is not chosen any more; and who had the focus keeps it.
        Effect::new(move |_| {
            let order = grid.order();
            grid.columns.track();
            if grid.selection.with_untracked(|selection| !selection.is_empty()) {
                grid.selection.update(|selection| selection.keep(&order));
            }
            request_animation_frame(move || grid.keep_focus());
        });
        // Not before the first ones have been painted.
        request_animation_frame(move || grid.draw_more());
        grid
    }

    /// Draws what is left of a long table, some rows in each frame.
    fn draw_more(self) {
        request_animation_frame(move || {
            // After this frame has been painted.
            set_timeout(
                move || {
                    let Some(drawn) = self.drawn.try_get_untracked() else { return };
                    let all = self.bodies.with_untracked(|bodies| {
                        bodies.iter().map(|body| body.groups.with_untracked(|groups| rows_of(groups))).max()
                    });
                    if all.is_some_and(|all| all <= drawn) {
                        return self.draw_all();
                    }
                    self.drawn.set(drawn + MORE_ROWS);
                    self.draw_more();
                },
                Duration::ZERO,
            );
        });
    }

    /// Every row is drawn from now on: somebody is about to go through them, or all have been drawn.
    fn draw_all(self) {
        if self.drawn.get_untracked() != usize::MAX {
            self.drawn.set(usize::MAX);
        }
    }

    /// Those rows of a group that are drawn by now; whoever asks is called again.
    pub fn drawn_of(self, group: &Group) -> Vec<DocId> {
        let before = (group.first as usize).saturating_sub(1);
        let count = self.drawn.get().saturating_sub(before).min(group.rows.len());
        group.rows[..count].to_vec()
    }

    /// A plan joins the grid, for as long as the component that calls lives.
    pub fn join(self, plan: OnePlan, groups: Memo<Vec<Group>>) {
        let doc = plan.doc;
        self.bodies.update(|bodies| bodies.push(Body { plan, groups }));
        on_cleanup(move || {
            self.bodies.try_update(|bodies| bodies.retain(|body| body.plan.doc != doc));
        });
    }

    /// All rows in the order shown, each once; whoever asks is called again.
    pub fn order(self) -> Vec<DocId> {
        self.bodies.with(|bodies| bodies.iter().flat_map(|body| body.groups.with(|groups| in_order(groups))).collect())
    }

    /// The same without being called again.
    pub fn order_now(self) -> Vec<DocId> {
        untrack(|| self.order())
    }

    /// The plan of a row.
    pub fn plan_of(self, doc: DocId) -> Option<OnePlan> {
        self.bodies.with_untracked(|bodies| {
            bodies.iter().find(|body| body.plan.table.row(doc).is_some()).map(|body| body.plan.clone())
        })
    }

    /// The areas of the plans in the grid.
    pub fn areas(self) -> Vec<(EntityId, String, String)> {
        self.bodies.with_untracked(|bodies| bodies.iter().flat_map(|body| body.plan.areas.get_untracked()).collect())
    }

    /// The number that a row has in the table; 0 where it is not shown.
    pub fn number(self, doc: DocId) -> u32 {
        let in_group = |group: &Group| {
            let at = group.rows.iter().position(|known| *known == doc)?;
            Some(group.first + u32::try_from(at).unwrap_or_default())
        };
        let found = self.bodies.with_untracked(|bodies| {
            bodies.iter().find_map(|body| body.groups.with_untracked(|groups| groups.iter().find_map(in_group)))
        });
        found.unwrap_or_default()
    }

    /// The names by which cells are written and read.
    pub fn names(self) -> Names {
        self.parties.with_untracked(|parties| clip::names(self, parties))
    }

    /// A row as it is now.
    pub fn row(self, doc: DocId) -> Option<Line> {
        self.bodies
            .with_untracked(|bodies| bodies.iter().find_map(|body| body.plan.table.row(doc)))
            .map(|row| row.get_untracked())
    }

    /// All rows of the plans in the grid, also those that no filter lets through.
    pub fn all_rows(self) -> Vec<Line> {
        self.bodies.with_untracked(|bodies| {
            bodies.iter().flat_map(|body| untrack(|| body.plan.table.read(<[Line]>::to_vec))).collect()
        })
    }

    /// The chosen rows in the order shown.
    pub fn chosen(self) -> Vec<DocId> {
        let order = self.order_now();
        self.selection.with_untracked(|selection| order.into_iter().filter(|doc| selection.has(*doc)).collect())
    }

    /// The rows shown from one on.
    pub fn from(self, doc: DocId) -> Vec<DocId> {
        let order = self.order_now();
        order.iter().position(|known| *known == doc).map_or_else(Vec::new, |at| order[at..].to_vec())
    }

    /// The project and column of the cell that has the focus.
    pub fn at(self) -> Option<(DocId, Column)> {
        let spot = grid::here()?;
        Some((spot.record?.parse().ok()?, spot.column.parse().ok()?))
    }

    /// Chooses other columns, and keeps them on this device.
    pub fn show(self, columns: Vec<Column>) {
        prefs::keep_columns(&columns::written(&columns));
        self.columns.set(columns);
    }

    fn keep_focus(self) {
        let spot = self.cursor.try_with_value(|cursor| cursor.spot.clone().filter(|_| cursor.inside)).flatten();
        let idle = self.editing.try_with_untracked(Option::is_none).unwrap_or_default();
        if let Some(spot) = spot.filter(|_| idle && grid::focus_lost()) {
            grid::focus(ID, &spot);
        }
    }

    /// Gives the focus back to the cell that had it last: after a dialog, or when the grid itself got it.
    pub fn focus(self) {
        let Some(spot) = self.cursor.try_with_value(|cursor| cursor.spot.clone()) else { return };
        if !spot.is_some_and(|spot| grid::focus(ID, &spot)) {
            grid::focus_first(ID);
        }
    }

    /// The focus came to the grid or to a cell of it.
    pub fn entered(self, event: &ev::FocusEvent) {
        self.draw_all();
        grid::entered(ID);
        match grid::spot_of(event) {
            Some(spot) => self.cursor.update_value(|cursor| {
                cursor.spot = Some(spot);
                cursor.inside = true;
            }),
            // Later: a listener is not called while it runs.
            None => task::spawn_local(async move { self.focus() }),
        }
    }

    /// The focus left a cell.
    pub fn left(self, event: &ev::FocusEvent) {
        if grid::left(ID, event) {
            self.cursor.update_value(|cursor| cursor.inside = false);
        }
        // Who clicks elsewhere is done writing; what cannot be read stays, with what is wrong with it.
        let editing = self.editing.get_untracked();
        if let Some(editing) = editing.filter(|_| grid::in_field(event)) {
            task::spawn_local(async move {
                task::tick().await;
                let still = grid::here().is_some_and(|spot| spot == editing.spot);
                let Some(cell) = grid::cell_of(ID, &editing.spot).filter(|_| !still) else { return };
                let same = self.editing.try_with_untracked(|now| now.as_ref() == Some(&editing)).unwrap_or_default();
                if same && !grid::is_unreadable(&cell) {
                    self.editing.set(None);
                }
            });
        }
    }

    /// A row's box was clicked: with Shift, everything from the last one to it.
    pub fn pick(self, doc: DocId, event: &ev::MouseEvent) {
        let order = self.order_now();
        self.selection.update(|selection| {
            if event.shift_key() {
                selection.reach(&order, doc, doc);
            } else {
                selection.toggle(doc);
            }
        });
        // The browser has turned the box over already, which is not always what the choice came to.
        if let Some(spot) = grid::spot_of(event) {
            let chosen = self.selection.with_untracked(|selection| selection.has(doc));
            grid::focus(ID, &spot);
            request_animation_frame(move || grid::check(ID, &spot, chosen));
        }
    }

    /// All rows are chosen, or none where all were.
    pub fn pick_all(self) {
        let order = self.order_now();
        self.selection.update(|selection| selection.all(&order));
    }

    /// Cells were pasted into the grid: what would change is shown first.
    pub fn paste(self, event: &ev::ClipboardEvent) {
        if grid::in_field(event) {
            return;
        }
        let Some(text) = grid::pasted(event) else { return };
        event.prevent_default();
        self.pasted.set(Some(Pasted { text: Some(text), at: self.at() }));
    }
}

// The highest number that a row has.
fn rows_of(groups: &[Group]) -> usize {
    groups.iter().map(|group| group.first.saturating_sub(1) as usize + group.rows.len()).max().unwrap_or_default()
}

/// What a screen reader says of the grid's keys.
pub(super) fn help() -> AnyView {
    view! { <p class="vh" id="grid-help">{tr("grid-help")}</p> }.into_any()
}
