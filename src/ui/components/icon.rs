//! One glyph of the sprite, which stands in the page itself (`public/sprite.svg`).

use leptos::prelude::*;

/// The glyph `i-NAME`, hidden from readers: a word always stands beside it or in its button's label.
pub fn icon(name: &str) -> AnyView {
    toned(name, "icon")
}

/// The same with a tone: `icon icon--warn`.
pub fn toned(name: &str, class: &'static str) -> AnyView {
    let href = format!("#i-{name}");
    view! { <svg class=class aria-hidden="true"><use_ href=href></use_></svg> }.into_any()
}
