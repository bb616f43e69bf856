//! How one project ended: asked of its lead, with the reason, and where it goes on.

use leptos::prelude::*;

use crate::{
    domain::{
        DocId,
        project::{Fate, ProjectStatus, check_claim, stood},
    },
    engine::api::{Command, ProjectRow},
    ui::{
        components::{ask, dialog},
        i18n::{format::word, t, tr},
        state::commands,
    },
};

use super::OnePlan;

/// The ends that may follow from where a project stands; without a next plan nothing is carried over.
pub(super) fn choices(row: &ProjectRow, next: bool) -> Vec<ProjectStatus> {
    let from = match row.claimed.as_slice() {
        [one] => stood(Some(*one), row.published.map(|standing| standing.state)),
        _ => None,
    };
    let may = |to: ProjectStatus| check_claim(from, to, "any").is_ok();
    [ProjectStatus::Completed, ProjectStatus::CarriedOver, ProjectStatus::Cancelled, ProjectStatus::Merged]
        .into_iter()
        .filter(|to| *to != ProjectStatus::CarriedOver || next)
        // What is not in the plan yet is withdrawn where it becomes one with another.
        .filter(|to| may(*to) || *to == ProjectStatus::Merged && may(ProjectStatus::Withdrawn))
        .collect()
}

/// The dialog about the project in `asked`.
pub(super) fn dialog(plan: &OnePlan, asked: RwSignal<Option<ProjectRow>>) -> AnyView {
    let (live, table) = (plan.live, plan.table.clone());
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(asked.with(Option::is_some)));
    Effect::new(move |was: Option<bool>| {
        let is = open.get();
        if was == Some(true) && !is {
            asked.set(None);
        }
        is
    });
    let title = Signal::derive(move || {
        t!(
            "closing-choose-for",
            title = asked.with(|row| row.as_ref().map(|row| row.title.clone()).unwrap_or_default())
        )
    });
    dialog::dialog(open, title, move || {
        let Some(row) = asked.get_untracked() else { return ().into_any() };
        let next = live.peek(|view| view.next_plan.clone()).flatten();
        let offered = choices(&row, next.is_some());
        let named = |status: &ProjectStatus| (status.word().to_owned(), word("status", status.word()));
        let fates = Signal::stored(offered.iter().map(named).collect::<Vec<_>>());
        let others: Vec<(String, String)> = table.read(|rows| {
            let others = rows.iter().filter(|other| other.doc != row.doc && other.fate() != Fate::Out);
            others.map(|other| (other.doc.to_string(), other.title.clone())).collect()
        });
        let others = std::iter::once((String::new(), tr("not-set"))).chain(others).collect::<Vec<_>>();
        let others = Signal::stored(others);
        let first = offered.first().map_or_else(String::new, |status| status.word().to_owned());
        let (fate, into, reason) = (RwSignal::new(first), RwSignal::new(String::new()), RwSignal::new(String::new()));
        let chosen = Memo::new(move |_| fate.with(|word| word.parse::<ProjectStatus>().ok()));
        let merges = move || chosen.get() == Some(ProjectStatus::Merged);
        let silent = Signal::derive(move || reason.with(|reason| reason.trim().is_empty()));
        let ready = Signal::derive(move || {
            let why = chosen.get().is_some_and(|to| ProjectStatus::Ongoing.needs_reason(to));
            let unsaid = (why && silent.get()) || (merges() && into.with(String::is_empty));
            chosen.get().is_some() && !unsaid
        });
        let (project, plan) = (row.doc, next.as_ref().map(|(doc, _)| *doc));
        let go = Callback::new(move |()| {
            let reason = reason.get_untracked().trim().to_owned();
            let command = match (chosen.get_untracked(), plan) {
                (Some(ProjectStatus::CarriedOver), Some(plan)) => Command::CarryOver { project, plan, reason },
                (Some(fate), _) => {
                    let into = into.get_untracked().parse::<DocId>().ok();
                    let merged_into = into.filter(|_| fate == ProjectStatus::Merged);
                    Command::SetFate { project, fate, reason, merged_into }
                }
                (None, _) => return,
            };
            commands::send(command, move |_| open.set(false));
        });
        let act = Signal::derive(move || {
            t!("claim-it", status = chosen.get().map_or_else(String::new, |to| word("status", to.word())))
        });
        let goes_on = next.map(|(_, title)| {
            move || {
                (chosen.get() == Some(ProjectStatus::CarriedOver))
                    .then(|| view! { <p class="hint">{t!("closing-carries", plan = title.as_str())}</p> })
            }
        });
        view! {
            <div class="stack-s">
                {ask::choose("closing-fate", fates, fate)}
                {move || merges().then(|| ask::choose("closing-merged-into", others, into))}
                {goes_on}
                {ask::line("reason", reason, Some("why-hint"), false)}
            </div>
            {ask::acts(open, act, "btn btn--main", ready, go)}
        }
        .into_any()
    })
}
