//! Edits made so long before they could be sent, or on something adopted since, that their author looks at them first: when
//! and what they were, and two ways on. Nothing goes and nothing is dropped without a word of theirs.

use leptos::prelude::*;

use crate::{
    engine::api::{Command, HeldEdits, ShellView},
    ui::{
        i18n::{format::moment, t, tr},
        state::{commands, views::Live},
    },
};

use super::{
    doc_link::doc_link,
    icon::icon,
    notice::{Tone, notice},
};

/// The list; nothing where there is none.
pub fn held(shell: Live<ShellView>) -> AnyView {
    let list = shell.part(|shell| shell.held.clone());
    (move || {
        let list = list.get();
        (!list.is_empty()).then(|| {
            let lines = list.into_iter().map(one).collect_view();
            view! {
                <section class="section" id="held" aria-labelledby="h-held">
                    <h2 id="h-held">{tr("held-title")}</h2>
                    <p>{tr("held-text")}</p>
                    <div class="stack-s">{lines}</div>
                </section>
            }
        })
    })
    .into_any()
}

/// The word under the header.
pub fn held_notice(shell: Live<ShellView>) -> AnyView {
    let count = shell.part(|shell| shell.held.iter().map(|held| held.edits).sum::<u32>());
    (move || {
        let count = count.get();
        (count > 0).then(|| {
            let acts = view! { <a class="btn btn--small" href="/changes">{tr("held-read")}</a> };
            notice(Tone::Warn, "clock", t!("notice-held", count = count), tr("notice-held-text"), acts.into_any())
        })
    })
    .into_any()
}

fn one(held: HeldEdits) -> AnyView {
    let HeldEdits { doc, kind, title, edits, since, overtaken, words } = held;
    let why = overtaken.then(|| view! { <p>{tr("held-overtaken")}</p> });
    let title = doc_link(kind, doc, title);
    view! {
        <div class="notice notice--warn notice--box decide" data-record=doc.to_string() data-sync="device">
            {icon("clock")}
            <div>
                <h3>{title}</h3>
                <p>{t!("held-since", count = edits, moment = moment(since))}</p>
                {why}
                <blockquote>{words}</blockquote>
            </div>
            <div class="notice-acts">
                <button type="button" class="btn" on:click=move |_| commands::send(Command::Release { doc }, |_| {})>
                    {tr("held-send")}
                </button>
                <button type="button" class="btn btn--quiet" on:click=move |_| {
                    commands::send(Command::PutAside { doc }, |_| {});
                }>{tr("held-put-aside")}</button>
            </div>
        </div>
    }
    .into_any()
}
