//! The pen of a plan: who writes the plan itself, and the act that opens or closes it for all focal points.

use leptos::prelude::*;

use crate::{
    domain::DocId,
    engine::api::{Command, PlanView},
    ui::{components::marks::provisional, i18n::tr, state::commands, state::views::Live},
};

/// The section.
pub(super) fn pen(doc: DocId, live: Live<PlanView>) -> AnyView {
    let pen = live.part(|view| view.pen);
    let told = move || {
        let pen = pen.get();
        let (text, act) = if pen.open { ("pen-open", "pen-close-act") } else { ("pen-closed", "pen-open-act") };
        let click = move |_| commands::send(Command::SetPen { plan: doc, open: !pen.open }, |_| {});
        let button = pen.may.then(|| view! { <button type="button" class="btn" on:click=click>{tr(act)}</button> });
        view! {
            <p data-pen=if pen.open { "open" } else { "closed" }>{tr(text)}" "{provisional(pen.provisional)}</p>
            <div class="btnrow">{button}</div>
        }
    };
    view! {
        <section class="section" aria-labelledby="h-pen">
            <div class="section-head"><h2 id="h-pen">{tr("pen-title")}</h2></div>
            <div class="sheet life-sheet stack-s">{told}</div>
        </section>
    }
    .into_any()
}
