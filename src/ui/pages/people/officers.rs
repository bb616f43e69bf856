//! Officers of a party by role, with the devices they joined with. A device that is lost can be shut out.

use leptos::prelude::*;

use crate::{
    domain::When,
    engine::api::{Command, DeviceLine, OfficerView, PartyView},
    ui::{
        components::{dialog::dialog, icon::icon},
        i18n::{
            format::{self, word},
            t, tr,
        },
        state::{commands, toasts},
    },
};

/// The officers.
pub fn list(party: &PartyView) -> AnyView {
    if party.officers.is_empty() {
        return view! { <p class="quiet">{tr("people-no-officers")}</p> }.into_any();
    }
    let rows = party.officers.iter().map(one).collect_view();
    view! { <ul class="officers">{rows}</ul> }.into_any()
}

fn one(officer: &OfficerView) -> AnyView {
    let you = officer.devices.iter().any(|device| device.this);
    let dates = format::span(Some(When::Day(officer.from)), officer.to.map(When::Day));
    let devices = officer.devices.iter().map(device).collect_view();
    let none = officer.devices.is_empty().then(|| view! { <p class="quiet small">{tr("people-no-device")}</p> });
    view! {
        <li>
            <p>
                <b>{word("role", officer.role.word())}</b>
                " "
                {you.then(|| view! { <span class="chip">{tr("people-you-are")}</span> })}
            </p>
            <p class="quiet small">{t!("people-appointed", dates = dates)}</p>
            {none}
            {devices}
        </li>
    }
    .into_any()
}

fn device(device: &DeviceLine) -> AnyView {
    let open = RwSignal::new(false);
    let DeviceLine { id, label, revoked, this, may_revoke } = device.clone();
    let name = if label.is_empty() { tr("people-unnamed-device") } else { label };
    let mark = match (revoked, this) {
        (true, _) => Some(tr("people-revoked")),
        (false, true) => Some(tr("people-this-device")),
        (false, false) => None,
    };
    let mark = mark.map(|mark| view! { <span class="quiet">{mark}</span> });
    let button = (may_revoke && !revoked).then(|| {
        let label = t!("revoke-name", device = name.as_str());
        view! {
            <button type="button" class="btn btn--small btn--quiet" aria-label=label on:click=move |_| open.set(true)>
                {tr("revoke")}
            </button>
        }
    });
    let shown = name.clone();
    let dialog = dialog(open, Signal::stored(tr("revoke")), move || {
        let why = if this { "revoke-text-this" } else { "revoke-text" };
        let go = move |_| {
            commands::send(Command::RevokeDevice { device: id }, |_| toasts::say_key("revoke-done"));
            open.set(false);
        };
        view! {
            <p>{t!(why, device = name.as_str())}</p>
            <div class="btnrow">
                <button type="button" class="btn btn--quiet" on:click=move |_| open.set(false)>{tr("cancel")}</button>
                <button type="button" class="btn btn--bad" on:click=go>{tr("revoke-it")}</button>
            </div>
        }
        .into_any()
    });
    view! { <div class="small device-line">{icon("laptop")}<span>{shown}</span>{mark}{button}{dialog}</div> }.into_any()
}
