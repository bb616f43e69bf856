//! Who may do what in a report, asked before anything is written.

use super::{
    super::{Engine, refuse},
    WORDS_MAX, agreed, changed, no_reason, not_yours, standing, unknown,
};
use crate::{
    domain::{
        DocId, DocKind, Edit, EntityId, Record, Snapshot, Value,
        act::Sets,
        meeting::ReportState,
        plan::{Hand, PlanState},
        project::ProjectStatus,
        report::{
            self, ActionStatus, AgreeStep, Agreed, Agreement, Answered, Manifest, Outcome, ParagraphKind, Recorded,
            ReportAct, ReportStep, SuggestionKind,
        },
    },
    engine::api::Refusal,
};

impl Engine {
    /// Whether an edit may be made as far as it writes in a report: an adopted one is corrected, and not edited.
    pub(in super::super) fn may_write_report(
        &self,
        doc: DocId,
        snapshot: &Snapshot,
        edit: &Edit,
    ) -> Result<(), Refusal> {
        let (session, collections) = match snapshot.kind {
            DocKind::Session => (Some(doc), &["paragraphs"][..]),
            DocKind::Voice => (self.entry(doc).and_then(|entry| entry.subject), &["interventions", "proposals"][..]),
            _ => return Ok(()),
        };
        let of = |id: EntityId| {
            let has = |name: &&str| snapshot.collection(name).iter().any(|record| record.id == Some(id));
            collections.iter().any(has)
        };
        // The media release is no part of the report, and none becomes one.
        let beside = |id: EntityId| {
            let has = |name: &&str| snapshot.collection(name).iter().find(|record| record.id == Some(id));
            let Some(record) = collections.iter().find_map(has) else { return false };
            let about = || record.read("about").zip(session);
            report::is_release(record) || about().is_some_and(|(about, session)| self.is_release(session, about))
        };
        let of = |id: EntityId| of(id) && !beside(id);
        // What is said twice counts as it is said last.
        let said = |fields: &[(String, Value)], name: &str| {
            fields.iter().rfind(|(field, _)| field == name).and_then(|(_, value)| value.as_str().map(str::to_owned))
        };
        let released = |fields: &[(String, Value)]| {
            let kind = said(fields, "kind").is_some_and(|kind| kind == ParagraphKind::Release.word());
            let about = said(fields, "about").and_then(|about| about.parse().ok());
            match snapshot.kind {
                DocKind::Session => kind,
                _ => about.is_some_and(|about| session.is_some_and(|session| self.is_release(session, about))),
            }
        };
        let writes = match edit {
            Edit::Set { at, .. } | Edit::Choose { at, .. } if at.field == "kind" => {
                at.entity.is_some_and(|id| of(id) || beside(id))
            }
            Edit::Set { at, .. } | Edit::Choose { at, .. } | Edit::Text { at, .. } => at.entity.is_some_and(of),
            Edit::Add { to, fields, .. } => collections.contains(&to.as_str()) && !released(fields),
            Edit::Move { id, .. } | Edit::Withdraw { id, .. } | Edit::Restore { id } => of(*id),
            Edit::Claim { .. } | Edit::ClaimAt { .. } | Edit::Act { .. } | Edit::Begin { .. } | Edit::Make(_) => false,
        };
        match session {
            Some(session) if writes => self.open_for_words(session),
            Some(_) | None => Ok(()),
        }
    }

    /// Whether this person may do this in a document.
    pub(in super::super) fn may_report(
        &self,
        doc: DocId,
        snapshot: &Snapshot,
        act: &ReportAct,
        (target, term): (Option<EntityId>, Option<u16>),
        reason: &str,
    ) -> Result<(), Refusal> {
        let kind = match act {
            ReportAct::Progress(to) => {
                let voice = self.entry(doc).filter(|entry| entry.kind == DocKind::Voice);
                let session = voice.and_then(|entry| entry.subject);
                return self.may_progress(session.ok_or_else(|| refuse("bad-value", "not in a voice"))?, target, *to);
            }
            ReportAct::Decide(_) => DocKind::Plan,
            ReportAct::Agree(_)
            | ReportAct::Step(_)
            | ReportAct::Answer(_)
            | ReportAct::Record(_)
            | ReportAct::Correct(_) => DocKind::Session,
        };
        if snapshot.kind != kind {
            return Err(refuse("bad-value", "no such act on this document"));
        }
        let hand = self.hand_in(doc, term);
        match hand {
            Hand::Secretariat | Hand::Chair => {}
            Hand::Nobody => return Err(not_yours()),
        }
        match act {
            ReportAct::Agree(agreement) => self.may_agree(doc, snapshot, *agreement, target, hand),
            ReportAct::Step(step) => may_move(snapshot, step),
            ReportAct::Answer(to) => {
                let id = target.ok_or_else(unknown)?;
                let (_, said) = self.suggestion(doc, id).ok_or_else(unknown)?;
                if !said.read("about").is_some_and(|about| self.is_release(doc, about)) {
                    self.open_for_words(doc)?;
                }
                if report::answer(&snapshot.acts, id).is_some() {
                    return Err(refuse("transition", "it is answered"));
                }
                let about = said.read("about").and_then(|about| standing(snapshot, "paragraphs", about));
                match to {
                    Answered::Accepted if about.is_none() && !is_deletion(said) => Err(unknown()),
                    Answered::Accepted | Answered::Declined => Ok(()),
                }
            }
            ReportAct::Record(recorded) => self.may_record(doc, *recorded, target, reason),
            ReportAct::Correct(reads) => {
                let frozen = report::frozen(&snapshot.acts).and_then(|(_, frozen)| Manifest::read(&frozen.manifest));
                let manifest = frozen.ok_or_else(|| refuse("transition", "nothing is adopted yet"))?;
                if reads.trim().is_empty() || reads.chars().count() > WORDS_MAX {
                    return Err(refuse("bad-value", "what is to be read"));
                }
                let known = target.is_none_or(|target| manifest.lines().any(|line| line.id == target));
                if known { Ok(()) } else { Err(unknown()) }
            }
            ReportAct::Decide(by) => {
                let about = |target: EntityId| snapshot.acts.iter().find(|record| record.id == target)?.act.as_ref();
                let step = target.and_then(about).is_some_and(|act| {
                    Sets::<PlanState>::sets(act).is_some() || Sets::<ProjectStatus>::sets(act).is_some()
                });
                if step && self.is_decision(*by) { Ok(()) } else { Err(unknown()) }
            }
            // Asked above.
            ReportAct::Progress(_) => Err(refuse("bad-value", "not in a voice")),
        }
    }

    fn may_agree(
        &self,
        session: DocId,
        snapshot: &Snapshot,
        Agreement { to, of }: Agreement,
        target: Option<EntityId>,
        hand: Hand,
    ) -> Result<(), Refusal> {
        let id = target.ok_or_else(unknown)?;
        let record = standing(snapshot, "paragraphs", id).ok_or_else(unknown)?;
        match (report::is_release(record), to, hand) {
            (false, ..) => self.open_for_words(session)?,
            // The Chair clears it; whoever leads the session may say that it is not cleared.
            (true, AgreeStep::Agreed, Hand::Secretariat | Hand::Nobody) => return Err(not_yours()),
            (true, AgreeStep::Agreed | AgreeStep::Reopened, _) => {}
        }
        let (now, agreed) = report::stands(snapshot, id, record);
        if of != now {
            return Err(changed());
        }
        match (to, agreed) {
            (AgreeStep::Agreed, Agreed::Agreed(_)) | (AgreeStep::Reopened, Agreed::Open) => {
                Err(refuse("no-change", "it stands so"))
            }
            (AgreeStep::Agreed, _) if record.text("text").trim().is_empty() => {
                Err(refuse("bad-value", "an empty paragraph"))
            }
            (AgreeStep::Agreed | AgreeStep::Reopened, _) => Ok(()),
        }
    }

    fn may_record(
        &self,
        session: DocId,
        recorded: Recorded,
        target: Option<EntityId>,
        reason: &str,
    ) -> Result<(), Refusal> {
        let (meeting, _) = self.report_row(session).ok_or_else(unknown)?;
        let risen = target.and_then(|decision| self.risen(meeting, recorded.from, decision));
        let (of, now) = risen.ok_or_else(unknown)?;
        if of != recorded.of {
            return Err(changed());
        }
        if !now.next().contains(&recorded.to) {
            return Err(refuse("transition", "something else was recorded"));
        }
        let silent = reason.trim().is_empty();
        match recorded.to {
            // Taken back, sent back or changed: everybody must be able to read why, or how.
            Outcome::Pending | Outcome::Returned | Outcome::Amended if silent => Err(no_reason()),
            Outcome::Pending | Outcome::Returned | Outcome::Amended | Outcome::Adopted | Outcome::Noted => Ok(()),
        }
    }

    /// Whether this person may say in their party's voice how an action stands.
    pub(super) fn may_progress(
        &self,
        session: DocId,
        action: Option<EntityId>,
        to: ActionStatus,
    ) -> Result<(), Refusal> {
        let own = self.account.as_ref().map(|own| &own.party);
        let (_, row) = self.report_row(session).ok_or_else(unknown)?;
        let is = |point: &&report::Point| Some(point.id) == action && point.kind == ParagraphKind::Action;
        let point = row.points.iter().find(is).filter(|point| !point.withdrawn).ok_or_else(unknown)?;
        if point.party.as_ref() != own {
            return Err(refuse("not-a-writer", "another party's action"));
        }
        if self.action_status(session, point.id) == Some(to) {
            return Err(refuse("no-change", "it stands so"));
        }
        Ok(())
    }
}

fn is_deletion(said: &Record) -> bool {
    said.read("kind") == Some(SuggestionKind::Delete)
}

fn may_move(snapshot: &Snapshot, step: &ReportStep) -> Result<(), Refusal> {
    let now = report::state(&snapshot.acts);
    if now.moved && !now.state.next().contains(&step.to) || !now.moved && step.to != ReportState::Shown {
        return Err(refuse("transition", "this state cannot follow"));
    }
    let (agreed, of) = agreed(snapshot);
    if step.to.needs_all_agreed() && (agreed < of || of == 0) {
        return Err(refuse("not-all-agreed", "not every paragraph is agreed"));
    }
    let frozen = step.frozen.as_ref().map(|frozen| Manifest::read(&frozen.manifest));
    match (step.to.freezes(), frozen) {
        (true, Some(Some(_))) | (false, None) => Ok(()),
        (true, _) | (false, Some(_)) => Err(refuse("bad-value", "nothing frozen, or not to be frozen")),
    }
}
