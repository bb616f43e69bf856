//! The steps of a project's status: what was claimed and what was published, by whom, when, why and at which meeting.

use leptos::prelude::*;

use crate::{
    domain::{
        Act, DocId, Edit, EntityId,
        project::{ProjectStatus, StatusStep},
        report::{DecidedBy, ReportAct},
    },
    engine::api::{ProjectView, Said, StatusStepView},
    ui::{
        components::{
            icon::{icon, toned},
            marks::{party, provisional, status},
            meetings::decided_at,
            points::{decided_by, decision_link},
        },
        i18n::{
            format::{self, word},
            t, tr,
        },
        logic::when,
        platform::{clock, page},
        state::{commands, views::Live},
    },
};

/// The list, the latest first.
pub(super) fn steps(live: Live<ProjectView>) -> AnyView {
    let steps = live.part(|view| view.steps.clone());
    (move || {
        let steps = steps.get();
        (!steps.is_empty()).then(|| {
            let count = steps.len();
            let lines = steps.into_iter().map(one).collect_view();
            view! {
                <details class="steps" open>
                    <summary>{toned("right", "icon turn")}{t!("steps-title", count = count)}</summary>
                    <ol class="reports" aria-label=tr("steps-list")>{lines}</ol>
                </details>
            }
        })
    })
    .into_any()
}

fn one(step: StatusStepView) -> AnyView {
    let said = match step.said {
        Said::Claimed => tr("history-claimed"),
        Said::Published => tr("history-published"),
    };
    let at = step.meeting.map(|(doc, title)| {
        let title = if title.is_empty() { tr("life-meeting") } else { title };
        view! { <span>{tr("step-at")}" "<a href=format!("/meetings/{doc}")>{title}</a></span> }
    });
    let decision = step.decision.as_ref().map(decision_link);
    let on = step.on.map(|when| view! { <span>{format::date(when)}</span> });
    let aside = step.not_applied.then(|| view! { <p class="alert">{icon("warn")}{tr("step-aside")}</p> });
    let evidence = (!step.evidence.is_empty())
        .then(|| view! { <p class="quiet small">{t!("report-evidence", evidence = step.evidence)}</p> });
    let stands = step.stands.then(|| view! { <span class="chip">{tr("step-stands")}</span> });
    view! {
        <li>
            <header>
                {step.party.as_ref().map(party)}
                <b>{said}</b>
                {status(step.to)}
                {stands}
                {on}
                {at}
                {decision}
                {provisional(step.provisional)}
            </header>
            {(!step.reason.is_empty()).then(|| view! { <blockquote>{step.reason}</blockquote> })}
            {evidence}
            {aside}
            <p class="quiet small">{t!("history-recorded", when = format::moment(step.at))}</p>
        </li>
    }
    .into_any()
}

/// The Secretariat publishes a status: an act in the plan, about this project. The meeting and the reason go with the next.
pub(super) fn publish(doc: DocId, live: Live<ProjectView>) -> AnyView {
    let may = live.part(|view| view.may_publish);
    (move || may.get().then(|| publisher(doc, live))).into_any()
}

fn publisher(doc: DocId, live: Live<ProjectView>) -> AnyView {
    let published = live.part(|view| view.row.published.map(|standing| standing.state));
    let meeting = RwSignal::new(None::<DocId>);
    let decision = RwSignal::new(None::<EntityId>);
    let (reason, on) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let wrong = RwSignal::new(false);
    // Counts up when a choice is given back, so that the select shows again what stands.
    let given_back = RwSignal::new(0_u32);
    let choices = move || {
        given_back.track();
        let now = published.get();
        let options = ProjectStatus::ALL
            .iter()
            .map(|status| {
                let selected = now == Some(*status);
                view! { <option value=status.word() prop:selected=selected>{word("status", status.word())}</option> }
                    .into_any()
            })
            .collect_view();
        view! {
            <option value="" prop:selected=now.is_none()>{tr("published-none")}</option>
            {options}
        }
    };
    let publish = move |event| {
        let plan = live.peek(|view| view.row.plan);
        let text = on.get_untracked();
        let said = when::read(&text, &format::months());
        wrong.set(!text.trim().is_empty() && said.is_none());
        if wrong.get_untracked() {
            given_back.update(|count| *count += 1);
            return;
        }
        if let (Some(plan), Ok(to)) = (plan, page::value_of(&event).parse::<ProjectStatus>()) {
            let by = meeting.get_untracked().zip(decision.get_untracked());
            let act = match (meeting.get_untracked(), said) {
                (None, None) => Act::PublishStatus(to),
                (meeting, on) => Act::PublishStep(Box::new(StatusStep { to, meeting, on })),
            };
            let (target, said) = (Some(EntityId::from_bytes(doc.to_bytes())), reason.get_untracked());
            let said = said.trim().to_owned();
            let step = clock::entity();
            commands::edit(plan, Edit::Act { id: step, act, target, term: None, reason: said });
            if let Some((meeting, paragraph)) = by {
                let act = Act::Report(ReportAct::Decide(DecidedBy { meeting, paragraph }));
                let (id, target) = (clock::entity(), Some(step));
                commands::edit(plan, Edit::Act { id, act, target, term: None, reason: String::new() });
            }
            meeting.set(None);
            reason.set(String::new());
            on.set(String::new());
        }
    };
    view! {
        <div class="publisher" role="group" aria-labelledby="publisher-h">
            <h3 id="publisher-h">{tr("publish-title")}</h3>
            {decided_at(meeting)}
            {decided_by(meeting.into(), decision)}
            {line("f-publish-on", "publish-on", on, "input w-s", tr("publish-on-hint"))}
            {move || {
                wrong.get().then(|| view! { <p class="error" role="alert">{icon("warn")}{tr("invalid-when")}</p> })
            }}
            {line("f-publish-reason", "publish-reason", reason, "input", String::new())}
            <div class="field">
                <label for="f-published">{tr("published-label")}</label>
                <div class="field-in">
                    <span class="select w-m">
                        <select id="f-published" on:change=publish>{choices}</select>
                        {icon("down")}
                    </span>
                    <p class="hint">{tr("publish-hint")}</p>
                </div>
                <div class="field-mark"></div>
            </div>
        </div>
    }
    .into_any()
}

fn line(id: &'static str, label: &str, text: RwSignal<String>, class: &'static str, hint: String) -> AnyView {
    view! {
        <div class="field">
            <label for=id>{tr(label)}</label>
            <div class="field-in">
                <input class=class id=id autocomplete="off" prop:value=move || text.get()
                    on:input=move |event| text.set(page::value_of(&event)) />
                {(!hint.is_empty()).then(|| view! { <p class="hint">{hint}</p> })}
            </div>
            <div class="field-mark"></div>
        </div>
    }
    .into_any()
}
