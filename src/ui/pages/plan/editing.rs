//! Writing in a cell: the fields of a project's page, drawn where the cell is. What is typed is saved as it is there.

use leptos::{portal::Portal, prelude::*};

use crate::{
    domain::{
        ClaimKind, DocId, DocKind,
        record::{Held, Record, Value},
    },
    engine::api::{ProjectRow, ProjectView, Query},
    ui::{
        components::field::{Field, Subject, date_cell},
        i18n::{format, tr},
        logic::table::{Column, columns::Writes},
        platform::grid,
        state::{commands, commands::NewClaim, table::Line, views::use_view},
    },
};

use super::grid::{Editing, Grid, ID};

/// The field of the cell that is being written in.
pub(super) fn editor(of: Grid) -> AnyView {
    let current = Memo::new(move |_| of.editing.get());
    (move || {
        let editing = current.get()?;
        let cell = grid::cell_of(ID, &editing.spot)?;
        grid::mark(&cell, true);
        let spot = editing.spot.clone();
        on_cleanup(move || {
            if let Some(cell) = grid::cell_of(ID, &spot) {
                grid::mark(&cell, false);
            }
        });
        Some(view! {
            <Portal mount=cell>
                <div class="cell-editor" data-editor="">{field(of, &editing)}{opened(of, editing.clone())}</div>
            </Portal>
        })
    })
    .into_any()
}

// Once its field is drawn it has the focus: of prose, when its words have come.
fn opened(of: Grid, editing: Editing) -> AnyView {
    const FRAMES: u32 = 120;
    fn look(editing: &Editing, first: Option<&str>, left: u32) {
        let cell = grid::cell_of(ID, &editing.spot);
        let drawn = cell.is_some_and(|cell| grid::open(&cell, editing.typed.as_deref(), first));
        if !drawn && left > 0 {
            let (editing, first) = (editing.clone(), first.map(str::to_owned));
            request_animation_frame(move || look(&editing, first.as_deref(), left - 1));
        }
    }
    let first = of.row(editing.doc).and_then(|row| first(&row, editing.column));
    Effect::new(move |_| look(&editing, first.as_deref(), FRAMES));
    ().into_any()
}

// What the field of a cell holds, as it shows it; none where it is several fields, or prose.
fn first(row: &ProjectRow, column: Column) -> Option<String> {
    let day = |when: Option<crate::domain::When>| when.map(format::date).unwrap_or_default();
    match column.writes() {
        Writes::Line("confirmed") => Some(day(row.confirmed)),
        Writes::Line(name) | Writes::Choice(name) => Some(record(row, column).line(name).to_owned()),
        Writes::Date(what) => Some(day(date(row, what))),
        Writes::Nothing | Writes::Status | Writes::Prose(_) | Writes::Leads | Writes::Parties(_) => None,
    }
}

fn field(of: Grid, editing: &Editing) -> AnyView {
    let (doc, column) = (editing.doc, editing.column);
    let Some((plan, row)) = of.plan_of(doc).and_then(|plan| plan.table.row(doc).map(|row| (plan, row))) else {
        return ().into_any();
    };
    let row: RwSignal<Line> = row.into();
    let label = tr(&format!("column-{}", column.word()));
    let subject = Subject {
        doc,
        kind: DocKind::Project,
        entity: None,
        record: Signal::derive(move || row.with(|row| record(row, column))),
        may_write: Memo::new(move |_| row.with(|row| row.may_write)).into(),
        mark: Memo::new(move |_| row.with(|row| row.mark)).into(),
    };
    let bare = |name: &'static str| Field::new(subject, name).named(label.clone()).bare();
    match column.writes() {
        // Its own dialog asks for it.
        Writes::Nothing | Writes::Status => ().into_any(),
        Writes::Line("title") => bare("title").wrap().view(),
        Writes::Line("remarks") => bare("remarks").wrap().view(),
        Writes::Line(name) => bare(name).view(),
        Writes::Choice("area") => {
            let areas = plan.areas;
            let choices = Signal::derive(move || {
                let named = |(id, code, title): &(_, String, String)| {
                    let id: &crate::domain::EntityId = id;
                    (id.to_string(), format!("{code} {title}").trim().to_owned())
                };
                areas.with(|areas| areas.iter().map(named).collect::<Vec<_>>())
            });
            bare("area").choices(choices).view()
        }
        Writes::Choice(name) => bare(name).view(),
        Writes::Leads => {
            let beside = Field::new(subject, "co-leads").named(tr("field-co-leads")).bare().view();
            view! { {bare("lead").view()}{beside} }.into_any()
        }
        Writes::Parties(name) => bare(name).view(),
        Writes::Prose(name) => whole(subject, name, label, doc),
        Writes::Date(what) => {
            let held = Signal::derive(move || {
                let value = row.with(|row| date(row, what).map_or(Value::Empty, |when| Value::Str(when.to_string())));
                Held { value, others: Vec::new() }
            });
            date_cell(
                subject,
                label,
                held,
                Callback::new(move |value| claim_date(doc, &row.get_untracked(), what, value)),
            )
        }
    }
}

// A table has the beginning of a long text only: all of it is asked for before anybody writes in it.
fn whole(subject: Subject, name: &'static str, label: String, doc: DocId) -> AnyView {
    let live = use_view::<ProjectView>(Query::Project { doc });
    let here = live.part(|_| true);
    let subject = Subject { record: live.part(|view| view.snapshot.root.clone()), ..subject };
    (move || here.get().then(|| Field::new(subject, name).named(label.clone()).rows(4).bare().view())).into_any()
}

fn date(row: &ProjectRow, what: ClaimKind) -> Option<crate::domain::When> {
    if what == ClaimKind::Start { row.current.0 } else { row.current.1 }
}

/// Claims a date in the place of those that stand in a row.
pub(super) fn claim_date(doc: DocId, row: &ProjectRow, what: ClaimKind, value: Value) {
    let standing = if what == ClaimKind::Start { &row.wide.start_claims } else { &row.wide.end_claims };
    let (evidence, reason, supersedes) = (String::new(), String::new(), standing.clone());
    commands::claim(doc, NewClaim { what, value, evidence, reason, meeting: None, supersedes });
}

// A row as the record that a field reads: what stands in the column, by the names of the schema.
fn record(row: &ProjectRow, column: Column) -> Record {
    let mut record = Record::default();
    let mut put = |name: String, value: Value| {
        record.fields.insert(name, Held { value, others: Vec::new() });
    };
    let line = |text: &str| if text.is_empty() { Value::Empty } else { Value::from(text) };
    match column {
        Column::Title => put("title".to_owned(), line(&row.title)),
        Column::Agency => put("implementing-agency".to_owned(), line(&row.wide.agency)),
        Column::Funding => put("funding-source".to_owned(), line(&row.wide.funding)),
        Column::Remarks => put("remarks".to_owned(), line(&row.remarks)),
        Column::Confirmed => {
            put("confirmed".to_owned(), line(&row.confirmed.map(|when| when.to_string()).unwrap_or_default()));
        }
        Column::Area => put("area".to_owned(), line(&row.area.map(|area| area.to_string()).unwrap_or_default())),
        Column::Kind => put("kind".to_owned(), line(row.kind.map_or("", |kind| kind.word()))),
        Column::Partners => {
            for code in &row.wide.partners {
                put(format!("partners:{code}"), Value::Bool(true));
            }
        }
        Column::Lead => {
            put("lead".to_owned(), line(row.wide.lead.as_ref().map_or("", |lead| lead.as_str())));
            for code in row.leads.iter().filter(|code| Some(*code) != row.wide.lead.as_ref()) {
                put(format!("co-leads:{code}"), Value::Bool(true));
            }
        }
        Column::Number
        | Column::Reference
        | Column::Objective
        | Column::Outputs
        | Column::Indicators
        | Column::Time
        | Column::Start
        | Column::End
        | Column::Status
        | Column::Note
        | Column::Sync => {}
    }
    record
}
