//! The closed shell: the engine stopped or is of another version, so nothing may be edited. The work is saved.

use leptos::prelude::*;

use crate::ui::{
    components::icon::icon,
    i18n::{t, tr},
    platform::page,
    state::{
        commands,
        link::{self, State},
        version,
    },
};

/// What is said instead of a page.
pub fn closed() -> AnyView {
    let other = link::state() == State::OtherBuild;
    let (title, text) =
        if other { ("closed-update", "closed-update-text") } else { ("closed-stopped", "closed-stopped-text") };
    // What no engine has answered for may be on no disk.
    let lost = commands::writing();
    let lost = (!other && lost > 0).then(|| view! { <p><strong>{t!("closed-unkept", count = lost)}</strong></p> });
    let act = if other {
        view! {
            <button type="button" class="btn btn--main" on:click=move |_| version::start()>
                {icon("download")}
                {tr("update-start")}
            </button>
        }
        .into_any()
    } else {
        view! { <button type="button" class="btn btn--main" on:click=move |_| page::reload()>{tr("reload")}</button> }
            .into_any()
    };
    // For whoever is asked for help; there is nothing of a person's work in it.
    let why = match link::state() {
        State::Failed(why) if !why.is_empty() => Some(view! { <p class="small">{t!("closed-why", why = why)}</p> }),
        _ => None,
    };
    page::set_title(&tr("app"));
    view! {
        <div class="empty" role="alert">
            <h1 tabindex="-1">{tr(title)}</h1>
            <p>{tr(text)}</p>
            {lost}
            <div class="btnrow">{act}</div>
            {why}
        </div>
    }
    .into_any()
}
