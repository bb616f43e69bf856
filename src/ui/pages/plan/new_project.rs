//! Proposing a project, or drafting it with one's own delegation first: a title and who leads it; everything else is filled in on its page.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use crate::{
    domain::{DocId, PartyCode, Role},
    engine::api::{Command, Done, PlanView, Query, ShellView},
    ui::{
        components::{dialog::dialog, icon::icon},
        i18n::tr,
        platform::{clock, page},
        state::{
            commands,
            parties::use_parties,
            views::{Live, use_view},
        },
    },
};

/// For whom.
#[derive(Clone, Copy)]
enum Way {
    /// For everybody at once.
    Propose,
    /// For one's own delegation first.
    Draft,
}

pub(super) fn new_project(plan: DocId, live: Live<PlanView>, open: RwSignal<bool>) -> AnyView {
    let shell = use_view::<ShellView>(Query::Shell);
    let parties = use_parties();
    let title = RwSignal::new(String::new());
    let lead = RwSignal::new(None::<PartyCode>);
    let navigate = StoredValue::new(use_navigate());
    dialog(open, Signal::stored(tr("project-new")), move || {
        let me = shell.peek(|shell| shell.me.as_ref().map(|me| (me.party.clone(), me.role))).flatten();
        let chooses = me.as_ref().is_some_and(|(_, role)| *role == Role::Secretariat);
        if !chooses {
            lead.set(me.map(|(party, _)| party));
        }
        let (proposes, drafts) = live.peek(|view| (view.may_propose, view.may_draft)).unwrap_or_default();
        let make = move |way: Way| {
            let title_words = title.get_untracked().trim().to_owned();
            let (Some(lead), false) = (lead.get_untracked(), title_words.is_empty()) else { return };
            let command = match way {
                Way::Propose => Command::CreateProject { doc: clock::doc(), plan, title: title_words, lead },
                Way::Draft => Command::CreateDraft { doc: clock::untimed_doc(), plan, title: title_words },
            };
            commands::send(command, move |done| {
                title.set(String::new());
                open.set(false);
                if let Done::Made { doc } = done {
                    navigate.try_with_value(|navigate| navigate(&format!("/projects/{doc}"), Default::default()));
                }
            });
        };
        let choose = chooses.then(|| {
            let options = parties.with_untracked(|parties| {
                parties
                    .iter()
                    .filter(|party| party.takes_part)
                    .map(|party| {
                        view! { <option value=party.code.to_string()>{party.name.clone()}</option> }.into_any()
                    })
                    .collect_view()
            });
            view! {
                <label class="label" for="new-lead">{tr("field-lead")}</label>
                <span class="select">
                    <select id="new-lead" on:change=move |event| lead.set(page::value_of(&event).parse().ok())>
                        <option value="">{tr("not-set")}</option>
                        {options}
                    </select>
                    {icon("down")}
                </span>
            }
        });
        let unready = move || title.with(|title| title.trim().is_empty()) || lead.with(Option::is_none);
        let plan_title = live.peek(|view| view.card.title.clone());
        view! {
            <form on:submit=move |event: leptos::ev::SubmitEvent| {
                event.prevent_default();
                make(if proposes { Way::Propose } else { Way::Draft });
            }>
                <p class="second-ink">{plan_title}</p>
                <div class="stack-s">
                    <label class="label" for="new-title">{tr("field-title")}</label>
                    <input class="input" id="new-title" prop:value=move || title.get()
                        on:input=move |event| title.set(page::value_of(&event)) />
                    {choose}
                    <p class="hint">{tr("project-new-hint")}</p>
                    {drafts.then(|| view! { <p class="hint">{tr("draft-new-hint")}</p> })}
                </div>
                <div class="btnrow">
                    <button type="button" class="btn btn--quiet" on:click=move |_| open.set(false)>{tr("cancel")}</button>
                    {drafts
                        .then(|| {
                            view! {
                                <button type="button" class="btn" disabled=unready on:click=move |_| make(Way::Draft)>
                                    {icon("lock")}
                                    {tr("draft-new")}
                                </button>
                            }
                        })}
                    {proposes
                        .then(|| {
                            view! {
                                <button type="submit" class="btn btn--main" disabled=unready>{tr("project-propose")}</button>
                            }
                        })}
                </div>
            </form>
        }
        .into_any()
    })
}
