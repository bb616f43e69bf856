//! Being built.

use leptos::prelude::*;

use crate::ui::components::head::Head;

#[component]
pub fn Texts() -> impl IntoView {
    Head::of("texts", "nav-texts").view()
}
