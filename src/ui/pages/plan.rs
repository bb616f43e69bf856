//! Being built.

use leptos::prelude::*;

use crate::ui::components::head::Head;

#[component]
pub fn Plan() -> impl IntoView {
    Head::of("plan", "nav-plan").view()
}
