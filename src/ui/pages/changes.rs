//! What happened while you were away: a later part of the application. What waits for its author's word, and
//! what was refused, is here already.

use leptos::prelude::*;

use crate::ui::{
    components::{empty::empty, head::Head, held::held, refused::refused},
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
            {held(use_shell())}
            {refused(use_shell())}
            {empty(tr("changes-empty"), tr("changes-empty-text"), ().into_any())}
        </div>
    }
}
