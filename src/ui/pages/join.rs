//! Being built.

use leptos::prelude::*;

use crate::ui::components::head::Head;

#[component]
pub fn Join() -> impl IntoView {
    Head::of("join", "nav-join").view()
}
