//! A project's reference number: given once by the Secretariat; a temporary mark before.

use leptos::prelude::*;

use crate::{
    domain::{DocId, project::reference},
    engine::api::{Command, ProjectView},
    ui::{
        components::{field::fact, icon::icon, marks::provisional},
        i18n::{t, tr},
        platform::page,
        state::{commands, views::Live},
    },
};

/// What a project is called by.
pub(super) fn number(doc: DocId, live: Live<ProjectView>) -> AnyView {
    let has = live.part(|view| view.row.reference.clone().map(|reference| (reference, view.reference_provisional)));
    let offered = live.part(|view| view.next_reference.clone());
    let shown = (move || match has.get() {
        Some((reference, waits)) => view! { <span>{reference}" "{provisional(waits)}</span> }.into_any(),
        None => {
            let mark = reference::temporary(doc);
            view! { <span>{t!("reference-temporary", mark = mark)}</span> }.into_any()
        }
    })
    .into_any();
    let same = live.part(|view| view.same_number.clone());
    let conflict = move || {
        same.get().map(|(other, title)| {
            let title = if title.is_empty() { tr("untitled") } else { title };
            view! {
                <p class="alert">
                    {icon("warn")}
                    <span>{tr("reference-same")}" "<a href=format!("/projects/{other}")>{title}</a></span>
                </p>
            }
        })
    };
    view! { {fact("reference", shown)}{conflict}{move || offered.get().map(|next| assign(doc, next))} }.into_any()
}

fn assign(doc: DocId, next: String) -> AnyView {
    let text = RwSignal::new(next);
    let fits = Memo::new(move |_| text.with(|text| reference::fits(text.trim())));
    let give = move |_| {
        let reference = text.get_untracked().trim().to_owned();
        commands::send(Command::AssignNumber { project: doc, reference }, |_| {});
    };
    view! {
        <div class="field">
            <label for="f-reference">{tr("reference-next")}</label>
            <div class="field-in">
                <div class="assign">
                    <input class="input w-m" id="f-reference" autocomplete="off" aria-describedby="f-reference-hint"
                        prop:value=move || text.get() on:input=move |event| text.set(page::value_of(&event)) />
                    <button type="button" class="btn" disabled=move || !fits.get() on:click=give>
                        {tr("reference-assign")}
                    </button>
                </div>
                <p class="hint" id="f-reference-hint">{tr("reference-hint")}</p>
            </div>
            <div class="field-mark"></div>
        </div>
    }
    .into_any()
}
