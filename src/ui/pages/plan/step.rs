//! Recording a step in a plan's life: at which meeting, when, and why.

use leptos::prelude::*;

use crate::{
    domain::{DocId, EntityId, When, plan::PlanState},
    engine::api::{Command, MeetingRow, MeetingsView, PlanView, Query},
    ui::{
        components::{ask, dialog::dialog, icon::icon, points::decided_by},
        i18n::{
            format::{self, word},
            t, tr,
        },
        logic::when,
        state::{
            commands,
            views::{Live, use_view},
        },
    },
};

/// The meetings that may decide a step: of the plan's framework, latest first.
fn fitting(view: &MeetingsView, plan: &PlanView, to: PlanState) -> Vec<MeetingRow> {
    let level = to.level();
    let fits = |row: &&MeetingRow| {
        row.framework == Some(plan.card.framework)
            && (level.is_empty() || row.meeting.is_some_and(|kind| level.contains(&kind)))
    };
    let mut meetings: Vec<_> = view.groups.iter().flat_map(|group| &group.meetings).filter(fits).cloned().collect();
    meetings.sort_by_key(|row| std::cmp::Reverse((row.start.map(|when| when.bounds().0), row.doc)));
    meetings
}

/// The dialog that records the step to `wanted`.
pub(super) fn record(
    plan: DocId,
    live: Live<PlanView>,
    open: RwSignal<bool>,
    wanted: RwSignal<Option<PlanState>>,
) -> AnyView {
    let name = move || wanted.get().map_or_else(String::new, |state| word("plan-state", state.word()));
    let title = Signal::derive(move || t!("plan-move-title", state = name()));
    dialog(open, title, move || {
        let all = use_view::<MeetingsView>(Query::Meetings);
        let to = wanted.get_untracked().unwrap_or(PlanState::Drafting);
        let meetings =
            Memo::new(move |_| all.get(|all| live.peek(|plan| fitting(all, plan, to))).flatten().unwrap_or_default());
        let choices: Signal<Vec<(String, String)>> = Memo::new(move |_| {
            let named = |row: &MeetingRow| {
                let date = row.start.map(format::short).unwrap_or_default();
                (row.doc.to_string(), format!("{} {date}", row.title).trim().to_owned())
            };
            let none = (String::new(), tr("step-no-meeting"));
            std::iter::once(none)
                .chain(meetings.with(|rows| rows.iter().map(named).collect::<Vec<_>>()))
                .collect::<Vec<_>>()
        })
        .into();
        let (meeting, on, reason) =
            (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
        let decision = RwSignal::new(None::<EntityId>);
        let at = Signal::derive(move || meeting.with(|meeting| meeting.parse::<DocId>().ok()));
        let wrong = RwSignal::new(false);
        let silent = Signal::derive(move || reason.with(|reason| reason.trim().is_empty()));
        let why = move || to == PlanState::Drafting || (to.freezes() && meeting.with(String::is_empty));
        let ready = Signal::derive(move || !(why() && silent.get()));
        let go = Callback::new(move |()| {
            let text = on.get_untracked();
            let said = when::read(&text, &format::months());
            wrong.set(!text.trim().is_empty() && said.is_none());
            if wrong.get_untracked() {
                return;
            }
            let at = meeting.get_untracked().parse::<DocId>().ok();
            let of_meeting = || -> Option<When> {
                meetings.with_untracked(|rows| {
                    rows.iter().find(|row| Some(row.doc) == at).and_then(|row| row.end.or(row.start))
                })
            };
            let on = said.or_else(of_meeting);
            let reason = reason.get_untracked().trim().to_owned();
            let decision = decision.get_untracked();
            let command = Command::AdvancePlan { plan, to, meeting: at, decision, on, reason };
            commands::send(command, move |_| open.set(false));
        });
        let act = Signal::derive(move || t!("act-record", state = word("plan-state", to.word())));
        view! {
            <div class="stack-s">
                {to.freezes().then(|| view! { <p class="second-ink">{tr("step-freezes")}</p> })}
                {ask::choose("step-meeting", choices, meeting)}
                {decided_by(at, decision)}
                {ask::line("step-on", on, Some("step-on-hint"), false)}
                {move || {
                    wrong.get().then(|| view! { <p class="error" role="alert">{icon("warn")}{tr("invalid-when")}</p> })
                }}
                {ask::line("reason", reason, None, false)}
                <p class="hint">{move || tr(if why() { "step-reason-needed" } else { "act-reason-hint" })}</p>
                <p class="hint">{tr("act-hint")}</p>
            </div>
            {ask::acts(open, act, "btn btn--main", ready, go)}
        }
        .into_any()
    })
}
