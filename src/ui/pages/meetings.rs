//! Being built.

use leptos::prelude::*;

use crate::ui::components::head::Head;

#[component]
pub fn Meetings() -> impl IntoView {
    Head::of("meetings", "nav-meetings").view()
}
