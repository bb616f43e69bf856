//! How a meeting's dates, mode and state came to be, and what was changed of its agenda after the meeting adopted it.

use super::super::super::{Engine, documents::Held};
use crate::{
    domain::{
        Act, ActRecord, DocId, Framework, PartyCode, Snapshot,
        act::in_order,
        agenda::AgendaState,
        meeting::{self, dates},
    },
    engine::api::{AgendaChange, DatesView, MeetingChange, MeetingStep},
};

/// When a meeting is.
pub(super) fn dates(snapshot: &Snapshot) -> DatesView {
    let dates::Fixed { now, planned, provisional, beside } = dates::fixed(&snapshot.root, &snapshot.acts);
    DatesView { now, planned, provisional, beside, ..DatesView::default() }
}

/// When the hub received an act; by the device's clock until it did.
fn received(held: Option<&Held>, act: &ActRecord) -> u64 {
    let of_act = |number| held?.provenances().values().find(|known| known.number == number)?.received_at;
    act.number.and_then(of_act).unwrap_or(act.origin.millis)
}

impl Engine {
    /// Whose act it is: by the device, where this person may know whose that is, else by the chair term it names.
    fn acting(&self, act: &ActRecord) -> Option<PartyCode> {
        let by_term = || {
            let term = act.term?;
            let known = self
                .catalogue
                .terms
                .iter()
                .find(|((framework, ordinal), _)| *framework == Framework::Accsm && *ordinal == term);
            known.map(|(_, term)| term.party.clone())
        };
        act.origin.party.clone().or_else(by_term)
    }

    pub(super) fn meeting_steps(&self, doc: DocId, snapshot: &Snapshot) -> Vec<MeetingStep> {
        let held = self.documents.get(doc);
        let aside = meeting::state(&snapshot.acts).not_applied;
        let step = |act: &&ActRecord| {
            let what = match act.act.as_ref()? {
                Act::FixDates(step) => MeetingChange::Dates { to: step.to.clone(), was: step.was.clone() },
                Act::FixDate(start) => {
                    let to = dates::Dates { start: Some(*start), ..dates::Dates::default() };
                    MeetingChange::Dates { to, was: None }
                }
                Act::ChangeMode(step) => MeetingChange::Mode { to: step.to, was: step.was },
                Act::MoveMeeting(to) => MeetingChange::State(*to),
                _ => return None,
            };
            Some(MeetingStep {
                id: act.id,
                what,
                party: self.acting(act),
                at: received(held, act),
                reason: act.reason.clone(),
                provisional: act.number.is_none(),
                not_applied: aside.contains(&act.id),
            })
        };
        in_order(&snapshot.acts).iter().filter_map(step).collect()
    }

    pub(super) fn agenda_changes(&self, doc: DocId, snapshot: &Snapshot) -> Vec<AgendaChange> {
        let held = self.documents.get(doc);
        let title = |act: &ActRecord| {
            let item = snapshot.collection("items").iter().find(|item| item.id.is_some() && item.id == act.target);
            item.map(|item| item.line("title").to_owned()).unwrap_or_default()
        };
        let change = |act: &&ActRecord| {
            let change = match act.act.as_ref()? {
                Act::AmendAgenda(change) => Some((**change).clone()),
                Act::MoveAgenda(AgendaState::AmendedInSession) => None,
                _ => return None,
            };
            Some(AgendaChange {
                id: act.id,
                item: act.target,
                title: title(act),
                change,
                party: self.acting(act),
                at: received(held, act),
                reason: act.reason.clone(),
                provisional: act.number.is_none(),
            })
        };
        in_order(&snapshot.acts).iter().filter_map(change).collect()
    }
}
