//! Calling a meeting: what must be known before it can be written down.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use crate::{
    domain::{Framework, meeting::MeetingType},
    engine::api::{Command, Done},
    ui::{
        components::{ask, dialog, icon::icon},
        i18n::{
            format::{self, word},
            tr,
        },
        logic::when,
        platform::clock,
        state::commands,
    },
};

/// The dialog.
pub fn dialog(open: RwSignal<bool>) -> AnyView {
    let title = RwSignal::new(String::new());
    let kind = RwSignal::new(MeetingType::Som.word().to_owned());
    let framework = RwSignal::new(Framework::Accsm.word().to_owned());
    let start = RwSignal::new(String::new());
    let wrong = RwSignal::new(false);
    let go_to = StoredValue::new_local(use_navigate());
    let kinds = Signal::stored(
        MeetingType::ALL
            .iter()
            .map(|kind| (kind.word().to_owned(), word("meeting-type", kind.word())))
            .collect::<Vec<_>>(),
    );
    let frameworks = Signal::stored(
        Framework::ALL.iter().map(|one| (one.word().to_owned(), word("framework", one.word()))).collect::<Vec<_>>(),
    );
    let go = Callback::new(move |()| {
        let text = start.get_untracked();
        let first = when::read(&text, &format::months());
        wrong.set(!text.trim().is_empty() && first.is_none());
        let (Ok(framework), Ok(meeting)) = (framework.get_untracked().parse(), kind.get_untracked().parse()) else {
            return;
        };
        if wrong.get_untracked() {
            return;
        }
        let title_now = title.get_untracked().trim().to_owned();
        let command = Command::CreateMeeting { doc: clock::doc(), framework, meeting, title: title_now, start: first };
        commands::send(command, move |done| {
            open.set(false);
            title.set(String::new());
            start.set(String::new());
            if let Done::Made { doc } = done {
                go_to.with_value(|go| go(&format!("/meetings/{doc}"), leptos_router::NavigateOptions::default()));
            }
        });
    });
    let ready = Signal::derive(move || title.with(|title| !title.trim().is_empty()));
    dialog::dialog(open, Signal::stored(tr("meeting-new")), move || {
        view! {
            <div class="stack-s">
                {ask::line("field-title", title, None, true)}
                {ask::choose("meeting-field-framework", frameworks, framework)}
                {ask::choose("meeting-field-type", kinds, kind)}
                {ask::line("meeting-field-start", start, Some("meeting-start-hint"), false)}
                {move || {
                    wrong.get().then(|| view! { <p class="error" role="alert">{icon("warn")}{tr("invalid-when")}</p> })
                }}
            </div>
            {ask::acts(open, Signal::stored(tr("meeting-create")), "btn btn--main", ready, go)}
        }
        .into_any()
    })
}
