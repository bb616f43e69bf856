//! A document's title as a link to the page where it is read.

use leptos::prelude::*;

use crate::{
    domain::{DocId, DocKind},
    ui::i18n::format::word,
};

/// The title, as a link where its kind has a page; what kind it is where it has no title.
pub fn doc_link(kind: Option<DocKind>, doc: DocId, title: String) -> AnyView {
    let page = match kind {
        Some(DocKind::Plan) => Some("plans"),
        Some(DocKind::Project | DocKind::Draft) => Some("projects"),
        Some(DocKind::Meeting) => Some("meetings"),
        Some(
            DocKind::Register
            | DocKind::Session
            | DocKind::Annotation
            | DocKind::Voice
            | DocKind::Text
            | DocKind::Consultation
            | DocKind::Response
            | DocKind::Logistics
            | DocKind::Person,
        )
        | None => None,
    };
    let title = match (title.is_empty(), kind) {
        (true, Some(kind)) => word("kind", kind.word()),
        (true, None) | (false, _) => title,
    };
    match page {
        Some(page) => view! { <a href=format!("/{page}/{doc}")>{title}</a> }.into_any(),
        None => title.into_any(),
    }
}
