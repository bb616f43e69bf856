//! The meetings that this one belongs with, shown from both ends; and the one that follows it, called from here.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use crate::{
    domain::{Audience, meeting::Beside},
    engine::api::{Command, Done, MeetingRow, MeetingsView, Query},
    ui::{
        components::{ask, dialog::dialog, field::Field, icon::icon, meetings::meeting_choices},
        i18n::{format, tr},
        logic::when,
        platform::clock,
        state::{commands, views::use_view},
    },
};

use super::Here;

/// The fields that name other meetings.
pub fn fields(here: Here) -> AnyView {
    let all = meeting_choices();
    let own = here.doc.to_string();
    let others = Memo::new(move |_| all.get().into_iter().filter(|(doc, _)| *doc != own).collect::<Vec<_>>());
    let subject = here.subject();
    let one = move |name, label| Field::new(subject, name).label(label).choices(others.into()).view();
    // What everybody reads names no meeting that not everybody may know of.
    let public = here.live.part(|view| view.sessions.iter().any(|session| session.audience == Audience::Public));
    (move || {
        (!public.get()).then(|| {
            view! {
                {one("predecessor", "meeting-predecessor")}
                {one("reports-to", "meeting-reports-to")}
                {one("parallel", "meeting-parallel")}
                {one("open-session", "meeting-open")}
            }
        })
    })
    .into_any()
}

fn named(row: &MeetingRow) -> AnyView {
    let title = if row.title.is_empty() { tr("untitled") } else { row.title.clone() };
    let date = row.start.map(format::short);
    view! { <a href=format!("/meetings/{}", row.doc)>{title}</a>" "<span class="quiet">{date}</span> }.into_any()
}

/// What this meeting names, and what names it.
pub fn list(here: Here) -> AnyView {
    let live = use_view::<MeetingsView>(Query::Meetings);
    let rows = live.part(|view| view.groups.iter().flat_map(|group| group.meetings.clone()).collect::<Vec<_>>());
    let doc = here.doc;
    (move || {
        let rows = rows.get();
        let Some(own) = rows.iter().find(|row| row.doc == doc).cloned() else { return ().into_any() };
        let of = |key: &str, wanted: &dyn Fn(&MeetingRow) -> bool| {
            let found: Vec<AnyView> = rows
                .iter()
                .filter(|row| row.doc != doc && wanted(row))
                .map(|row| view! { <li>{named(row)}</li> }.into_any())
                .collect();
            (!found.is_empty()).then(|| view! { <div><dt>{tr(key)}</dt><dd><ul>{found}</ul></dd></div> }.into_any())
        };
        let lists: Vec<AnyView> = [
            of("meeting-predecessor", &|row| own.predecessor == Some(row.doc)),
            of("meeting-followed", &|row| row.predecessor == Some(doc)),
            of("meeting-reports-to", &|row| own.reports_to == Some(row.doc)),
            of("meeting-reported", &|row| row.reports_to == Some(doc)),
            of("meeting-parallel", &|row| own.parallel == Some(row.doc) || row.parallel == Some(doc)),
            of("meeting-open", &|row| own.open_session == Some(row.doc)),
            of("meeting-open-of", &|row| row.open_session == Some(doc)),
        ]
        .into_iter()
        .flatten()
        .collect();
        if lists.is_empty() { ().into_any() } else { view! { <dl class="meeting-links">{lists}</dl> }.into_any() }
    })
    .into_any()
}

/// The buttons that call the meetings beside this one, where I may and there is none.
pub fn beside(here: Here) -> AnyView {
    [(Beside::Plus3, "meeting-beside", "meeting-beside-text"), (Beside::Open, "meeting-open", "meeting-open-text")]
        .map(|(beside, label, text)| one_beside(here, beside, label, text))
        .collect_view()
        .into_any()
}

fn one_beside(here: Here, beside: Beside, label: &'static str, text: &'static str) -> AnyView {
    let may = here.live.part(move |view| view.may_meet_beside.contains(&beside));
    let open = RwSignal::new(false);
    let go_to = StoredValue::new_local(use_navigate());
    let button = move || {
        may.get().then(|| {
            view! { <button type="button" class="btn" on:click=move |_| open.set(true)>{icon("plus")}{tr(label)}</button> }
        })
    };
    let dialog = dialog(open, Signal::stored(tr(label)), move || {
        let (title, start) = (RwSignal::new(String::new()), here.live.peek(|view| view.row.start).flatten());
        let go = Callback::new(move |()| {
            let title = title.get_untracked().trim().to_owned();
            let call = Command::MeetBeside { of: here.doc, doc: clock::doc(), beside, title, start };
            commands::send(call, move |done| {
                open.set(false);
                if let Done::Made { doc } = done {
                    go_to.with_value(|go| go(&format!("/meetings/{doc}"), leptos_router::NavigateOptions::default()));
                }
            });
        });
        let ready = Signal::derive(move || title.with(|title| !title.trim().is_empty()));
        view! {
            <div class="stack-s">
                <p class="second-ink">{tr(text)}</p>
                {ask::line("field-title", title, None, true)}
            </div>
            {ask::acts(open, Signal::stored(tr("meeting-create")), "btn btn--main", ready, go)}
        }
        .into_any()
    });
    view! { {button}{dialog} }.into_any()
}

/// The button that calls the meeting after this one, where I may and nobody has, and its dialog.
pub fn follow(here: Here) -> AnyView {
    let may = here.live.part(|view| view.may_follow);
    let open = RwSignal::new(false);
    let go_to = StoredValue::new_local(use_navigate());
    let button = move || {
        may.get().then(|| {
            view! { <button type="button" class="btn" on:click=move |_| open.set(true)>{icon("plus")}{tr("meeting-follow")}</button> }
        })
    };
    let dialog = dialog(open, Signal::stored(tr("meeting-follow")), move || {
        let was = here.live.peek(|view| view.row.title.clone()).unwrap_or_default();
        let (title, ordinal, start) = (RwSignal::new(was), RwSignal::new(String::new()), RwSignal::new(String::new()));
        let wrong = RwSignal::new(None::<&'static str>);
        let go = Callback::new(move |()| {
            let (number, first) = (ordinal.get_untracked(), start.get_untracked());
            let (number, first) = (number.trim(), first.trim());
            let (told, day) = (number.parse::<u16>().ok().map(i64::from), when::read(first, &format::months()));
            if !number.is_empty() && told.is_none() {
                return wrong.set(Some("meeting-no-ordinal"));
            }
            if !first.is_empty() && day.is_none() {
                return wrong.set(Some("invalid-when"));
            }
            let (previous, title) = (here.doc, title.get_untracked().trim().to_owned());
            commands::send(Command::FollowMeeting { previous, title, ordinal: told, start: day }, move |done| {
                open.set(false);
                if let Done::Made { doc } = done {
                    go_to.with_value(|go| go(&format!("/meetings/{doc}"), leptos_router::NavigateOptions::default()));
                }
            });
        });
        let ready = Signal::derive(move || title.with(|title| !title.trim().is_empty()));
        let error = move || wrong.get().map(|key| view! { <p class="error" role="alert">{icon("warn")}{tr(key)}</p> });
        view! {
            <div class="stack-s">
                <p class="second-ink">{tr("meeting-follow-text")}</p>
                {ask::line("field-title", title, None, true)}
                {ask::line("meeting-ordinal", ordinal, Some("meeting-ordinal-hint"), false)}
                {ask::line("meeting-field-start", start, Some("meeting-start-hint"), false)}
                {error}
            </div>
            {ask::acts(open, Signal::stored(tr("meeting-create")), "btn btn--main", ready, go)}
        }
        .into_any()
    });
    view! { {button}{dialog} }.into_any()
}
