//! A plan in time: its projects and their activities on a line of years. It is a table: every row says its dates in words, and
//! the bars are for the eye.

mod axis;
mod row;

use leptos::prelude::*;

use crate::{
    domain::{Date, When, meeting::MeetingState},
    engine::api::{MeetingRow, MeetingsView, PlanView, ProjectRow, Query},
    ui::{
        components::empty::empty,
        i18n::{format, t, tr},
        logic::{
            table::Shown,
            timeline::{Dated, Look, Zoom, axis::Axis, grouping::Grouping},
        },
        platform::{clock, page},
        state::views::use_view,
    },
};

use super::{OnePlan, View, filters, only, tabs::Tab};

/// What all rows share.
#[derive(Clone, Copy)]
struct Frame {
    axis: Memo<Axis>,
    today: Date,
}

/// The tab.
pub(super) fn tab(plan: &OnePlan, view: View) -> AnyView {
    let frame = Frame { axis: axis_of(plan), today: clock::today() };
    let framework = plan.live.part(|plan| Some(plan.card.framework));
    let all = use_view::<MeetingsView>(Query::Meetings);
    let meetings = Memo::new(move |_| {
        let (axis, framework) = (frame.axis.get(), framework.get());
        let mine = |row: &&MeetingRow| {
            let cancelled = row.state.is_some_and(|standing| standing.state == MeetingState::Cancelled);
            row.framework == framework && !cancelled && row.start.is_some_and(|start| axis.holds(start.bounds().0))
        };
        let mut found: Vec<MeetingRow> = all
            .get(|view| view.groups.iter().flat_map(|group| &group.meetings).filter(mine).cloned().collect())
            .unwrap_or_default();
        found.sort_by_key(|row| (row.start.map(|start| start.bounds().0), row.doc));
        found
    });
    let sibling = plan.live.part(|plan| plan.sibling);
    let other = move || {
        let doc = sibling.get().filter(|_| view.shown.with(|shown| shown.sibling))?;
        let live = use_view::<PlanView>(Query::Plan { doc });
        Some(move || live.get(|_| ()).map(|()| row::body(&OnePlan::of(doc, live), view, frame, true)))
    };
    let quarters = move || frame.axis.get().quarters().to_string();
    // Outside the line it is drawn nowhere.
    let today = move || {
        let axis = frame.axis.get();
        if axis.holds(frame.today) { format!("{:.3}", axis.at(frame.today)) } else { "-1".to_owned() }
    };
    view! {
        {filters::filters(plan, view, None)}
        {only::only(view)}
        <div class="toolbar gantt-bar">{choices(view, "gantt-group", groupings)}{choices(view, "zoom", zooms)}</div>
        {key()}
        {nothing_here(plan, view)}
        <div class="tablewrap print-wide gantt-wrap" data-zoom=move || view.look.get().zoom.word()>
            <table class="data gantt" role="table" aria-label=tr("timeline") style=("--quarters", quarters)
                style=("--today", today) on:keydown=arrows>
                {axis::head(view, frame, meetings)}
                {row::body(plan, view, frame, false)}
                {other}
            </table>
        </div>
        {meeting_list(meetings)}
    }
    .into_any()
}

/// The years of the plan, and those near them in which something stands.
fn axis_of(plan: &OnePlan) -> Memo<Axis> {
    let (table, live) = (plan.table.clone(), plan.live);
    let years = live.part(|plan| (plan.card.from, plan.card.to));
    let today = clock::today();
    Memo::new(move |_| {
        let (from, to) = years.get();
        let dates = |row: &ProjectRow| -> Vec<When> {
            let activities = row.activities.iter().flat_map(|activity| Dated::activity(activity, today).all());
            Dated::project(row, today).all().chain(activities).collect()
        };
        table.read(|rows| Axis::of(from, to, rows.iter().flat_map(|row| dates(row))))
    })
}

// Up and down go from row to row; Enter opens one, as on any link.
fn arrows(event: leptos::ev::KeyboardEvent) {
    let step = match event.key().as_str() {
        "ArrowDown" => 1,
        "ArrowUp" => -1,
        _ => return,
    };
    if page::move_focus(".gantt .g-title a", step) {
        event.prevent_default();
    }
}

/// Choices of how it is looked at: links, so that each has its address.
fn choices(view: View, name: &'static str, all: fn(&Shown, Look) -> Vec<Choice>) -> AnyView {
    let links = move || {
        let link = |(shown, look, name, is_now): Choice| {
            let address = view.address_as(Tab::Timeline, &shown, look);
            view! { <a href=address data-noscroll="" aria-current=is_now.then_some("true")>{name}</a> }.into_any()
        };
        let look = view.look.get();
        view.shown.with(|shown| all(shown, look)).into_iter().map(link).collect_view()
    };
    view! {
        <nav class="seg-line" aria-label=tr(name)>
            <span class="quiet" aria-hidden="true">{tr(name)}</span>
            <span class="seg">{links}</span>
        </nav>
    }
    .into_any()
}

/// What the timeline would show, how it would be looked at, the name of that, and whether it is so now.
type Choice = (Shown, Look, String, bool);

fn zooms(shown: &Shown, now: Look) -> Vec<Choice> {
    let one = |zoom: &Zoom| {
        let name = tr(&format!("zoom-{}", zoom.word()));
        (shown.clone(), Look { zoom: *zoom, ..now }, name, *zoom == now.zoom)
    };
    Zoom::ALL.iter().map(one).collect()
}

fn groupings(shown: &Shown, now: Look) -> Vec<Choice> {
    let one = |rows: &Grouping| {
        let name = tr(match rows {
            Grouping::Area => "filter-area",
            Grouping::Lead => "filter-lead",
            Grouping::Status => "column-status",
        });
        (Shown { group: rows.group(), ..shown.clone() }, now, name, *rows == Grouping::of(shown.group))
    };
    Grouping::ALL.iter().map(one).collect()
}

/// What the marks mean.
fn key() -> AnyView {
    let one = |kind: &'static str, key: &'static str| {
        view! {
            <li>
                <span class="key" aria-hidden="true">
                    <i data-k=kind style=("--from", "0") style=("--to", "20") style=("--at", "10")></i>
                </span>
                {tr(key)}
            </li>
        }
        .into_any()
    };
    view! {
        <ul class="legend legend--gantt" aria-label=tr("gantt-key")>
            {one("plan", "gantt-planned")}
            {one("done", "gantt-actual")}
            {one("slip", "gantt-slipped")}
            {one("day", "gantt-day")}
            {one("plan-day", "gantt-plan-day")}
            {one("carry", "gantt-carried")}
            <li class="legend-end">{tr("gantt-slip-from")}</li>
        </ul>
    }
    .into_any()
}

fn nothing_here(plan: &OnePlan, view: View) -> AnyView {
    let table = plan.table.clone();
    let found = Memo::new(move |_| {
        table.read(|rows| (rows.len(), view.shown.with(|shown| rows.iter().filter(|row| shown.takes(row)).count())))
    });
    (move || match found.get() {
        (0, _) => Some(empty(tr("plan-empty"), tr("plan-empty-text"), ().into_any())),
        (_, 0) => {
            let filters = view.shown.with(crate::ui::logic::table::Shown::filters);
            let clear = move |_| view.change.run(view.shown.with_untracked(crate::ui::logic::table::Shown::cleared));
            let act = view! { <button type="button" class="btn" on:click=clear>{tr("filters-clear")}</button> };
            Some(empty(tr("plan-no-match"), t!("plan-filters-set", count = filters), act.into_any()))
        }
        (..) => None,
    })
    .into_any()
}

/// The meetings of these years in words: on the line there is no room for all their names.
fn meeting_list(meetings: Memo<Vec<MeetingRow>>) -> AnyView {
    (move || {
        let lines = meetings.with(|rows| {
            let line = |row: &MeetingRow| {
                let title = if row.title.is_empty() { tr("untitled") } else { row.title.clone() };
                view! {
                    <li>
                        <a href=format!("/meetings/{}", row.doc)>{title}</a>
                        " "
                        <span class="quiet">{format::span(row.start, row.end)}</span>
                    </li>
                }
                .into_any()
            };
            rows.iter().map(line).collect::<Vec<_>>()
        });
        (!lines.is_empty()).then(|| {
            view! {
                <section class="section gantt-meetings" aria-labelledby="h-gantt-meetings">
                    <h2 id="h-gantt-meetings">{tr("gantt-meetings")}</h2>
                    <ul>{lines}</ul>
                </section>
            }
        })
    })
    .into_any()
}
