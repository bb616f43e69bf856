//! The agenda, and with its notes the annotated agenda for the Chair and the Secretariat.

use crate::{
    domain::{EntityId, Record, paper::papers as files},
    engine::api::{AgendaLine, SessionView},
    ui::{
        i18n::{format::word, t, tr},
        logic::agenda::{minutes, running},
        platform::paper::{Node, el, words},
    },
};

use super::{super::session::audience_words, Desk, for_whom, joined};

/// The agenda of each session; with notes only of those that have any here.
pub fn papers(desk: &Desk<'_>, notes: bool) -> Vec<Node> {
    let sessions = desk.view.sessions.iter().filter(|session| !notes || !session.notes.is_empty());
    sessions.map(|session| paper(desk, session, notes)).collect()
}

fn paper(desk: &Desk<'_>, session: &SessionView, notes: bool) -> Node {
    let state = word("agenda-title", session.state.state.word());
    let mut status = for_whom(session, session.state.provisional);
    let name = if notes {
        status[0] = joined([tr("audience-chair"), state]);
        tr("paper-annotated")
    } else {
        state
    };
    desk.paper(name, &status, vec![list(desk, session, notes)])
}

/// The items with their numbers.
pub fn list(desk: &Desk<'_>, session: &SessionView, notes: bool) -> Node {
    let records = session.snapshot.collection("items");
    let (until, total) = running(&session.agenda, records);
    let mut lines = Vec::new();
    for line in session.agenda.iter().filter(|line| !line.number.is_empty()) {
        let Some(record) = records.iter().find(|record| record.id == Some(line.item)) else { continue };
        let mut inside = item(desk, record);
        if notes {
            inside.extend(annotations(session, record, until.get(&line.item).copied().unwrap_or(0)));
        }
        lines.push(numbered(line, inside));
    }
    if lines.is_empty() {
        return words("p", "", tr("agenda-empty"));
    }
    if notes && total > 0 {
        let hours = t!("agenda-total", hours = total / 60, minutes = total % 60);
        lines.push(words("p", "p-facts", hours));
    }
    el("div", "", lines)
}

fn numbered(line: &AgendaLine, inside: Vec<Node>) -> Node {
    let class = match line.depth {
        0 => "p-line",
        1 => "p-line p-in",
        _ => "p-line p-in p-in2",
    };
    el("div", class, vec![words("span", "p-no", line.number.as_str()), el("div", "", inside)])
}

fn item(desk: &Desk<'_>, record: &Record) -> Vec<Node> {
    let mut all = vec![words("p", "p-title", record.line("title"))];
    for (tag, held) in record.members("titles") {
        let title = held.value.as_str().unwrap_or_default().to_owned();
        all.push(Node::Element("p", "", tag.to_owned(), vec![Node::Text(title)]));
    }
    let said = |list: &str, field: &str| match record.line(field) {
        "" => String::new(),
        value => word(list, value),
    };
    let lead =
        record.read("lead").map_or_else(String::new, |code| format!("{} {}", tr("field-lead"), desk.party(&code)));
    let speaker = match record.line("speaker") {
        "" => String::new(),
        name => t!("agenda-spoken", speaker = name),
    };
    let facts = joined([said("expected-action", "expected-action"), lead, speaker, said("session-kind", "session")]);
    all.extend((!facts.is_empty()).then(|| words("p", "p-facts", facts)));
    all
}

// What the Chair has before it at an item: the time, the documents, and the notes.
fn annotations(session: &SessionView, record: &Record, until: u32) -> Vec<Node> {
    let item: Option<EntityId> = record.id;
    let own = minutes(record);
    let time = (own > 0).then(|| {
        let until = t!("agenda-until", hours = until / 60, minutes = until % 60);
        format!("{} {until}", t!("agenda-minutes", minutes = own))
    });
    let papers = files(&session.snapshot.root).into_iter();
    let papers = papers.filter(|paper| paper.item == item && paper.withdrawn.is_none()).map(|paper| paper.title);
    let named = record.members("documents").map(|(name, _)| name.to_owned());
    let mut documents: Vec<String> = Vec::new();
    for name in papers.chain(named) {
        if !documents.contains(&name) {
            documents.push(name);
        }
    }
    let documents = (!documents.is_empty()).then(|| format!("{}: {}", tr("field-documents"), documents.join("; ")));
    let facts = joined([time.unwrap_or_default(), documents.unwrap_or_default()]);
    let mut all = Vec::new();
    all.extend((!facts.is_empty()).then(|| words("p", "p-facts", facts)));
    let notes = session.notes.iter().filter(|note| Some(note.item) == item && note.record.withdrawn.is_none());
    for text in notes.map(|note| note.record.text("text")).filter(|text| !text.trim().is_empty()) {
        all.push(el("div", "p-note", vec![words("b", "", tr("note-label")), words("p", "p-said", text)]));
    }
    all
}

/// For whom an agenda is, as a line.
pub fn head(session: &SessionView) -> Node {
    words("p", "p-facts", audience_words(&session.audience))
}
