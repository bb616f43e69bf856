//! The life cycle of a plan: each step with its date, its meeting and who recorded it, what did not take effect, who writes
//! the plan, and its versions.

use leptos::prelude::*;

use crate::{
    domain::{
        DocId,
        plan::{NotApplied, PlanState},
    },
    engine::api::{PlanView, Standing, StepView},
    ui::{
        components::{
            marks::{party, provisional},
            points::decision_link,
        },
        i18n::{
            format::{self, word},
            t, tr,
        },
        pages::plans::cycle,
        state::views::Live,
    },
};

use super::{OnePlan, pen, reserved, step, versions};

/// The tab.
pub(super) fn tab(doc: DocId, plan: &OnePlan) -> AnyView {
    let live = plan.live;
    let steps = live.part(|view| view.life.clone());
    let drafting = Standing { state: PlanState::Drafting, provisional: false };
    let state = live.part_or(drafting, |view| view.card.state);
    let (open, wanted) = (RwSignal::new(false), RwSignal::new(None));
    let stages = move || {
        let now = state.get();
        let at = PlanState::ALL.iter().position(|state| *state == now.state);
        let one = |(n, to): (usize, &PlanState)| {
            let done = steps.with(|steps| steps.iter().find(|step| step.stands && step.to == *to).cloned());
            let again = done.as_ref().is_some_and(|step| step.may_freeze_again).then(|| again(*to, open, wanted));
            stage(*to, done, at.is_some_and(|at| n < at), now.state == *to, again)
        };
        PlanState::ALL.iter().enumerate().map(one).collect_view()
    };
    view! {
        <div class="stack">
            <section class="section" aria-labelledby="h-life">
                <div class="section-head"><h2 id="h-life">{tr("tab-life")}</h2></div>
                <div class="sheet life-sheet stack-s">
                    {move || cycle(state.get().state)}
                    <ol class="life" aria-label=tr("life-steps")>{stages}</ol>
                    {next(live, open, wanted)}
                </div>
            </section>
            {set_aside(steps)}
            {pen::pen(doc, live)}
            {reserved::reserved(doc, live)}
            {versions::versions(plan)}
        </div>
        {step::record(doc, live, open, wanted)}
    }
    .into_any()
}

/// What freezes the plan once more, where versions that a step froze may never come to the hub.
fn again(to: PlanState, open: RwSignal<bool>, wanted: RwSignal<Option<PlanState>>) -> AnyView {
    let click = move |_| {
        wanted.set(Some(to));
        open.set(true);
    };
    view! {
        <span class="quiet">{tr("life-freeze-again-text")}</span>
        <button type="button" class="btn btn--small" on:click=click>{tr("life-freeze-again")}</button>
    }
    .into_any()
}

fn stage(to: PlanState, step: Option<StepView>, passed: bool, current: bool, again: Option<AnyView>) -> AnyView {
    let waits = step.as_ref().is_some_and(|step| step.provisional);
    let told = match step {
        Some(step) => told(&step),
        None if passed => view! { <span class="quiet">{tr("life-no-record")}</span> }.into_any(),
        None => ().into_any(),
    };
    view! {
        <li data-done=passed.then_some("") aria-current=current.then_some("step")>
            {word("plan-state", to.word())}
            {provisional(waits)}
            {told}
            {again}
        </li>
    }
    .into_any()
}

/// When, at which meeting, by whom, why, and what it froze.
fn told(step: &StepView) -> AnyView {
    let on = step.on.map_or_else(|| t!("history-recorded", when = format::moment(step.at)), format::date);
    let meeting = step.meeting.clone().map(|(doc, title)| {
        let title = if title.is_empty() { tr("life-meeting") } else { title };
        view! { <a href=format!("/meetings/{doc}")>{title}</a> }
    });
    let decision = step.decision.as_ref().map(decision_link);
    let by = step.party.as_ref().map(|code| view! { <span>{tr("life-by")}" "{party(code)}</span> });
    let term = step.term.map(|term| view! { <span>{t!("life-term", ordinal = term)}</span> });
    let frozen = step.frozen.clone().map(|frozen| {
        let short: String = frozen.root.chars().take(12).collect();
        let waits = (frozen.waits > 0).then(|| t!("life-waits", count = frozen.waits));
        view! {
            <span class="quiet">
                {t!("life-frozen", count = frozen.count)}" "
                <code title=frozen.root>{short}</code>
                {waits.map(|waits| view! { " "{waits} })}
            </span>
        }
    });
    let reason = (!step.reason.is_empty()).then(|| view! { <span class="quiet">{step.reason.clone()}</span> });
    view! {
        <span class="quiet life-facts"><span>{on}</span>{meeting}{decision}{by}{term}</span>
        {reason}
        {frozen}
    }
    .into_any()
}

/// The steps that may follow, where I may take them.
fn next(live: Live<PlanView>, open: RwSignal<bool>, wanted: RwSignal<Option<PlanState>>) -> AnyView {
    let next = live.part(|view| view.next.clone());
    (move || {
        let buttons = next
            .get()
            .into_iter()
            // Closing has its own page, which says what is missing.
            .filter(|to| *to != PlanState::Closed)
            .map(|to| {
                let key = if to == PlanState::Drafting { "plan-return" } else { "plan-move" };
                let class = if to == PlanState::Drafting { "btn btn--quiet" } else { "btn" };
                let click = move |_| {
                    wanted.set(Some(to));
                    open.set(true);
                };
                view! {
                    <button type="button" class=class on:click=click>
                        {t!(key, state = word("plan-state", to.word()))}
                    </button>
                }
                .into_any()
            })
            .collect_view();
        let closing = next.with(|next| next.contains(&PlanState::Closed)).then(|| {
            view! { <a class="btn" href="?tab=closing" data-noscroll="">{tr("closing-go")}</a> }
        });
        view! { <div class="btnrow">{buttons}{closing}</div> }
    })
    .into_any()
}

/// Steps that were recorded and did not take effect, and why.
fn set_aside(steps: Signal<Vec<StepView>>) -> AnyView {
    (move || {
        let lines = steps.with(|steps| {
            let aside = steps.iter().filter_map(|step| Some((step.clone(), step.not_applied?)));
            aside.map(|(step, why)| not_applied(&step, why)).collect::<Vec<_>>()
        });
        (!lines.is_empty()).then(|| {
            view! {
                <section class="section" aria-labelledby="h-aside">
                    <div class="section-head"><h2 id="h-aside">{tr("life-aside")}</h2><p>{tr("life-aside-text")}</p></div>
                    <ul class="sheet rows">{lines}</ul>
                </section>
            }
        })
    })
    .into_any()
}

fn not_applied(step: &StepView, why: NotApplied) -> AnyView {
    let why = match why {
        NotApplied::Met(state) => t!("life-met", state = word("plan-state", state.word())),
        NotApplied::Term(ordinal) => t!("life-old-term", ordinal = ordinal),
    };
    view! {
        <li data-record=step.act.to_string()>
            <p><b>{word("plan-state", step.to.word())}</b>" "{why}</p>
            <p class="life">{told(step)}</p>
        </li>
    }
    .into_any()
}
