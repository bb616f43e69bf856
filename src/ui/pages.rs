//! One file per address of the application.

pub mod audit;
pub mod changes;
pub mod history;
pub mod join;
pub mod meeting;
pub mod meetings;
pub mod people;
pub mod plan;
pub mod plans;
pub mod project;
pub mod settings;
pub mod texts;
pub mod today;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::domain::DocId;

/// Builds a page for the document that the address names, and anew for every other document.
fn for_document(page: impl Fn(DocId) -> AnyView + Copy + Send + Sync + 'static) -> AnyView {
    let params = use_params_map();
    let doc = Memo::new(move |_| params.with(|params| params.get("id").and_then(|id| id.parse::<DocId>().ok())));
    (move || doc.get().map_or_else(super::components::empty::absent, page)).into_any()
}
