//! Proposing an item, in the voice of one's own delegation.

use leptos::prelude::*;

use crate::{
    domain::{
        EntityId, Value,
        agenda::{ExpectedAction, ItemKind},
    },
    engine::api::Command,
    ui::{
        components::{ask, dialog::dialog, field::LANGUAGES, icon::icon},
        i18n::{
            format::{self, word},
            t, tr,
        },
        platform::clock,
        state::commands,
    },
};

use super::super::order::Order;

/// The button, where I may speak on the session, and its dialog.
pub fn button(order: Order) -> AnyView {
    let may = order.session.part(|session| session.may_comment);
    let open = RwSignal::new(false);
    let button = move || {
        may.get().then(|| {
            view! {
                <button type="button" class="btn btn--small" on:click=move |_| open.set(true)>
                    {icon("plus")}{tr("proposal-make")}
                </button>
            }
        })
    };
    view! { {button}{dialog(open, Signal::stored(tr("proposal-make")), move || body(order, open))} }.into_any()
}

fn choices(first: (String, String), rest: impl Iterator<Item = (String, String)>) -> Signal<Vec<(String, String)>> {
    Signal::stored(std::iter::once(first).chain(rest).collect())
}

fn body(order: Order, open: RwSignal<bool>) -> AnyView {
    let session = order.session;
    let blank = || RwSignal::new(String::new());
    let (title, other, language) = (blank(), blank(), blank());
    let (kind, action, minutes, under, text) = (blank(), blank(), blank(), blank(), blank());
    let none = || (String::new(), tr("not-set"));
    let kinds = choices(none(), ItemKind::ALL.iter().map(|one| (one.word().to_owned(), word("item-kind", one.word()))));
    let actions = choices(
        none(),
        ExpectedAction::ALL.iter().map(|one| (one.word().to_owned(), word("expected-action", one.word()))),
    );
    let languages = choices(none(), LANGUAGES.iter().map(|tag| ((*tag).to_owned(), format::word("language", tag))));
    let items = session
        .peek(|session| {
            let lines = session.agenda.iter().filter(|line| !line.number.is_empty());
            let named = |item: EntityId| {
                let items = session.snapshot.collection("items");
                items.iter().find(|known| known.id == Some(item)).map(|item| item.line("title").to_owned())
            };
            lines
                .map(|line| {
                    (line.item.to_string(), format!("{} {}", line.number, named(line.item).unwrap_or_default()))
                })
                .collect::<Vec<_>>()
        })
        .unwrap_or_default();
    let items = choices((String::new(), tr("proposal-own-item")), items.into_iter());
    let late = session.part(|session| session.proposals_until);
    let late = move || {
        let until = late.get()?;
        (clock::today() > until.bounds().1).then(
            || view! { <p class="hint">{icon("clock")}{t!("proposal-will-be-late", date = format::date(until))}</p> },
        )
    };
    let go = Callback::new(move |()| {
        let mut fields: Vec<(String, Value)> = vec![("title".to_owned(), title.get_untracked().trim().into())];
        let mut say = |name: &str, said: RwSignal<String>| {
            let said = said.get_untracked();
            if !said.trim().is_empty() {
                fields.push((name.to_owned(), said.trim().into()));
            }
        };
        say("item-kind", kind);
        say("expected-action", action);
        say("about", under);
        let tag = language.get_untracked();
        if !tag.is_empty() {
            say(&format!("titles:{tag}"), other);
        }
        if let Ok(minutes) = minutes.get_untracked().trim().parse::<u16>() {
            fields.push(("minutes".to_owned(), Value::Int(i64::from(minutes))));
        }
        let (session, id, text) = (session.doc, clock::entity(), text.get_untracked());
        commands::send(Command::ProposeItem { session, id, fields, text }, move |_| open.set(false));
    });
    let ready = Signal::derive(move || title.with(|title| !title.trim().is_empty()));
    view! {
        <div class="stack-s">
            {late}
            {ask::line("agenda-item-title", title, Some("proposal-title-hint"), true)}
            <div class="ask-2">
                {ask::choose("proposal-language", languages, language)}
                {ask::line("proposal-other-title", other, None, false)}
                {ask::choose("agenda-kind", kinds, kind)}
                {ask::choose("agenda-action", actions, action)}
                {ask::choose("proposal-place", items, under)}
                {ask::line("agenda-minutes-label", minutes, None, false)}
            </div>
            {ask::line("proposal-why", text, None, false)}
        </div>
        {ask::acts(open, Signal::stored(tr("proposal-send")), "btn btn--main", ready, go)}
    }
    .into_any()
}
