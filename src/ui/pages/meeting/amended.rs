//! Changes of an adopted agenda: each asked for with its reason before it is made, and listed for everybody.

use leptos::prelude::*;

use crate::{
    domain::{
        Edit, EntityId,
        agenda::amend::{AmendKind, Amendment},
    },
    engine::api::{AgendaChange, Command},
    ui::{
        components::{
            ask,
            dialog::dialog,
            marks::{party, provisional},
        },
        i18n::{
            format::{self, word},
            t, tr,
        },
        state::commands,
    },
};

use super::session::Session;

/// A change that waits for its reason.
#[derive(Debug, Clone, PartialEq)]
pub enum Amend {
    /// An edit of the agenda.
    Edit(Box<Edit>),
    /// A proposal taken over into it.
    Take(EntityId),
}

/// The dialog that asks for the reason of the change in `amending`, and makes it.
pub fn asked(session: Session, amending: RwSignal<Option<Amend>>) -> AnyView {
    let open = RwSignal::new(false);
    let reason = RwSignal::new(String::new());
    Effect::new(move |_| open.set(amending.with(Option::is_some)));
    Effect::new(move |before: Option<bool>| {
        let now = open.get();
        // Closed by any road, nothing waits any more.
        if before == Some(true) && !now {
            amending.set(None);
            reason.set(String::new());
        }
        now
    });
    let go = Callback::new(move |()| {
        let why = reason.get_untracked().trim().to_owned();
        match amending.get_untracked() {
            Some(Amend::Edit(edit)) => amend(session, *edit, why),
            Some(Amend::Take(proposal)) => {
                commands::send(Command::TakeProposal { session: session.doc, proposal, reason: why }, |_| {});
            }
            None => {}
        }
        open.set(false);
    });
    let ready = Signal::derive(move || reason.with(|reason| !reason.trim().is_empty()));
    dialog(open, Signal::stored(tr("amend-title")), move || {
        view! {
            <p class="second-ink">{tr("amend-text")}</p>
            {ask::line("act-reason", reason, Some("amend-reason-hint"), true)}
            {ask::acts(open, Signal::stored(tr("amend-record")), "btn btn--main", ready, go)}
        }
        .into_any()
    })
}

/// Changes an adopted agenda.
pub fn amend(session: Session, edit: Edit, reason: String) {
    commands::send(Command::AmendAgenda { session: session.doc, edit, reason }, |_| {});
}

fn told(title: &str, change: Option<Amendment>) -> String {
    let Some(Amendment { what, field, was, is }) = change else { return tr("amended-some") };
    let key = format!("amended-{}", crate::ui::logic::status::key_end(what.word()));
    match what {
        AmendKind::Order => t!(&key, title = title, was = was, is = is),
        AmendKind::Add | AmendKind::Withdraw | AmendKind::Restore => t!(&key, title = is),
        AmendKind::Change if field == "title" => t!("amended-title", was = was, is = is),
        AmendKind::Change => {
            let value = |value: String| match field.as_str() {
                _ if value.is_empty() => tr("not-set"),
                "kind" => word("item-kind", &value),
                "expected-action" => word("expected-action", &value),
                "session" => word("session-kind", &value),
                _ => value,
            };
            let label = match field.as_str() {
                "kind" => "agenda-kind",
                "expected-action" => "agenda-action",
                "session" => "agenda-session",
                "minutes" => "agenda-minutes-label",
                "proposer" => "agenda-proposer",
                _ => "field-lead",
            };
            t!("amended-change", title = title, field = tr(label), was = value(was), is = value(is))
        }
    }
}

fn one(change: AgendaChange) -> AnyView {
    let AgendaChange { title, change, party: by, at, reason, provisional: waits, .. } = change;
    view! {
        <li>
            {by.as_ref().map(party)}
            <p>{told(&title, change)}" "{provisional(waits)}</p>
            {(!reason.is_empty()).then(|| view! { <blockquote>{reason}</blockquote> })}
            <p class="who-when">{t!("history-recorded", when = format::moment(at))}</p>
        </li>
    }
    .into_any()
}

/// The list; nothing while nothing was changed.
pub fn list(session: Session) -> AnyView {
    let changes = session.part(|session| session.changes.clone());
    (move || {
        let changes = changes.get();
        if changes.is_empty() {
            return ().into_any();
        }
        view! {
            <section>
                <div class="section-head"><h2>{tr("amended-list")}</h2></div>
                <div class="log"><ol>{changes.into_iter().map(one).collect_view()}</ol></div>
            </section>
        }
        .into_any()
    })
    .into_any()
}
