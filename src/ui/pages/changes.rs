//! Being built.

use leptos::prelude::*;

use crate::ui::components::head::Head;

#[component]
pub fn Changes() -> impl IntoView {
    Head::of("changes", "nav-changes").view()
}
