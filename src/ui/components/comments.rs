//! What parties say about a record: each in its own voice, shown here as one conversation.

use leptos::prelude::*;

use crate::{
    domain::{
        DocId, Edit, EntityId,
        comment::{CommentKind, Settled},
    },
    engine::api::{Command, CommentView, MergeView, Merging, SettledView},
    ui::{
        i18n::{format, t, tr},
        platform::{clock, page},
        state::{commands, parties::use_parties},
    },
};

use super::{
    field::next_id,
    head::sync_attribute,
    icon::icon,
    marks::{Form, party, provisional, sync_mark},
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
    let open = move || {
        let count = shown.with(|list| list.iter().filter(|comment| is_open(comment)).count());
        (count > 0).then(|| view! { <p class="questions-open">{icon("warn")}{t!("questions-open", count = count)}</p> })
    };
    view! {
        {none}
        {open}
        <ol class="reports">
            <For
                each=move || shown.get()
                key=|comment| {
                    (comment.id, comment.text.clone(), comment.withdrawn, comment.at, comment.question.clone().map(key_of),
                        comment.merge.as_ref().map(|merge| (merge.mine, merge.title.clone())))
                }
                let:comment
            >
                {one(subject, comment, shown)}
            </For>
        </ol>
        {move || may_comment.get().then(|| writer(subject, about))}
    }
    .into_any()
}

fn is_open(comment: &CommentView) -> bool {
    !comment.withdrawn && comment.question.as_ref().is_some_and(|question| question.state == Settled::Open)
}

/// By what a question is drawn anew.
fn key_of(question: SettledView) -> (bool, Option<u64>, String, bool, bool) {
    let SettledView { state, by, reason, provisional, may_settle } = question;
    (state == Settled::Open, by.map(|(_, at)| at), reason, provisional, may_settle)
}

fn one(subject: DocId, comment: CommentView, all: Memo<Vec<CommentView>>) -> AnyView {
    let CommentView { id, doc, party: code, text, withdrawn, at, mine, mark, question, merge, .. } = comment;
    let (chip, settled) = match question.filter(|_| !withdrawn) {
        Some(question) => (Some(state_chip(question.state)), Some(settled(subject, id, question))),
        None => (None, None),
    };
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
                {chip}
                <span class="quiet">{format::moment(at)}</span>
                {sync_mark(mark, Form::Short)}
            </header>
            {words}
            {merge.filter(|_| !withdrawn).map(|merge| merging(subject, id, merge))}
            {settled}
            {act}
        </li>
    }
    .into_any()
}

fn state_chip(state: Settled) -> AnyView {
    let (glyph, key) = match state {
        Settled::Open => ("warn", "question-open"),
        Settled::Resolved => ("check", "question-resolved"),
    };
    view! { <span class="chip">{icon(glyph)}{tr(key)}</span> }.into_any()
}

/// The other project of a question whether two should be one, and what agrees to it.
fn merging(subject: DocId, question: EntityId, merge: MergeView) -> AnyView {
    let MergeView { way, other, title, leads, mine } = merge;
    let title = if title.is_empty() { tr("untitled") } else { title };
    let parties = use_parties();
    // Their names may come later than the question.
    let told = Signal::derive(move || {
        let names = parties.with(|all| leads.iter().map(|lead| all.name(lead)).collect::<Vec<_>>().join(", "));
        match (mine, way) {
            (Some(false), _) => t!("merge-waits", names = names),
            (_, Merging::Into) => tr("merge-agree-into"),
            (_, Merging::From) => t!("merge-agree-from", leads = leads.len(), names = names),
        }
    });
    let key = match way {
        Merging::Into => "merge-into-question",
        Merging::From => "merge-from-question",
    };
    let agree = move |_| commands::send(Command::Agree { subject, question }, |_| {});
    let acts = match mine {
        Some(true) => {
            let button =
                view! { <button type="button" class="btn btn--small btn--main" on:click=agree>{told}</button> };
            Some(view! { <div class="btnrow settle-agree">{button}</div> }.into_any())
        }
        Some(false) => Some(view! { <p class="quiet small">{told}</p> }.into_any()),
        None => None,
    };
    view! { <p>{tr(key)}" "<a href=format!("/projects/{other}")>{title}</a></p>{acts} }.into_any()
}

/// Who said last how a question stands, and what says otherwise.
fn settled(subject: DocId, question: EntityId, now: SettledView) -> AnyView {
    let SettledView { state, by, reason, provisional: waits, may_settle } = now;
    let parties = use_parties();
    let by = by.map(|(code, at)| {
        let said = move || {
            let party = parties.with(|parties| parties.name(&code));
            let when = format::moment(at);
            match state {
                Settled::Resolved => t!("question-resolved-by", party = party, when = when),
                Settled::Open => t!("question-opened-by", party = party, when = when),
            }
        };
        view! { <p class="quiet small">{said}" "{provisional(waits)}</p> }
    });
    let reason = (!reason.is_empty()).then(|| view! { <p>{reason}</p> });
    let answer = RwSignal::new(String::new());
    let (to, act) = match state {
        Settled::Open => (Settled::Resolved, "question-resolve"),
        Settled::Resolved => (Settled::Open, "question-reopen"),
    };
    let go = move |_| {
        commands::send(Command::Settle { subject, question, to, reason: answer.get_untracked() }, |_| {});
    };
    let id = next_id();
    let acts = may_settle.then(|| {
        view! {
            <div class="settle">
                <label class="vh" for=id.clone()>{tr("question-answer")}</label>
                <input class="input" id=id placeholder=tr("question-answer") prop:value=move || answer.get()
                    on:input=move |event| answer.set(page::value_of(&event)) />
                <button type="button" class="btn btn--small" on:click=go>{tr(act)}</button>
            </div>
        }
    });
    view! { {by}{reason}{acts} }.into_any()
}

fn writer(subject: DocId, about: Option<EntityId>) -> AnyView {
    let text = RwSignal::new(String::new());
    let id = next_id();
    let labelled = id.clone();
    let say = move |kind: CommentKind| {
        let words = text.get_untracked();
        if !words.trim().is_empty() {
            // The words stay in the field until they are kept.
            let (id, said) = (clock::entity(), words.clone());
            let command = match kind {
                CommentKind::Comment => Command::Comment { subject, id, about, text: said },
                CommentKind::Question => Command::Ask { subject, id, about, text: said },
            };
            commands::send(command, move |_| {
                if text.try_get_untracked().is_some_and(|now| now == words) {
                    text.set(String::new());
                }
            });
        }
    };
    let button = |kind, key: &str| {
        view! {
            <button type="button" class="btn btn--small"
                disabled=move || text.with(|text| text.trim().is_empty()) on:click=move |_| say(kind)>
                {tr(key)}
            </button>
        }
        .into_any()
    };
    view! {
        <div class="field">
            <label for=labelled>{tr("comment-label")}</label>
            <div class="field-in">
                <textarea class="input" id=id rows="2" prop:value=move || text.get()
                    on:input=move |event| text.set(page::value_of(&event))></textarea>
            </div>
            <div class="field-mark">
                <div class="btnrow">
                    {button(CommentKind::Comment, "comment-say")}
                    {button(CommentKind::Question, "comment-ask")}
                </div>
            </div>
        </div>
    }
    .into_any()
}
