//! The button with which a person follows something, and does so no more. It says how it is, on all of their devices alike.

use leptos::prelude::*;

use crate::{
    domain::{DocId, EntityId, person::Follow},
    ui::{i18n::tr, state::attention},
};

use super::icon::icon;

/// The button of a page's head, for a document and all that belongs to it.
pub fn follow(doc: DocId) -> AnyView {
    button(Follow { doc, record: None }, "btn")
}

/// A small one, for one record of a document.
pub fn follow_record(doc: DocId, record: EntityId) -> AnyView {
    button(Follow { doc, record: Some(record) }, "btn btn--small")
}

fn button(what: Follow, class: &'static str) -> AnyView {
    let on = attention::followed(what);
    // Its name stays: whether it is pressed says the rest.
    view! {
        <button type="button" class=format!("{class} follow") title=tr("follow-why") aria-pressed=move || on.get().to_string()
            on:click=move |_| attention::follow(what, !on.get_untracked())>
            {move || icon(if on.get() { "check" } else { "bell" })}
            {tr("follow")}
        </button>
    }
    .into_any()
}
