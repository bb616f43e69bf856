//! The end of a plan: how its projects ended, what goes on in the next one, and that one's beginning.

use super::{Engine, create::set, refuse};
use crate::{
    domain::{
        ClaimKind, DocId, DocKind, Edit, EntityId, Fact, Record, Snapshot, Value,
        claim::standing,
        plan::PlanState,
        project::{self, ProjectStatus},
        rights::{next_plan_id, successor_id},
    },
    engine::api::{CommandId, Refusal},
};

/// What a project takes with it into the next plan, beside what its area says there.
const CARRIED: [&str; 12] = [
    "title",
    "titles",
    "kind",
    "lead",
    "co-leads",
    "partners",
    "implementing-agency",
    "participation",
    "participants",
    "participation-reason",
    "objective",
    "expected-outputs",
];

/// What a plan takes from the one before it.
const CONTINUED: [&str; 3] = ["framework", "enablers", "goal"];

/// Scalars and prose, each by name.
type Words = (Vec<(String, Value)>, Vec<(String, String)>);

/// The named fields of a record as they are shown.
pub(super) fn taken(record: &Record, names: &[&str]) -> Words {
    let wanted = |name: &str| {
        let base = name.split_once(':').map_or(name, |(base, _)| base);
        names.contains(&base)
    };
    let said = |value: &Value| !matches!(value, Value::Empty | Value::Bool(false));
    let fields = record.fields.iter().filter(|(name, held)| wanted(name) && said(&held.value));
    let texts = record.texts.iter().filter(|(name, text)| wanted(name) && !text.is_empty());
    (
        fields.map(|(name, held)| (name.clone(), held.value.clone())).collect(),
        texts.map(|(name, text)| (name.clone(), text.clone())).collect(),
    )
}

pub(super) fn claim(id: EntityId, to: ProjectStatus, reason: &str, supersedes: Vec<EntityId>) -> Edit {
    Edit::Claim {
        id,
        what: ClaimKind::Status,
        value: Value::from(to.word()),
        as_of: None,
        evidence: String::new(),
        reason: reason.trim().to_owned(),
        supersedes,
    }
}

fn tips(snapshot: &Snapshot) -> Vec<EntityId> {
    standing(&snapshot.claims, ClaimKind::Status).into_iter().map(|claim| claim.id).collect()
}

impl Engine {
    fn snapshot_of(&self, doc: DocId) -> Result<&Snapshot, Refusal> {
        let held = self.documents.get(doc).ok_or_else(|| refuse("unknown-document", doc.to_string()))?;
        Ok(held.snapshot())
    }

    /// Says how a project ended.
    pub(super) fn set_fate(
        &mut self,
        command: CommandId,
        project: DocId,
        fate: ProjectStatus,
        reason: String,
        merged_into: Option<DocId>,
    ) -> Result<(), Refusal> {
        let snapshot = self.snapshot_of(project)?;
        let from = self.stood(project, snapshot);
        let fits = |to| project::check_claim(from, to, "any").is_ok();
        // A proposal that becomes one with another before it is in the plan is no project of the plan: it is withdrawn.
        let withdrawn = fate == ProjectStatus::Merged && !fits(fate) && fits(ProjectStatus::Withdrawn);
        let (to, tips) = (if withdrawn { ProjectStatus::Withdrawn } else { fate }, tips(snapshot));
        let claim = claim(self.fresh_id(), to, &reason, tips);
        match (fate, merged_into) {
            (ProjectStatus::Completed | ProjectStatus::Cancelled, None) => {}
            (ProjectStatus::Merged, Some(other)) => self.may_merge(project, other)?,
            _ => return Err(refuse("bad-value", "no such end of a project")),
        }
        // Both are asked before the first is written.
        self.may_edit(project, &claim)?;
        if let Some(other) = merged_into {
            let seen = self.snapshot_of(project)?.root.fields.get("merged-into");
            let seen = seen.map(|held| std::iter::once(&held.value).chain(&held.others).cloned().collect());
            let mut into = set("merged-into", other.to_string().as_str());
            if let Edit::Set { seen: named, .. } = &mut into {
                *named = seen.unwrap_or_default();
            }
            self.may_edit(project, &into)?;
            self.write_edit(command, project, into)?;
        }
        self.write_edit(command, project, claim)
    }

    /// A project goes on in another one of its plan, which does not end in it itself.
    pub(super) fn may_merge(&self, project: DocId, into: DocId) -> Result<(), Refusal> {
        let plan = |doc| self.plan_of(doc).ok_or_else(|| refuse("unknown-document", doc.to_string()));
        let mut at = into;
        let mut steps = 0;
        while let Some(next) = self.merged_into(at) {
            steps += 1;
            if at == project || steps > self.rows.len() {
                break;
            }
            at = next;
        }
        if plan(project)? != plan(into)? || into == project || at == project {
            return Err(refuse("bad-value", "a project is merged into another one of its plan"));
        }
        Ok(())
    }

    /// Carries a project over. Everything that makes the new document is derived from the two ids or read from the old
    /// one, so that two officers who do it apart make one and the same. Answers the new project.
    pub(super) fn carry_over(
        &mut self,
        command: CommandId,
        project: DocId,
        plan: DocId,
        reason: String,
    ) -> Result<DocId, Refusal> {
        self.commit_texts();
        let old = self.entry(project).filter(|entry| entry.kind == DocKind::Project).cloned();
        let old = old.ok_or_else(|| refuse("unknown-document", project.to_string()))?;
        self.may_go_on(project, plan)?;
        let snapshot = self.snapshot_of(project)?.clone();
        let successor = successor_id(project, plan);
        let ended = EntityId::derived(&["carried-over", &project.to_string(), &plan.to_string()]);
        let end = claim(ended, ProjectStatus::CarriedOver, &reason, tips(&snapshot));
        let is_said = snapshot.claims.iter().any(|claim| claim.id == ended);
        if !is_said {
            self.may_edit(project, &end)?;
        } else if !self.may_write(project) {
            return Err(refuse("not-a-writer", project.to_string()));
        }
        if self.entry(successor).is_none() {
            self.make(
                command,
                Fact::Doc {
                    id: successor,
                    kind: DocKind::Project,
                    subject: Some(plan),
                    audience: old.audience,
                    writers: old.writers,
                    origin: Some(project),
                },
            )?;
            let (mut fields, texts) = taken(&snapshot.root, &CARRIED);
            fields.push(("plan".to_owned(), plan.to_string().as_str().into()));
            fields.push(("carried-from".to_owned(), project.to_string().as_str().into()));
            // The next plan may have other areas: then its authors choose.
            let area = snapshot.root.read::<EntityId>("area");
            if let Some(area) =
                area.filter(|area| self.plan_row(plan).is_some_and(|plan| plan.areas.iter().any(|(id, ..)| id == area)))
            {
                fields.push(("area".to_owned(), area.to_string().as_str().into()));
            }
            self.write_edit(command, successor, Edit::Begin { fields, texts })?;
            let proposed = EntityId::derived(&["proposed", &successor.to_string()]);
            self.write_edit(command, successor, claim(proposed, ProjectStatus::Proposed, "", Vec::new()))?;
        }
        if !is_said {
            self.write_edit(command, project, end)?;
        }
        Ok(successor)
    }

    /// Whether a project may go on in a plan: a later one of its framework that is not closed, and in no other.
    fn may_go_on(&self, project: DocId, plan: DocId) -> Result<(), Refusal> {
        let unknown = |doc: DocId| refuse("unknown-document", doc.to_string());
        let from = self.plan_of(project).ok_or_else(|| unknown(project))?;
        let (old, next) = (self.plan_row(from), self.plan_row(plan));
        let (old, next) = (old.ok_or_else(|| unknown(from))?, next.ok_or_else(|| unknown(plan))?);
        let later = next.card.from > old.card.from && next.card.framework == old.card.framework;
        if !later || self.life_of(next).state == PlanState::Closed {
            return Err(refuse("bad-value", "a project goes on in a later plan that is not closed"));
        }
        match self.carried_to(project) {
            Some(other) if other != successor_id(project, plan) => {
                Err(refuse("document-exists", "it was carried over into another plan"))
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Starts the plan that goes on from another. Answers it.
    pub(super) fn create_plan(
        &mut self,
        command: CommandId,
        previous: DocId,
        title: &str,
        from: i16,
        to: i16,
    ) -> Result<DocId, Refusal> {
        if title.trim().is_empty() {
            return Err(refuse("bad-value", "a plan needs a title"));
        }
        let entry = self.entry(previous).filter(|entry| entry.kind == DocKind::Plan).cloned();
        let entry = entry.ok_or_else(|| refuse("unknown-document", previous.to_string()))?;
        let after = self.plan_row(previous).is_some_and(|row| from > row.card.from);
        if !after || to < from || to > from + 20 {
            return Err(refuse("bad-value", "a period after the plan's own"));
        }
        let doc = next_plan_id(previous);
        if self.next_plan(previous).is_some() || self.entry(doc).is_some() {
            return Err(refuse("document-exists", "the next plan was started"));
        }
        let snapshot = self.snapshot_of(previous)?.clone();
        self.make(command, self.next_plan_fact(previous, &entry))?;
        let (mut fields, texts) = taken(&snapshot.root, &CONTINUED);
        fields.push(("title".to_owned(), title.trim().into()));
        fields.push(("from".to_owned(), Value::Int(i64::from(from))));
        fields.push(("to".to_owned(), Value::Int(i64::from(to))));
        fields.push(("previous".to_owned(), previous.to_string().as_str().into()));
        self.write_edit(command, doc, Edit::Begin { fields, texts })?;
        let names: Vec<&str> = ["code", "title", "titles", "note"].into();
        for area in snapshot.collection("areas").iter().filter(|area| area.withdrawn.is_none()) {
            let (Some(id), Some(place)) = (area.id, area.place.clone()) else { continue };
            let (fields, texts) = taken(area, &names);
            // Under their own ids: a project that is carried over keeps its area.
            self.write_edit(command, doc, Edit::Add { to: "areas".to_owned(), id, place: Some(place), fields, texts })?;
        }
        Ok(doc)
    }

    fn next_plan_fact(&self, previous: DocId, entry: &crate::domain::catalogue::DocEntry) -> Fact {
        Fact::Doc {
            id: next_plan_id(previous),
            kind: DocKind::Plan,
            subject: None,
            audience: entry.audience.clone(),
            writers: entry.writers.clone(),
            origin: Some(previous),
        }
    }

    /// Whether this person may start the plan after one.
    pub(super) fn may_start_next(&self, previous: DocId) -> bool {
        self.next_plan(previous).is_none()
            && self.entry(previous).is_some_and(|entry| self.may_state(&self.next_plan_fact(previous, entry)).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::schema::{self, FieldKind};

    #[test]
    fn what_is_carried_are_fields_of_the_schema() {
        for (kind, names) in [(DocKind::Project, &CARRIED[..]), (DocKind::Plan, &CONTINUED[..])] {
            let table = schema::of(kind).expect("a schema");
            for name in names {
                assert!(table.field(None, name).is_some_and(|field| field.kind != FieldKind::Ref), "{name}");
            }
        }
    }
}
