//! Language, colours, density.

use leptos::prelude::*;

use crate::ui::{
    i18n::tr,
    state::prefs::{self, Density, Theme},
};

use super::set;

pub(super) fn look() -> AnyView {
    let themes = Theme::ALL
        .into_iter()
        .map(|theme| {
            one(
                "theme",
                theme.word(),
                Signal::derive(move || prefs::look().theme == theme),
                Callback::new(move |()| prefs::change(|look| look.theme = theme)),
            )
        })
        .collect_view();
    let densities = Density::ALL
        .into_iter()
        .map(|density| {
            one(
                "density",
                density.word(),
                Signal::derive(move || prefs::look().density == density),
                Callback::new(move |()| prefs::change(|look| look.density = density)),
            )
        })
        .collect_view();
    let language = view! {
        {tr("language-here")}
        <p class="hint">{tr("language-hint")}</p>
    };
    view! {
        {set("settings-language", language.into_any(), ().into_any())}
        {set("settings-colours", group("settings-colours", themes.into_any()), ().into_any())}
        {set("settings-tables", group("settings-tables", densities.into_any()), ().into_any())}
    }
    .into_any()
}

fn group(label: &str, choices: AnyView) -> AnyView {
    view! { <div class="seg" role="radiogroup" aria-label=tr(label)>{choices}</div> }.into_any()
}

fn one(group: &'static str, word: &'static str, chosen: Signal<bool>, choose: Callback<()>) -> AnyView {
    view! {
        <label>
            <input type="radio" name=group prop:checked=move || chosen.get() on:change=move |_| choose.run(()) />
            {tr(&format!("{group}-{word}"))}
        </label>
    }
    .into_any()
}
