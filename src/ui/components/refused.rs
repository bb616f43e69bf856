//! Edits that the hub did not accept: why, and the person's words, to read and to copy.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    engine::api::{Command, RefusedEdit, ShellView},
    ui::{
        i18n::{maybe, t, tr},
        platform::page,
        state::{commands, toasts, views::Live},
    },
};

use super::icon::icon;

/// The list; nothing where there is none.
pub fn refused(shell: Live<ShellView>) -> AnyView {
    let list = shell.part(|shell| shell.refused.clone());
    (move || {
        let list = list.get();
        (!list.is_empty()).then(|| {
            let count = list.len();
            let lines = list.into_iter().map(one).collect_view();
            view! {
                <section class="section" id="refused" aria-labelledby="h-refused">
                    <h2 id="h-refused">{t!("notice-refused", count = count)}</h2>
                    <div class="stack-s">{lines}</div>
                </section>
            }
        })
    })
    .into_any()
}

fn one(edit: RefusedEdit) -> AnyView {
    let RefusedEdit { command, title, why, words, again, .. } = edit;
    let reason = maybe(&format!("refusal-{why}")).unwrap_or_else(|| t!("refusal-other", why = why));
    let copied = words.clone();
    let copy = move |_| {
        let words = copied.clone();
        spawn_local(async move {
            toasts::say_key(if page::copy(&words).await { "copied" } else { "copy-failed" });
        });
    };
    view! {
        <div class="notice notice--warn notice--box decide" data-record=command.to_string() data-sync="refused">
            {icon("refused")}
            <div>
                <h3>{title}</h3>
                <p>{reason}</p>
                <blockquote>{words}</blockquote>
            </div>
            <div class="notice-acts">
                <button type="button" class="btn" on:click=copy>{tr("copy-words")}</button>
                {again.then(|| view! {
                    <button type="button" class="btn" on:click=move |_| {
                        commands::send(Command::OfferAgain { command }, |_| toasts::say_key("offered-again"));
                    }>{tr("offer-again")}</button>
                })}
                <button type="button" class="btn btn--quiet" on:click=move |_| {
                    commands::send(Command::Dismiss { command }, |_| {});
                }>{tr("dismiss")}</button>
            </div>
        </div>
    }
    .into_any()
}
