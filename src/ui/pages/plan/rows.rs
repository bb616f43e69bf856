//! The table named *Projects*: rows under the plan's areas, each with a signal of its own.

use std::{collections::BTreeSet, sync::Arc};

use leptos::prelude::*;

use crate::{
    domain::{DocId, EntityId, When},
    engine::api::{PlanView, ProjectRow, Query},
    ui::{
        components::{
            empty::empty,
            icon::{icon, toned},
            marks::{Form, date_or_blank, nothing, provisional, status, sync_mark, who},
        },
        i18n::{
            format::{self, word},
            t, tr,
        },
        logic::{
            status::sync_word,
            table::{Column, Group, groups},
            when::{Dates, bars, last_quarter, quarter_index},
        },
        platform::page,
        state::{table::Line, views::use_view},
    },
};

use super::{OnePlan, View};

/// How many columns there are, for rows that go across.
const COLUMNS: u32 = 8;

pub(super) fn table(plan: OnePlan, view: View) -> AnyView {
    let sibling = plan.live.part(|plan| plan.sibling);
    let own = body(plan.clone(), view, false);
    let other = move || {
        let doc = sibling.get().filter(|_| view.shown.with(|shown| shown.sibling))?;
        let live = use_view::<PlanView>(Query::Plan { doc });
        // Its table is there with its first view.
        Some(move || live.get(|_| ()).map(|()| body(OnePlan::of(doc, live), view, true)))
    };
    view! {
        {nothing_here(&plan, view)}
        <div class="tablewrap print-wide">
            <table class="data projects" role="table" aria-label=tr("projects") on:keydown=arrows>
                <thead role="rowgroup"><tr role="row">{heads(view)}</tr></thead>
                {own}
                {other}
            </table>
        </div>
    }
    .into_any()
}

// Up and down go from project to project; Enter opens one, as on any link.
fn arrows(event: leptos::ev::KeyboardEvent) {
    let step = match event.key().as_str() {
        "ArrowDown" => 1,
        "ArrowUp" => -1,
        _ => return,
    };
    if page::move_focus(".projects .c-title a", step) {
        event.prevent_default();
    }
}

fn heads(view: View) -> AnyView {
    let sorted = |column: Column, class: &'static str, key: &'static str| {
        let sort = move || {
            view.shown.with(|shown| {
                if shown.by != column {
                    "none"
                } else if shown.down {
                    "descending"
                } else {
                    "ascending"
                }
            })
        };
        let click = move |_| {
            let mut shown = view.shown.get_untracked();
            shown.down = shown.by == column && !shown.down;
            shown.by = column;
            view.change.run(shown);
        };
        view! {
            <th role="columnheader" scope="col" class=class aria-sort=sort>
                <button type="button" class="sort" on:click=click>
                    {tr(key)}
                    {move || (sort() != "none").then(|| icon("down"))}
                </button>
            </th>
        }
        .into_any()
    };
    let plain = |class: &'static str, key: &'static str| {
        view! { <th role="columnheader" scope="col" class=class>{tr(key)}</th> }.into_any()
    };
    view! {
        {sorted(Column::Number, "c-no", "column-number")}
        {sorted(Column::Title, "c-title", "column-title")}
        {sorted(Column::Lead, "c-lead", "column-lead")}
        {sorted(Column::Time, "c-time", "column-time")}
        {sorted(Column::Status, "c-status", "column-status")}
        {plain("c-remarks", "column-remarks")}
        {sorted(Column::Confirmed, "c-conf", "column-confirmed")}
        {plain("c-sync", "column-sync")}
    }
    .into_any()
}

fn nothing_here(plan: &OnePlan, view: View) -> AnyView {
    let table = plan.table.clone();
    let matched = Memo::new(move |_| {
        table.read(|rows| (rows.len(), view.shown.with(|shown| rows.iter().filter(|row| shown.takes(row)).count())))
    });
    let filters = Memo::new(move |_| view.shown.with(crate::ui::logic::table::Shown::filters));
    (move || {
        let (all, taken) = matched.get();
        let filters = filters.get();
        if all == 0 {
            return empty(tr("plan-empty"), tr("plan-empty-text"), ().into_any());
        }
        if taken == 0 && filters > 0 {
            let clear = move |_| view.change.run(view.shown.with_untracked(crate::ui::logic::table::Shown::cleared));
            let act = view! { <button type="button" class="btn" on:click=clear>{tr("filters-clear")}</button> };
            return empty(tr("plan-no-match"), t!("plan-filters-set", count = filters), act.into_any());
        }
        ().into_any()
    })
    .into_any()
}

fn body(plan: OnePlan, view: View, named: bool) -> AnyView {
    let (table, areas) = (plan.table.clone(), plan.areas);
    let shown = Memo::new(move |_| {
        let ids: Vec<EntityId> = areas.with(|areas| areas.iter().map(|(id, _, _)| *id).collect());
        view.shown.with(|shown| table.read(|rows| groups(rows.iter().map(Arc::as_ref), &ids, shown)))
    });
    let order = Memo::new(move |_| shown.with(|groups| groups.iter().map(|group| group.area).collect::<Vec<_>>()));
    let folded = RwSignal::new(BTreeSet::<Option<EntityId>>::new());
    let title = plan.live.part(|plan| plan.card.title.clone());
    let name = named.then(|| {
        view! {
            <tbody role="rowgroup">
                <tr role="row" class="part"><th role="rowheader" scope="rowgroup" colspan=COLUMNS>{title}</th></tr>
            </tbody>
        }
        .into_any()
    });
    view! {
        {name}
        <For each=move || order.get() key=|area| *area let:area>
            {one_group(plan.clone(), area, shown, folded)}
        </For>
    }
    .into_any()
}

// A row that comes, goes or moves leaves all others as they are painted; a long plan would not keep up otherwise.
fn one_group(
    plan: OnePlan,
    area: Option<EntityId>,
    shown: Memo<Vec<Group>>,
    folded: RwSignal<BTreeSet<Option<EntityId>>>,
) -> AnyView {
    let rows = Memo::new(move |_| {
        shown
            .with(|groups| groups.iter().find(|group| group.area == area).map(|group| group.rows.clone()))
            .unwrap_or_default()
    });
    let first = Memo::new(move |_| {
        shown.with(|groups| groups.iter().find(|group| group.area == area).map(|group| group.first)).unwrap_or_default()
    });
    let count = Memo::new(move |_| rows.with(Vec::len));
    let areas = plan.areas;
    let known = Memo::new(move |_| {
        areas.with(|areas| {
            let found = areas.iter().find(|(id, _, _)| Some(*id) == area);
            found.map(|(_, code, title)| (code.clone(), title.clone()))
        })
    });
    let open = Memo::new(move |_| folded.with(|folded| !folded.contains(&area)));
    let fold = move |_| {
        folded.update(|folded| {
            if !folded.remove(&area) {
                folded.insert(area);
            }
        });
    };
    let head = move || {
        let (code, title) = match known.get() {
            Some((code, title)) => (code.into_any(), title),
            None => (toned("warn", "icon icon--warn"), tr("area-none")),
        };
        let sum = move || {
            let count = count.get();
            (count > 0).then(|| {
                view! { <span class="sum">{count}<span class="vh">" "{t!("group-sum", count = count)}</span></span> }
            })
        };
        view! {
            <span class="group-in">
                <span class="code">{code}</span>
                <span>{title.clone()}</span>
                {sum}
                <button type="button" class="group-fold" aria-expanded=move || open.get().to_string()
                    aria-label=t!("group-fold", title = title) on:click=fold>
                    {icon("down")}
                </button>
            </span>
        }
        .into_any()
    };
    let first_year = plan.live.peek(|plan| plan.card.from).unwrap_or_default();
    let (table, whole) = (plan.table.clone(), plan.clone());
    let line = move |index: ReadSignal<usize>, doc: DocId| {
        let number = move || first.get() + u32::try_from(index.get()).unwrap_or_default();
        table.row(doc).map(|signal| row(number, doc, signal.into(), first_year, open))
    };
    let none = move || {
        (count.get() == 0).then(|| {
            view! {
                <tr role="row" class="none" hidden=move || !open.get()>
                    <td role="cell" colspan=COLUMNS>{counted(&whole, area)}</td>
                </tr>
            }
        })
    };
    view! {
        <tbody role="rowgroup" data-plan=plan.doc.to_string()>
            <tr role="row" class="group"><th role="rowheader" scope="rowgroup" colspan=COLUMNS>{head}</th></tr>
            {none}
            <ForEnumerate each=move || rows.get() key=|doc| *doc children=line />
        </tbody>
    }
    .into_any()
}

// What a source counted for an area whose titles it does not give.
fn counted(plan: &OnePlan, area: Option<EntityId>) -> AnyView {
    let live = plan.live;
    (move || {
        let counted = live.get(|view| {
            let mine = |record: &&crate::domain::Record| record.read::<EntityId>("area") == area;
            let record = view.snapshot.collection("counts").iter().rfind(mine)?;
            let number = |field: &str| match record.fields.get(field).map(|held| &held.value) {
                Some(crate::domain::Value::Int(number)) => *number,
                _ => 0,
            };
            let as_of = record.read::<When>("as-of").map(format::date).unwrap_or_default();
            Some(t!(
                "area-counted",
                completed = number("completed"),
                planned = number("planned"),
                total = number("completed") + number("planned"),
                date = as_of
            ))
        });
        counted.flatten().unwrap_or_else(|| tr("area-empty"))
    })
    .into_any()
}

fn row(
    number: impl Fn() -> u32 + Copy + Send + Sync + 'static,
    doc: DocId,
    row: RwSignal<Line>,
    first_year: i16,
    open: Memo<bool>,
) -> AnyView {
    let cell = move |part: fn(&ProjectRow) -> AnyView| move || row.with(|row| part(row));
    view! {
        <tr role="row" data-record=doc.to_string() data-sync=move || row.with(|row| sync_word(row.mark))
            hidden=move || !open.get()>
            <td role="cell" class="no c-no">{move || row.with(|row| self::number(row, number()))}</td>
            <th role="rowheader" scope="row" class="c-title">{cell(title)}</th>
            <td role="cell" class="c-lead">{cell(leads)}</td>
            <td role="cell" class="c-time">{move || row.with(|row| time(row, first_year))}</td>
            <td role="cell" class="c-status">{cell(standing)}</td>
            <td role="cell" class="c-remarks">{cell(remarks)}</td>
            <td role="cell" class="c-conf">{cell(|row| date_or_blank(row.confirmed, "never"))}</td>
            <td role="cell" class="c-sync">{sync_mark(Signal::derive(move || row.with(|row| row.mark)), Form::Short)}</td>
        </tr>
    }
    .into_any()
}

fn number(row: &ProjectRow, number: u32) -> AnyView {
    match &row.reference {
        Some(reference) => view! { <span title=reference.clone()>{number}</span> }.into_any(),
        // A number is temporary until the Secretariat assigns one; what is in the plan keeps its place in the list.
        None => view! { <span title=tr("reference-none")>{number}</span> }.into_any(),
    }
}

fn title(row: &ProjectRow) -> AnyView {
    let title = if row.title.is_empty() { tr("untitled") } else { row.title.clone() };
    let second = if row.carried_from.is_some() {
        Some(tr("carried-over-row"))
    } else {
        row.kind
            .filter(|kind| *kind != crate::domain::project::ProjectKind::Project)
            .map(|kind| word("project-kind", kind.word()))
    };
    view! {
        <a href=format!("/projects/{}", row.doc)>{title}</a>
        {second.map(|second| view! { <span class="second">{second}</span> })}
    }
    .into_any()
}

fn leads(row: &ProjectRow) -> AnyView {
    if row.leads.is_empty() {
        return nothing("nobody");
    }
    row.leads.iter().map(|lead| view! { {who(lead)}" " }.into_any()).collect_view().into_any()
}

fn time(row: &ProjectRow, first_year: i16) -> AnyView {
    let actual = format::span(row.actual.0, row.actual.1);
    let current = format::span(row.current.0, row.current.1);
    let text = match (actual.is_empty(), current.is_empty()) {
        (false, _) => t!("time-actual", span = actual),
        (true, false) => current,
        (true, true) => {
            let line = row.carried_from.map(|_| spark(row, first_year));
            return view! { <span class="blank">{tr("no-dates")}</span>{line} }.into_any();
        }
    };
    let first = row.planned.1.or(row.planned.0);
    let now = row.actual.1.or(row.actual.0).or(row.current.1).or(row.current.0);
    let slip = match (first, now) {
        (Some(first), Some(now)) => quarter_index(now).saturating_sub(last_quarter(first)).max(0),
        _ => 0,
    };
    view! {
        <span>{text}</span>
        {(slip > 0).then(|| view! { " "<span class="slip">{t!("slip", count = slip)}</span> })}
        {spark(row, first_year)}
    }
    .into_any()
}

/// How many quarters a plan has.
const QUARTERS: u8 = 20;

// The same dates as a line, for the eye: the words beside it say all of it.
fn spark(row: &ProjectRow, first_year: i16) -> AnyView {
    let dates = Dates { planned: row.planned, current: row.current, actual: row.actual };
    let bars = bars(dates, first_year, QUARTERS)
        .into_iter()
        .map(|bar| {
            let (from, to) = (format!("{:.2}", bar.from), format!("{:.2}", bar.to));
            let at = from.clone();
            view! { <i data-k=bar.kind style=("--from", from) style=("--to", to) style=("--at", at)></i> }.into_any()
        })
        .collect_view();
    let carried = row.carried_from.map(|_| view! { <i data-k="carry"></i> });
    view! { <span class="spark" aria-hidden="true">{carried}{bars}</span> }.into_any()
}

fn standing(row: &ProjectRow) -> AnyView {
    let shown = row.shown().map(status);
    let waits = row.published.is_some_and(|published| published.provisional);
    let two = (row.claimed.len() > 1).then(|| {
        view! {
            <a class="alert" href=format!("/projects/{}#status", row.doc)>
                {icon("claims")}
                {t!("claims-count", count = row.claimed.len())}
            </a>
        }
    });
    view! { {shown}{provisional(waits)}{two} }.into_any()
}

fn remarks(row: &ProjectRow) -> AnyView {
    if row.remarks.is_empty() { nothing("none") } else { row.remarks.clone().into_any() }
}
