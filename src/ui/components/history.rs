//! What was done to a record by authority or claimed about it, newest first.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::{
    domain::{
        Act, ActRecord, Claim, ClaimKind, DocId, EntityId, agenda::AgendaState, record::Origin, report::ReportAct,
    },
    engine::api::Mark,
    ui::i18n::{
        format::{self, word},
        t, tr,
    },
};

use super::marks::{Form, party, provisional, status, sync_mark};

/// The way to the history of a document, or of one record in it.
pub fn history_link(doc: DocId, record: Option<EntityId>, key: &str) -> AnyView {
    let href = record.map_or_else(|| format!("/history/{doc}"), |id| format!("/history/{doc}?record={id}"));
    view! { <a class="small" href=href>{tr(key)}</a> }.into_any()
}

/// One line: who, when, what.
struct Entry {
    id: EntityId,
    origin: Origin,
    what: AnyView,
    reason: String,
    provisional: bool,
}

/// The history of a record from its claims and acts.
pub fn history(claims: &[Claim], acts: &[ActRecord], marks: &BTreeMap<EntityId, Mark>) -> AnyView {
    let mut entries: Vec<Entry> = claims.iter().map(of_claim).chain(acts.iter().filter_map(of_act)).collect();
    // By the devices' clocks: this is a list to read, nothing is decided by it.
    entries.sort_by_key(|entry| std::cmp::Reverse((entry.origin.millis, entry.id)));
    if entries.is_empty() {
        return view! { <p class="quiet small">{tr("history-none")}</p> }.into_any();
    }
    let lines = entries
        .into_iter()
        .map(|entry| {
            let mark = marks.get(&entry.id).copied().map(|mark| sync_mark(Signal::stored(mark), Form::Short));
            view! {
                <li>
                    {entry.origin.party.as_ref().map(party)}
                    <p>{entry.what}{provisional(entry.provisional)}</p>
                    {mark}
                    {(!entry.reason.is_empty()).then(|| view! { <blockquote>{entry.reason}</blockquote> })}
                    <p class="who-when">{t!("history-recorded", when = format::moment(entry.origin.millis))}</p>
                </li>
            }
            .into_any()
        })
        .collect_view();
    view! { <div class="log"><ol>{lines}</ol></div> }.into_any()
}

fn of_claim(claim: &Claim) -> Entry {
    let what = claimed(claim);
    Entry { id: claim.id, origin: claim.origin.clone(), what, reason: claim.reason.clone(), provisional: false }
}

/// What a claim says.
pub fn claimed(claim: &Claim) -> AnyView {
    let text = claim.value.as_str().unwrap_or_default();
    match claim.what {
        ClaimKind::Status => {
            let shown = text.parse().ok().map(status);
            view! { {tr("history-claimed")}" "{shown} }.into_any()
        }
        ClaimKind::Start | ClaimKind::End | ClaimKind::ActualStart | ClaimKind::ActualEnd => {
            let date = text.parse().map_or_else(|_| tr("history-no-date"), format::short);
            t!("history-date", what = tr(&format!("field-{}", claim.what.word())), date = date).into_any()
        }
    }
}

fn of_act(act: &ActRecord) -> Option<Entry> {
    let what = match act.act.as_ref()? {
        // In a voice, where comments show it.
        Act::Settle(_) => return None,
        Act::Report(ReportAct::Step(_)) => acted(act.act.as_ref()?),
        // On the report itself, where they are about a paragraph.
        Act::Report(_) => return None,
        other => acted(other),
    };
    let provisional = act.number.is_none();
    Some(Entry { id: act.id, origin: act.origin.clone(), what, reason: act.reason.clone(), provisional })
}

/// What an act does.
pub fn acted(act: &Act) -> AnyView {
    let moved = |list: &str, to: &str| t!("history-moved", to = word(list, to)).into_any();
    match act {
        Act::MovePlan(to) => moved("plan-state", to.word()),
        Act::StepPlan(step) => moved("plan-state", step.to.word()),
        Act::PublishStatus(to) => view! { {tr("history-published")}" "{status(*to)} }.into_any(),
        Act::PublishStep(step) => view! { {tr("history-published")}" "{status(step.to)} }.into_any(),
        Act::Classify(said) => t!("history-classified", field = tr(&format!("field-{}", said.field))).into_any(),
        Act::StepDraft(step) => word("draft-step", step.to.word()).into_any(),
        Act::Settle(to) => word("settled", to.word()).into_any(),
        Act::Report(what) => reported(what),
        Act::MoveMeeting(to) => moved("meeting-state", to.word()),
        Act::MoveAgenda(to) => moved("agenda-state", to.word()),
        Act::MoveItem(to) => moved("item-state", to.word()),
        Act::Order(_) => tr("history-reordered").into_any(),
        Act::FixDate(when) => t!("history-fixed", date = format::date(*when)).into_any(),
        Act::FixDates(step) => {
            let date = step.to.start.map(format::date).unwrap_or_default();
            t!("history-fixed", date = date).into_any()
        }
        Act::ChangeMode(step) => t!("mode-changed", to = word("mode", step.to.word())).into_any(),
        Act::AmendAgenda(_) => moved("agenda-state", AgendaState::AmendedInSession.word()),
        Act::DeclineItem => tr("proposal-state-declined").into_any(),
        Act::NameVersion(name) => t!("history-named", name = name.as_str()).into_any(),
    }
}

fn reported(act: &ReportAct) -> AnyView {
    match act {
        ReportAct::Step(step) => t!("history-moved", to = word("report-state", step.to.word())).into_any(),
        ReportAct::Agree(agreement) => word("agreed", agreement.to.word()).into_any(),
        ReportAct::Answer(to) => word("answered", to.word()).into_any(),
        ReportAct::Record(recorded) => {
            t!("history-recorded-as", outcome = word("outcome", recorded.to.word())).into_any()
        }
        ReportAct::Progress(to) => t!("history-action", state = word("action-status", to.word())).into_any(),
        ReportAct::Correct(reads) => t!("history-corrected", words = reads.as_str()).into_any(),
        ReportAct::Decide(_) => tr("history-decided").into_any(),
    }
}
