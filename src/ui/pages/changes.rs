//! What happened while you were away: a later part of the application. What was refused is here already.

use leptos::prelude::*;

use crate::ui::{
    components::{empty::empty, head::Head, refused::refused},
    i18n::tr,
    state::views::use_shell,
};

/// The page.
#[component]
pub fn Changes() -> impl IntoView {
    let facts = view! { <span>{tr("changes-facts")}</span> }.into_any();
    let head = Head::of("changes", "changes-title").facts(facts).view();
    view! {
        {head}
        <div class="stack feed">
            {refused(use_shell())}
            {empty(tr("changes-empty"), tr("changes-empty-text"), ().into_any())}
        </div>
    }
}
