//! The rows of the timeline: groups, projects under them, activities under those.

use std::{collections::BTreeMap, sync::Arc};

use leptos::prelude::*;

use crate::{
    domain::{DocId, EntityId, PartyCode, tally::Stand},
    engine::api::ActivityRow,
    ui::{
        components::marks::{nothing, party},
        i18n::{
            format::{self, word},
            t, tr,
        },
        logic::{
            status::sync_word,
            table::{self, Grouping, Shown, groups},
            timeline::{
                Bar, Beside, Dated, bars, beside,
                grouping::{self, Key, grouped},
                slip,
            },
        },
        pages::plan::{OnePlan, View},
        state::{parties::use_parties, table::Line},
    },
};

use super::Frame;

/// How many columns there are, for rows that go across.
const COLUMNS: u32 = 3;

/// The rows of a plan; `named` puts its title above them.
pub(super) fn body(plan: &OnePlan, view: View, frame: Frame, named: bool) -> AnyView {
    let (table, areas) = (plan.table.clone(), plan.areas);
    let title = plan.live.part(|plan| plan.card.title.clone());
    let name = named.then(|| {
        view! {
            <tbody role="rowgroup">
                <tr role="row" class="part"><th role="rowheader" scope="rowgroup" colspan=COLUMNS>{title}</th></tr>
            </tbody>
        }
    });
    let (of, parties) = (table.clone(), use_parties());
    let found = Memo::new(move |_| {
        let ids: Vec<EntityId> = areas.with(|areas| areas.iter().map(|(id, ..)| *id).collect());
        let codes: Vec<PartyCode> = parties.with(|all| all.iter().map(|party| party.code.clone()).collect());
        let by = grouping::Grouping::of(view.shown.with(|shown| shown.group));
        view.shown.with(|shown| {
            of.read(|rows| {
                // In the order of the table, without its areas.
                let all = Shown { group: Grouping::None, ..shown.clone() };
                let frame = table::Frame { areas: &ids, parties: &codes };
                let order: Vec<DocId> = groups(rows.iter().map(Arc::as_ref), frame, &all)
                    .into_iter()
                    .flat_map(|group| group.rows)
                    .collect();
                let known: BTreeMap<DocId, &Line> = rows.iter().map(|row| (row.doc, row)).collect();
                let sorted = order.iter().filter_map(|doc| known.get(doc).map(|row| &***row));
                grouped(sorted, by, &ids, &codes)
            })
        })
    });
    let order = Memo::new(move |_| found.with(|groups| groups.iter().map(|(key, _)| key.clone()).collect::<Vec<_>>()));
    let group = move |key: Key| {
        let mine = key.clone();
        let rows = Memo::new(move |_| {
            found
                .with(|groups| groups.iter().find(|(other, _)| *other == mine).map(|(_, rows)| rows.clone()))
                .unwrap_or_default()
        });
        let table = table.clone();
        let head = move || {
            let (code, title) = match &key {
                Key::Area(area) => {
                    let known = areas.with(|areas| areas.iter().find(|(id, ..)| Some(*id) == *area).cloned());
                    known.map_or_else(|| (String::new(), tr("area-none")), |(_, code, title)| (code, title))
                }
                Key::Lead(Some(lead)) => (lead.to_string(), parties.with(|all| all.name(lead))),
                Key::Lead(None) => (String::new(), tr("nobody")),
                Key::Status(Stand::Is(status)) => (String::new(), word("status", status.word())),
                Key::Status(Stand::Unsettled) => (String::new(), tr("tally-unsettled")),
                Key::Status(Stand::Unsaid) => (String::new(), tr("tally-unsaid")),
            };
            let count = rows.with(Vec::len);
            view! {
                <span class="group-in">
                    <span class="code">{code}</span>
                    <span>{title}</span>
                    <span class="sum">{count}<span class="vh">" "{t!("group-sum", count = count)}</span></span>
                </span>
            }
        };
        let line = move |doc: DocId| table.row(doc).map(|row| project(doc, row.into(), frame));
        view! {
            <tbody role="rowgroup">
                <tr role="row" class="group"><th role="rowheader" scope="rowgroup" colspan=COLUMNS>{head}</th></tr>
                <For each=move || rows.get() key=|doc| *doc children=line />
            </tbody>
        }
        .into_any()
    };
    view! { {name}<For each=move || order.get() key=Clone::clone children=group /> }.into_any()
}

/// A project and its activities.
fn project(doc: DocId, row: RwSignal<Line>, frame: Frame) -> AnyView {
    let title = move || {
        row.with(|row| {
            let title = if row.title.is_empty() { tr("untitled") } else { row.title.clone() };
            let carried = row.carried_from.map(|_| view! { <span class="second">{tr("carried-over-row")}</span> });
            view! { <a href=format!("/projects/{doc}")>{title}</a>{carried} }
        })
    };
    let leads = move || {
        row.with(|row| {
            if row.leads.is_empty() {
                return nothing("nobody");
            }
            row.leads.iter().map(|lead| view! { {party(lead)}" " }.into_any()).collect_view().into_any()
        })
    };
    let dated = move || {
        row.with(|row| {
            let add = row.may_write.then(|| (format!("/projects/{doc}#schedule"), row.title.clone()));
            track(Dated::project(row, frame.today), row.carried_from.is_some(), add, frame)
        })
    };
    // An activity that changes is a new one: its words are all there is of it.
    let activities = Memo::new(move |_| row.with(|row| (row.activities.clone(), row.may_write)));
    let children = move || {
        let (activities, may_write) = activities.get();
        activities.into_iter().map(|one| activity(doc, &one, may_write, frame)).collect_view()
    };
    view! {
        <tr role="row" data-record=doc.to_string() data-sync=move || row.with(|row| sync_word(row.mark))>
            <th role="rowheader" scope="row" class="g-title">{title}</th>
            <td role="cell" class="g-lead">{leads}</td>
            <td role="cell" class="g-track">{dated}</td>
        </tr>
        {children}
    }
    .into_any()
}

fn activity(project: DocId, row: &ActivityRow, may_write: bool, frame: Frame) -> AnyView {
    let title = if row.title.is_empty() { tr("untitled") } else { row.title.clone() };
    let kind = row.kind.as_ref().map(|kind| word("activity-kind", kind)).unwrap_or_else(|| tr("gantt-activity"));
    let address = format!("/projects/{project}#activities");
    let add = may_write.then(|| (address.clone(), title.clone()));
    view! {
        <tr role="row" class="activity" data-record=row.id.to_string()>
            <th role="rowheader" scope="row" class="g-title"><a href=address>{title}</a><span class="second">{kind}</span></th>
            <td role="cell" class="g-lead"></td>
            <td role="cell" class="g-track">{track(Dated::activity(row, frame.today), false, add, frame)}</td>
        </tr>
    }
    .into_any()
}

/// The bars of a row and its dates in words. `add` is where dates can be given, and for what.
fn track(dated: Dated, carried: bool, add: Option<(String, String)>, frame: Frame) -> AnyView {
    let axis = frame.axis.get();
    let bars = bars(&dated, frame.today, &axis);
    let place = beside(&bars, &axis);
    let carry = carried.then(|| view! { <i data-k="carry"></i> });
    let drawn = (carried || !bars.is_empty()).then(|| {
        let bars = bars.iter().map(bar).collect_view();
        view! { <span class="bars" aria-hidden="true">{carry}{bars}</span> }
    });
    let label = if dated.all().next().is_none() {
        let add = add.map(|(address, title)| {
            view! { " "<a href=address>{tr("gantt-add")}<span class="vh">" "{t!("gantt-add-for", title = title)}</span></a> }
        });
        view! { <span class="bar-label bar-label--none"><span>{tr("no-dates")}</span>{add}</span> }.into_any()
    } else {
        let (class, at) = match place {
            Some(Beside::Before(at)) => ("bar-label bar-label--before", at),
            Some(Beside::After(at)) => ("bar-label", at),
            // Its dates lie beyond the line.
            None => ("bar-label", 0.0),
        };
        view! { <span class=class style=("--at", format!("{at:.3}"))>{words(&dated)}</span> }.into_any()
    };
    view! { <div class="track">{drawn}{label}</div> }.into_any()
}

fn bar(bar: &Bar) -> AnyView {
    let (from, to) = (format!("{:.3}", bar.from), format!("{:.3}", bar.to));
    let at = from.clone();
    view! {
        <i data-k=bar.kind.word() data-going=bar.open.then_some("") style=("--from", from) style=("--to", to)
            style=("--at", at)></i>
    }
    .into_any()
}

/// The dates in words: what happened or is planned, what was planned first, and how much later it is.
fn words(dated: &Dated) -> AnyView {
    let dates = &dated.dates;
    let [planned, current, actual] =
        [dates.planned, dates.current, dates.actual].map(|(from, to)| format::span(from, to));
    let quiet = |key: &str, span: &str| {
        let text = t!(key, span = span.to_owned());
        view! { " "<span>{text}</span> }.into_any()
    };
    let main = |kind: &str, span: String| view! { <span class="vh">{tr(kind)}" "</span><b>{span}</b> }.into_any();
    let (first, second) = match (actual.is_empty(), current.is_empty()) {
        (false, false) => (
            main("gantt-actual", actual),
            Some(quiet("gantt-was-planned", if planned.is_empty() { &current } else { &planned })),
        ),
        (false, true) => {
            (main("gantt-actual", actual), (!planned.is_empty()).then(|| quiet("gantt-was-planned", &planned)))
        }
        (true, false) => {
            let moved = !planned.is_empty() && planned != current;
            (main("gantt-planned", current), moved.then(|| quiet("gantt-first-planned", &planned)))
        }
        (true, true) => (main("gantt-planned", tr("no-dates")), Some(quiet("gantt-first-planned", &planned))),
    };
    let slip = slip(dates).map(|slip| {
        let text = t!(&format!("slip-{}", slip.unit()), count = slip.count());
        view! { " "<span class="slip">{text}<span class="vh">" "{tr("gantt-later")}</span></span> }
    });
    let going = dated.going_on.then(|| view! { " "<span>{tr("gantt-goes-on")}</span> });
    let overdue = dated.overdue.then(|| view! { " "<span class="due">{tr("gantt-overdue")}</span> });
    view! { {first}{second}{slip}{going}{overdue} }.into_any()
}
