//! What parties say about a record: each in its own voice, shown here as one conversation.

use leptos::prelude::*;

use crate::{
    domain::{DocId, Edit, EntityId},
    engine::api::{Command, CommentView},
    ui::{
        i18n::{format, tr},
        platform::{clock, page},
        state::{commands, parties::use_parties},
    },
};

use super::{
    field::next_id,
    head::sync_attribute,
    marks::{Form, party, sync_mark},
};

/// The comments on a record, and the field that adds one. `about` narrows it to one entity of the subject.
pub fn comments(
    subject: DocId,
    about: Option<EntityId>,
    list: Signal<Vec<CommentView>>,
    may_comment: Signal<bool>,
) -> AnyView {
    let shown = Memo::new(move |_| {
        list.with(|list| {
            list.iter().filter(|comment| about.is_none() || comment.about == about).cloned().collect::<Vec<_>>()
        })
    });
    let none = move || shown.with(Vec::is_empty).then(|| view! { <p class="quiet">{tr("comments-none")}</p> });
    view! {
        {none}
        <ol class="reports">
            <For
                each=move || shown.get()
                key=|comment| (comment.id, comment.text.clone(), comment.withdrawn, comment.at)
                let:comment
            >
                {one(comment, shown)}
            </For>
        </ol>
        {move || may_comment.get().then(|| writer(subject, about))}
    }
    .into_any()
}

fn one(comment: CommentView, all: Memo<Vec<CommentView>>) -> AnyView {
    let CommentView { id, doc, party: code, text, withdrawn, at, mine, mark, .. } = comment;
    let mark = Signal::derive(move || {
        all.with(|all| all.iter().find(|comment| comment.id == id).map_or(mark, |comment| comment.mark))
    });
    let parties = use_parties();
    let by = code.clone();
    let words = if withdrawn {
        view! { <p class="quiet">{tr("comment-withdrawn")}</p> }.into_any()
    } else {
        text.lines().map(|line| view! { <p>{line.to_owned()}</p> }.into_any()).collect_view().into_any()
    };
    let act = (mine && !withdrawn).then(|| {
        view! {
            <button type="button" class="btn btn--small btn--quiet" on:click=move |_| {
                commands::edit(doc, Edit::Withdraw { id, reason: String::new() });
            }>{tr("withdraw")}</button>
        }
    });
    view! {
        <li data-record=id.to_string() data-sync=sync_attribute(mark)>
            <header>
                {party(&code)}
                <b>{move || parties.with(|parties| parties.name(&by))}</b>
                <span class="quiet">{format::moment(at)}</span>
                {sync_mark(mark, Form::Short)}
            </header>
            {words}
            {act}
        </li>
    }
    .into_any()
}

fn writer(subject: DocId, about: Option<EntityId>) -> AnyView {
    let text = RwSignal::new(String::new());
    let id = next_id();
    let labelled = id.clone();
    let say = move |_| {
        let words = text.get_untracked();
        if !words.trim().is_empty() {
            // The words stay in the field until they are kept.
            let command = Command::Comment { subject, id: clock::entity(), about, text: words.clone() };
            commands::send(command, move |_| {
                if text.try_get_untracked().is_some_and(|now| now == words) {
                    text.set(String::new());
                }
            });
        }
    };
    view! {
        <div class="field">
            <label for=labelled>{tr("comment-label")}</label>
            <div class="field-in">
                <textarea class="input" id=id rows="2" prop:value=move || text.get()
                    on:input=move |event| text.set(page::value_of(&event))></textarea>
            </div>
            <div class="field-mark">
                <button type="button" class="btn btn--small"
                    disabled=move || text.with(|text| text.trim().is_empty()) on:click=say>
                    {tr("comment-say")}
                </button>
            </div>
        </div>
    }
    .into_any()
}
