//! Filters of the table: each has its label inside, and all of them live in the address.

use std::collections::BTreeSet;

use leptos::{ev, prelude::*};

use crate::{
    domain::{PartyCode, project::ProjectStatus},
    ui::{
        components::icon::icon,
        i18n::{format::word, tr},
        logic::table::{Area, Grouping, Shown},
        platform::page,
        state::parties::use_parties,
    },
};

use super::{OnePlan, View};

pub(super) type Choices = Signal<Vec<(String, String)>>;

/// The filters; with tools of a table, how its rows are grouped, and those.
pub(super) fn filters(plan: &OnePlan, view: View, tools: Option<AnyView>) -> AnyView {
    let group = tools.is_some().then(|| group(view));
    let sibling = plan.live.part(|plan| plan.sibling);
    let framework = plan.live.part(|plan| Some(plan.card.framework));
    let areas = plan.areas;
    let area_choices: Choices = Memo::new(move |_| {
        let mut choices: Vec<(String, String)> = areas
            .get()
            .into_iter()
            .map(|(id, code, title)| (id.to_string(), format!("{code} {title}").trim().to_owned()))
            .collect();
        choices.push(("none".to_owned(), tr("area-none")));
        choices
    })
    .into();
    let statuses =
        ProjectStatus::ALL.iter().map(|status| (status.word().to_owned(), word("status", status.word()))).collect();
    let both = move || {
        sibling.get().map(|_| {
            let key = match framework.get() {
                Some(crate::domain::Framework::AccsmPlus3) => "filter-with-accsm",
                Some(crate::domain::Framework::Accsm) | None => "filter-with-plus3",
            };
            view! {
                <label class="switch push">
                    <input type="checkbox" role="switch" prop:checked=move || view.shown.with(|shown| shown.sibling)
                        on:change=move |event| change(view, |shown| shown.sibling = page::checked_of(&event)) />
                    {tr(key)}
                </label>
            }
        })
    };
    view! {
        <search class="toolbar filters" aria-label=tr("filters")>
            <div class="picks">
                {pick("filter-lead", "pick", leads(plan), Signal::derive(move || view.shown.with(|shown| {
                    shown.lead.as_ref().map(PartyCode::to_string).unwrap_or_default()
                })), Callback::new(move |word: String| change(view, |shown| shown.lead = word.parse().ok())))}
                {pick("filter-status", "pick", Signal::stored(statuses), Signal::derive(move || view.shown.with(|shown| {
                    shown.status.map(|status| status.word().to_owned()).unwrap_or_default()
                })), Callback::new(move |word: String| change(view, |shown| shown.status = word.parse().ok())))}
                {pick("filter-area", "pick pick--pa", area_choices, Signal::derive(move || view.shown.with(|shown| {
                    match shown.area {
                        Some(Area::Of(area)) => area.to_string(),
                        Some(Area::None) => "none".to_owned(),
                        None => String::new(),
                    }
                })), Callback::new(move |word: String| change(view, |shown| {
                    shown.area = if word == "none" { Some(Area::None) } else { word.parse().ok().map(Area::Of) };
                })))}
                {group}
            </div>
            {search(view)}
            {both}
            {tools.map(|tools| view! { <div class="tools">{tools}</div> })}
        </search>
    }
    .into_any()
}

// Grouping always is some, and so has no choice for none set.
fn group(view: View) -> AnyView {
    let options = Grouping::ALL
        .iter()
        .map(|one| {
            let one = *one;
            let chosen = move || view.shown.with(|shown| shown.group == one);
            view! { <option value=one.word() prop:selected=chosen>{tr(&format!("group-{}", one.word()))}</option> }
                .into_any()
        })
        .collect_view();
    let choose = move |event| {
        if let Ok(group) = page::value_of(&event).parse() {
            change(view, |shown| shown.group = group);
        }
    };
    view! {
        <label class="pick" data-set=move || view.shown.with(|shown| (shown.group != Grouping::Area).then_some(""))>
            <span class="pick-label">{tr("group-by")}</span>
            <span class="select">
                <select on:change=choose>{options}</select>
                {icon("down")}
            </span>
        </label>
    }
    .into_any()
}

fn change(view: View, work: impl FnOnce(&mut Shown)) {
    let mut shown = view.shown.get_untracked();
    work(&mut shown);
    view.change.run(shown);
}

// Parties that lead something here, by name; the one in the address too, whatever it is.
pub(super) fn leads(plan: &OnePlan) -> Choices {
    let (table, parties) = (plan.table.clone(), use_parties());
    Memo::new(move |_| {
        let codes: BTreeSet<PartyCode> =
            table.read(|rows| rows.iter().flat_map(|row| row.leads.iter().cloned()).collect());
        parties.with(|parties| {
            parties
                .iter()
                .filter(|party| party.takes_part || codes.contains(&party.code))
                .map(|party| (party.code.to_string(), party.name.clone()))
                .collect::<Vec<_>>()
        })
    })
    .into()
}

pub(super) fn pick(
    label: &str,
    class: &'static str,
    choices: Choices,
    current: Signal<String>,
    choose: Callback<String>,
) -> AnyView {
    let options = move || {
        let mut list = choices.get();
        let now = current.get();
        if !now.is_empty() && !list.iter().any(|(word, _)| *word == now) {
            list.push((now.clone(), now));
        }
        list.into_iter()
            .map(|(word, name)| {
                let value = word.clone();
                view! { <option value=value prop:selected=move || current.with(|now| *now == word)>{name}</option> }
                    .into_any()
            })
            .collect_view()
    };
    view! {
        <label class=class data-set=move || current.with(|now| (!now.is_empty()).then_some(""))>
            <span class="pick-label">{tr(label)}</span>
            <span class="select">
                <select on:change=move |event| choose.run(page::value_of(&event))>
                    <option value="" prop:selected=move || current.with(String::is_empty)>{tr("all")}</option>
                    {options}
                </select>
                {icon("down")}
            </span>
        </label>
    }
    .into_any()
}

fn search(view: View) -> AnyView {
    // `/` goes to the search field from anywhere but a field.
    let slash = window_event_listener(ev::keydown, |event| {
        if event.key() == "/" && !event.ctrl_key() && !event.meta_key() && !page::typing_somewhere() {
            event.prevent_default();
            page::focus_first(".searchbox input");
        }
    });
    on_cleanup(move || slash.remove());
    view! {
        <label class="searchbox">
            <span class="vh">{tr("search")}</span>
            {icon("search")}
            <input class="input" type="search" placeholder=tr("search")
                prop:value=move || view.shown.with(|shown| shown.search.clone())
                on:input=move |event| change(view, |shown| shown.search = page::value_of(&event)) />
            <kbd aria-hidden="true">"/"</kbd>
        </label>
    }
    .into_any()
}
