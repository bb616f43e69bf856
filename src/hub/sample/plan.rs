//! Work plans: their classification, their published totals, and how far a source says they came.

use super::{
    ids, meeting,
    record::{
        Record,
        plans::{Plan, Project},
    },
    register::sources,
    sheet::{Fields, Sheet},
};
use crate::domain::{Act, DocId, DocKind, EntityId, plan::PlanState, project::ProjectStatus};

/// A plan's document.
pub fn id(name: &str) -> DocId {
    ids::doc(DocKind::Plan, name)
}

/// An entry of a plan's classification.
pub fn area_id(plan: &str, code: &str) -> EntityId {
    ids::entity("area", &format!("{plan} {code}"))
}

/// What a plan says.
pub fn sheet(record: &Record, plan: &Plan) -> Sheet {
    let mut sheet = Sheet::with(fields(record, plan));
    sheet.list(
        "areas",
        plan.areas.iter().map(|area| {
            let fields = Fields::of(record)
                .say("code", &area.code)
                .title("title", "titles", &area.title)
                .source_ids(&plan.source);
            (area_id(&plan.id, &area.code), fields)
        }),
    );
    for progress in &plan.progress {
        let fields = Fields::of(record)
            .say("as-of", progress.as_of)
            .maybe("area", progress.area.as_ref().map(|code| area_id(&plan.id, code)))
            .int("completed", Some(progress.completed))
            .int("planned", progress.planned)
            .flag("approximate", progress.approximate)
            .sources(progress);
        sheet.add("counts", ids::entity("count", &format!("{} {}", plan.id, progress.as_of)), fields);
    }
    acts(record, plan, &mut sheet);
    sheet
}

fn fields<'a>(record: &'a Record, plan: &Plan) -> Fields<'a> {
    let (adopted, total) = (plan.adopted.as_ref(), plan.published_total.as_ref());
    Fields::of(record)
        .title("title", "titles", &plan.title)
        .say("framework", plan.framework)
        .int("from", Some(plan.from.bounds().0.year))
        .int("to", Some(plan.to.bounds().0.year))
        .prose("goal", plan.goal.as_ref().map_or("", |goal| goal.english()))
        .members("enablers", plan.enablers.iter().map(|enabler| enabler.english()))
        .maybe("adopted", adopted.map(|step| step.date))
        .maybe("adopted-at", adopted.and_then(|step| step.meeting.as_deref()).map(meeting::id))
        .int("published-total", total.map(|total| total.count))
        .maybe("published-unit", total.map(|total| total.unit.word()))
        .maybe("previous", plan.previous.as_deref().map(id))
        .prose("note", plan.note.clone().unwrap_or_default())
        .sources(plan)
}

/// The life cycle as far as sources tell of it, and the projects said to be in the plan.
fn acts(record: &Record, plan: &Plan, sheet: &mut Sheet) {
    let mut step = |state: PlanState, step: &super::record::plans::Step| {
        let name = format!("{} {state}", plan.id);
        sheet.act(&name, Some(step.date), Act::MovePlan(state), None, sources(record, &step.source));
    };
    if let Some(adopted) = &plan.adopted {
        step(PlanState::HcsAdopted, adopted);
    }
    if let Some(in_force) = &plan.in_force {
        step(PlanState::InForce, in_force);
    }
    if let Some(reviewed) = &plan.reviewed {
        step(PlanState::FinalReviewed, reviewed);
    }
    for project in record.plans.projects.iter().filter(|project| project.plan == plan.id) {
        if let Some(status) = published(project) {
            let name = format!("{} {status}", project.id);
            let target = EntityId::from_bytes(super::project::id(&project.id).to_bytes());
            let reason = sources(record, &project.source);
            sheet.act(&name, project.status_as_of, Act::PublishStatus(status), Some(target), reason);
        }
    }
}

/// The status, where it is a meeting's to decide and so not a lead's to claim.
pub fn published(project: &Project) -> Option<ProjectStatus> {
    project.status.filter(|status| !status.claimable())
}
