//! Being built.

use leptos::prelude::*;

use crate::ui::components::head::Head;

#[component]
pub fn Settings() -> impl IntoView {
    Head::of("settings", "nav-settings").view()
}
