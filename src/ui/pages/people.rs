//! Being built.

use leptos::prelude::*;

use crate::ui::components::head::Head;

#[component]
pub fn People() -> impl IntoView {
    Head::of("people", "nav-people").view()
}
