//! Acts of authority on a meeting: the next step in its life, with its reason.

use leptos::prelude::*;

use crate::{
    domain::{Act, DocId, Edit, EntityId, Framework, meeting::MeetingState},
    ui::{
        components::{ask, dialog::dialog},
        i18n::{format::word, t, tr},
        platform::clock,
        state::commands,
    },
};

use super::Here;

/// Writes an act.
pub fn act(doc: DocId, act: Act, target: Option<EntityId>, term: Option<u16>, reason: String) {
    commands::edit(doc, Edit::Act { id: clock::entity(), act, target, term, reason });
}

/// The chair term of a framework under which I act; none for the Secretariat.
pub fn term(here: Here, framework: Framework) -> Option<u16> {
    here.shell.peek(|shell| {
        let me = shell.me.as_ref()?;
        me.chair_of.iter().find(|(of, _)| *of == framework).map(|(_, ordinal)| *ordinal)
    })?
}

/// The button that moves the meeting, where I may, and its dialog.
pub fn meeting(here: Here) -> AnyView {
    let next = here.live.part(|view| view.next.clone());
    let open = RwSignal::new(false);
    let to = RwSignal::new(String::new());
    let reason = RwSignal::new(String::new());
    let choices: Signal<Vec<(String, String)>> = Memo::new(move |_| {
        let named = |state: MeetingState| (state.word().to_owned(), word("meeting-state", state.word()));
        next.get().into_iter().map(named).collect::<Vec<_>>()
    })
    .into();
    let go = Callback::new(move |()| {
        let Ok(state) = to.get_untracked().parse::<MeetingState>() else { return };
        let framework = here.live.peek(|view| view.row.framework).flatten().unwrap_or(Framework::Accsm);
        let why = reason.get_untracked().trim().to_owned();
        act(here.doc, Act::MoveMeeting(state), None, term(here, framework), why);
        reason.set(String::new());
        open.set(false);
    });
    let begin = move |_| {
        to.set(next.with_untracked(|next| next.first().map_or_else(String::new, |state| state.word().to_owned())));
        open.set(true);
    };
    let button = move || {
        let button = || view! { <button type="button" class="btn" on:click=begin>{tr("meeting-move")}</button> };
        next.with(|next| !next.is_empty()).then(button)
    };
    let name = Signal::derive(move || {
        let to = to.get();
        if to.is_empty() { String::new() } else { t!("act-record", state = word("meeting-state", &to)) }
    });
    let dialog = dialog(open, Signal::stored(tr("meeting-move")), move || {
        view! {
            <div class="stack-s">
                {ask::choose("meeting-move-to", choices, to)}
                {ask::line("act-reason", reason, Some("act-reason-hint"), false)}
                <p class="hint">{tr("act-hint")}</p>
            </div>
            {ask::acts(open, name, "btn btn--main", Signal::stored(true), go)}
        }
        .into_any()
    });
    view! { {button}{dialog} }.into_any()
}
