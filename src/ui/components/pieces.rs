//! Two texts as one: what went is struck out, what came is underlined, and both are said to whoever does not see it.

use leptos::prelude::*;

use crate::domain::piece::Piece;

/// The pieces of a text, in their order.
pub fn pieces(pieces: Vec<Piece>) -> AnyView {
    let one = |piece| match piece {
        Piece::Same(text) => text.into_any(),
        Piece::Gone(text) => view! { <del>{text}</del> }.into_any(),
        Piece::New(text) => view! { <ins>{text}</ins> }.into_any(),
    };
    view! { <blockquote class="words">{pieces.into_iter().map(one).collect_view()}</blockquote> }.into_any()
}
