//! Questions that a dialog asks before something is done: what is answered is kept nowhere until then.

use leptos::{html, prelude::*};

use crate::ui::{i18n::tr, platform::page};

use super::{field::next_id, icon::icon};

/// One line. `first` takes the focus when it appears.
pub fn line(label: &str, value: RwSignal<String>, hint: Option<&str>, first: bool) -> AnyView {
    let node = NodeRef::<html::Input>::new();
    if first {
        Effect::new(move |_| {
            if let Some(element) = node.get() {
                request_animation_frame(move || page::focus(&element));
            }
        });
    }
    let id = next_id();
    let hint = hint.map(|key| (format!("{id}-hint"), tr(key)));
    let described = hint.as_ref().map(|(id, _)| id.clone());
    view! {
        <div class="ask">
            <label class="label" for=id.clone()>{tr(label)}</label>
            <input class="input" id=id autocomplete="off" node_ref=node aria-describedby=described
                prop:value=move || value.get() on:input=move |event| value.set(page::value_of(&event)) />
            {hint.map(|(id, text)| view! { <p class="hint" id=id>{text}</p> })}
        </div>
    }
    .into_any()
}

/// One of few: value and name each.
pub fn choose(label: &str, choices: Signal<Vec<(String, String)>>, value: RwSignal<String>) -> AnyView {
    let id = next_id();
    let options = move || {
        choices
            .get()
            .into_iter()
            .map(|(word, name)| {
                let this = word.clone();
                view! { <option value=word prop:selected=move || value.with(|now| *now == this)>{name}</option> }
                    .into_any()
            })
            .collect_view()
    };
    view! {
        <div class="ask">
            <label class="label" for=id.clone()>{tr(label)}</label>
            <span class="select">
                <select id=id on:change=move |event| value.set(page::value_of(&event))>{options}</select>
                {icon("down")}
            </span>
        </div>
    }
    .into_any()
}

/// The row of a dialog: leave it, or do it. `act` is the name of what is done.
pub fn acts(
    open: RwSignal<bool>,
    act: Signal<String>,
    class: &'static str,
    ready: Signal<bool>,
    go: Callback<()>,
) -> AnyView {
    view! {
        <div class="btnrow">
            <button type="button" class="btn btn--quiet" on:click=move |_| open.set(false)>{tr("cancel")}</button>
            <button type="button" class=class disabled=move || !ready.get() on:click=move |_| go.run(())>{act}</button>
        </div>
    }
    .into_any()
}
