//! A plan's table, kept up to date row by row: of two thousand projects one edit touches one. What is said to a page is what
//! changed, and it must be what making the whole view anew would have said.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::{Engine, documents::root_of, marks::Parties},
    plans::row_key,
};
use crate::{
    domain::DocId,
    engine::api::{PlanView, ProjectRow, Reply, Sub},
};

/// What a page that shows a plan must hear.
#[derive(Debug, Default)]
pub(in super::super) struct Changes {
    head: Option<Box<PlanView>>,
    changed: Vec<ProjectRow>,
    gone: Vec<DocId>,
}

impl Changes {
    /// As an answer; none where nothing changed.
    pub fn reply(self, sub: Sub) -> Option<Reply> {
        let Self { head, changed, gone } = self;
        let any = head.is_some() || !changed.is_empty() || !gone.is_empty();
        any.then_some(Reply::Rows { sub, head, changed, gone })
    }

    /// What turns one view into another.
    pub fn between(before: &PlanView, after: &PlanView) -> Self {
        let old: BTreeMap<DocId, &ProjectRow> = before.rows.iter().map(|row| (row.doc, row)).collect();
        let new: BTreeSet<DocId> = after.rows.iter().map(|row| row.doc).collect();
        Self {
            head: (!same_head(before, after)).then(|| Box::new(head_of(after))),
            changed: after.rows.iter().filter(|row| old.get(&row.doc) != Some(row)).cloned().collect(),
            gone: old.into_keys().filter(|doc| !new.contains(doc)).collect(),
        }
    }
}

fn same_head(a: &PlanView, b: &PlanView) -> bool {
    a.card == b.card
        && a.snapshot == b.snapshot
        && a.may_write == b.may_write
        && a.may_propose == b.may_propose
        && a.marks == b.marks
        && a.sibling == b.sibling
        && a.next == b.next
        && a.life == b.life
        && a.adopted == b.adopted
        && a.named == b.named
        && a.pen == b.pen
        && a.reserved == b.reserved
        && a.next_plan == b.next_plan
        && a.may_start_next == b.may_start_next
        && a.may_draft == b.may_draft
        && a.drafts == b.drafts
}

fn head_of(view: &PlanView) -> PlanView {
    PlanView {
        card: view.card.clone(),
        snapshot: view.snapshot.clone(),
        may_write: view.may_write,
        may_propose: view.may_propose,
        rows: Vec::new(),
        marks: view.marks.clone(),
        sibling: view.sibling,
        next: view.next.clone(),
        life: view.life.clone(),
        adopted: view.adopted.clone(),
        named: view.named.clone(),
        pen: view.pen,
        reserved: view.reserved.clone(),
        next_plan: view.next_plan.clone(),
        may_start_next: view.may_start_next,
        may_draft: view.may_draft,
        drafts: view.drafts.clone(),
    }
}

impl Engine {
    /// Brings a plan's view up to date after nothing but these documents changed. None when the plan is not here any more.
    pub(in super::super) fn refresh_plan(&self, view: &mut PlanView, docs: &BTreeSet<DocId>) -> Option<Changes> {
        let plan = view.card.doc;
        let mut parties = Parties::default();
        let published = self.published(plan);
        let mut stale: BTreeSet<DocId> = docs.iter().copied().filter(|doc| *doc != plan).collect();
        let mut changes = Changes::default();
        if docs.contains(&plan) {
            let head = self.plan_head(plan, &mut parties)?;
            if !same_head(view, &head) {
                changes.head = Some(Box::new(head_of(&head)));
                *view = PlanView { rows: std::mem::take(&mut view.rows), ..head };
            }
            // What the plan says of its projects stands in their rows.
            let said = |row: &&ProjectRow| published.get(&root_of(row.doc)).copied() != row.published;
            stale.extend(view.rows.iter().filter(said).map(|row| row.doc));
        }
        for doc in stale {
            let at = view.rows.iter().position(|row| row.doc == doc);
            let line = self.plan_line(plan, doc, &published, &mut parties);
            if at.map(|at| &view.rows[at]) == line.as_ref() {
                continue;
            }
            if let Some(at) = at {
                view.rows.remove(at);
            }
            match line {
                Some(line) => {
                    let at = view.rows.partition_point(|row| row_key(row) < row_key(&line));
                    view.rows.insert(at, line.clone());
                    changes.changed.push(line);
                }
                None => changes.gone.push(doc),
            }
        }
        if changes.head.is_none() && !(changes.changed.is_empty() && changes.gone.is_empty()) {
            let card = self.card(plan, self.plan_row(plan)?, &mut parties);
            if card != view.card {
                view.card = card;
                changes.head = Some(Box::new(head_of(view)));
            }
        }
        debug_assert_eq!(Some(&*view), self.plan_view(plan).as_ref(), "a row changed and nobody said so");
        Some(changes)
    }
}
