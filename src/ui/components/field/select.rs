//! One of few: words of an enumeration, parties, references; and yes or no.

use leptos::prelude::*;

use crate::{
    domain::Value,
    ui::{components::icon::icon, i18n::tr, platform::page},
};

use super::{Choices, Control, chosen};

pub(super) fn select(control: Control, choices: Choices) -> AnyView {
    let Control { bound, id, aria, described, width, .. } = control;
    let may_write = bound.may_write;
    let labelled = aria.is_none();
    (move || {
        if may_write.get() || labelled {
            let write = Callback::new(move |word: String| {
                bound.write(if word.is_empty() { Value::Empty } else { Value::Str(word) });
            });
            let current =
                Signal::derive(move || bound.held.with(|held| held.value.as_str().unwrap_or_default().to_owned()));
            let frozen = Signal::derive(move || !may_write.get());
            chooser(
                Chooser { id: id.clone(), aria: aria.clone(), described: described.clone(), width, none: "not-set" },
                choices,
                current,
                write,
                frozen,
            )
        } else {
            let text = move || {
                let text = bound.held.with(|held| choices.with(|choices| chosen(choices, &held.value)));
                if text.is_empty() {
                    view! { <span class="quiet">{tr("not-set")}</span> }.into_any()
                } else {
                    text.into_any()
                }
            };
            view! { <div class="field-ro">{text}</div> }.into_any()
        }
    })
    .into_any()
}

/// The outside of a select.
pub(super) struct Chooser {
    pub id: String,
    pub aria: Option<String>,
    pub described: Option<String>,
    pub width: &'static str,
    /// The message of the first choice: that nothing is chosen.
    pub none: &'static str,
}

/// A select whose first choice is that nothing is set.
pub(super) fn chooser(
    outside: Chooser,
    choices: Choices,
    current: Signal<String>,
    write: Callback<String>,
    frozen: Signal<bool>,
) -> AnyView {
    let Chooser { id, aria, described, width, none } = outside;
    let options = move || {
        let mut list = choices.get();
        let now = current.get_untracked();
        // A word that this version does not know is shown as it is and kept.
        if !now.is_empty() && !list.iter().any(|(word, _)| *word == now) {
            list.push((now.clone(), now));
        }
        list.insert(0, (String::new(), tr(none)));
        list.into_iter()
            .map(|(word, name)| {
                let value = word.clone();
                view! { <option value=value prop:selected=move || current.with(|now| *now == word)>{name}</option> }
                    .into_any()
            })
            .collect_view()
    };
    view! {
        <span class=format!("select {width}") data-readonly=move || frozen.get().then_some("")>
            <select
                id=id
                disabled=move || frozen.get()
                aria-label=aria
                aria-describedby=described
                on:change=move |event| write.run(page::value_of(&event))
            >
                {options}
            </select>
            {icon("down")}
        </span>
    }
    .into_any()
}

pub(super) fn flag(control: Control) -> AnyView {
    let Control { bound, id, aria, .. } = control;
    view! {
        <input
            type="checkbox"
            id=id
            aria-label=aria
            prop:checked=move || bound.held.with(|held| held.value == Value::Bool(true))
            prop:disabled=move || !bound.may_write.get()
            on:change=move |event| bound.write(Value::Bool(page::checked_of(&event)))
        />
    }
    .into_any()
}
