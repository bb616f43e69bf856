//! Values written at the same time: kept beside the one shown, each with one button that chooses it.

use leptos::prelude::*;

use crate::{
    domain::Value,
    ui::{
        components::icon::icon,
        i18n::{t, tr},
        platform::page,
    },
};

use super::{Bound, next_id};

/// The other values of a scalar. `show` turns a value into words.
pub fn kept(bound: Bound, show: Callback<Value, String>) -> AnyView {
    let id = next_id();
    let others = Memo::new(move |_| bound.held.with(|held| held.others.clone()));
    (move || {
        let values = others.get();
        if values.is_empty() {
            return ().into_any();
        }
        panel(id.clone(), values, show, bound.may_write, Callback::new(move |value| bound.write(value)), bound)
    })
    .into_any()
}

fn panel(
    id: String,
    values: Vec<Value>,
    show: Callback<Value, String>,
    may_write: Signal<bool>,
    choose: Callback<Value>,
    bound: Bound,
) -> AnyView {
    let count = values.len();
    let (target, anchor) = (id.clone(), id.clone());
    let close = Callback::new(move |()| page::close_popover(&anchor));
    let rows = values
        .into_iter()
        .map(|value| {
            let words = show.run(value.clone());
            let words = if words.is_empty() { tr("kept-empty") } else { words };
            let name = t!("kept-use-name", value = words.as_str());
            view! {
                <p>{words}</p>
                {move || {
                    let value = value.clone();
                    let name = name.clone();
                    may_write
                        .get()
                        .then(|| {
                            view! {
                                <button type="button" class="btn btn--small" aria-label=name on:click=move |_| {
                                    close.run(());
                                    choose.run(value.clone());
                                }>{tr("kept-use")}</button>
                            }
                        })
                }}
            }
            .into_any()
        })
        .collect_view();
    let leave = move |_| {
        close.run(());
        choose.run(bound.held.with_untracked(|held| held.value.clone()));
    };
    view! {
        <button type="button" class="kept" popovertarget=target>
            {icon("history")}
            {t!("kept", count = count)}
        </button>
        <div class="panel kept-panel" popover="auto" id=id>
            <h3>{tr("kept-title")}</h3>
            <p class="quiet small">{tr("kept-why")}</p>
            {rows}
            {move || {
                may_write
                    .get()
                    .then(|| {
                        view! {
                            <button type="button" class="btn btn--small btn--quiet" on:click=leave>
                                {tr("kept-leave")}
                            </button>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}
