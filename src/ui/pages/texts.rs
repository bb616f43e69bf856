//! Texts under negotiation: a later part of the application. The place says what will be here.

use leptos::prelude::*;

use crate::ui::{
    components::{empty::empty, head::Head},
    i18n::tr,
};

/// The page.
#[component]
pub fn Texts() -> impl IntoView {
    let facts = view! { <span>{tr("texts-facts")}</span> }.into_any();
    let head = Head::of("texts", "nav-texts").facts(facts).view();
    view! { {head}{empty(tr("texts-empty"), tr("texts-empty-text"), ().into_any())} }
}
