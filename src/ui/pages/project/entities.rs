//! Activities and indicators of a project: rows whose cells are fields.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::{
    domain::{DocKind, Edit, EntityId, Place, Record},
    engine::api::{Mark, ProjectView},
    ui::{
        components::{
            field::{Field, Subject},
            head::sync_attribute,
            icon::icon,
            marks::{Form, sync_mark},
        },
        i18n::{t, tr},
        platform::{clock, page},
        state::{commands, composing::at_rest, views::Live},
    },
};

use super::{noted, section, years};

/// A table of entities: its collection, the messages of its heading and button, its columns.
struct Rows {
    collection: &'static str,
    heading: &'static str,
    name: &'static str,
    add: &'static str,
    /// The message that names a cell.
    cell: &'static str,
    columns: &'static [&'static str],
}

const INDICATORS: Rows = Rows {
    collection: "indicators",
    heading: "section-indicators",
    name: "indicators-table",
    add: "indicator-add",
    cell: "indicator-cell",
    columns: &["title", "baseline", "target", "actual", "unit"],
};

const ACTIVITIES: Rows = Rows {
    collection: "activities",
    heading: "section-activities",
    name: "activities-table",
    add: "activity-add",
    cell: "activity-cell",
    columns: &["title", "kind", "start", "end", "city", "mode", "status"],
};

pub(super) fn indicators(
    live: Live<ProjectView>,
    subject: Subject,
    marks: Signal<BTreeMap<EntityId, Mark>>,
) -> AnyView {
    let body = view! { {table(&INDICATORS, live, subject, marks)}{years::by_year(live, subject, marks)} };
    section("indicators", INDICATORS.heading, body.into_any())
}

pub(super) fn activities(
    live: Live<ProjectView>,
    subject: Subject,
    marks: Signal<BTreeMap<EntityId, Mark>>,
) -> AnyView {
    noted("activities", ACTIVITIES.heading, None, table(&ACTIVITIES, live, subject, marks))
}

fn table(
    rows: &'static Rows,
    live: Live<ProjectView>,
    subject: Subject,
    marks: Signal<BTreeMap<EntityId, Mark>>,
) -> AnyView {
    let records = live.part(move |view| view.snapshot.collection(rows.collection).to_vec());
    let standing = at_rest(move || {
        records.with(|records| {
            records
                .iter()
                .filter(|record| record.withdrawn.is_none())
                .filter_map(|record| record.id)
                .collect::<Vec<_>>()
        })
    });
    let withdrawn = Memo::new(move |_| {
        records.with(|records| {
            records
                .iter()
                .filter(|record| record.withdrawn.is_some())
                .filter_map(|record| Some((record.id?, record.line("title").to_owned())))
                .collect::<Vec<_>>()
        })
    });
    // A row that comes or goes must not draw the table anew: somebody may be writing in another.
    let none = Memo::new(move |_| standing.with(Vec::is_empty));
    let body = move || {
        if none.get() {
            return view! { <p class="quiet">{tr("rows-none")}</p> }.into_any();
        }
        let heads = rows
            .columns
            .iter()
            .map(|column| view! { <th scope="col">{tr(&format!("field-{column}"))}</th> }.into_any())
            .collect_view();
        view! {
            <div class="subtable" tabindex="0" role="group" aria-label=tr(rows.name)>
                <table class="data">
                    <thead>
                        <tr>
                            {heads}
                            <th scope="col">{tr("column-sync")}</th>
                        </tr>
                    </thead>
                    <tbody>
                        <For each=move || { page::keep_focus(); standing.get() } key=|id| *id let:id>
                            {row(rows, id, records, subject, marks)}
                        </For>
                    </tbody>
                </table>
            </div>
        }
        .into_any()
    };
    let add = move |_| {
        let last = records.with_untracked(|records| {
            records.iter().filter_map(|record| record.place.as_ref().map(|place| place.key.clone())).max()
        });
        let place = Place { parent: None, key: clock::key_between(last.as_deref(), None) };
        let id = commands::add(subject.doc, rows.collection, Some(place), Vec::new(), Vec::new());
        // The new row's first field, as soon as it is there.
        set_timeout(move || page::focus_first(&format!("#f-title-{id}")), std::time::Duration::from_millis(150));
    };
    let restore = move || {
        let list = withdrawn.get();
        (!list.is_empty()).then(|| {
            let count = list.len();
            let lines = list.into_iter().map(|(id, title)| withdrawn_line(subject, id, title)).collect_view();
            view! {
                <details class="fold-quiet">
                    <summary>{t!("withdrawn-count", count = count)}</summary>
                    <ul class="stack-s">{lines}</ul>
                </details>
            }
        })
    };
    view! {
        {body}
        {move || {
            subject
                .may_write
                .get()
                .then(|| {
                    view! {
                        <button type="button" class="btn btn--small btn--quiet" on:click=add>
                            {icon("plus")}
                            {tr(rows.add)}
                        </button>
                    }
                })
        }}
        {restore}
    }
    .into_any()
}

fn row(
    rows: &'static Rows,
    id: EntityId,
    records: Signal<Vec<Record>>,
    subject: Subject,
    marks: Signal<BTreeMap<EntityId, Mark>>,
) -> AnyView {
    let record = Memo::new(move |_| {
        records.with(|records| records.iter().find(|record| record.id == Some(id)).cloned().unwrap_or_default())
    });
    let mark = Memo::new(move |_| marks.with(|marks| marks.get(&id).copied()).unwrap_or(Mark::Hub));
    let number = records.with_untracked(|records| {
        records.iter().filter(|record| record.withdrawn.is_none()).position(|record| record.id == Some(id)).unwrap_or(0)
    }) + 1;
    let own = Subject {
        doc: subject.doc,
        kind: DocKind::Project,
        entity: Some((rows.collection, id)),
        record: record.into(),
        may_write: subject.may_write,
        mark: mark.into(),
    };
    let cells = rows
        .columns
        .iter()
        .enumerate()
        .map(|(at, column)| {
            // Names of their own: `Title` alone is the project's.
            let label = t!(rows.cell, row = number, field = tr(&format!("field-{column}")));
            let field = Field::new(own, column).named(label).bare().view();
            if at == 0 {
                view! { <th scope="row">{field}</th> }.into_any()
            } else {
                view! { <td>{field}</td> }.into_any()
            }
        })
        .collect_view();
    let withdraw = move || {
        subject.may_write.get().then(|| {
            let name = move || record.with(|record| t!("withdraw-it", title = record.line("title")));
            view! {
                <button type="button" class="iconbtn" aria-label=name on:click=move |_| {
                    commands::edit(subject.doc, Edit::Withdraw { id, reason: String::new() });
                }>{icon("x")}</button>
            }
        })
    };
    let href = format!("/history/{}?record={id}", subject.doc);
    let told = move || record.with(|record| t!("history-of", title = record.line("title")));
    let history = view! { <a class="iconbtn" href=href aria-label=told title=tr("history")>{icon("history")}</a> };
    view! {
        <tr data-record=id.to_string() data-sync=sync_attribute(mark.into())>
            {cells}
            <td>{sync_mark(mark.into(), Form::Short)}{history}{withdraw}</td>
        </tr>
    }
    .into_any()
}

fn withdrawn_line(subject: Subject, id: EntityId, title: String) -> AnyView {
    let name = t!("restore-it", title = title.as_str());
    view! {
        <li>
            <s>{title}</s>
            " "
            {move || {
                let name = name.clone();
                subject
                    .may_write
                    .get()
                    .then(|| {
                        view! {
                            <button type="button" class="btn btn--small" aria-label=name on:click=move |_| {
                                commands::edit(subject.doc, Edit::Restore { id });
                            }>{tr("restore")}</button>
                        }
                    })
            }}
        </li>
    }
    .into_any()
}
