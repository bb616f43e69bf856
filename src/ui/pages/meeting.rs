//! Being built.

use leptos::prelude::*;

use crate::ui::components::head::Head;

#[component]
pub fn Meeting() -> impl IntoView {
    Head::of("meeting", "nav-meeting").view()
}
