//! What a person may do to a document, asked before anything is written. The hub asks again.

use super::{Engine, documents::root_of, refuse};
use crate::{
    domain::{
        Act, ClaimKind, DocId, DocKind, Edit, Snapshot,
        act::Sets,
        agenda, meeting,
        plan::{self, PlanState},
        project::{self, ProjectStatus},
        schema,
    },
    engine::api::Refusal,
};

impl Engine {
    /// Whether the person may make this edit now.
    pub(super) fn may_edit(&self, doc: DocId, edit: &Edit) -> Result<(), Refusal> {
        self.may_edit_open(doc, edit)?;
        let held = self.documents.get(doc).ok_or_else(|| refuse("unknown-document", doc.to_string()))?;
        self.unfrozen(held.snapshot(), edit)
    }

    /// The same, of an adopted agenda too: for a change that is recorded beside it.
    pub(super) fn may_edit_open(&self, doc: DocId, edit: &Edit) -> Result<(), Refusal> {
        let account = self.account.as_ref().ok_or_else(|| refuse("not-joined", "no account"))?;
        if account.barred.is_some() {
            return Err(refuse("device-revoked", "the hub will have no more of this device"));
        }
        let held = self.documents.get(doc).ok_or_else(|| refuse("unknown-document", doc.to_string()))?;
        let snapshot = held.snapshot();
        if snapshot.schema > schema::CURRENT {
            return Err(refuse("newer-schema", format!("schema {}", snapshot.schema)));
        }
        if !self.may_write(doc) {
            return Err(refuse("not-a-writer", doc.to_string()));
        }
        if let Edit::Act { act: Act::StepDraft(step), reason, .. } = edit {
            return self.may_step_draft(doc, **step, reason);
        }
        self.may_draft_in(doc)?;
        self.may_write_report(doc, snapshot, edit)?;
        if let Edit::Act { act: Act::Report(act), target, term, reason, .. } = edit {
            return self.may_report(doc, snapshot, act, (*target, *term), reason);
        }
        match edit {
            Edit::Claim { what: ClaimKind::Status, value, reason, supersedes, .. }
            | Edit::ClaimAt { what: ClaimKind::Status, value, reason, supersedes, .. } => {
                let to = value.as_str().and_then(|word| word.parse().ok());
                let to = to.ok_or_else(|| refuse("bad-value", "not a status"))?;
                check_claim(snapshot, self.stood(doc, snapshot), to, reason, supersedes)
            }
            Edit::Act { act: Act::Settle(to), target, .. } => {
                let voice = self.entry(doc).filter(|entry| entry.kind == DocKind::Voice);
                let subject = voice.and_then(|entry| entry.subject);
                self.may_settle(subject.ok_or_else(|| refuse("bad-value", "not in a voice"))?, *target, *to)
            }
            Edit::Act { act: Act::FixDates(step), reason, .. } => {
                if step.to.start.is_none() {
                    return Err(refuse("bad-value", "no first day"));
                }
                self.may_fix(doc, &step.to, reason)
            }
            Edit::Act { act: Act::ChangeMode(step), reason, .. } => self.may_hold(doc, step.to, reason),
            Edit::Act { act: Act::DeclineItem, target, reason, .. } => self.may_decline(doc, *target, reason),
            Edit::Act { act: Act::AmendAgenda(_), reason, .. } => {
                self.may_amend(doc)?;
                if !agenda::state(&snapshot.acts).state.frozen() {
                    return Err(refuse("transition", "the agenda is not adopted"));
                }
                if reason.trim().is_empty() { Err(refuse("reason-missing", "why")) } else { Ok(()) }
            }
            Edit::Act { act, target, term, reason, .. } => match Sets::<PlanState>::sets(act) {
                Some(to) => self.may_step(doc, to, plan::step(act).and_then(|step| step.meeting), *term, reason),
                None => self.may_act(snapshot, act, *target),
            },
            Edit::Set { .. }
            | Edit::Choose { .. }
            | Edit::Text { .. }
            | Edit::Add { .. }
            | Edit::Move { .. }
            | Edit::Withdraw { .. }
            | Edit::Restore { .. }
            | Edit::Begin { .. }
            | Edit::Make(_)
            | Edit::Claim { .. }
            | Edit::ClaimAt { .. } => Ok(()),
        }
    }

    /// From which status a lead's next claim follows.
    pub(super) fn stood(&self, doc: DocId, snapshot: &Snapshot) -> Option<ProjectStatus> {
        let published = self.project_row(doc).and_then(|row| self.published(row.plan).get(&root_of(doc)).copied());
        project::stood(standing_status(snapshot), published.map(|standing| standing.state))
    }

    fn may_act(&self, snapshot: &Snapshot, act: &Act, target: Option<crate::domain::EntityId>) -> Result<(), Refusal> {
        let acts = &snapshot.acts;
        let follows = |moved: bool, allowed: bool| {
            // The first act may record any state: a plan can be older than its record here.
            if allowed || !moved { Ok(()) } else { Err(refuse("transition", "this state cannot follow")) }
        };
        let fits = |kind: DocKind| {
            if snapshot.kind == kind { Ok(()) } else { Err(refuse("bad-value", "no such act on this document")) }
        };
        match act {
            // Asked of `may_step`.
            Act::MovePlan(_) | Act::StepPlan(_) => Err(refuse("bad-value", "not a step")),
            Act::PublishStatus(_) | Act::PublishStep(_) => {
                fits(DocKind::Plan)?;
                if !self.is_secretariat() {
                    return Err(refuse("not-a-writer", "the Secretariat publishes statuses"));
                }
                let target = target.ok_or_else(|| refuse("bad-value", "no project"))?;
                let to: Option<ProjectStatus> = act.sets();
                let now = project::published(acts).remove(&target);
                let next = |now: ProjectStatus| to.is_some_and(|to| now == to || now.next().contains(&to));
                follows(now.is_some(), now.is_some_and(|now| next(now.state)))
            }
            Act::Classify(said) => {
                fits(DocKind::Plan)?;
                if !self.is_secretariat() {
                    return Err(refuse("not-a-writer", "these fields are the Secretariat's"));
                }
                let known =
                    target.is_some_and(|target| self.project_row(DocId::from_bytes(target.to_bytes())).is_some());
                let fits = said.field.fits(&said.value);
                if known && fits { Ok(()) } else { Err(refuse("bad-value", "not of this field, or of no project")) }
            }
            // Asked of `may_step_draft`.
            Act::StepDraft(_) => Err(refuse("bad-value", "not of a draft")),
            // Asked of `may_fix`, `may_hold`, `may_decline` and `may_amend`.
            Act::FixDates(_) | Act::ChangeMode(_) | Act::DeclineItem | Act::AmendAgenda(_) => {
                Err(refuse("bad-value", "no such act on this document"))
            }
            // Asked of `may_report`.
            Act::Report(_) => Err(refuse("bad-value", "not in a report")),
            // Asked of `may_settle`.
            Act::Settle(_) => Err(refuse("bad-value", "not in a voice")),
            Act::MoveMeeting(to) => {
                fits(DocKind::Meeting)?;
                let now = meeting::state(acts);
                follows(now.moved, now.state.next().contains(to))
            }
            Act::FixDate(_) => fits(DocKind::Meeting),
            Act::NameVersion(name) => {
                let told = (1..=plan::VERSION_NAME_MAX).contains(&name.trim().chars().count());
                if told { Ok(()) } else { Err(refuse("bad-value", "a name of 1 to 80 characters")) }
            }
            Act::MoveAgenda(to) => {
                fits(DocKind::Session)?;
                let now = agenda::state(acts);
                follows(now.moved, now.state.next().contains(to))
            }
            Act::MoveItem(to) => {
                fits(DocKind::Session)?;
                let target = target.ok_or_else(|| refuse("bad-value", "no item"))?;
                let now = agenda::item_state(acts, target);
                follows(now.moved, now.state.next().contains(to))
            }
            Act::Order(_) => fits(DocKind::Session),
        }
    }
}

/// The one status that stands, if one does.
pub(super) fn standing_status(snapshot: &Snapshot) -> Option<ProjectStatus> {
    match project::claimed(&snapshot.claims).as_slice() {
        [one] => Some(*one),
        [] | [_, _, ..] => None,
    }
}

fn check_claim(
    snapshot: &Snapshot,
    from: Option<ProjectStatus>,
    to: ProjectStatus,
    reason: &str,
    supersedes: &[crate::domain::EntityId],
) -> Result<(), Refusal> {
    let unknown = supersedes.iter().find(|id| !snapshot.claims.iter().any(|claim| claim.id == **id));
    if let Some(id) = unknown {
        return Err(refuse("unknown-entity", id.to_string()));
    }
    project::check_claim(from, to, reason).map_err(|error| {
        let code = match error {
            project::BadClaim::NotClaimable => "not-claimable",
            project::BadClaim::Transition => "transition",
            project::BadClaim::ReasonMissing => "reason-missing",
        };
        refuse(code, error.to_string())
    })
}
