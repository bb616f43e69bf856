//! Proposing a project: a title and who leads it; everything else is filled in on its page.

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
        let make = move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            let words = title.get_untracked();
            let (Some(lead), false) = (lead.get_untracked(), words.trim().is_empty()) else { return };
            let command = Command::CreateProject { doc: clock::doc(), plan, title: words.trim().to_owned(), lead };
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
        let plan_title = live.peek(|view| view.card.title.clone());
        view! {
            <form on:submit=make>
                <p class="second-ink">{plan_title}</p>
                <div class="stack-s">
                    <label class="label" for="new-title">{tr("field-title")}</label>
                    <input class="input" id="new-title" prop:value=move || title.get()
                        on:input=move |event| title.set(page::value_of(&event)) />
                    {choose}
                    <p class="hint">{tr("project-new-hint")}</p>
                </div>
                <div class="btnrow">
                    <button type="button" class="btn btn--quiet" on:click=move |_| open.set(false)>{tr("cancel")}</button>
                    <button type="submit" class="btn btn--main"
                        disabled=move || title.with(|title| title.trim().is_empty()) || lead.with(Option::is_none)>
                        {tr("project-propose")}
                    </button>
                </div>
            </form>
        }
        .into_any()
    })
}
