//! A draft on its page: how it stands, the second pair of eyes, and the one way out of the delegation.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use crate::{
    domain::{
        Act, DocId, Edit,
        draft::{Cleared, DraftState, DraftStep},
    },
    engine::api::{Colleague, Command, Done, DraftView, ProjectView},
    ui::{
        components::{ask, dialog::dialog, icon::icon, marks::provisional},
        i18n::{
            format::{self, word},
            t, tr,
        },
        platform::clock,
        state::{commands, views::Live},
    },
};

use super::section;

/// The section.
pub(super) fn clearance(doc: DocId, live: Live<ProjectView>) -> AnyView {
    let now = live.part(|view| view.draft.clone());
    let asks = Memo::new(move |_| now.with(|now| now.as_ref().is_some_and(|now| !now.may.is_empty())));
    let (reason, submitting) = (RwSignal::new(String::new()), RwSignal::new(false));
    let body = view! {
        {move || now.get().map(told)}
        // Not made anew while somebody writes in it.
        {move || asks.get().then(|| ask::line("draft-reason", reason, Some("draft-reason-hint"), false))}
        {move || now.get().map(|now| acts(doc, &now, reason, submitting))}
        {submit(doc, submitting)}
    };
    section("clearance", "section-clearance", body.into_any())
}

fn who(colleague: &Colleague) -> String {
    match (colleague.me, colleague.role) {
        (true, _) => tr("draft-you"),
        (false, Some(role)) => {
            t!("draft-colleague", role = word("role", role.word()), device = colleague.device.as_str())
        }
        (false, None) => colleague.device.clone(),
    }
}

/// How it stands, in words.
fn told(now: DraftView) -> AnyView {
    let state = now.standing.state;
    let by = now.by.as_ref().filter(|_| state != DraftState::Writing).map(|(colleague, at, reason)| {
        let line = t!(&format!("draft-by-{}", state.word()), who = who(colleague), when = format::moment(*at));
        let reason = (!reason.is_empty()).then(|| view! { <blockquote>{reason.clone()}</blockquote> });
        view! { <p class="quiet small">{line}</p>{reason} }
    });
    let writer = now.writer.as_ref().filter(|_| state.open().is_ok()).map(|writer| {
        let own = writer.me && state != DraftState::Approved;
        view! {
            <p class="quiet small">
                {t!("draft-writer", who = who(writer))}" "{own.then(|| tr("draft-not-you"))}
            </p>
        }
    });
    let project = now.project.map(|project| {
        view! { <p><a class="btn" href=format!("/projects/{project}")>{tr("draft-to-project")}</a></p> }
    });
    let late = now.late.then(|| view! { <p class="alert">{icon("warn")}{tr("draft-late")}</p> });
    let officer =
        (state == DraftState::Approved && !now.officer).then(|| view! { <p class="hint">{tr("draft-officer")}</p> });
    view! {
        <div class="stack-s" data-draft=state.word()>
            <p>
                <span class="chip" data-tone=(state == DraftState::Approved).then_some("good")>
                    {word("draft-state", state.word())}
                </span>
                " "
                {provisional(now.standing.provisional)}
            </p>
            <p>{tr(&format!("draft-{}", state.word()))}</p>
            {by}
            {writer}
            {officer}
            {late}
            {project}
        </div>
    }
    .into_any()
}

/// What this person may do now, of exactly what is shown.
fn acts(doc: DocId, now: &DraftView, reason: RwSignal<String>, submitting: RwSignal<bool>) -> AnyView {
    let of = now.of;
    let steps = now
        .may
        .iter()
        .map(|&to| {
            let take = move |_| {
                let (act, said) = (Act::StepDraft(Box::new(Cleared { to, of })), reason.get_untracked());
                let said = said.trim().to_owned();
                let edit = Edit::Act { id: clock::entity(), act, target: None, term: None, reason: said };
                commands::send(Command::Edit { doc, edit }, move |_| reason.set(String::new()));
            };
            let asks = matches!(to, DraftStep::Returned | DraftStep::Withdrawn);
            let silent = move || asks && reason.with(|reason| reason.trim().is_empty());
            let class = if to == DraftStep::Approved { "btn btn--main" } else { "btn" };
            let name = tr(&format!("draft-act-{}", to.word().to_lowercase()));
            view! { <button type="button" class=class disabled=silent on:click=take>{name}</button> }.into_any()
        })
        .collect_view();
    let goes = now.standing.state == DraftState::Approved && now.officer;
    let submit = goes.then(|| {
        let ask = move |_| submitting.set(true);
        view! { <button type="button" class="btn btn--main" on:click=ask>{tr("draft-submit")}</button> }
    });
    view! { <div class="btnrow">{submit}{steps}</div> }.into_any()
}

/// Asked once more, because it cannot be taken back: from then on everybody reads it.
fn submit(doc: DocId, open: RwSignal<bool>) -> AnyView {
    let navigate = StoredValue::new(use_navigate());
    dialog(open, Signal::stored(tr("draft-submit")), move || {
        let go = Callback::new(move |()| {
            commands::send(Command::SubmitDraft { draft: doc }, move |done| {
                open.set(false);
                if let Done::Made { doc } = done {
                    navigate.try_with_value(|navigate| navigate(&format!("/projects/{doc}"), Default::default()));
                }
            });
        });
        view! {
            <p>{tr("draft-submit-text")}</p>
            {ask::acts(open, Signal::stored(tr("draft-submit-it")), "btn btn--main", Signal::stored(true), go)}
        }
        .into_any()
    })
}
