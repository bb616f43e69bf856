//! Projects as the sources tell of them. Status and dates enter as claims, with the sources as their evidence.

use super::{
    ids, plan,
    record::{
        Record,
        plans::{Activity, Document, Project},
    },
    register::sources,
    sheet::{Fields, ReportedClaim, Sheet},
};
use crate::domain::{ClaimKind, DocId, DocKind, When, project::ProjectStatus};

/// A project's document.
pub fn id(name: &str) -> DocId {
    ids::doc(DocKind::Project, name)
}

/// What a project says.
pub fn sheet(record: &Record, project: &Project) -> Sheet {
    let mut sheet = Sheet::with(fields(record, project));
    let activities = project.activities.iter();
    sheet.list("activities", activities.map(|it| (ids::entity("activity", &it.id), activity(record, it))));
    for report in &project.reports {
        let made_for = report.meeting.as_ref().and_then(|id| record.meetings.meetings.iter().find(|it| it.id == *id));
        let fields = Fields::of(record)
            .say("party", &report.party)
            .say("as-of", report.as_of)
            .prose("narrative", report.text.0.values().cloned().collect::<Vec<_>>().join("\n"))
            .maybe("made-for", made_for.map(|meeting| meeting.title.english()))
            .sources(report);
        sheet.add("reports", ids::entity("report", &format!("{} {}", project.id, report.as_of)), fields);
    }
    claims(record, project, &mut sheet);
    sheet
}

fn fields<'a>(record: &'a Record, project: &Project) -> Fields<'a> {
    let agency = project.agency.as_ref().and_then(|id| record.people.agencies.iter().find(|agency| agency.id == *id));
    Fields::of(record)
        .say("plan", plan::id(&project.plan))
        .title("title", "titles", &project.title)
        .say("kind", project.kind)
        .say("remarks", &project.remarks)
        .maybe("lead", project.leads.first())
        .members("co-leads", project.leads.iter().skip(1))
        .members("partners", &project.partners)
        .maybe("implementing-agency", agency.map(|agency| &agency.name))
        .maybe("area", project.area.as_ref().map(|code| plan::area_id(&project.plan, code)))
        .maybe("venue", project.venue.as_ref())
        .maybe("mode", project.mode)
        .maybe("carried-from", project.carried_from.as_deref().map(id))
        .members("documents", project.documents.iter().map(document))
        .sources(project)
}

fn document(document: &Document) -> String {
    let date = document.date.map(|date| date.to_string());
    let parts = [Some(&document.title), document.note.as_ref(), date.as_ref()];
    parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(", ")
}

fn activity<'a>(record: &'a Record, activity: &Activity) -> Fields<'a> {
    Fields::of(record)
        .title("title", "titles", &activity.title)
        .maybe("kind", activity.kind.as_ref())
        .maybe("start", activity.actual_start.or(activity.planned_start))
        .maybe("end", activity.actual_end.or(activity.planned_end))
        .maybe("city", activity.venue.as_ref())
        .maybe("mode", activity.mode)
        .maybe("status", activity.status)
        .prose("note", activity.note.clone().unwrap_or_default())
        .sources(activity)
}

fn claims(record: &Record, project: &Project, sheet: &mut Sheet) {
    let evidence = sources(record, &project.source);
    let as_of = project.status_as_of;
    let mut claim = |what, value: String, reason: &str| {
        sheet.claim(ReportedClaim { name: &project.id, what, value, as_of, evidence: &evidence, reason });
    };
    if let Some(status) = project.status.filter(|status| status.claimable()) {
        // The rules ask for a reason where a project is put off or ends unfinished; the remark says what the source says.
        let reason = if ProjectStatus::Included.needs_reason(status) { project.remarks.as_str() } else { "" };
        claim(ClaimKind::Status, status.to_string(), reason);
    }
    let dates: [(ClaimKind, Option<When>); 4] = [
        (ClaimKind::Start, project.planned_start),
        (ClaimKind::End, project.planned_end),
        (ClaimKind::ActualStart, project.actual_start),
        (ClaimKind::ActualEnd, project.actual_end),
    ];
    for (what, when) in dates {
        if let Some(when) = when {
            claim(what, when.to_string(), "");
        }
    }
}
