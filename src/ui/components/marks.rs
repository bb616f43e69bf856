//! Marks on records: where its words are, whose it is, how it stands.

use leptos::prelude::*;

use crate::{
    domain::{PartyCode, When, project::ProjectStatus},
    engine::api::Mark,
    ui::{
        i18n::{
            format::{self, word},
            t, tr,
        },
        logic::status::{status_look, sync_glyph, sync_word},
        state::parties::use_parties,
    },
};

use super::icon::icon;

/// How much of a mark is written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A shape, its words for the ear: in rows.
    Short,
    /// Shape and words: in heads and fields.
    Long,
}

/// A mark in words.
#[must_use]
pub fn mark_words(mark: Mark) -> String {
    match mark {
        Mark::Seen { delegations } => t!("mark-seen", count = delegations),
        Mark::Pending | Mark::Device | Mark::Hub | Mark::Refused => tr(&format!("mark-{}", sync_word(mark))),
    }
}

/// Where a record's words are.
pub fn sync_mark(mark: Signal<Mark>, form: Form) -> AnyView {
    (move || {
        let mark = mark.get();
        let words = mark_words(mark);
        let inside = match (form, mark) {
            (Form::Long, _) => words.clone().into_any(),
            (Form::Short, Mark::Seen { delegations }) => view! {
                <span aria-hidden="true">{delegations}</span>
                <span class="vh">{words.clone()}</span>
            }
            .into_any(),
            (Form::Short, _) => view! { <span class="vh">{words.clone()}</span> }.into_any(),
        };
        view! {
            <span class="syncmark" data-sync=sync_word(mark) title=words>
                {icon(sync_glyph(mark))}
                {inside}
            </span>
        }
    })
    .into_any()
}

/// A party: its code for the eye, its name for the ear.
pub fn party(code: &PartyCode) -> AnyView {
    coded(code, "party")
}

/// The same with its colour, which means that it is here now.
pub fn party_here(code: &PartyCode) -> AnyView {
    coded(code, "party party--hue")
}

fn coded(code: &PartyCode, class: &'static str) -> AnyView {
    let (parties, code) = (use_parties(), code.clone());
    let name = code.clone();
    view! {
        <span class=class data-party=code.to_string()>
            <span aria-hidden="true">{code.to_string()}</span>
            <span class="vh">{move || parties.with(|parties| parties.name(&name))}</span>
        </span>
    }
    .into_any()
}

/// A party with its name written out.
pub fn who(code: &PartyCode) -> AnyView {
    let (parties, code) = (use_parties(), code.clone());
    let name = code.clone();
    view! {
        <span class="who">
            <span class="party" data-party=code.to_string() aria-hidden="true">{code.to_string()}</span>
            " "
            {move || parties.with(|parties| parties.name(&name))}
        </span>
    }
    .into_any()
}

/// A project's status: shape, word, colour.
pub fn status(status: ProjectStatus) -> AnyView {
    let (look, glyph) = status_look(status);
    view! { <span class="status" data-status=look>{icon(glyph)}{word("status", status.word())}</span> }.into_any()
}

/// What an act of authority says that the hub has not acknowledged.
pub fn provisional(yes: bool) -> AnyView {
    yes.then(|| view! { <span class="chip" title=tr("provisional-why")>{tr("provisional")}</span> }).into_any()
}

/// A date for a table, or a dash that is read as a word.
pub fn date_or_blank(when: Option<When>, blank: &str) -> AnyView {
    match when {
        Some(when) => view! { <span class="nowrap">{format::short(when)}</span> }.into_any(),
        None => nothing(blank),
    }
}

/// A dash for the eye, the message `key` for the ear.
pub fn nothing(key: &str) -> AnyView {
    view! {
        <span class="blank">
            <span aria-hidden="true">{tr("dash")}</span>
            <span class="vh">{tr(key)}</span>
        </span>
    }
    .into_any()
}
