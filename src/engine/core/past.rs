//! Versions of a plan: what its projects said when a meeting froze them, when a name was given, or on a day.
//!
//! A day is what the hub had received by its end. What came later is in none of it, also where somebody wrote it earlier.

use super::{
    Engine,
    documents::{Held, root_of},
    rows::project_row,
};
use crate::{
    domain::{
        Act, DocId, EntityId, Snapshot,
        baseline::{Frozen, Line},
        plan,
        project::{self, Fate},
    },
    engine::api::{NamedVersion, PlanVersionView, ProjectRow, Standing, Version},
};

impl Held {
    /// What the document said with all that the hub had received by then, in milliseconds since 1970.
    fn until(&self, until: u64) -> Option<Snapshot> {
        let known = self.provenances();
        let here = |hash: &[u8; 32]| known.get(hash).and_then(|kept| kept.received_at).is_some_and(|at| at <= until);
        self.doc().past(&here, &|hash| known.get(hash).map(|kept| kept.number)).ok()?
    }
}

impl Engine {
    /// The projects of a plan in a version. The documents of that version are loaded.
    pub(super) fn plan_version(&self, plan: DocId, version: Version) -> PlanVersionView {
        let of_plan = |doc: &&DocId| self.entry(**doc).is_some_and(|entry| entry.subject == Some(plan));
        let (lines, missing) = match version {
            Version::Step(act) => (self.frozen_lines(plan, act), 0),
            Version::Until(until) => {
                let missing = self.position.missing.iter().filter(of_plan).count();
                (self.lines_until(plan, until), u32::try_from(missing).unwrap_or(u32::MAX))
            }
        };
        PlanVersionView { lines, missing }
    }

    /// The projects as a step froze them.
    pub(super) fn frozen_lines(&self, plan: DocId, act: EntityId) -> Option<Vec<Line>> {
        let snapshot = self.documents.get(plan)?.snapshot();
        let act = snapshot.acts.iter().find(|record| record.id == act)?.act.as_ref()?;
        let rows = plan::step(act)?.baseline.as_ref()?.rows()?;
        Some(rows.iter().map(Frozen::line).collect())
    }

    fn lines_until(&self, plan: DocId, until: u64) -> Option<Vec<Line>> {
        let published = project::published(&self.documents.get(plan)?.until(until)?.acts);
        let line = |doc: DocId| {
            let row = project_row(doc, &self.documents.get(doc)?.until(until)?);
            let standing = published.get(&root_of(doc));
            let standing = standing.map(|folded| Standing { state: folded.state, provisional: folded.provisional });
            let row = ProjectRow { published: standing, ..row };
            (row.fate() != Fate::Out).then(|| row.line())
        };
        Some(self.projects_of(plan).into_iter().filter_map(line).collect())
    }

    /// The names that were given, in the order in which they took effect.
    pub(super) fn named_versions(&self, plan: DocId, snapshot: &Snapshot) -> Vec<NamedVersion> {
        let received = |number: u64| {
            let known = self.documents.get(plan)?.provenances().values().find(|known| known.number == number)?;
            known.received_at
        };
        let named = |record: &crate::domain::ActRecord| match record.act.as_ref()? {
            Act::NameVersion(name) => Some(NamedVersion {
                act: record.id,
                name: name.clone(),
                at: record.number.and_then(received),
                party: record.origin.party.clone(),
            }),
            Act::MovePlan(_)
            | Act::StepPlan(_)
            | Act::PublishStatus(_)
            | Act::MoveMeeting(_)
            | Act::MoveAgenda(_)
            | Act::MoveItem(_)
            | Act::Order(_)
            | Act::PublishStep(_)
            | Act::Classify(_)
            | Act::Settle(_)
            | Act::StepDraft(_)
            | Act::FixDate(_)
            | Act::FixDates(_)
            | Act::ChangeMode(_)
            | Act::AmendAgenda(_)
            | Act::DeclineItem
            | Act::Report(_) => None,
        };
        crate::domain::act::in_order(&snapshot.acts).into_iter().filter_map(named).collect()
    }
}
