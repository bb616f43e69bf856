//! All meetings, by gathering. A meeting that is put off stays the same meeting.

pub mod file;
mod new;
mod year;

use leptos::prelude::*;

use crate::{
    domain::meeting::MeetingState,
    engine::api::{MeetingGroup, MeetingRow, MeetingsView, Query, Standing},
    ui::{
        components::{
            empty::{empty, gate},
            head::Head,
            icon::icon,
            marks::{Form, nothing, provisional, sync_mark, who},
            tabs::Tabs,
        },
        i18n::{
            format::{self, word},
            t, tr,
        },
        logic::status::sync_word,
        state::views::use_view,
    },
};

/// The list, and the year.
const TABS: Tabs = Tabs(&["list", "calendar"]);

/// The page.
#[component]
pub fn Meetings() -> impl IntoView {
    let live = use_view::<MeetingsView>(Query::Meetings);
    let groups = live.part(|view| view.groups.clone());
    let may_create = live.part(|view| view.may_create);
    let asking = RwSignal::new(false);
    let acts = move || {
        may_create.get().then(|| {
            view! {
                <button type="button" class="btn btn--main" on:click=move |_| asking.set(true)>
                    {icon("plus")}
                    {tr("meeting-new")}
                </button>
            }
        })
    };
    let head = Head::of("meetings", "meetings-title")
        .facts(view! { <span>{tr("meetings-facts")}</span> }.into_any())
        .acts(acts.into_any())
        .view();
    let all = Memo::new(move |_| {
        groups.with(|groups| groups.iter().flat_map(|group| group.meetings.clone()).collect::<Vec<_>>())
    });
    let body = gate(live.phase(), move || {
        let at = TABS.current();
        let address = Callback::new(|at: usize| format!("/meetings?tab={}", TABS.0[at]));
        let shown = (move || {
            if at.get() == 1 {
                return year::tab(all.into());
            }
            let groups = groups.get();
            if groups.iter().all(|group| group.meetings.is_empty()) {
                return empty(tr("meetings-empty"), tr("meetings-empty-text"), ().into_any());
            }
            let mut terms = Vec::new();
            let sections = groups
                .into_iter()
                .enumerate()
                .map(|(at, group)| {
                    // Each term's file once, with the first of its gatherings.
                    let term = group.meetings.iter().find_map(|row| row.term).filter(|term| !terms.contains(term));
                    terms.extend(term);
                    section(at, group, term.map(|term| file::of_term(term, all.get_untracked())))
                })
                .collect_view();
            view! { <div class="stack terms">{sections}</div> }.into_any()
        })
        .into_any();
        view! {
            {TABS.bar("meetings-title", at.into(), address, Callback::new(|_| None))}
            {TABS.panel(at.into(), shown)}
        }
        .into_any()
    });
    view! { {head}{body}{new::dialog(asking)} }
}

fn section(at: usize, group: MeetingGroup, file: Option<AnyView>) -> AnyView {
    let MeetingGroup { title, chair, city, mut meetings, .. } = group;
    let id = format!("g-{at}");
    let labelled = id.clone();
    let title = if title.is_empty() { tr("meetings-alone") } else { title };
    let chair = chair.map(|chair| view! { {tr("meeting-chair")}" "{who(&chair)} }.into_any());
    let comma = (chair.is_some() && !city.is_empty()).then_some(", ");
    // The newest first, as in the list of gatherings.
    meetings.reverse();
    let rows = meetings.into_iter().map(row).collect_view();
    view! {
        <section class="section" aria-labelledby=labelled>
            <div class="section-head"><h2 id=id>{title}</h2><p>{chair}{comma}{city}</p>{file}</div>
            <ol class="sheet rows">{rows}</ol>
        </section>
    }
    .into_any()
}

fn row(row: MeetingRow) -> AnyView {
    // Without a last day it is over on the first.
    let when = format::span(row.start, row.end.or(row.start));
    let when = if when.is_empty() { nothing("meeting-no-date") } else { when.into_any() };
    let mode = row.mode.map(|mode| word("mode", mode.word()));
    let planned = row.planned.map(|planned| t!("calendar-planned", date = format::short(planned)));
    let facts: Vec<String> = [Some(row.city).filter(|city| !city.is_empty()), mode, planned]
        .into_iter()
        .flatten()
        .chain((row.items > 0).then(|| t!("meeting-items", count = row.items)))
        .collect();
    let title = if row.title.is_empty() { tr("untitled") } else { row.title };
    view! {
        <li class="row mrow" data-record=row.doc.to_string() data-sync=sync_word(row.mark)>
            <span class="mdate">{when}</span>
            <span>
                <a class="rowlink" href=format!("/meetings/{}", row.doc)>{title}</a>
                <span class="sub">{facts.join(", ")}</span>
            </span>
            <span class="end">{row.state.map(state)}{sync_mark(Signal::stored(row.mark), Form::Short)}</span>
        </li>
    }
    .into_any()
}

/// Where a meeting is in its life: a chip while it is to come or sitting, plain once it is over.
pub fn state(standing: Standing<MeetingState>) -> AnyView {
    use MeetingState as S;
    let name = word("meeting-state", standing.state.word());
    let mark = provisional(standing.provisional);
    match standing.state {
        S::Proposed | S::DateConfirmed | S::Invited | S::DocumentsOut => {
            view! { <span class="chip">{icon("st-planned")}{name}</span>{mark} }.into_any()
        }
        S::InSession => {
            view! { <span class="chip" data-tone="accent"><span class="pulse" aria-hidden="true"></span>{name}</span>{mark} }
                .into_any()
        }
        S::Postponed => view! { <span class="chip">{icon("st-postponed")}{name}</span>{mark} }.into_any(),
        S::Cancelled => view! { <span class="chip">{icon("st-cancelled")}{name}</span>{mark} }.into_any(),
        S::Adjourned | S::ReportCirculated | S::ReportAdopted | S::Closed => {
            view! { <span class="quiet small">{name}</span>{mark} }.into_any()
        }
    }
}
