//! Since when and where: everything that is not read, or all since a day; everywhere, or in one plan or meeting.

use std::time::Duration;

use leptos::prelude::*;
use leptos_router::{hooks::use_navigate, params::ParamsMap};

use crate::{
    domain::{Date, DocId, DocKind},
    engine::api::{FollowingView, MeetingsView, PlansView, Query, Since},
    ui::{
        components::{field::next_id, icon::icon},
        i18n::tr,
        platform::{clock, page},
        state::views::use_view,
    },
};

/// What an address asks: `since=2026-11-01` and `of=` a plan or meeting. What does not read asks for what is not read.
pub fn asked(address: &ParamsMap) -> Query {
    let day = address.get("since").and_then(|day| day.parse::<Date>().ok());
    let since = day.map_or(Since::Read, |day| Since::Moment(clock::begin_of(day)));
    Query::Changes { since, of: address.get("of").and_then(|of| of.parse().ok()) }
}

/// The plan or meeting that is asked for.
pub const fn subject(asked: &Query) -> Option<DocId> {
    if let Query::Changes { of, .. } = asked { *of } else { None }
}

/// Whether what is not read is asked for.
pub const fn is_unread(asked: &Query) -> bool {
    matches!(asked, Query::Changes { since: Since::Read, .. })
}

fn address(day: &str, of: &str) -> String {
    let parts = [("since", day), ("of", of)];
    let said: Vec<String> =
        parts.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("{name}={value}")).collect();
    if said.is_empty() { "/changes".to_owned() } else { format!("/changes?{}", said.join("&")) }
}

// The plans and meetings that are here, and the projects that somebody follows.
fn options(chosen: String) -> AnyView {
    let (plans, meetings) = (use_view::<PlansView>(Query::Plans), use_view::<MeetingsView>(Query::Meetings));
    let followed = use_view::<FollowingView>(Query::Following);
    let followed = followed.part(|view| {
        let projects = view.things.iter().filter(|it| it.kind == Some(DocKind::Project));
        projects.map(|it| (it.page, it.title.clone())).collect::<Vec<_>>()
    });
    let subjects = Memo::new(move |_| {
        let plans = plans.get(|view| view.plans.iter().map(|plan| (plan.doc, plan.title.clone())).collect::<Vec<_>>());
        let meetings = meetings.get(|view| {
            let rows = view.groups.iter().flat_map(|group| &group.meetings);
            rows.map(|row| (row.doc, row.title.clone())).collect::<Vec<_>>()
        });
        let mut all = plans.unwrap_or_default();
        all.extend(meetings.unwrap_or_default());
        all.extend(followed.get());
        all
    });
    let options = move || {
        let one = |(doc, title): (DocId, String)| {
            let value = doc.to_string();
            let selected = value == chosen;
            let title = if title.is_empty() { tr("untitled") } else { title };
            view! { <option value=value prop:selected=selected>{title}</option> }
        };
        subjects.get().into_iter().map(one).collect_view()
    };
    options.into_any()
}

/// The two choices. Where neither is made, the lines are seen first.
pub fn pick(asked: &Query) -> AnyView {
    let seen = RwSignal::new(!is_unread(asked) || subject(asked).is_some());
    if !seen.get_untracked() {
        page::once_drawn(Duration::ZERO, move || _ = seen.try_set(true));
    }
    let asked = asked.clone();
    let picks = move || seen.get().then(|| picks(&asked));
    view! { <search class="toolbar filters" aria-label=tr("changes-which")>{picks}</search> }.into_any()
}

fn picks(asked: &Query) -> AnyView {
    let day = match asked {
        Query::Changes { since: Since::Moment(at), .. } => clock::day_of(*at).to_string(),
        _ => String::new(),
    };
    let of = subject(asked).map(|of| of.to_string()).unwrap_or_default();
    let go = StoredValue::new_local(use_navigate());
    let (day_id, of_id) = (next_id(), next_id());
    let (day_for, of_for) = (day_id.clone(), of_id.clone());
    let (day_now, of_now) = (StoredValue::new(day.clone()), StoredValue::new(of.clone()));
    let to = move |day: String, of: String| {
        go.with_value(|go| go(&address(&day, &of), leptos_router::NavigateOptions::default()))
    };
    let clear = (!day.is_empty()).then(|| {
        view! {
            <button type="button" class="btn btn--small btn--quiet" on:click=move |_| to(String::new(), of_now.get_value())>
                {tr("changes-unread")}
            </button>
        }
    });
    view! {
            <div class="picks">
                <label class="pick" for=day_for>
                    <span class="pick-label">{tr("changes-from")}</span>
                    <span class="date">
                        <input class="input input--bare" type="date" id=day_id prop:value=day
                            on:change=move |event| to(page::value_of(&event), of_now.get_value()) />
                        {icon("calendar")}
                    </span>
                </label>
                {clear}
                <label class="pick pick--of" for=of_for>
                    <span class="pick-label">{tr("changes-of")}</span>
                    <span class="select">
                    <select id=of_id on:change=move |event| to(day_now.get_value(), page::value_of(&event))>
                        <option value="">{tr("changes-everywhere")}</option>
                        {options(of)}
                    </select>
                    {icon("down")}
                    </span>
                </label>
            </div>
    }
    .into_any()
}
