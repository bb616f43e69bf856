//! What is told on the desktop of this device, and when nothing is.

use leptos::prelude::*;

use crate::ui::{
    components::{field::next_id, icon::toned},
    i18n::tr,
    logic::attention::Quiet,
    platform::{notify::Permission, page},
    state::attention::{self, attention},
};

use super::set;

pub(super) fn notify() -> AnyView {
    let on = Memo::new(move |_| attention().wish.on && attention().permission == Permission::Allowed);
    let permission = Memo::new(move |_| attention().permission);
    let hushed = Memo::new(move |_| attention().wish.hushed);
    let quiet = Memo::new(move |_| attention().wish.quiet.to_text());
    let state = move || {
        let (glyph, key) = match permission.get() {
            Permission::Unsupported => (None, "notify-unsupported"),
            Permission::Askable => (None, "notify-askable"),
            Permission::Allowed => (Some(("check", "icon icon--good")), "notify-allowed"),
            Permission::Blocked => (Some(("warn", "icon icon--warn")), "notify-blocked"),
        };
        let glyph = glyph.map(|(name, class)| toned(name, class));
        view! { <span class="state">{glyph}{tr(key)}</span> }
    };
    let how = move || {
        (permission.get() == Permission::Blocked).then(|| view! { <p class="hint">{tr("notify-blocked-how")}</p> })
    };
    let told = view! { {state}{how}<p class="hint">{tr("notify-hint")}</p> };
    let turn = move |event| {
        let wanted = page::checked_of(&event);
        if wanted && permission.get_untracked() == Permission::Askable {
            // It is on once the browser's question was answered so.
            page::check(&event, false);
        }
        attention::turn(wanted);
    };
    let switch = view! {
        <label class="switch">
            <input type="checkbox" role="switch" prop:checked=move || on.get() on:change=turn
                disabled=move || matches!(permission.get(), Permission::Unsupported | Permission::Blocked) />
            {tr("notify-switch")}
        </label>
    };
    let hush = view! {
        <label class="switch">
            <input type="checkbox" role="switch" prop:checked=move || hushed.get()
                on:change=move |event| attention::change(|wish| wish.hushed = page::checked_of(&event)) />
            {tr("quiet-switch")}
        </label>
    };
    let hours = view! {
        <div class="hours">
            {time("quiet-from", Signal::derive(move || quiet.get().0), |quiet, text| {
                text.parse().ok().map(|from| Quiet { from, ..quiet })
            })}
            {time("quiet-to", Signal::derive(move || quiet.get().1), |quiet, text| {
                text.parse().ok().map(|to| Quiet { to, ..quiet })
            })}
        </div>
        <p class="hint">{tr("quiet-hint")}</p>
    };
    view! {
        {set("settings-notify-desktop", told.into_any(), switch.into_any())}
        {set("settings-quiet", hours.into_any(), hush.into_any())}
    }
    .into_any()
}

/// A time of day; one that does not read changes nothing.
fn time(label: &'static str, value: Signal<String>, with: fn(Quiet, &str) -> Option<Quiet>) -> AnyView {
    let id = next_id();
    let labelled = id.clone();
    let change = move |event| {
        let text = page::value_of(&event);
        attention::change(|wish| wish.quiet = with(wish.quiet, &text).unwrap_or(wish.quiet));
    };
    view! {
        <label class="hour" for=labelled>
            {tr(label)}
            <input class="input" type="time" id=id prop:value=move || value.get() on:change=change />
        </label>
    }
    .into_any()
}
