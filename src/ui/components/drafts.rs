//! Drafts of one's own delegation in lists, and the badge that says who has them.

use leptos::prelude::*;

use crate::{
    engine::api::DraftCard,
    ui::{
        i18n::{format::word, t, tr},
        logic::status::sync_word,
    },
};

use super::{
    icon::{icon, toned},
    marks::{Form, provisional, sync_mark},
};

/// What stands on everything that nobody else has.
pub fn badge() -> AnyView {
    view! { <span class="chip" title=tr("draft-badge-why")>{icon("lock")}{tr("draft-badge")}</span> }.into_any()
}

/// The section; nothing where there is no draft. Those that are done with are folded away.
pub fn drafts(drafts: Signal<Vec<DraftCard>>) -> AnyView {
    (move || {
        let (open, done): (Vec<_>, Vec<_>) =
            drafts.get().into_iter().partition(|card| card.standing.state.open().is_ok());
        (!open.is_empty() || !done.is_empty()).then(|| {
            let list = |cards: Vec<DraftCard>| {
                (!cards.is_empty()).then(|| {
                    let lines = cards.into_iter().map(line).collect_view();
                    view! { <ol class="sheet rows">{lines}</ol> }
                })
            };
            let count = done.len();
            let done = list(done).map(|list| {
                view! {
                    <details class="steps">
                        <summary>{toned("right", "icon turn")}{t!("drafts-done", count = count)}</summary>
                        {list}
                    </details>
                }
            });
            view! {
                <section class="section drafts" aria-labelledby="h-drafts">
                    <div class="section-head"><h2 id="h-drafts">{tr("drafts-title")}</h2>{badge()}</div>
                    {list(open)}
                    {done}
                </section>
            }
        })
    })
    .into_any()
}

fn line(card: DraftCard) -> AnyView {
    let title = if card.title.is_empty() { tr("untitled") } else { card.title };
    view! {
        <li class="row" data-record=card.doc.to_string() data-sync=sync_word(card.mark)>
            <a class="rowlink" href=format!("/projects/{}", card.doc)>{title}</a>
            <span class="end">
                {word("draft-state", card.standing.state.word())}
                {provisional(card.standing.provisional)}
                {sync_mark(Signal::stored(card.mark), Form::Short)}
            </span>
        </li>
    }
    .into_any()
}
