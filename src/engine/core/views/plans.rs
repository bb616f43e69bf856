//! Work plans, their tables, and what needs me today: all from cached rows.

use std::collections::BTreeMap;

use super::super::{
    Engine,
    marks::Parties,
    rows::{PlanRow, Shown},
};
use crate::{
    domain::{Date, DocId, DocKind, EntityId, Fact, When, Writer, plan, project::ProjectStatus, schema},
    engine::api::{MeetingRow, PlanCard, PlanView, PlansView, ProjectRow, Standing, TodayView},
};

/// How many past meetings are shown when none is ahead.
const LATEST: usize = 4;

/// The first day a date may mean, for sorting; what has none comes first.
pub(super) fn first_day(when: Option<When>) -> Option<Date> {
    when.map(|when| when.bounds().0)
}

/// By what a table's rows are sent in order.
pub(super) fn row_key(row: &ProjectRow) -> (Option<&str>, DocId) {
    (row.reference.as_deref(), row.doc)
}

impl Engine {
    fn plan_rows(&self) -> impl Iterator<Item = (DocId, &PlanRow)> {
        self.rows.iter().filter_map(|(doc, row)| match &row.shown {
            Shown::Plan(plan) => Some((*doc, &**plan)),
            Shown::Project(_) | Shown::Meeting(_) | Shown::Session { .. } | Shown::Register(_) | Shown::Unlisted => {
                None
            }
        })
    }

    /// A plan's row, if it is here.
    pub(super) fn plan_row(&self, doc: DocId) -> Option<&PlanRow> {
        match &self.rows.get(&doc)?.shown {
            Shown::Plan(plan) => Some(plan),
            Shown::Project(_) | Shown::Meeting(_) | Shown::Session { .. } | Shown::Register(_) | Shown::Unlisted => {
                None
            }
        }
    }

    fn project_rows(&self) -> impl Iterator<Item = &ProjectRow> {
        self.rows.values().filter_map(|row| match &row.shown {
            Shown::Project(project) => Some(&**project),
            Shown::Plan(_) | Shown::Meeting(_) | Shown::Session { .. } | Shown::Register(_) | Shown::Unlisted => None,
        })
    }

    /// The project that carries another on.
    pub(super) fn carried_to(&self, doc: DocId) -> Option<DocId> {
        self.project_rows().find(|row| row.carried_from == Some(doc)).map(|row| row.doc)
    }

    /// A project's row as it is shown now: with what its plan says of it, its number, rights and mark.
    pub(super) fn shown_project(
        &self,
        row: &ProjectRow,
        published: &BTreeMap<EntityId, Standing<ProjectStatus>>,
        parties: &mut Parties,
    ) -> ProjectRow {
        let newer = self.documents.get(row.doc).is_some_and(|held| held.snapshot().schema > schema::CURRENT);
        ProjectRow {
            reference: self.catalogue.numbers.get(&row.doc).cloned(),
            published: published.get(&super::super::documents::root_of(row.doc)).copied(),
            may_write: !newer && self.may_write(row.doc),
            mark: self.mark_of(row.doc, parties),
            ..row.clone()
        }
    }

    /// Statuses published for the projects of a plan.
    pub(super) fn published(&self, plan: DocId) -> BTreeMap<EntityId, Standing<ProjectStatus>> {
        self.plan_row(plan).map(|plan| plan.published.iter().copied().collect()).unwrap_or_default()
    }

    pub(super) fn card(&self, doc: DocId, row: &PlanRow, parties: &mut Parties) -> PlanCard {
        let published: BTreeMap<_, _> = row.published.iter().copied().collect();
        let mut by_status: BTreeMap<ProjectStatus, u32> = BTreeMap::new();
        let mut here = 0;
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
        }
        PlanCard { here, by_status, mark: self.mark_of(doc, parties), ..row.card.clone() }
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
        let snapshot = self.attributed(doc)?;
        let card = self.card(doc, row, parties);
        let sibling = self
            .plan_rows()
            .find(|(_, other)| {
                other.card.framework != card.framework && (other.card.from, other.card.to) == (card.from, card.to)
            })
            .map(|(doc, _)| doc);
        let may_write = snapshot.schema <= schema::CURRENT && self.may_write(doc);
        let next = if may_write { plan::state(&snapshot.acts).state.next().to_vec() } else { Vec::new() };
        let marks = self.marks(doc, &snapshot, parties);
        let (rows, may_propose) = (Vec::new(), self.may_propose(doc));
        Some(PlanView { card, may_write, may_propose, rows, marks, sibling, next, snapshot })
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
            | Shown::Unlisted => None,
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

    pub(super) fn today_view(&self) -> TodayView {
        let mut parties = Parties::default();
        let party = self.account.as_ref().map(|account| account.party.clone());
        let own: Vec<ProjectRow> = self
            .project_rows()
            .filter(|row| party.as_ref().is_some_and(|party| row.leads.contains(party)))
            .map(|row| self.shown_project(row, &self.published(row.plan), &mut parties))
            .collect();
        let open = |row: &&ProjectRow| row.shown().is_none_or(|status| status != ProjectStatus::Completed);
        let mine = own.iter().filter(open).cloned().collect();
        let to_decide = own.into_iter().filter(|row| row.claimed.len() > 1).collect();
        let today = self.today();
        let mut meetings: Vec<MeetingRow> = self.meeting_rows(&mut parties);
        meetings.sort_by_key(|row| (first_day(row.start), row.doc));
        let last_day = |row: &MeetingRow| row.end.or(row.start).map(|when| when.bounds().1);
        let ahead: Vec<_> =
            meetings.iter().filter(|row| last_day(row).is_some_and(|day| day >= today)).cloned().collect();
        let past = ahead.is_empty();
        let meetings = if past { meetings.into_iter().rev().take(LATEST).collect() } else { ahead };
        TodayView { to_decide, mine, meetings, past }
    }
}
