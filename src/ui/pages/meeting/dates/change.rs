//! Fixing and moving the meeting's dates, and changing its mode: with the reason, so that it stays the same meeting.

use leptos::prelude::*;

use crate::{
    domain::{
        Act, Framework, When,
        meeting::{
            MeetingState, Mode,
            dates::{self, BadDates, Dates},
            options::Days,
        },
    },
    engine::api::Command,
    ui::{
        components::{ask, dialog::dialog, icon::icon},
        i18n::{
            format::{self, word},
            tr,
        },
        logic::when,
        platform::zone,
        state::commands,
    },
};

use super::super::{Here, acts};

/// Zones in which meetings of the framework take place; another one that is known already is offered beside them.
const ZONES: [&str; 17] = [
    "Asia/Bangkok",
    "Asia/Brunei",
    "Asia/Dili",
    "Asia/Ho_Chi_Minh",
    "Asia/Jakarta",
    "Asia/Jayapura",
    "Asia/Kuala_Lumpur",
    "Asia/Makassar",
    "Asia/Manila",
    "Asia/Phnom_Penh",
    "Asia/Seoul",
    "Asia/Shanghai",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Asia/Vientiane",
    "Asia/Yangon",
    "UTC",
];

fn zones(now: &str) -> Vec<(String, String)> {
    let mut zones: Vec<String> = ZONES.map(str::to_owned).into();
    for known in [now.to_owned(), zone::own()] {
        if !known.is_empty() && !zones.contains(&known) {
            zones.push(known);
        }
    }
    let named = zones.into_iter().map(|zone| (zone.clone(), zone.replace('_', " ")));
    std::iter::once((String::new(), tr("not-set"))).chain(named).collect()
}

fn text(value: Option<impl ToString>) -> RwSignal<String> {
    RwSignal::new(value.map(|value| value.to_string()).unwrap_or_default())
}

/// What was typed, where it can be read: an empty line is none.
fn read<T>(typed: RwSignal<String>, of: impl Fn(&str) -> Option<T>) -> Result<Option<T>, &'static str> {
    let typed = typed.get_untracked();
    let typed = typed.trim();
    if typed.is_empty() { Ok(None) } else { of(typed).map(Some).ok_or("") }
}

const fn why(bad: BadDates) -> &'static str {
    match bad {
        BadDates::NoDay => "dates-no-day",
        BadDates::Backwards => "dates-backwards",
        BadDates::NoZone => "dates-no-zone",
        BadDates::ReasonMissing => "dates-no-reason",
        BadDates::NoChange => "dates-no-change",
        BadDates::Over => "dates-over",
    }
}

/// The dialog, which other parts of the page open too. All copies are one.
#[derive(Clone, Copy)]
pub struct Change {
    open: RwSignal<bool>,
    offered: RwSignal<Option<Days>>,
}

impl Change {
    /// Of the page that calls.
    pub fn new() -> Self {
        Self { open: RwSignal::new(false), offered: RwSignal::new(None) }
    }

    /// Opens it, with proposed days to fix or with the days as they are.
    pub fn ask(self, days: Option<Days>) {
        self.offered.set(days);
        self.open.set(true);
    }
}

/// The button, where I may, and its dialog.
pub fn button(here: Here, change: Change) -> AnyView {
    let may = here.live.part(|view| view.may_fix);
    let Change { open, offered } = change;
    let button = move || {
        may.get().then(|| {
            view! { <button type="button" class="btn" on:click=move |_| change.ask(None)>{icon("clock")}{tr("dates-change")}</button> }
        })
    };
    let body = move || body(here, open, offered.get_untracked());
    view! { {button}{dialog(open, Signal::stored(tr("dates-change")), body)} }.into_any()
}

fn body(here: Here, open: RwSignal<bool>, offered: Option<Days>) -> AnyView {
    let (now, mode, state, confirmable) = here
        .live
        .peek(|view| {
            let state = view.row.state.map_or(MeetingState::Proposed, |standing| standing.state);
            (view.dates.now.clone(), view.row.mode, state, view.next.contains(&MeetingState::DateConfirmed))
        })
        .unwrap_or((Dates::default(), None, MeetingState::Proposed, false));
    let day = |when: Option<When>| text(when.map(format::date));
    let (first, last) = match offered {
        Some(Days { first, last }) => (Some(When::Day(first)), (last != first).then_some(When::Day(last))),
        None => (now.start, now.end),
    };
    let (start, end, from, until) = (day(first), day(last), text(now.from), text(now.until));
    let zone = RwSignal::new(now.zone.clone());
    let chosen = RwSignal::new(mode.map(|mode| mode.word().to_owned()).unwrap_or_default());
    // Who fixes what was proposed has made up their mind.
    let fixes = if offered.is_some() && confirmable { MeetingState::DateConfirmed.word() } else { "" };
    let confirm = RwSignal::new(fixes.to_owned());
    let (reason, wrong) = (RwSignal::new(String::new()), RwSignal::new(None::<&'static str>));
    let modes = std::iter::once((String::new(), tr("not-set")))
        .chain(Mode::ALL.iter().map(|mode| (mode.word().to_owned(), word("mode", mode.word()))));
    let modes = Signal::stored(modes.collect::<Vec<_>>());
    let zones = Signal::stored(zones(&now.zone));
    let states = Signal::stored(vec![
        (String::new(), tr("dates-open")),
        (MeetingState::DateConfirmed.word().to_owned(), word("meeting-state", MeetingState::DateConfirmed.word())),
    ]);
    let go = Callback::new(move |()| {
        let months = format::months();
        let read_day = |typed: &str| when::read(typed, &months);
        let (first, last) = (read(start, read_day), read(end, read_day));
        let (begins, ends) = (read(from, |typed| typed.parse().ok()), read(until, |typed| typed.parse().ok()));
        let (Ok(first), Ok(last)) = (first, last) else { return wrong.set(Some("invalid-when")) };
        let (Ok(from), Ok(until)) = (begins, ends) else { return wrong.set(Some("dates-no-time")) };
        let to = Dates { start: first, end: last, from, until, zone: zone.get_untracked() };
        let to_mode = chosen.with_untracked(|mode| mode.parse::<Mode>().ok()).filter(|to| Some(*to) != mode);
        let confirms = confirm.with_untracked(|word| !word.is_empty());
        let said = reason.get_untracked();
        let (moves, holds) = (to != now, to_mode.is_some());
        let checked = (if moves { dates::check(&now, state, &to, &said) } else { Ok(()) })
            .and_then(|()| to_mode.map_or(Ok(()), |to| dates::check_mode(mode, state, to, &said)))
            .and(if moves || holds || confirms { Ok(()) } else { Err(BadDates::NoChange) });
        if let Err(bad) = checked {
            return wrong.set(Some(why(bad)));
        }
        let meeting = here.doc;
        if moves {
            commands::send(Command::FixDates { meeting, to, reason: said.clone() }, |_| {});
        }
        if let Some(to) = to_mode {
            commands::send(Command::ChangeMode { meeting, to, reason: said.clone() }, |_| {});
        }
        if confirms {
            let framework = here.live.peek(|view| view.row.framework).flatten().unwrap_or(Framework::Accsm);
            let act = Act::MoveMeeting(MeetingState::DateConfirmed);
            acts::act(meeting, act, None, acts::term(here, framework), said);
        }
        open.set(false);
    });
    let error = move || wrong.get().map(|key| view! { <p class="error" role="alert">{icon("warn")}{tr(key)}</p> });
    view! {
        <div class="stack-s">
            <div class="ask-2">
                {ask::line("meeting-field-start", start, Some("meeting-start-hint"), true)}
                {ask::line("meeting-field-end", end, None, false)}
                {ask::line("meeting-field-start-time", from, Some("dates-time-hint"), false)}
                {ask::line("meeting-field-end-time", until, None, false)}
            </div>
            {ask::choose("meeting-field-zone", zones, zone)}
            {ask::choose("field-mode", modes, chosen)}
            {confirmable.then(|| ask::choose("dates-state", states, confirm))}
            {ask::line("act-reason", reason, Some("dates-reason-hint"), false)}
            {error}
        </div>
        {ask::acts(open, Signal::stored(tr("dates-record")), "btn btn--main", Signal::stored(true), go)}
    }
    .into_any()
}
