//! The life of a report: shown, agreed, adopted as it stood or sent to be adopted, final.

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::{
    domain::{PartyCode, meeting::ReportState},
    engine::api::{ReportCommand, ReportStepView, SaidBy, Standing},
    ui::{
        components::{
            ask,
            dialog::dialog,
            marks::{party, provisional, who},
        },
        i18n::{
            format::{self, word},
            t, tr,
        },
        platform::page,
        state::commands,
    },
};

use super::super::session::{Session, audience_words};

/// The head of the paper: what it is, how far it is, and its next step.
pub fn head(session: Session, heading: String) -> AnyView {
    let audience = session.part(|session| audience_words(&session.audience));
    let drafting = Standing { state: ReportState::Drafting, provisional: false };
    let state = session.part(|session| Some(session.report.state));
    let state = Signal::derive(move || state.get().unwrap_or(drafting));
    let counts = session.part(|session| (session.report.agreed, session.report.of));
    let title = move || tr(if state.get().state.frozen() { "report-title" } else { "report-draft" });
    let far = move || {
        let (agreed, of) = counts.get();
        (of > 0 && !state.get().state.frozen())
            .then(|| view! { <span>{t!("report-agreed", agreed = agreed, of = of)}</span> })
    };
    let chip = move || {
        let now = state.get();
        let tone = if now.state.frozen() { "good" } else { "accent" };
        view! {
            <span class="chip" data-tone=tone>{word("report-state", now.state.word())}</span>
            {provisional(now.provisional)}
        }
    };
    view! {
        <header class="paper-head">
            <h2 id=heading>{title}</h2>
            <p class="quiet small paper-facts">{chip}{far}<span>{audience}</span></p>
            {next(session)}
        </header>
    }
    .into_any()
}

fn next(session: Session) -> AnyView {
    let next = session.part(|session| session.report.next.clone());
    let left = session.part(|session| session.report.of - session.report.agreed);
    let none = session.part(|session| session.report.of == 0);
    let open = RwSignal::new(false);
    let wanted = RwSignal::new(ReportState::Shown);
    let waits = move |to: ReportState| to.needs_all_agreed() && (left.get() > 0 || none.get());
    let buttons = move || {
        let button = |to: ReportState| {
            let begin = move |_| {
                wanted.set(to);
                open.set(true);
            };
            let main = move || if to.freezes() && !waits(to) { "btn btn--small btn--main" } else { "btn btn--small" };
            view! {
                <button type="button" class=main disabled=move || waits(to) on:click=begin>
                    {word("report-act", to.word())}
                </button>
            }
            .into_any()
        };
        next.get().into_iter().map(button).collect_view()
    };
    let why = move || {
        let held = next.with(|next| next.iter().any(|to| waits(*to)));
        (held && !none.get()).then(|| view! { <span class="hint">{t!("report-left", count = left.get())}</span> })
    };
    let may = move || next.with(|next| !next.is_empty());
    view! {
        {move || may().then(|| view! { <div class="btnrow paper-acts">{buttons}{why}</div> })}
        {record(session, open, wanted)}
    }
    .into_any()
}

fn record(session: Session, open: RwSignal<bool>, wanted: RwSignal<ReportState>) -> AnyView {
    let title = Signal::derive(move || word("report-act", wanted.get().word()));
    dialog(open, title, move || {
        let to = wanted.get_untracked();
        let reason = RwSignal::new(String::new());
        let all = session.peek(|session| session.report.adopters.clone()).unwrap_or_default();
        let by = RwSignal::new(all.iter().cloned().collect::<BTreeSet<PartyCode>>());
        let go = Callback::new(move |()| {
            let by = if to.freezes() { by.get_untracked().into_iter().collect() } else { Vec::new() };
            let what = ReportCommand::Step { to, by, reason: reason.get_untracked().trim().to_owned() };
            let command = crate::engine::api::Command::Report { session: session.doc, what };
            commands::send(command, move |_| open.set(false));
        });
        let ready = Signal::derive(move || !to.freezes() || by.with(|by| !by.is_empty()));
        let name = Signal::derive(move || t!("act-record", state = word("report-state", to.word())));
        view! {
            <div class="stack-s">
                {to.freezes().then(|| view! { <p class="second-ink">{tr("report-freezes")}</p> })}
                {to.freezes().then(|| adopters(all, by))}
                {ask::line("act-reason", reason, Some("act-reason-hint"), false)}
                <p class="hint">{tr("act-hint")}</p>
            </div>
            {ask::acts(open, name, "btn btn--main", ready, go)}
        }
        .into_any()
    })
}

fn adopters(all: Vec<PartyCode>, by: RwSignal<BTreeSet<PartyCode>>) -> AnyView {
    let boxes = all
        .into_iter()
        .map(|code| {
            let (this, now) = (code.clone(), code.clone());
            let choose = move |event: leptos::ev::Event| {
                let chosen = page::checked_of(&event);
                by.update(|by| {
                    if chosen {
                        by.insert(this.clone())
                    } else {
                        by.remove(&this)
                    };
                });
            };
            view! {
                <label class="check">
                    <input type="checkbox" prop:checked=move || by.with(|by| by.contains(&now)) on:change=choose />
                    {who(&code)}
                </label>
            }
            .into_any()
        })
        .collect_view();
    view! { <fieldset class="adopters"><legend class="label">{tr("report-adopters")}</legend>{boxes}</fieldset> }
        .into_any()
}

/// By whom and when something was said.
pub fn said(by: &SaidBy) -> AnyView {
    let code = by.party.as_ref().map(party);
    view! { {code}" "<span class="nowrap">{format::moment(by.at)}</span>{provisional(by.provisional)} }.into_any()
}

/// The steps that the report has taken.
pub fn steps(session: Session) -> AnyView {
    let steps = session.part(|session| session.report.steps.clone());
    let one = |step: ReportStepView| {
        let aside = step.not_applied.then(|| view! { <span class="alert">{tr("step-aside")}</span> });
        let reason =
            (!step.said.reason.is_empty()).then(|| view! { <blockquote>{step.said.reason.clone()}</blockquote> });
        view! {
            <li>
                <header><b>{word("report-state", step.to.word())}</b><span class="quiet">{said(&step.said)}</span></header>
                {aside}
                {reason}
            </li>
        }
        .into_any()
    };
    (move || {
        let steps = steps.get();
        (!steps.is_empty()).then(|| {
            view! {
                <section>
                    <div class="section-head"><h2>{tr("report-life")}</h2></div>
                    <ol class="reports">{steps.into_iter().map(one).collect_view()}</ol>
                </section>
            }
        })
    })
    .into_any()
}
