//! All work plans by period, the two frameworks side by side.

use leptos::prelude::*;

use crate::{
    domain::{Framework, plan::PlanState},
    engine::api::{PlanCard, PlansView, Query},
    ui::{
        components::{
            empty::{empty, gate},
            head::Head,
            icon::icon,
            marks::{Form, provisional, sync_mark},
        },
        i18n::{
            format::{date, word},
            t, tr,
        },
        state::views::use_view,
    },
};

/// The page.
#[component]
pub fn Plans() -> impl IntoView {
    let live = use_view::<PlansView>(Query::Plans);
    let cards = live.part(|view| view.plans.clone());
    let head = Head::of("plans", "plans-title").facts(view! { <span>{tr("plans-facts")}</span> }.into_any()).view();
    let body = gate(live.phase(), move || {
        (move || {
            let cards = cards.get();
            if cards.is_empty() {
                return empty(tr("plans-empty"), tr("plans-empty-text"), ().into_any());
            }
            let mut periods: Vec<(i16, i16)> = cards.iter().map(|card| (card.from, card.to)).collect();
            periods.sort_unstable_by(|a, b| b.cmp(a));
            periods.dedup();
            let sections = periods
                .into_iter()
                .map(|period| {
                    let of_period = cards.iter().filter(|card| (card.from, card.to) == period).cloned().collect();
                    section(period, of_period)
                })
                .collect_view();
            view! { <div class="stack">{sections}</div> }.into_any()
        })
        .into_any()
    });
    view! { {head}{body} }
}

fn section((from, to): (i16, i16), mut cards: Vec<PlanCard>) -> AnyView {
    cards.sort_by_key(|card| card.framework);
    let id = format!("p-{from}");
    let labelled = id.clone();
    let cards = cards.into_iter().map(card).collect_view();
    view! {
        <section class="period" aria-labelledby=labelled>
            <div class="section-head"><h2 id=id>{t!("period", from = from, to = to)}</h2></div>
            <div class="pair sheet">{cards}</div>
        </section>
    }
    .into_any()
}

fn card(card: PlanCard) -> AnyView {
    let sync = crate::ui::logic::status::sync_word(card.mark);
    let statuses = card
        .by_status
        .iter()
        .map(|(status, count)| {
            view! { <li>{crate::ui::components::marks::status(*status)}" "<b>{*count}</b></li> }.into_any()
        })
        .collect_view();
    let total = match (card.published_total, card.framework) {
        (Some(total), Framework::Accsm) => t!("plan-total-projects", total = total, here = card.here),
        (Some(total), Framework::AccsmPlus3) => t!("plan-total-activities", total = total, here = card.here),
        (None, _) => t!("plan-here", here = card.here),
    };
    let adopted = card
        .adopted
        .map(|when| view! { " "<span class="quiet">{t!("plan-adopted", date = date(when))}</span> }.into_any());
    view! {
        <article class="plan-card" data-record=card.doc.to_string() data-sync=sync>
            <header><h3><a href=format!("/plans/{}", card.doc)>{card.title}</a></h3></header>
            <div class="plan-stage">
                {cycle(card.state.state)}
                <p><b>{word("plan-state", card.state.state.word())}</b>{provisional(card.state.provisional)}{adopted}</p>
            </div>
            <dl class="facts">
                <dt>{tr("plan-projects")}</dt>
                <dd>{total}</dd>
            </dl>
            <ul class="tally" aria-label=tr("plan-by-status")>{statuses}</ul>
            <footer>{sync_mark(Signal::stored(card.mark), Form::Long)}</footer>
        </article>
    }
    .into_any()
}

/// The life of a plan as steps.
pub fn cycle(state: PlanState) -> AnyView {
    let at = PlanState::ALL.iter().position(|step| *step == state).unwrap_or(0);
    let steps = PlanState::ALL
        .iter()
        .enumerate()
        .map(|(step, state)| {
            let done = (step < at).then_some("");
            let current = (step == at).then_some("step");
            view! {
                <li data-done=done aria-current=current><span class="vh">{word("plan-state", state.word())}</span></li>
            }
            .into_any()
        })
        .collect_view();
    let name = t!("cycle", state = word("plan-state", state.word()), step = at + 1, steps = PlanState::ALL.len());
    view! { <ol class="cycle" aria-label=name>{steps}</ol> }.into_any()
}

/// A small link with a glyph: kept here because two pages show it.
pub fn print_button() -> AnyView {
    view! {
        <button type="button" class="btn" on:click=move |_| crate::ui::platform::page::print()>
            {icon("print")}
            {tr("print")}
        </button>
    }
    .into_any()
}
