//! The plan that goes on from this one: a link to it, or the act that starts it.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use crate::{
    domain::DocId,
    engine::api::{Command, Done, PlanView},
    ui::{
        components::{ask, dialog::dialog},
        i18n::tr,
        state::{commands, views::Live},
    },
};

/// The row above the table.
pub(super) fn row(plan: DocId, live: Live<PlanView>) -> AnyView {
    let next = live.part(|view| view.next_plan.clone());
    let may = live.part(|view| view.may_start_next);
    let open = RwSignal::new(false);
    let shown = move || match next.get() {
        Some((doc, title)) => view! {
            <p>{tr("next-plan")}" "<a href=format!("/plans/{doc}")>{title}</a></p>
        }
        .into_any(),
        None if may.get() => view! {
            <p class="quiet">{tr("next-plan-none")}</p>
            <button type="button" class="btn" on:click=move |_| open.set(true)>{tr("next-plan-start")}</button>
        }
        .into_any(),
        None => view! { <p class="quiet">{tr("next-plan-none")}</p> }.into_any(),
    };
    view! { <div class="btnrow next-plan">{shown}</div>{start(plan, live, open)} }.into_any()
}

fn start(previous: DocId, live: Live<PlanView>, open: RwSignal<bool>) -> AnyView {
    let go_to = StoredValue::new_local(use_navigate());
    dialog(open, Signal::stored(tr("next-plan-start")), move || {
        let (name, from, to) =
            live.peek(|view| (view.card.title.clone(), view.card.from, view.card.to)).unwrap_or_default();
        let years = to - from + 1;
        let (first, last) = (to + 1, to + years);
        let (was, is) = (format!("{from}-{to}"), format!("{first}-{last}"));
        let title = RwSignal::new(name.replace(&was, &is));
        let (first, last) = (RwSignal::new(first.to_string()), RwSignal::new(last.to_string()));
        let period = Signal::derive(move || {
            let year = |text: RwSignal<String>| text.with(|text| text.trim().parse::<i16>().ok());
            Some((year(first)?, year(last)?)).filter(|(first, last)| *first > from && last >= first)
        });
        let ready = Signal::derive(move || period.get().is_some() && title.with(|title| !title.trim().is_empty()));
        let go = Callback::new(move |()| {
            let Some((from, to)) = period.get_untracked() else { return };
            let title = title.get_untracked().trim().to_owned();
            commands::send(Command::CreatePlan { previous, title, from, to }, move |done| {
                open.set(false);
                if let Done::Made { doc } = done {
                    go_to.with_value(|go| go(&format!("/plans/{doc}"), leptos_router::NavigateOptions::default()));
                }
            });
        });
        view! {
            <div class="stack-s">
                <p class="second-ink">{tr("next-plan-text")}</p>
                {ask::line("field-title", title, None, true)}
                {ask::line("next-plan-from", first, None, false)}
                {ask::line("next-plan-to", last, None, false)}
            </div>
            {ask::acts(open, Signal::stored(tr("next-plan-start")), "btn btn--main", ready, go)}
        }
        .into_any()
    })
}
