//! Proves that the record holds together: every record names a source that is there, every name it uses leads somewhere,
//! and no date is nonsense. Runs when the record is read, so that a mistake stops the hub with a word, not a user's page.

use std::collections::BTreeSet;

use super::{
    SampleError,
    record::{
        Record, Sourced, Tongues,
        meetings::{Meeting, Member, Statement},
        plans::{Plan, Project},
        terms::{Gathering, Term},
    },
};
use crate::domain::{PartyCode, When};

/// No source speaks of a year outside these.
const YEARS: std::ops::RangeInclusive<i16> = 1980..=2030;

/// Checks the whole record; the first mistake found is the answer.
pub fn check(record: &Record) -> Result<(), SampleError> {
    let names = Names::of(record)?;
    for source in &record.sources {
        Names::day(&source.id, source.date.map(When::Day))?;
    }
    people(record, &names)?;
    for term in &record.terms.terms {
        self::term(term, &names)?;
    }
    for gathering in &record.terms.gatherings {
        self::gathering(gathering, &names)?;
    }
    for plan in &record.plans.plans {
        self::plan(plan, &names)?;
    }
    for project in &record.plans.projects {
        self::project(project, record, &names)?;
    }
    for meeting in &record.meetings.meetings {
        self::meeting(meeting, &names)?;
    }
    for statement in &record.meetings.statements {
        self::statement(statement, &names)?;
    }
    Ok(())
}

/// Every name that records may use.
struct Names<'a> {
    sources: BTreeSet<&'a str>,
    parties: BTreeSet<&'a str>,
    agencies: BTreeSet<&'a str>,
    officers: BTreeSet<&'a str>,
    terms: BTreeSet<String>,
    gatherings: BTreeSet<&'a str>,
    plans: BTreeSet<&'a str>,
    projects: BTreeSet<&'a str>,
    meetings: BTreeSet<&'a str>,
    statements: BTreeSet<&'a str>,
}

fn unique<T: Ord + ToString>(what: &'static str, ids: impl Iterator<Item = T>) -> Result<BTreeSet<T>, SampleError> {
    let mut seen = BTreeSet::new();
    for id in ids {
        let text = id.to_string();
        if !seen.insert(id) {
            return Err(SampleError::Twice { what, id: text });
        }
    }
    Ok(seen)
}

impl<'a> Names<'a> {
    fn of(record: &'a Record) -> Result<Self, SampleError> {
        Ok(Self {
            sources: unique("source", record.sources.iter().map(|it| it.id.as_str()))?,
            parties: unique("party", record.people.parties.iter().map(|it| it.code.as_str()))?,
            agencies: unique("agency", record.people.agencies.iter().map(|it| it.id.as_str()))?,
            officers: unique("officer", record.people.officers.iter().map(|it| it.id.as_str()))?,
            terms: unique("term", record.terms.terms.iter().map(|it| it.ordinal.to_string()))?,
            gatherings: unique("gathering", record.terms.gatherings.iter().map(|it| it.id.as_str()))?,
            plans: unique("plan", record.plans.plans.iter().map(|it| it.id.as_str()))?,
            projects: unique("project", record.plans.projects.iter().map(|it| it.id.as_str()))?,
            meetings: unique("meeting", record.meetings.meetings.iter().map(|it| it.id.as_str()))?,
            statements: unique("statement", record.meetings.statements.iter().map(|it| it.id.as_str()))?,
        })
    }

    fn sources(&self, at: &str, ids: &[String]) -> Result<(), SampleError> {
        if ids.is_empty() {
            return Err(SampleError::NoSource { record: at.to_owned() });
        }
        ids.iter().try_for_each(|id| known(at, "source", &self.sources, id))
    }

    fn sourced(&self, at: &str, it: &dyn Sourced) -> Result<(), SampleError> {
        self.sources(at, it.source())?;
        let says_why = it.source_note().is_some_and(|note| !note.is_empty());
        if it.inferred() && !says_why { Err(SampleError::NoReason { record: at.to_owned() }) } else { Ok(()) }
    }

    fn party(&self, at: &str, code: &PartyCode) -> Result<(), SampleError> {
        known(at, "party", &self.parties, code.as_str())
    }

    fn member(&self, at: &str, member: Option<&Member>) -> Result<(), SampleError> {
        optional(at, "officer", &self.officers, member.and_then(|member| member.officer.as_deref()))
    }

    fn term(&self, at: &str, ordinal: u16) -> Result<(), SampleError> {
        let ordinal = ordinal.to_string();
        if self.terms.contains(&ordinal) { Ok(()) } else { Err(unknown(at, "term", &ordinal)) }
    }

    /// A date within the years that the sources speak of.
    fn day(at: &str, when: Option<When>) -> Result<(), SampleError> {
        let good = when.is_none_or(|when| YEARS.contains(&when.bounds().0.year));
        if good { Ok(()) } else { Err(SampleError::Dates { record: at.to_owned() }) }
    }

    /// Two dates in order.
    fn span(at: &str, from: Option<When>, to: Option<When>) -> Result<(), SampleError> {
        Self::day(at, from)?;
        Self::day(at, to)?;
        let (Some(from), Some(to)) = (from, to) else { return Ok(()) };
        if from.bounds().0 <= to.bounds().1 { Ok(()) } else { Err(SampleError::Dates { record: at.to_owned() }) }
    }
}

fn unknown(at: &str, what: &'static str, id: &str) -> SampleError {
    SampleError::Unknown { record: at.to_owned(), what, id: id.to_owned() }
}

fn known(at: &str, what: &'static str, names: &BTreeSet<&str>, id: &str) -> Result<(), SampleError> {
    if names.contains(id) { Ok(()) } else { Err(unknown(at, what, id)) }
}

fn optional(at: &str, what: &'static str, names: &BTreeSet<&str>, id: Option<&str>) -> Result<(), SampleError> {
    id.map_or(Ok(()), |id| known(at, what, names, id))
}

fn english(at: &str, title: &Tongues) -> Result<(), SampleError> {
    if title.english().is_empty() { Err(SampleError::NoEnglish { record: at.to_owned() }) } else { Ok(()) }
}

fn people(record: &Record, names: &Names<'_>) -> Result<(), SampleError> {
    for party in &record.people.parties {
        names.sourced(&format!("party {}", party.code), party)?;
    }
    for membership in &record.people.memberships {
        let at = format!("membership of {}", membership.party);
        names.sourced(&at, membership)?;
        names.party(&at, &membership.party)?;
        Names::span(&at, membership.from, membership.to)?;
    }
    for agency in &record.people.agencies {
        let at = format!("agency {}", agency.id);
        names.sourced(&at, agency)?;
        names.party(&at, &agency.party)?;
    }
    for officer in &record.people.officers {
        let at = format!("officer {}", officer.id);
        names.sourced(&at, officer)?;
        names.party(&at, &officer.party)?;
        known(&at, "agency", &names.agencies, &officer.agency)?;
        Names::day(&at, Some(officer.as_of))?;
    }
    Ok(())
}

fn term(term: &Term, names: &Names<'_>) -> Result<(), SampleError> {
    let at = format!("term {}", term.ordinal);
    names.sourced(&at, term)?;
    names.party(&at, &term.party)?;
    Names::span(&at, term.from, term.to)?;
    Names::span(&at, term.handed_over_at, term.effective_from)?;
    optional(&at, "meeting", &names.meetings, term.handover_meeting.as_deref())?;
    term.theme.as_ref().map_or(Ok(()), |theme| english(&at, theme))?;
    term.published.iter().try_for_each(|it| names.sources(&at, &it.source))?;
    term.theme_aliases.iter().try_for_each(|it| names.sources(&at, &it.source))?;
    for date in &term.key_dates {
        let at = format!("{at}, {}", date.what);
        names.sources(&at, &date.source)?;
        Names::span(&at, Some(date.from), date.to)?;
    }
    Ok(())
}

fn gathering(gathering: &Gathering, names: &Names<'_>) -> Result<(), SampleError> {
    let at = format!("gathering {}", gathering.id);
    names.sourced(&at, gathering)?;
    names.term(&at, gathering.term)?;
    english(&at, &gathering.title)?;
    Names::span(&at, Some(gathering.from), Some(gathering.to))?;
    for host in &gathering.hosts {
        names.party(&at, &host.party)?;
        known(&at, "agency", &names.agencies, &host.agency)?;
    }
    gathering.business.iter().try_for_each(|it| english(&at, &it.title))
}

fn plan(plan: &Plan, names: &Names<'_>) -> Result<(), SampleError> {
    let at = format!("plan {}", plan.id);
    names.sourced(&at, plan)?;
    english(&at, &plan.title)?;
    Names::span(&at, Some(plan.from), Some(plan.to))?;
    optional(&at, "plan", &names.plans, plan.previous.as_deref())?;
    optional(&at, "plan", &names.plans, plan.next.as_deref())?;
    plan.areas.iter().try_for_each(|it| english(&at, &it.title))?;
    plan.enablers.iter().chain(&plan.goal).try_for_each(|it| english(&at, it))?;
    plan.published_total.as_ref().map_or(Ok(()), |total| names.sources(&at, &total.source))?;
    for step in plan.adopted.iter().chain(&plan.in_force).chain(&plan.reviewed) {
        names.sources(&at, &step.source)?;
        Names::day(&at, Some(step.date))?;
        optional(&at, "meeting", &names.meetings, step.meeting.as_deref())?;
    }
    for progress in &plan.progress {
        names.sourced(&at, progress)?;
        Names::day(&at, Some(progress.as_of))?;
        area(&at, plan, progress.area.as_deref())?;
    }
    Ok(())
}

fn area(at: &str, plan: &Plan, code: Option<&str>) -> Result<(), SampleError> {
    let codes: BTreeSet<&str> = plan.areas.iter().map(|area| area.code.as_str()).collect();
    optional(at, "area", &codes, code)
}

fn project(project: &Project, record: &Record, names: &Names<'_>) -> Result<(), SampleError> {
    let at = format!("project {}", project.id);
    names.sourced(&at, project)?;
    english(&at, &project.title)?;
    if project.leads.is_empty() {
        return Err(unknown(&at, "lead", "(none)"));
    }
    project.leads.iter().chain(&project.partners).try_for_each(|code| names.party(&at, code))?;
    optional(&at, "agency", &names.agencies, project.agency.as_deref())?;
    optional(&at, "project", &names.projects, project.carried_from.as_deref())?;
    let plan = record.plans.plans.iter().find(|plan| plan.id == project.plan);
    let plan = plan.ok_or_else(|| unknown(&at, "plan", &project.plan))?;
    area(&at, plan, project.area.as_deref())?;
    Names::day(&at, project.status_as_of)?;
    Names::span(&at, project.planned_start, project.planned_end)?;
    Names::span(&at, project.actual_start, project.actual_end)?;
    for activity in &project.activities {
        names.sourced(&at, activity)?;
        english(&at, &activity.title)?;
        Names::span(&at, activity.planned_start, activity.planned_end)?;
        Names::span(&at, activity.actual_start, activity.actual_end)?;
    }
    for report in &project.reports {
        names.sourced(&at, report)?;
        names.party(&at, &report.party)?;
        Names::day(&at, Some(report.as_of))?;
        optional(&at, "meeting", &names.meetings, report.meeting.as_deref())?;
        english(&at, &report.text)?;
    }
    for document in &project.documents {
        names.sourced(&at, document)?;
        Names::day(&at, document.date)?;
    }
    Ok(())
}

fn meeting(meeting: &Meeting, names: &Names<'_>) -> Result<(), SampleError> {
    let at = format!("meeting {}", meeting.id);
    names.sourced(&at, meeting)?;
    english(&at, &meeting.title)?;
    known(&at, "gathering", &names.gatherings, &meeting.gathering)?;
    Names::span(&at, meeting.from, meeting.to)?;
    if let Some(chair) = &meeting.chair {
        names.party(&at, &chair.party)?;
        optional(&at, "officer", &names.officers, chair.officer.as_deref())?;
        if chair.inferred && !meeting.inferred {
            return Err(SampleError::NoReason { record: at });
        }
    }
    for host in &meeting.hosts {
        names.party(&at, &host.party)?;
        known(&at, "agency", &names.agencies, &host.agency)?;
    }
    optional(&at, "officer", &names.officers, meeting.opened_by.as_deref())?;
    optional(&at, "statement", &names.statements, meeting.statement.as_deref())?;
    for other in [&meeting.after, &meeting.reports_to, &meeting.parallel] {
        optional(&at, "meeting", &names.meetings, other.as_deref())?;
    }
    for delegation in &meeting.delegations {
        names.sourced(&at, delegation)?;
        names.party(&at, &delegation.party)?;
        names.member(&at, delegation.head.as_ref())?;
        names.member(&at, delegation.member.as_ref())?;
    }
    if let Some(agenda) = &meeting.agenda {
        names.sourced(&at, agenda)?;
        agenda.items.iter().try_for_each(|item| english(&at, &item.title))?;
    }
    for outcome in &meeting.outcomes {
        names.sources(&at, &outcome.source)?;
        optional(&at, "plan", &names.plans, outcome.plan.as_deref())?;
        outcome.term.map_or(Ok(()), |term| names.term(&at, term))?;
    }
    meeting.aliases.iter().try_for_each(|alias| names.sources(&at, &alias.source))
}

fn statement(statement: &Statement, names: &Names<'_>) -> Result<(), SampleError> {
    let at = format!("statement {}", statement.id);
    names.sourced(&at, statement)?;
    statement.proposer.as_ref().map_or(Ok(()), |code| names.party(&at, code))?;
    Names::day(&at, statement.adopted)?;
    if !statement.titles.iter().any(|title| title.tag == "en") {
        return Err(SampleError::NoEnglish { record: at });
    }
    for title in &statement.titles {
        names.sources(&at, &title.source)?;
        Names::day(&at, Some(title.as_of))?;
    }
    for event in &statement.history {
        names.sources(&at, &event.source)?;
        Names::day(&at, Some(event.when))?;
        optional(&at, "meeting", &names.meetings, event.meeting.as_deref())?;
    }
    Ok(())
}
