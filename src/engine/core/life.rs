//! The life of work plans: who may move one, what is frozen when a meeting endorses or adopts it, and how far it is.

use super::{
    Engine,
    account::day_of,
    documents::root_of,
    refuse,
    rows::{PlanRow, Shown, StepRow},
};
use crate::{
    domain::{
        Act, ActRecord, Date, DocId, DocKind, Edit, EntityId, Framework, When,
        baseline::{Baseline, Frozen, MANIFEST_MAX},
        canon,
        meeting::MeetingType,
        plan::{self, BadStep, Hand, Life, PlanState, PlanStep},
        project::Fate,
        report::{DecidedBy, ReportAct},
    },
    engine::api::{CommandId, ProjectRow, Refusal},
};

impl Engine {
    /// The chair term in effect for a framework on a day; where none of ACCSM+3 is, the chair of ACCSM leads it too.
    fn chair_term(&self, framework: Framework, on: Date) -> Option<u16> {
        let chair = self.catalogue.chair(framework, on).or_else(|| self.catalogue.chair(Framework::Accsm, on));
        chair.map(|(ordinal, _)| ordinal)
    }

    /// A plan's life, by what its row keeps of it and the chair terms of the days on which the hub received the steps.
    pub(super) fn life_of(&self, row: &PlanRow) -> Life {
        let acts: Vec<ActRecord> = row.life.iter().map(|step| step.act.clone()).collect();
        plan::life(&acts, |act, term| {
            let received = row.life.iter().find(|step| step.act.id == act.id).and_then(|step| step.received_at);
            let on = received.map_or_else(|| self.today(), day_of);
            self.chair_term(row.card.framework, on) == Some(term)
        })
    }

    /// Heads that a step froze and the hub has not acknowledged yet, as far as this device can tell.
    pub(super) fn waits_of(&self, step: &StepRow) -> u32 {
        let baseline = step.act.act.as_ref().and_then(plan::step).and_then(|step| step.baseline.as_ref());
        let waits = baseline.map_or(&[][..], |baseline| &baseline.waits);
        let open = |(doc, head): &&(DocId, [u8; 32])| match self.documents.get(*doc) {
            Some(held) => !held.acknowledged(head),
            None => self.outbox.of(*doc).any(|entry| entry.hash == *head),
        };
        u32::try_from(waits.iter().filter(open).count()).unwrap_or(u32::MAX)
    }

    /// The step to a state that froze versions which are not on the hub, and may never come: this device does not hold them as
    /// words that are still to be sent.
    fn stuck(&self, plan: DocId, to: PlanState) -> Option<&StepRow> {
        let row = self.plan_row(plan)?;
        let reached = self.life_of(row).reached(to)?;
        let step = row.life.iter().find(|step| step.act.id == reached && step.act.number.is_some())?;
        let waits = &plan::step(step.act.act.as_ref()?)?.baseline.as_ref()?.waits;
        let coming = waits.iter().any(|(doc, head)| self.outbox.of(*doc).any(|entry| entry.hash == *head));
        (!coming && self.waits_of(step) > 0).then_some(step)
    }

    /// Whether this person may freeze a plan once more as it came to a state.
    pub(super) fn may_freeze_again(&self, plan: DocId, to: PlanState) -> bool {
        let hand = || self.plan_row(plan).map(|row| self.hand(row.card.framework, self.own_term(row.card.framework)));
        let mine = || match hand() {
            Some(Hand::Secretariat | Hand::Chair) => self.may_write(plan),
            Some(Hand::Nobody) | None => false,
        };
        self.stuck(plan, to).is_some() && mine()
    }

    /// Documents that must be loaded to know whether what a plan's steps froze is acknowledged.
    pub(super) fn frozen_waits(&self, plan: DocId) -> impl Iterator<Item = DocId> {
        let steps = self.plan_row(plan).map_or(&[][..], |row| &row.life);
        let baselines = steps.iter().filter_map(|step| plan::step(step.act.act.as_ref()?)?.baseline.as_ref());
        baselines.flat_map(|baseline| baseline.waits.iter().map(|(doc, _)| *doc))
    }

    /// Whether a document says something of a plan though it is none of its rows: another plan (the next one, its sibling), a
    /// project that carries one of its on, a meeting of its life, a version that it froze and that is not on the hub yet.
    pub(super) fn says_of_plan(&self, plan: DocId, doc: DocId) -> bool {
        // An adoption of before has its meeting in the plan's own fields, which may name whatever there is.
        let meets = |step: &StepRow| {
            let step = step.act.act.as_ref().and_then(plan::step);
            step.is_none_or(|step| step.meeting == Some(doc))
        };
        let said = match self.rows.get(&doc).map(|row| &row.shown) {
            Some(Shown::Plan(_)) => doc != plan,
            Some(Shown::Project(row)) => row.carried_from.is_some_and(|old| self.plan_of(old) == Some(plan)),
            // Also by the plan's own words, where its adoption is older than its record here.
            Some(Shown::Meeting(_)) => self.plan_row(plan).is_some_and(|row| row.card.adopted.is_some()),
            Some(
                Shown::Session { .. }
                | Shown::Register(_)
                | Shown::Unlisted
                | Shown::Draft(_)
                | Shown::Voice(_)
                | Shown::Person(_),
            )
            | None => false,
        };
        let named = self.plan_row(plan).is_some_and(|row| row.life.iter().any(meets));
        said || named || self.drafts_for(plan, doc) || self.frozen_waits(plan).any(|waits| waits == doc)
    }

    /// The projects of a plan.
    pub(super) fn projects_of(&self, plan: DocId) -> Vec<DocId> {
        self.rows
            .iter()
            .filter_map(|(doc, row)| match &row.shown {
                Shown::Project(project) if project.plan == plan => Some(*doc),
                Shown::Project(_)
                | Shown::Plan(_)
                | Shown::Meeting(_)
                | Shown::Session { .. }
                | Shown::Register(_)
                | Shown::Unlisted
                | Shown::Voice(_)
                | Shown::Draft(_)
                | Shown::Person(_) => None,
            })
            .collect()
    }

    /// The projects that are in a plan, with what is published of them: without the withdrawn, returned and not included.
    fn counted(&self, plan: DocId) -> Vec<ProjectRow> {
        let published = self.published(plan);
        let row = |doc: &DocId| match &self.rows.get(doc)?.shown {
            Shown::Project(row) => {
                Some(ProjectRow { published: published.get(&root_of(*doc)).copied(), ..*row.clone() })
            }
            Shown::Plan(_)
            | Shown::Meeting(_)
            | Shown::Session { .. }
            | Shown::Register(_)
            | Shown::Unlisted
            | Shown::Voice(_)
            | Shown::Draft(_)
            | Shown::Person(_) => None,
        };
        self.projects_of(plan).iter().filter_map(row).filter(|row| row.fate() != Fate::Out).collect()
    }

    /// By whose authority this person would act under a term.
    pub(super) fn hand(&self, framework: Framework, term: Option<u16>) -> Hand {
        let today = self.today();
        let chairs = self.account.as_ref().is_some_and(|own| self.catalogue.is_chair(&own.party, framework, today));
        match term {
            None if self.is_secretariat() => Hand::Secretariat,
            Some(term) if chairs && self.chair_term(framework, today) == Some(term) => Hand::Chair,
            None | Some(_) => Hand::Nobody,
        }
    }

    /// The term under which this person would move a plan; none for the Secretariat, and for whoever may not at all.
    pub(super) fn own_term(&self, framework: Framework) -> Option<u16> {
        if self.is_secretariat() { None } else { self.chair_term(framework, self.today()) }
    }

    /// The states to which this person may move a plan now.
    pub(super) fn next_steps(&self, plan: DocId) -> Vec<PlanState> {
        let Some(row) = self.plan_row(plan) else { return Vec::new() };
        let framework = row.card.framework;
        match self.hand(framework, self.own_term(framework)) {
            Hand::Secretariat | Hand::Chair if self.may_write(plan) => self.life_of(row).state.next().to_vec(),
            Hand::Secretariat | Hand::Chair | Hand::Nobody => Vec::new(),
        }
    }

    fn meeting_type(&self, meeting: DocId) -> Option<MeetingType> {
        match &self.rows.get(&meeting)?.shown {
            Shown::Meeting(row) => row.meeting,
            Shown::Plan(_)
            | Shown::Project(_)
            | Shown::Session { .. }
            | Shown::Register(_)
            | Shown::Unlisted
            | Shown::Voice(_)
            | Shown::Draft(_)
            | Shown::Person(_) => None,
        }
    }

    /// Whether this person may take a step in a plan's life now.
    pub(super) fn may_step(
        &self,
        plan: DocId,
        to: PlanState,
        meeting: Option<DocId>,
        term: Option<u16>,
        reason: &str,
    ) -> Result<(), Refusal> {
        let row = self.plan_row(plan).ok_or_else(|| refuse("bad-value", "no such act on this document"))?;
        if self.may_freeze_again(plan, to) {
            let silent = reason.trim().is_empty();
            return if silent { Err(refuse("reason-missing", "why it is frozen again")) } else { Ok(()) };
        }
        let hand = self.hand(row.card.framework, term);
        let open = || {
            let projects = self.counted(plan).into_iter().filter(|row| row.fate() == Fate::Open);
            projects.map(|row| row.doc).collect::<Vec<_>>()
        };
        let open = if to == PlanState::Closed { open() } else { Vec::new() };
        let meeting = meeting.map(|meeting| self.meeting_type(meeting));
        plan::check_step(&self.life_of(row), to, hand, meeting, reason, &open).map_err(|error| {
            let code = match error {
                BadStep::NotYours => "not-a-writer",
                BadStep::Transition => "transition",
                BadStep::ReasonMissing => "reason-missing",
                BadStep::MeetingMissing => "meeting-missing",
                BadStep::WrongMeeting => "wrong-meeting",
                BadStep::WithoutFate(_) => "without-fate",
            };
            refuse(code, error.to_string())
        })
    }

    /// Moves a plan, and freezes it where the step does.
    pub(super) fn advance_plan(
        &mut self,
        command: CommandId,
        plan: DocId,
        to: PlanState,
        (meeting, decision): (Option<DocId>, Option<EntityId>),
        on: Option<When>,
        reason: String,
    ) -> Result<(), Refusal> {
        // What is being typed is part of what the meeting has before it.
        self.commit_texts();
        let framework = self.plan_row(plan).map(|row| row.card.framework);
        let framework = framework.ok_or_else(|| refuse("unknown-document", plan.to_string()))?;
        let term = self.own_term(framework);
        self.may_step(plan, to, meeting, term, &reason)?;
        // Frozen once more, it was decided where and when it was.
        let before = self.stuck(plan, to).and_then(|step| plan::step(step.act.act.as_ref()?)).cloned();
        let (meeting, on) = match before {
            Some(before) => (meeting.or(before.meeting), on.or(before.on)),
            None => (meeting, on),
        };
        let baseline = if to.freezes() { Some(self.freeze(plan)?) } else { None };
        let act = Act::StepPlan(Box::new(PlanStep { to, meeting, on, baseline }));
        let step = self.fresh_id();
        let edit = Edit::Act { id: step, act, target: None, term, reason: reason.trim().to_owned() };
        self.may_edit(plan, &edit)?;
        let by = meeting.zip(decision).map(|(meeting, paragraph)| DecidedBy { meeting, paragraph });
        if by.is_some_and(|by| !self.is_decision(by)) {
            return Err(refuse("unknown-entity", "no such decision"));
        }
        self.write_edit(command, plan, edit)?;
        let Some(by) = by else { return Ok(()) };
        let act = Act::Report(ReportAct::Decide(by));
        let edit = Edit::Act { id: self.fresh_id(), act, target: Some(step), term, reason: String::new() };
        self.write_edit(command, plan, edit)
    }

    /// Every project of a plan as it is here. Its documents are loaded.
    fn freeze(&self, plan: DocId) -> Result<Baseline, Refusal> {
        let partly = || refuse("not-complete", "not every project of the plan is on this device");
        let of_plan = |doc: &&DocId| {
            self.entry(**doc).is_some_and(|entry| entry.kind == DocKind::Project && entry.subject == Some(plan))
        };
        if self.position.missing.iter().any(|doc| of_plan(&doc)) {
            return Err(partly());
        }
        let (mut rows, mut waits) = (Vec::new(), Vec::new());
        for project in self.counted(plan) {
            let held = self.documents.get(project.doc).ok_or_else(partly)?;
            let heads = held.doc().heads();
            waits.extend(heads.iter().filter(|head| !held.acknowledged(head)).map(|head| (project.doc, *head)));
            rows.push(Frozen::new(&project.line(), heads, canon::digest(held.snapshot())));
        }
        let baseline = Baseline::new(rows, waits);
        if baseline.manifest.len() > MANIFEST_MAX {
            return Err(refuse("too-large", "too many projects for one act"));
        }
        Ok(baseline)
    }
}
