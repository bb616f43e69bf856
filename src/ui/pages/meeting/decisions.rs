//! What was decided: the paragraphs of the report that are decisions, with the item under which they were taken.

use leptos::prelude::*;

use crate::{
    domain::{DocId, EntityId},
    ui::{
        components::{
            empty::empty,
            head::sync_attribute,
            marks::{Form, sync_mark},
        },
        i18n::{t, tr},
        logic::agenda::report,
    },
};

use super::{Here, paragraph::reading, session::Session};

/// A decision: its session, its paragraph, the paragraph's number, its item with its number.
type Decision = (DocId, EntityId, u32, Option<EntityId>, String);

/// The tab.
pub fn tab(here: Here) -> AnyView {
    let decisions = here.live.part(|view| {
        let mut found: Vec<Decision> = Vec::new();
        for session in &view.sessions {
            let paragraphs = session.snapshot.collection("paragraphs");
            let decides =
                |id: &EntityId| paragraphs.iter().any(|one| one.id == Some(*id) && one.line("kind") == "decision");
            for part in report(&session.agenda, paragraphs) {
                let standing = part.standing.iter().filter(|(_, id)| decides(id));
                found.extend(standing.map(|(number, id)| (session.doc, *id, *number, part.item, part.number.clone())));
            }
        }
        found
    });
    let none = move || {
        decisions.with(Vec::is_empty).then(|| empty(tr("decisions-empty"), tr("decisions-empty-text"), ().into_any()))
    };
    view! {
        <section class="section" aria-labelledby="h-decisions">
            <div class="section-head"><h2 id="h-decisions">{tr("tab-decisions")}</h2></div>
            {none}
            <ol class="sheet rows decisions" hidden=move || decisions.with(Vec::is_empty)>
                <For each=move || decisions.get() key=Clone::clone let:decision>
                    {one(here, decision)}
                </For>
            </ol>
        </section>
    }
    .into_any()
}

fn one(here: Here, (doc, id, number, item, item_number): Decision) -> AnyView {
    let session = Session { here, doc };
    let subject = session.subject("paragraphs", id);
    let under = item.map(|item| {
        let record = session.record("items", item);
        let title = move || record.with(|record| record.line("title").to_owned());
        view! { <span>{item_number}" "{title}</span> }
    });
    view! {
        <li class="row" data-record=id.to_string() data-sync=sync_attribute(subject.mark)>
            {reading(subject)}
            <span class="sub"><a href="?tab=report">{t!("para-name", number = number)}</a>{under}</span>
            <span class="end">{sync_mark(subject.mark, Form::Short)}</span>
        </li>
    }
    .into_any()
}
