//! Being built.

use leptos::prelude::*;

use crate::ui::components::head::Head;

#[component]
pub fn Project() -> impl IntoView {
    Head::of("project", "nav-project").view()
}
