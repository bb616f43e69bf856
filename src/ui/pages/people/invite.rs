//! Inviting someone: the link is shown once, to be handed on by whatever road is trusted, and kept nowhere.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    domain::{PartyCode, Role},
    engine::api::{Command, Done, Invitee, PeopleView},
    ui::{
        components::{ask, dialog::dialog as boxed, icon::icon},
        i18n::{format::word, t, tr},
        platform::page,
        state::{commands, toasts, views::Live},
    },
};

const DAYS: [u16; 4] = [3, 7, 14, 30];

/// The dialog.
pub fn dialog(live: Live<PeopleView>, open: RwSignal<bool>) -> AnyView {
    let party = RwSignal::new(String::new());
    let role = RwSignal::new(String::new());
    let days = RwSignal::new("14".to_owned());
    let link = RwSignal::new(None::<String>);
    let wrong = RwSignal::new(None::<String>);
    let parties = live.part(|view| {
        let named = |code: &PartyCode| {
            let name = view.parties.iter().find(|party| party.code == *code).map(|party| party.name.clone());
            (code.to_string(), name.unwrap_or_else(|| code.to_string()))
        };
        view.invite_for.iter().map(named).collect::<Vec<_>>()
    });
    let roles: Signal<Vec<(String, String)>> = Memo::new(move |_| {
        let secretariat = party.with(|party| party == PartyCode::secretariat().as_str());
        let fits = |role: &&Role| match role {
            Role::Secretariat => secretariat,
            Role::FocalPoint | Role::SeniorOfficial | Role::Head | Role::Drafter | Role::Host | Role::Observer => {
                !secretariat
            }
        };
        let named = |role: &Role| (role.word().to_owned(), word("role", role.word()));
        Role::ALL.iter().filter(fits).map(named).collect::<Vec<_>>()
    })
    .into();
    let lengths = Signal::stored(DAYS.map(|days| (days.to_string(), t!("invite-for-days", count = days))).to_vec());
    // What was chosen must be among what may be chosen.
    Effect::new(move |_| {
        let known = parties.with(|parties| parties.iter().any(|(code, _)| party.with(|party| party == code)));
        if !known && let Some((code, _)) = parties.with(|parties| parties.first().cloned()) {
            party.set(code);
        }
    });
    Effect::new(move |_| {
        let known = roles.with(|roles| roles.iter().any(|(word, _)| role.with(|role| role == word)));
        if !known && let Some((word, _)) = roles.with(|roles| roles.first().cloned()) {
            role.set(word);
        }
    });
    // A link is never shown a second time.
    Effect::new(move |_| {
        if !open.get() {
            link.set(None);
            wrong.set(None);
        }
    });
    let go = Callback::new(move |()| {
        let (Ok(party), Ok(role), Ok(days)) =
            (party.get_untracked().parse(), role.get_untracked().parse(), days.get_untracked().parse())
        else {
            return;
        };
        wrong.set(None);
        commands::ask(Command::Invite { whom: Invitee::Someone { party, role }, days }, move |result| match result {
            Ok(Done::Invitation { link: made }) => link.set(Some(made)),
            Ok(Done::Durable | Done::Made { .. } | Done::Export { .. } | Done::Piece { .. }) => {}
            Ok(Done::Overtaken(_) | Done::Audit(_)) => {}
            Err(refusal) => wrong.set(Some(toasts::words(&refusal))),
        });
    });
    boxed(open, Signal::stored(tr("invite-title")), move || {
        view! {
            {move || match link.get() {
                Some(made) => made_view(open, made, "invite-once"),
                None => view! {
                    <div class="stack-s">
                        {ask::choose("invite-party", parties, party)}
                        {ask::choose("invite-role", roles, role)}
                        {ask::choose("invite-days", lengths, days)}
                        {move || wrong.get().map(|text| view! { <p class="error" role="alert">{icon("warn")}{text}</p> })}
                    </div>
                    {ask::acts(open, Signal::stored(tr("invite-make")), "btn btn--main", Signal::stored(true), go)}
                }
                .into_any(),
            }}
        }
        .into_any()
    })
}

/// The dialog that brings a further device of one's own: no question but whether.
pub fn further_device(open: RwSignal<bool>) -> AnyView {
    let link = RwSignal::new(None::<String>);
    let wrong = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        if !open.get() {
            link.set(None);
            wrong.set(None);
        }
    });
    let go = Callback::new(move |()| {
        wrong.set(None);
        commands::ask(Command::Invite { whom: Invitee::Myself, days: DAYS[0] }, move |result| match result {
            Ok(Done::Invitation { link: made }) => link.set(Some(made)),
            Ok(Done::Durable | Done::Made { .. } | Done::Export { .. } | Done::Piece { .. }) => {}
            Ok(Done::Overtaken(_) | Done::Audit(_)) => {}
            Err(refusal) => wrong.set(Some(toasts::words(&refusal))),
        });
    });
    boxed(open, Signal::stored(tr("device-further")), move || {
        (move || match link.get() {
            Some(made) => made_view(open, made, "device-further-once"),
            None => view! {
                <p>{t!("device-further-text", count = DAYS[0])}</p>
                {move || wrong.get().map(|text| view! { <p class="error" role="alert">{icon("warn")}{text}</p> })}
                {ask::acts(open, Signal::stored(tr("invite-make")), "btn btn--main", Signal::stored(true), go)}
            }
            .into_any(),
        })
        .into_any()
    })
}

fn made_view(open: RwSignal<bool>, link: String, once: &str) -> AnyView {
    let copied = RwSignal::new(None::<bool>);
    let words = link.clone();
    let copy = move |_| {
        let words = words.clone();
        spawn_local(async move { copied.set(Some(page::copy(&words).await)) });
    };
    let said = move || copied.get().map(|done| tr(if done { "invite-copied" } else { "invite-copy-failed" }));
    view! {
        <p>{tr(once)}</p>
        <label class="label" for="invite-link">{tr("invite-link")}</label>
        <input class="input" id="invite-link" readonly value=link />
        <p class="hint" role="status">{said}</p>
        <div class="btnrow">
            <button type="button" class="btn btn--main" on:click=copy>{icon("doc")}{tr("copy")}</button>
            <button type="button" class="btn" on:click=move |_| open.set(false)>{tr("close")}</button>
        </div>
    }
    .into_any()
}
