//! Work plans and their tables: all from cached rows.

use std::collections::BTreeMap;

use super::super::{
    Engine,
    marks::Parties,
    rows::{PlanRow, Shown},
};
use crate::{
    domain::{
        ActRecord, Date, DocId, DocKind, EntityId, Fact, Snapshot, When, Writer,
        act::Sets,
        plan::{self, PlanState},
        project::{self, Fate, ProjectStatus},
        report, schema,
    },
    engine::api::{FrozenView, PlanCard, PlanView, PlansView, ProjectRow, Standing, StepView},
};

/// The first day a date may mean, for sorting; what has none comes first.
pub(super) fn first_day(when: Option<When>) -> Option<Date> {
    when.map(|when| when.bounds().0)
}

/// By what a table's rows are sent in order.
pub(super) fn row_key(row: &ProjectRow) -> (Option<&str>, DocId) {
    (row.reference.as_deref(), row.doc)
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Engine {
    fn plan_rows(&self) -> impl Iterator<Item = (DocId, &PlanRow)> {
        self.rows.iter().filter_map(|(doc, row)| match &row.shown {
            Shown::Plan(plan) => Some((*doc, &**plan)),
            Shown::Project(_)
            | Shown::Meeting(_)
            | Shown::Session { .. }
            | Shown::Register(_)
            | Shown::Unlisted
            | Shown::Voice(_)
            | Shown::Draft(_)
            | Shown::Person(_) => None,
        })
    }

    /// A plan's row, if it is here.
    pub(in super::super) fn plan_row(&self, doc: DocId) -> Option<&PlanRow> {
        match &self.rows.get(&doc)?.shown {
            Shown::Plan(plan) => Some(plan),
            Shown::Project(_)
            | Shown::Meeting(_)
            | Shown::Session { .. }
            | Shown::Register(_)
            | Shown::Unlisted
            | Shown::Voice(_)
            | Shown::Draft(_)
            | Shown::Person(_) => None,
        }
    }

    pub(super) fn project_rows(&self) -> impl Iterator<Item = &ProjectRow> {
        self.rows.values().filter_map(|row| match &row.shown {
            Shown::Project(project) => Some(&**project),
            Shown::Plan(_)
            | Shown::Meeting(_)
            | Shown::Session { .. }
            | Shown::Register(_)
            | Shown::Unlisted
            | Shown::Voice(_)
            | Shown::Draft(_)
            | Shown::Person(_) => None,
        })
    }

    /// The project that carries another on.
    pub(in super::super) fn carried_to(&self, doc: DocId) -> Option<DocId> {
        self.project_rows().find(|row| row.carried_from == Some(doc)).map(|row| row.doc)
    }

    /// A project's row as it is shown now: with what its plan says of it, its number, rights and mark.
    pub(super) fn shown_project(
        &self,
        row: &ProjectRow,
        published: &BTreeMap<EntityId, Standing<ProjectStatus>>,
        parties: &mut Parties,
    ) -> ProjectRow {
        let published = published.get(&super::super::documents::root_of(row.doc)).copied();
        let over = ProjectStatus::CarriedOver;
        let carried = published.is_some_and(|standing| standing.state == over) || row.claimed.contains(&over);
        // By the row and not by the document, which may be loaded at one time and not at another.
        let newer = row.schema > schema::CURRENT;
        ProjectRow {
            reference: self.catalogue.numbers.get(&row.doc).cloned(),
            published,
            carried_to: if carried { self.carried_to(row.doc) } else { None },
            may_write: !newer && self.may_write(row.doc),
            mark: self.mark_of(row.doc, parties),
            ..row.clone()
        }
    }

    /// Statuses published for the projects of a plan.
    pub(in super::super) fn published(&self, plan: DocId) -> BTreeMap<EntityId, Standing<ProjectStatus>> {
        self.plan_row(plan).map(|plan| plan.published.iter().copied().collect()).unwrap_or_default()
    }

    pub(super) fn card(&self, doc: DocId, row: &PlanRow, parties: &mut Parties) -> PlanCard {
        let published: BTreeMap<_, _> = row.published.iter().copied().collect();
        let mut by_status: BTreeMap<ProjectStatus, u32> = BTreeMap::new();
        let (mut here, mut counted) = (0, 0);
        for project in self.project_rows().filter(|project| project.plan == doc) {
            here += 1;
            let published =
                published.get(&super::super::documents::root_of(project.doc)).map(|standing| standing.state);
            let claimed = match project.claimed.as_slice() {
                [one] => Some(*one),
                [] | [_, _, ..] => None,
            };
            if let Some(status) = published.or(claimed) {
                *by_status.entry(status).or_default() += 1;
            }
            counted += u32::from(project::fate(published, &project.claimed) != Fate::Out);
        }
        let life = self.life_of(row);
        let last = life.taken.last().and_then(|(act, _)| row.life.iter().find(|step| step.act.id == *act));
        let provisional = life.provisional || last.is_some_and(|step| self.waits_of(step) > 0);
        let adopted = life.reached(PlanState::HcsAdopted);
        let frozen = row.life.iter().find(|step| Some(step.act.id) == adopted);
        PlanCard {
            state: Standing { state: life.state, provisional },
            frozen_total: frozen.and_then(|step| step.frozen),
            here,
            counted,
            by_status,
            mark: self.mark_of(doc, parties),
            ..row.card.clone()
        }
    }

    pub(super) fn plans_view(&self) -> PlansView {
        let mut parties = Parties::default();
        let mut plans: Vec<_> = self.plan_rows().map(|(doc, row)| self.card(doc, row, &mut parties)).collect();
        plans.sort_by_key(|card| (std::cmp::Reverse(card.from), card.framework, card.doc));
        PlansView { plans }
    }

    pub(super) fn plan_view(&self, doc: DocId) -> Option<PlanView> {
        let mut parties = Parties::default();
        let head = self.plan_head(doc, &mut parties)?;
        let published = self.published(doc);
        let mut rows: Vec<_> = self
            .project_rows()
            .filter(|project| project.plan == doc)
            .map(|project| self.shown_project(project, &published, &mut parties))
            .collect();
        rows.sort_by(|a, b| row_key(a).cmp(&row_key(b)));
        Some(PlanView { rows, ..head })
    }

    /// A plan without its rows.
    pub(super) fn plan_head(&self, doc: DocId, parties: &mut Parties) -> Option<PlanView> {
        let row = self.plan_row(doc)?;
        let mut snapshot = self.attributed(doc)?;
        let card = self.card(doc, row, parties);
        let sibling = self
            .plan_rows()
            .find(|(_, other)| {
                other.card.framework != card.framework && (other.card.from, other.card.to) == (card.from, card.to)
            })
            .map(|(doc, _)| doc);
        let may_write = snapshot.schema <= schema::CURRENT && self.may_write(doc);
        let life = self.life_view(doc, row, &snapshot);
        let adoption = life.iter().find(|step| step.stands && step.to == PlanState::HcsAdopted);
        let adopted = adoption.and_then(|step| self.frozen_lines(doc, step.act));
        let named = self.named_versions(doc, &snapshot);
        // The manifests are long, and pages have what they show of them.
        snapshot.acts.iter_mut().for_each(|act| *act = plan::without_manifest(act));
        Some(PlanView {
            may_propose: self.may_propose(doc),
            marks: self.marks(doc, &snapshot, parties),
            next: if may_write { self.next_steps(doc) } else { Vec::new() },
            next_plan: self.next_plan(doc).map(|next| (next, self.title(next))),
            may_start_next: self.may_start_next(doc),
            may_draft: self.may_draft(doc),
            drafts: self.drafts(Some(doc), parties),
            card,
            may_write,
            rows: Vec::new(),
            sibling,
            life,
            adopted,
            named,
            pen: self.pen(doc),
            reserved: self.reserved(doc),
            snapshot,
        })
    }

    /// The plan that goes on from another.
    pub(in super::super) fn next_plan(&self, previous: DocId) -> Option<DocId> {
        self.plan_rows().find(|(_, row)| row.card.previous == Some(previous)).map(|(doc, _)| doc)
    }

    /// The project that another was merged into.
    pub(in super::super) fn merged_into(&self, doc: DocId) -> Option<DocId> {
        match &self.rows.get(&doc)?.shown {
            Shown::Project(row) => row.merged_into.filter(|_| project::is_merged(&row.claimed)),
            Shown::Plan(_)
            | Shown::Meeting(_)
            | Shown::Session { .. }
            | Shown::Register(_)
            | Shown::Unlisted
            | Shown::Voice(_)
            | Shown::Draft(_)
            | Shown::Person(_) => None,
        }
    }

    fn life_view(&self, doc: DocId, row: &PlanRow, snapshot: &Snapshot) -> Vec<StepView> {
        let life = self.life_of(row);
        let decided = report::decided(&snapshot.acts);
        let view = |record: &ActRecord| {
            let kept = row.life.iter().find(|step| step.act.id == record.id)?;
            let act = record.act.as_ref()?;
            let (to, step) = (Sets::<PlanState>::sets(act)?, plan::step(act));
            let waits = self.waits_of(kept);
            // An adoption of before says when and where in the plan's own fields.
            let adopts = to == PlanState::HcsAdopted;
            let (on, at) = match step {
                Some(step) => (step.on, step.meeting),
                None if adopts => (snapshot.root.read("adopted"), snapshot.root.read("adopted-at")),
                None => (None, None),
            };
            let baseline = step.and_then(|step| step.baseline.as_ref());
            Some(StepView {
                act: record.id,
                to,
                on,
                meeting: at.map(|meeting: DocId| (meeting, self.title(meeting))),
                decision: decided.get(&record.id).map(|by| self.decision_link(*by)),
                party: record.origin.party.clone(),
                term: record.term,
                at: kept.received_at.unwrap_or(record.origin.millis),
                reason: record.reason.clone(),
                provisional: record.number.is_none() || waits > 0,
                not_applied: life.not_applied.iter().find(|(act, ..)| *act == record.id).map(|(.., why)| *why),
                stands: life.reached(to) == Some(record.id),
                may_freeze_again: life.reached(to) == Some(record.id) && self.may_freeze_again(doc, to),
                frozen: baseline.map(|baseline| FrozenView {
                    count: baseline.count().unwrap_or_default(),
                    root: hex(&baseline.root()),
                    waits,
                }),
            })
        };
        snapshot.acts.iter().filter_map(view).collect()
    }

    /// A project of a plan as the plan's table shows it; none when it is not, or no more, in the plan.
    pub(super) fn plan_line(
        &self,
        plan: DocId,
        doc: DocId,
        published: &BTreeMap<EntityId, Standing<ProjectStatus>>,
        parties: &mut Parties,
    ) -> Option<ProjectRow> {
        match &self.rows.get(&doc)?.shown {
            Shown::Project(row) if row.plan == plan => Some(self.shown_project(row, published, parties)),
            Shown::Project(_)
            | Shown::Plan(_)
            | Shown::Meeting(_)
            | Shown::Session { .. }
            | Shown::Register(_)
            | Shown::Unlisted
            | Shown::Voice(_)
            | Shown::Draft(_)
            | Shown::Person(_) => None,
        }
    }

    fn may_propose(&self, plan: DocId) -> bool {
        let (Some(account), Some(entry)) = (&self.account, self.entry(plan)) else { return false };
        self.may_state(&Fact::Doc {
            id: DocId::from_bytes([0; 16]),
            kind: DocKind::Project,
            subject: Some(plan),
            audience: entry.audience.clone(),
            writers: vec![Writer::Party(account.party.clone())],
            origin: None,
        })
        .is_ok()
    }
}
