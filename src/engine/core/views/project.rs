//! One project with its plan's words about it and what parties say.

use super::super::{Engine, documents::root_of, marks::Parties, rows::project_row, rules::standing_status};
use crate::{
    domain::{
        Act, ActRecord, ClaimKind, DocId, DocKind, EntityId, Fact, Snapshot, Writer,
        act::{Sets, in_order},
        claim,
        comment::{self, CommentKind, Settled},
        project::{self, ProjectStatus, SecretariatField},
        report, schema,
    },
    engine::api::{CommentView, ProjectRow, ProjectView, Said, SettledView, StatusStepView},
};

impl Engine {
    pub(super) fn project_view(&self, doc: DocId) -> Option<ProjectView> {
        let snapshot = self.attributed(doc)?;
        let mut parties = Parties::default();
        let draft = self.draft_view(doc);
        let row = match &draft {
            Some(_) => ProjectRow { plan: self.entry(doc)?.subject?, ..project_row(doc, &snapshot) },
            None => self.project_row(doc)?.clone(),
        };
        let row = self.shown_project(&row, &self.published(row.plan), &mut parties);
        let plan = self.plan_row(row.plan);
        let linked = |doc: DocId| (doc, self.plan_of(doc).map(|plan| self.title(plan)).unwrap_or_default());
        let (standing, from) = (standing_status(&snapshot), self.stood(doc, &snapshot));
        let claimable = |to: &&ProjectStatus| Some(**to) != standing && project::check_claim(from, **to, "any").is_ok();
        let open = draft.as_ref().is_none_or(|draft| draft.standing.state.open().is_ok());
        let may_write = row.may_write && open && snapshot.schema <= schema::CURRENT;
        let endorsed_at: Option<DocId> = snapshot.root.read("endorsed-at");
        Some(ProjectView {
            plan_title: plan.map(|plan| plan.card.title.clone()).unwrap_or_default(),
            areas: plan.map(|plan| plan.areas.clone()).unwrap_or_default(),
            carried_from: row.carried_from.map(linked),
            carried_to: self.carried_to(doc).map(linked),
            merged_into: self.merged_into(doc).map(|other| (other, self.title(other))),
            merged_from: self.merged_from(doc),
            without_pen: self.without_pen(doc),
            comments: self.comments(doc, &mut parties),
            may_write,
            may_publish: self.is_secretariat() && self.may_write(row.plan),
            may_comment: draft.is_none() && self.may_comment(doc),
            marks: self.marks(doc, &snapshot, &mut parties),
            next: if may_write { ProjectStatus::ALL.iter().filter(claimable).copied().collect() } else { Vec::new() },
            steps: self.status_steps(doc, row.plan, &snapshot),
            years: plan.map(|plan| (plan.card.from, plan.card.to)).filter(|(from, to)| 0 < *from && from <= to),
            classified: self.classified(doc, row.plan),
            reference_provisional: self.reference_provisional(doc),
            same_number: self.same_number(doc).map(|other| (other, self.title(other))),
            next_reference: self.next_reference(&row),
            endorsed_at: endorsed_at.map(|meeting| (meeting, self.title(meeting))),
            draft,
            row,
            snapshot,
        })
    }

    /// What the Secretariat wrote into its fields of a project.
    fn classified(&self, doc: DocId, plan: DocId) -> Vec<(SecretariatField, String, bool)> {
        let Some(plan) = self.documents.get(plan) else { return Vec::new() };
        let said = |field: &SecretariatField| {
            let (value, waits) = project::secretariat::classified(&plan.snapshot().acts, root_of(doc), *field)?;
            Some((*field, value.to_owned(), waits))
        };
        SecretariatField::ALL.iter().filter_map(said).collect()
    }

    /// Every change of a project's status: what its lead claimed, and what the Secretariat published in the plan.
    fn status_steps(&self, doc: DocId, plan: DocId, snapshot: &Snapshot) -> Vec<StatusStepView> {
        let named = |meeting: Option<DocId>| meeting.map(|meeting| (meeting, self.title(meeting)));
        let received = |of: DocId, id: EntityId| {
            let at = self.documents.get(of).and_then(|held| held.touch_of(id)).map(|touch| touch.first_at);
            at.filter(|at| *at > 0)
        };
        let standing: Vec<EntityId> =
            claim::standing(&snapshot.claims, ClaimKind::Status).into_iter().map(|claim| claim.id).collect();
        let claims = snapshot.claims.iter().filter(|claim| claim.what == ClaimKind::Status).filter_map(|claim| {
            Some(StatusStepView {
                id: claim.id,
                said: Said::Claimed,
                to: claim.value.as_str()?.parse().ok()?,
                on: claim.as_of,
                meeting: named(claim.meeting),
                decision: None,
                party: claim.origin.party.clone(),
                at: claim.origin.millis,
                reason: claim.reason.clone(),
                evidence: claim.evidence.clone(),
                stands: standing.contains(&claim.id),
                provisional: false,
                not_applied: false,
            })
        });
        let acts = self.documents.get(plan).map_or(&[][..], |held| &held.snapshot().acts);
        let decided = report::decided(acts);
        let folded = project::published(acts).remove(&root_of(doc));
        let mine = |act: &&ActRecord| {
            act.target == Some(root_of(doc))
                && act.act.as_ref().is_some_and(|act| Sets::<ProjectStatus>::sets(act).is_some())
        };
        let mine: Vec<&ActRecord> = in_order(acts).into_iter().filter(mine).collect();
        let aside = |act: &ActRecord| folded.as_ref().is_some_and(|folded| folded.not_applied.contains(&act.id));
        let last = mine.iter().rev().find(|act| !aside(act)).map(|act| act.id);
        let acts = mine.iter().filter_map(|act| {
            let body = act.act.as_ref()?;
            let (on, meeting) = match body {
                Act::PublishStep(step) => (step.on, step.meeting),
                _ => (None, None),
            };
            let origin = self.attributed_origin(&act.origin);
            Some(StatusStepView {
                id: act.id,
                said: Said::Published,
                to: body.sets()?,
                on,
                meeting: named(meeting),
                decision: decided.get(&act.id).map(|by| self.decision_link(*by)),
                party: origin.party,
                at: received(plan, act.id).unwrap_or(origin.millis),
                reason: act.reason.clone(),
                evidence: String::new(),
                stands: last == Some(act.id),
                provisional: act.number.is_none(),
                not_applied: aside(act),
            })
        });
        let mut steps: Vec<StatusStepView> = claims.chain(acts).collect();
        steps.sort_by_key(|step| std::cmp::Reverse((step.at, step.id)));
        steps
    }

    /// What parties say about a subject, oldest first.
    pub(super) fn comments(&self, subject: DocId, parties: &mut Parties) -> Vec<CommentView> {
        let mut comments = Vec::new();
        let settlements = self.settlements(subject);
        let own = self.account.as_ref().map(|account| account.party.clone());
        let may_comment = self.may_comment(subject);
        for voice in self.voices(subject) {
            let (Some(held), Some(party)) = (self.documents.get(voice), self.speaker(voice)) else { continue };
            let mine = held.snapshot().schema <= schema::CURRENT && self.may_write(voice);
            for record in held.snapshot().collection("comments") {
                let Some(id) = record.id else { continue };
                let received = held.touch_of(id).map(|touch| touch.first_at).filter(|at| *at > 0);
                let question = (record.read("kind") == Some(CommentKind::Question)).then(|| {
                    let entitled = self.entitled(subject, party.clone());
                    let now = comment::standing(id, &settlements, &entitled);
                    let mine = own.as_ref().is_some_and(|own| entitled.contains(own));
                    SettledView {
                        state: now.state,
                        reason: now.by.as_ref().map(|(_, act)| act.reason.clone()).unwrap_or_default(),
                        provisional: now.by.as_ref().is_some_and(|(_, act)| act.number.is_none()),
                        by: now.by.map(|(party, act)| (party, act.origin.millis)),
                        may_settle: mine && may_comment && record.withdrawn.is_none(),
                    }
                });
                let open = question.as_ref().is_some_and(|now| now.state == Settled::Open && now.may_settle);
                comments.push(CommentView {
                    id,
                    doc: voice,
                    party: party.clone(),
                    about: record.read("about"),
                    merge: self.merge_view(subject, record, open),
                    question,
                    text: record.text("text").to_owned(),
                    withdrawn: record.withdrawn.is_some(),
                    at: received.unwrap_or_else(|| made_at(id)),
                    mine,
                    mark: self.record_mark(voice, held, id, parties),
                });
            }
        }
        comments.sort_by_key(|comment| (comment.at, comment.id));
        comments
    }

    /// Whether the person may say something about a subject.
    pub(in super::super) fn may_comment(&self, subject: DocId) -> bool {
        let (Some(voice), Some(account), Some(entry)) = (self.own_voice(subject), &self.account, self.entry(subject))
        else {
            return false;
        };
        if self.entry(voice).is_some() {
            return self.may_write(voice);
        }
        self.may_state(&Fact::Doc {
            id: voice,
            kind: DocKind::Voice,
            subject: Some(subject),
            audience: entry.audience.clone(),
            writers: vec![Writer::Party(account.party.clone())],
            origin: None,
        })
        .is_ok()
    }
}

/// When an id was made, by the clock of the device that made it: the first 48 bits of a `UUIDv7`.
pub(super) fn made_at(id: EntityId) -> u64 {
    id.to_bytes()[..6].iter().fold(0, |millis, byte| millis << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_tells_when_it_was_made() {
        assert_eq!(made_at(EntityId::fresh(1_605_571_200_000, [0; 10])), 1_605_571_200_000);
    }
}
