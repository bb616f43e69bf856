//! Being built.

use leptos::prelude::*;

use crate::ui::components::head::Head;

#[component]
pub fn Today() -> impl IntoView {
    Head::of("today", "nav-today").view()
}
