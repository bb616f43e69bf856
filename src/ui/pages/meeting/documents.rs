//! Papers of the meeting: by name where the agenda names them. Files themselves are not kept here yet, and the page says so.

use leptos::prelude::*;

use crate::ui::{
    components::{empty::empty, icon::icon},
    i18n::tr,
};

use super::Here;

/// The tab.
pub fn tab(here: Here) -> AnyView {
    let papers = here.live.part(|view| {
        let mut papers = Vec::new();
        for session in &view.sessions {
            let items = session.snapshot.collection("items");
            for line in session.agenda.iter().filter(|line| !line.number.is_empty()) {
                let Some(item) = items.iter().find(|item| item.id == Some(line.item)) else { continue };
                let title = item.line("title").to_owned();
                papers.extend(
                    item.members("documents").map(|(name, _)| (line.number.clone(), title.clone(), name.to_owned())),
                );
            }
        }
        papers
    });
    let list = move || {
        let papers = papers.get();
        if papers.is_empty() {
            return ().into_any();
        }
        let rows = papers
            .into_iter()
            .map(|(number, title, name)| {
                view! {
                    <li class="row">
                        <span>{icon("doc")}" "{name}</span>
                        <span class="sub">{number}" "{title}</span>
                    </li>
                }
                .into_any()
            })
            .collect_view();
        view! { <ul class="rows sheet papers-named">{rows}</ul> }.into_any()
    };
    view! {
        <section class="section stack-s" aria-labelledby="h-documents">
            <h2 id="h-documents">{tr("documents-title")}</h2>
            {list}
            {empty(tr("documents-empty"), tr("documents-empty-text"), ().into_any())}
        </section>
    }
    .into_any()
}
