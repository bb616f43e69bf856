//! Meetings and their sessions: one session each, for the audience of the meeting's framework.

use super::{
    ids,
    record::{
        Record, Sourced,
        meetings::{Agenda, AgendaForm, Delegation, Meeting, Member, Statement},
    },
    register::{gathering_id, sources},
    sheet::{Fields, Sheet},
};
use crate::domain::{Act, DocId, DocKind, agenda::AgendaState};

/// A meeting's document.
pub fn id(name: &str) -> DocId {
    ids::doc(DocKind::Meeting, name)
}

/// The document of a meeting's session.
pub fn session_id(name: &str) -> DocId {
    ids::doc(DocKind::Session, name)
}

/// What a meeting says.
pub fn sheet(record: &Record, meeting: &Meeting) -> Sheet {
    let mut sheet = Sheet::with(fields(record, meeting));
    for delegation in &meeting.delegations {
        let name = format!("{} {}", meeting.id, delegation.party);
        sheet.add("delegations", ids::entity("delegation", &name), self::delegation(record, meeting, delegation));
    }
    if let Some(state) = meeting.state {
        let reason = sources(record, &meeting.source);
        sheet.act(&format!("{} {state}", meeting.id), meeting.to, Act::MoveMeeting(state), None, reason);
    }
    sheet
}

fn fields<'a>(record: &'a Record, meeting: &Meeting) -> Fields<'a> {
    let gathering = record.terms.gatherings.iter().find(|gathering| gathering.id == meeting.gathering);
    let chair = meeting.chair.as_ref();
    let statement = statement(record, meeting);
    let agencies = meeting.hosts.iter().filter_map(|host| {
        let agency = record.people.agencies.iter().find(|agency| agency.id == host.agency)?;
        let party = record.people.parties.iter().find(|party| party.code == host.party)?;
        Some(format!("{}, {}", agency.name, party.name))
    });
    Fields::of(record)
        .title("title", "titles", &meeting.title)
        .members("aliases", meeting.aliases.iter().map(|alias| &alias.text))
        .say("type", meeting.kind)
        .int("ordinal", meeting.ordinal)
        .say("framework", meeting.framework)
        .say("gathering", gathering_id(&meeting.gathering))
        .int("term", gathering.map(|gathering| gathering.term))
        .maybe("chair", chair.map(|chair| &chair.party))
        .maybe("chair-officer", chair.and_then(|chair| named(record, chair.officer.as_deref(), chair.role.as_deref())))
        .maybe("host", meeting.hosts.first().map(|host| &host.party))
        .say("organiser", agencies.collect::<Vec<_>>().join("; "))
        .maybe("city", meeting.city.as_ref())
        .maybe("mode", meeting.mode)
        .maybe("start", meeting.from)
        .maybe("end", meeting.to)
        .maybe("statement", statement.and_then(english_title))
        .maybe("predecessor", meeting.after.as_deref().map(id))
        .maybe("reports-to", meeting.reports_to.as_deref().map(id))
        .maybe("parallel", meeting.parallel.as_deref().map(id))
        .prose("note", note(record, meeting, statement).join("\n"))
        .sources(meeting)
        .source_ids(&beside(meeting, statement))
}

/// Sources of what a meeting's note tells and the meeting's own do not.
fn beside(meeting: &Meeting, statement: Option<&Statement>) -> Vec<String> {
    let outcomes = meeting.outcomes.iter().flat_map(|outcome| &outcome.source);
    let statement = statement.into_iter().flat_map(Sourced::source);
    let mut beside: Vec<String> = outcomes.chain(statement).cloned().collect();
    beside.retain(|id| !meeting.source.contains(id));
    beside.sort();
    beside.dedup();
    beside
}

fn statement<'a>(record: &'a Record, meeting: &Meeting) -> Option<&'a Statement> {
    record.meetings.statements.iter().find(|statement| Some(&statement.id) == meeting.statement.as_ref())
}

fn english_title(statement: &Statement) -> Option<&str> {
    statement.titles.iter().rev().find(|title| title.tag == "en").map(|title| title.text.as_str())
}

/// What is known of a meeting and has no field of its own, a line each.
fn note(record: &Record, meeting: &Meeting, statement: Option<&Statement>) -> Vec<String> {
    let mut lines: Vec<String> = meeting.note.iter().cloned().collect();
    lines.extend(meeting.outcomes.iter().map(|it| format!("{} [{}]", it.text, sources(record, &it.source))));
    lines.extend(meeting.side_events.iter().cloned());
    let topics = meeting.agenda.as_ref().filter(|agenda| agenda.form == AgendaForm::Topics);
    lines.extend(topics.and_then(|agenda| agenda.source_note.clone()));
    if let Some(statement) = statement {
        let titles = statement.titles.iter().map(|it| (it.as_of, format!("“{}”", it.text), &it.source));
        let events = statement.history.iter().map(|it| (it.when, it.what.trim_end_matches('.').to_owned(), &it.source));
        let mut history: Vec<_> = titles.chain(events).collect();
        history.sort_by_key(|(when, ..)| when.bounds());
        let line = |(when, what, ids): (_, _, &Vec<String>)| format!("{when}: {what} [{}]", sources(record, ids));
        lines.extend(history.into_iter().map(line));
        lines.extend(statement.source_note.clone());
    }
    lines
}

/// An officer as people write one, or the role alone: "H.E. Chhi Vichara (ឈី វិជ្ជរ៉ា), Under Secretary of State".
fn named(record: &Record, officer: Option<&str>, role: Option<&str>) -> Option<String> {
    let officer = record.people.officers.iter().find(|it| Some(it.id.as_str()) == officer);
    let name = officer.map(|officer| {
        let name = match &officer.latin {
            Some(latin) => format!("{latin} ({})", officer.name),
            None => officer.name.clone(),
        };
        officer.honorific.iter().cloned().chain([name]).collect::<Vec<_>>().join(" ")
    });
    let parts: Vec<String> = name.into_iter().chain(role.map(str::to_owned)).collect();
    if parts.is_empty() { None } else { Some(parts.join(", ")) }
}

fn delegation<'a>(record: &'a Record, meeting: &Meeting, delegation: &Delegation) -> Fields<'a> {
    let member = |member: &Member| named(record, member.officer.as_deref(), Some(&member.role));
    let others = delegation.member.as_ref().and_then(member);
    let note: Vec<String> = others.into_iter().chain(delegation.note.clone()).collect();
    Fields::of(record)
        .say("party", &delegation.party)
        .int("size", delegation.size)
        .maybe("head", delegation.head.as_ref().and_then(member))
        .maybe("mode", meeting.mode)
        .prose("note", note.join("\n"))
        .sources(delegation)
}

/// What a meeting's session says.
pub fn session(record: &Record, meeting: &Meeting) -> Sheet {
    let source = meeting.agenda.as_ref().map_or(&meeting.source, |agenda| &agenda.source);
    let fields = Fields::of(record).say("meeting", id(&meeting.id)).say("framework", meeting.framework);
    let mut sheet = Sheet::with(fields.source_ids(source));
    let Some(agenda) = &meeting.agenda else { return sheet };
    sheet.list("items", items(record, meeting, agenda));
    match agenda.form {
        // The sources give the agenda laid before the meeting, and not its adoption.
        AgendaForm::Numbered => {
            let act = Act::MoveAgenda(AgendaState::Provisional);
            sheet.act(&format!("{} agenda", meeting.id), meeting.from, act, None, sources(record, &agenda.source));
        }
        AgendaForm::Topics => {}
    }
    sheet
}

fn items<'a>(
    record: &'a Record,
    meeting: &'a Meeting,
    agenda: &'a Agenda,
) -> impl Iterator<Item = (crate::domain::EntityId, Fields<'a>)> {
    agenda.items.iter().enumerate().map(move |(at, item)| {
        let note = item.source_note.as_ref().or(agenda.source_note.as_ref());
        let fields = Fields::of(record)
            .title("title", "titles", &item.title)
            .say("kind", item.kind)
            .maybe("expected-action", item.action)
            .members("documents", &item.documents)
            .source_ids(&agenda.source)
            .maybe("source-note", note);
        (ids::entity("item", &format!("{} {}", meeting.id, at + 1)), fields)
    })
}
