//! Close-out: every project that was not completed, with one fate each, and the act that closes the plan.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::{
    domain::{
        Act, DocId, Edit, EntityId, Role,
        plan::PlanState,
        project::{Fate, ProjectStatus},
    },
    engine::api::{ProjectRow, ShellView},
    ui::{
        components::{
            dialog::dialog,
            empty::empty,
            head::sync_attribute,
            icon::icon,
            marks::{Form, provisional, status, sync_mark, who},
        },
        i18n::{format::word, t, tr},
        platform::clock,
        state::{
            commands,
            table::Table,
            views::{Live, use_shell},
        },
    },
};

use super::{OnePlan, fate, next_plan, step};

/// How many projects of a plan have no fate.
pub(super) fn open(table: Table) -> Signal<usize> {
    Memo::new(move |_| table.read(|rows| rows.iter().filter(|row| row.fate() == Fate::Open).count())).into()
}

/// The fate that a lead claimed and the Secretariat has not published.
fn unpublished(row: &ProjectRow) -> Option<ProjectStatus> {
    match row.claimed.as_slice() {
        [one] if one.is_fate() && row.published.map(|standing| standing.state) != Some(*one) => Some(*one),
        _ => None,
    }
}

fn publish(plan: DocId, row: &ProjectRow, to: ProjectStatus) {
    let (id, target) = (clock::entity(), Some(EntityId::from_bytes(row.doc.to_bytes())));
    let act = Act::PublishStatus(to);
    commands::edit(plan, Edit::Act { id, act, target, term: None, reason: row.reason.clone() });
}

fn publishes(shell: Live<ShellView>, may_write: Signal<bool>) -> Signal<bool> {
    let secretariat = shell.part(|shell| shell.me.as_ref().is_some_and(|me| me.role == Role::Secretariat));
    Signal::derive(move || secretariat.get() && may_write.get())
}

/// The tab.
pub(super) fn tab(doc: DocId, plan: &OnePlan) -> AnyView {
    let (live, table) = (plan.live, plan.table.clone());
    let rows = {
        let table = table.clone();
        Memo::new(move |_| {
            let mut rows: Vec<ProjectRow> = table.read(|rows| {
                let listed = |row: &ProjectRow| !matches!(row.fate(), Fate::Out | Fate::Of(ProjectStatus::Completed));
                rows.iter().filter(|row| listed(row)).map(|row| (**row).clone()).collect()
            });
            rows.sort_by_key(|row| {
                (row.fate() != Fate::Open, row.reference.is_none(), row.reference.clone(), row.title.clone())
            });
            rows
        })
    };
    let may_publish = publishes(use_shell(), live.part(|view| view.may_write));
    let asked = RwSignal::new(None::<ProjectRow>);
    let none =
        move || rows.with(Vec::is_empty).then(|| empty(tr("closing-empty"), tr("closing-empty-text"), ().into_any()));
    let heads = ["column-title", "column-lead", "column-status", "closing-fate", "reason", "column-sync"]
        .into_iter()
        .map(|key| view! { <th role="columnheader" scope="col">{tr(key)}</th> }.into_any())
        .collect_view();
    let next_plan = live.part(|view| view.next_plan.clone());
    let titles = {
        let table = table.clone();
        Memo::new(move |_| {
            table.read(|rows| rows.iter().map(|row| (row.doc, row.title.clone())).collect::<BTreeMap<_, _>>())
        })
    };
    let body = move || {
        let titles = titles.get();
        rows.get().into_iter().map(|row| line(doc, row, &titles, asked, may_publish, next_plan)).collect_view()
    };
    view! {
        <section class="section" aria-labelledby="h-closing">
            <div class="section-head"><h2 id="h-closing">{tr("tab-closing")}</h2><p>{tr("closing-text")}</p></div>
            {tally(table.clone())}
            {next_plan::row(doc, live)}
            {none}
            <div class="tablewrap print-wide" hidden=move || rows.with(Vec::is_empty)>
                <table class="data closing" role="table" aria-label=tr("closing-table")>
                    <thead role="rowgroup"><tr role="row">{heads}</tr></thead>
                    <tbody role="rowgroup">{body}</tbody>
                </table>
            </div>
            <div class="btnrow closing-acts">{publish_all(doc, rows, may_publish)}{close(doc, plan)}</div>
        </section>
        {fate::dialog(plan, asked)}
    }
    .into_any()
}

fn tally(table: Table) -> AnyView {
    let counts = Memo::new(move |_| {
        table.read(|rows| {
            let mut counts: BTreeMap<Option<ProjectStatus>, u32> = BTreeMap::new();
            for row in rows {
                match row.fate() {
                    Fate::Out => {}
                    Fate::Open => *counts.entry(None).or_default() += 1,
                    Fate::Of(status) => *counts.entry(Some(status)).or_default() += 1,
                }
            }
            counts
        })
    });
    let items = move || {
        counts
            .get()
            .into_iter()
            .map(|(fate, count)| match fate {
                Some(fate) => view! { <li>{status(fate)}" "<b>{count}</b></li> }.into_any(),
                None => view! { <li><b>{t!("closing-open", count = count)}</b></li> }.into_any(),
            })
            .collect_view()
    };
    view! { <div class="planbar"><ul class="tally" aria-label=tr("closing-tally")>{items}</ul></div> }.into_any()
}

fn line(
    plan: DocId,
    row: ProjectRow,
    titles: &BTreeMap<DocId, String>,
    asked: RwSignal<Option<ProjectRow>>,
    may_publish: Signal<bool>,
    next_plan: Signal<Option<(DocId, String)>>,
) -> AnyView {
    let mark = Signal::stored(row.mark);
    let title = if row.title.is_empty() { tr("untitled") } else { row.title.clone() };
    let leads = row.leads.iter().map(who).collect_view();
    let claimed = unpublished(&row);
    let fate = match (row.fate(), claimed) {
        (Fate::Of(fate), _) => status(fate),
        (Fate::Open | Fate::Out, Some(claimed)) => {
            view! { {status(claimed)}" "<span class="quiet">{tr("closing-claimed")}</span> }.into_any()
        }
        (Fate::Open | Fate::Out, None) if row.claimed.len() > 1 => {
            view! { <a class="alert" href=format!("/projects/{}#status", row.doc)>{icon("claims")}{tr("claims-two")}</a> }
                .into_any()
        }
        (Fate::Open | Fate::Out, None) => view! { <span class="quiet">{tr("closing-none")}</span> }.into_any(),
    };
    let successor = row.carried_to.map(|to| {
        let name = move || next_plan.get().map_or_else(|| tr("closing-successor"), |(_, title)| title);
        view! { <a href=format!("/projects/{to}")>{name}</a> }
    });
    let merged = row.merged_into.map(|into| {
        let name = titles.get(&into).cloned().unwrap_or_else(|| tr("untitled"));
        view! { <a href=format!("/projects/{into}")>{name}</a> }
    });
    let shown = row.shown().map(status);
    let waits = row.published.is_some_and(|standing| standing.provisional);
    let choose = (row.may_write && row.fate() == Fate::Open && claimed.is_none() && !fate::choices(&row, true).is_empty())
        .then(|| {
            let (row, label) = (row.clone(), t!("closing-choose-for", title = title.as_str()));
            view! {
                <button type="button" class="btn btn--small" aria-label=label on:click=move |_| asked.set(Some(row.clone()))>
                    {tr("closing-choose")}
                </button>
            }
        });
    let (record, reason) = (row.doc.to_string(), row.reason.clone());
    let public = move || {
        claimed.filter(|_| may_publish.get()).map(|to| {
            let row = row.clone();
            view! {
                <button type="button" class="btn btn--small" on:click=move |_| publish(plan, &row, to)>
                    {t!("closing-publish", status = word("status", to.word()))}
                </button>
            }
        })
    };
    view! {
        <tr role="row" data-record=record.clone() data-sync=sync_attribute(mark)>
            <th role="rowheader" scope="row" class="c-title"><a href=format!("/projects/{record}")>{title}</a></th>
            <td role="cell" class="c-lead">{leads}</td>
            <td role="cell">{shown}{provisional(waits)}</td>
            <td role="cell" class="c-fate"><span class="fate">{fate}{successor}{merged}</span>{choose}{public}</td>
            <td role="cell">{reason}</td>
            <td role="cell" class="c-sync">{sync_mark(mark, Form::Short)}</td>
        </tr>
    }
    .into_any()
}

/// All that leads have claimed, published at once.
fn publish_all(plan: DocId, rows: Memo<Vec<ProjectRow>>, may_publish: Signal<bool>) -> AnyView {
    let waiting = Memo::new(move |_| {
        rows.with(|rows| rows.iter().filter_map(|row| Some((row.clone(), unpublished(row)?))).collect::<Vec<_>>())
    });
    (move || {
        let count = waiting.with(Vec::len);
        (may_publish.get() && count > 1).then(|| {
            let click = move |_| {
                for (row, to) in waiting.get_untracked() {
                    publish(plan, &row, to);
                }
            };
            view! {
                <button type="button" class="btn" on:click=click>{t!("closing-publish-all", count = count)}</button>
            }
        })
    })
    .into_any()
}

/// The act that closes the plan: refused, with the list, while a project has no fate.
fn close(doc: DocId, plan: &OnePlan) -> AnyView {
    let (live, table) = (plan.live, plan.table.clone());
    let may = live.part(|view| view.next.contains(&PlanState::Closed));
    let closed = live.part(|view| view.card.state.state == PlanState::Closed);
    let (recording, refused) = (RwSignal::new(false), RwSignal::new(false));
    let wanted = RwSignal::new(Some(PlanState::Closed));
    let without = {
        let table = table.clone();
        move || -> Vec<(DocId, String)> {
            table.read(|rows| {
                let open = rows.iter().filter(|row| row.fate() == Fate::Open);
                open.map(|row| (row.doc, row.title.clone())).collect()
            })
        }
    };
    let open = open(table);
    let click = move |_| {
        if open.get_untracked() > 0 { refused.set(true) } else { recording.set(true) }
    };
    let button = move || {
        may.get().then(
            || view! { <button type="button" class="btn btn--main" on:click=click>{tr("closing-close")}</button> },
        )
    };
    let late = move || {
        (closed.get() && open.get() > 0).then(|| {
            view! { <p class="alert" role="status">{icon("warn")}{t!("closing-late", count = open.get())}</p> }
        })
    };
    let list = dialog(refused, Signal::stored(tr("closing-refused")), move || {
        let items = without()
            .into_iter()
            .map(|(doc, title)| view! { <li><a href=format!("/projects/{doc}")>{title}</a></li> }.into_any())
            .collect_view();
        view! {
            <p class="second-ink">{t!("closing-refused-text", count = open.get())}</p>
            <ul class="differences">{items}</ul>
            <div class="btnrow">
                <button type="button" class="btn" on:click=move |_| refused.set(false)>{tr("close")}</button>
            </div>
        }
        .into_any()
    });
    view! { {button}{late}{list}{step::record(doc, live, recording, wanted)} }.into_any()
}
