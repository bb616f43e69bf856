//! Values written at the same time: all of them beside each other, by whom and on what, each with one button that chooses it.

use leptos::prelude::*;

use crate::{
    domain::Value,
    engine::api::{Apart, Query},
    ui::{
        components::{by::by as said_by, icon::icon},
        i18n::{format, t, tr},
        platform::page,
        state::views::use_view,
    },
};

use super::{Bound, Subject, next_id};

/// The other values of a scalar. `show` turns a value into words.
pub fn kept(bound: Bound, show: Callback<Value, String>) -> AnyView {
    kept_of(bound, show, None)
}

/// The same of one member of a set, which is named: it was put in and taken out at the same time.
pub fn kept_member(subject: Subject, name: &str, member: &str, named: String) -> AnyView {
    let show = Callback::new(|value: Value| tr(if value == Value::Bool(true) { "member-in" } else { "member-out" }));
    kept_of(Bound::new(subject, &format!("{name}:{member}")), show, Some(named))
}

fn kept_of(bound: Bound, show: Callback<Value, String>, of: Option<String>) -> AnyView {
    let id = next_id();
    let count = Memo::new(move |_| bound.held.with(|held| held.others.len()));
    (move || {
        let count = count.get();
        if count == 0 { ().into_any() } else { panel(id.clone(), count, show, (bound, of.clone())) }
    })
    .into_any()
}

fn panel(id: String, count: usize, show: Callback<Value, String>, (bound, of): (Bound, Option<String>)) -> AnyView {
    let (target, title) = (id.clone(), format!("{id}-title"));
    let labelled = title.clone();
    // Who said what is asked for when somebody looks.
    let open = RwSignal::new(false);
    let anchor = id.clone();
    let values = move || {
        let anchor = anchor.clone();
        open.get().then(move || values(anchor, show, bound))
    };
    let told = t!("kept", count = count);
    let ear = of.as_ref().map(|of| t!("said-member", field = of.as_str(), member = told.as_str()));
    let heading = of.unwrap_or_else(|| tr("kept-title"));
    view! {
        <button type="button" class="kept" popovertarget=target aria-label=ear>{icon("history")}{told}</button>
        <div class="panel kept-panel" popover="auto" id=id role="group" aria-labelledby=labelled
            on:toggle=move |event| open.set(page::is_open(&event))>
            <h3 id=title>{heading}</h3>
            <p class="quiet small">{tr("kept-why")}</p>
            {values}
        </div>
    }
    .into_any()
}

fn values(anchor: String, show: Callback<Value, String>, bound: Bound) -> AnyView {
    let told = bound.is_set().then(|| use_view::<Vec<Apart>>(Query::Apart { doc: bound.doc(), at: bound.at() }));
    let reason = RwSignal::new(String::new());
    let close = Callback::new(move |()| page::close_popover(&anchor));
    let choose = Callback::new(move |value: Value| {
        close.run(());
        bound.choose(value, reason.get_untracked());
    });
    let all = Memo::new(move |_| {
        let told = told.and_then(|told| told.get(Clone::clone)).filter(|told| !told.is_empty());
        told.unwrap_or_else(|| {
            let plain = |(value, shown): (&Value, bool)| Apart { value: value.clone(), shown, by: None };
            bound.held.with(|held| {
                std::iter::once((&held.value, true))
                    .chain(held.others.iter().map(|other| (other, false)))
                    .map(plain)
                    .collect()
            })
        })
    });
    let words = move |value: &Value| {
        let words = show.run(value.clone());
        if words.is_empty() { tr("kept-empty") } else { words }
    };
    let one = move |apart: Apart| {
        let said = words(&apart.value);
        let name = if apart.shown {
            t!("kept-leave-name", value = said.as_str())
        } else {
            t!("kept-use-name", value = said.as_str())
        };
        let by = apart.by.map(|by| {
            let base: Vec<String> = by.base.iter().map(&words).collect();
            let base = (!base.is_empty()).then(|| t!("kept-base", value = base.join(&tr("list-and"))));
            let base = base.map(|base| view! { <p class="sub">{base}</p> });
            view! {
                <p class="sub">{said_by(&by.who)}</p>
                <p class="sub">{format::moment(by.at)}</p>
                {base}
            }
        });
        let value = apart.value.clone();
        let act = move || {
            let (value, name) = (value.clone(), name.clone());
            bound.may_write.get().then(|| {
                view! {
                    <button type="button" class="btn btn--small" aria-label=name on:click=move |_| choose.run(value.clone())>
                        {tr(if apart.shown { "kept-leave" } else { "kept-use" })}
                    </button>
                }
            })
        };
        view! { <li class="kept-one"><div><p>{said}</p>{by}</div>{act}</li> }.into_any()
    };
    let id = next_id();
    // Of a member of a set there is nothing third.
    let third = bound.held.with_untracked(|held| !matches!(held.value, Value::Bool(_)));
    view! {
        <ul class="kept-all">{move || all.get().into_iter().map(one).collect_view()}</ul>
        {move || {
            let id = id.clone();
            bound.may_write.get().then(|| {
                view! {
                    <div class="ask">
                        <label class="label" for=id.clone()>{tr("kept-reason")}</label>
                        <input class="input" id=id autocomplete="off" prop:value=move || reason.get()
                            on:input=move |event| reason.set(page::value_of(&event)) />
                        {third.then(|| view! { <p class="hint">{tr("kept-third")}</p> })}
                    </div>
                }
            })
        }}
    }
    .into_any()
}
