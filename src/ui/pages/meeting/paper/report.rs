//! The report with its annexes: paragraphs numbered through, grouped by item; as it was adopted, once it was.

use crate::{
    domain::{EntityId, Record, meeting::Verb, report::ParagraphKind},
    engine::api::{AdoptedLine, AdoptedView, CorrectionView, SaidBy, SessionView},
    ui::{
        i18n::{
            format::{self, word},
            t, tr,
        },
        platform::paper::{Node, el, words},
    },
};

use super::{Desk, agenda, for_whom, lists, text};

/// The report of each session, each followed by its annexes.
pub fn papers(desk: &Desk<'_>) -> Vec<Node> {
    desk.view.sessions.iter().flat_map(|session| whole(desk, session)).collect()
}

fn whole(desk: &Desk<'_>, session: &SessionView) -> Vec<Node> {
    let report = &session.report;
    let state = report.state.state;
    let mut status = for_whom(session, report.state.provisional);
    status.push(word("report-state", state.word()));
    if !state.frozen() && report.of > 0 {
        status.push(t!("report-agreed", agreed = report.agreed, of = report.of));
    }
    let name = tr(if state.frozen() { "report-title" } else { "report-draft" });
    let mut inside = match &report.adopted {
        Some(adopted) => adopted_text(desk, adopted, &report.corrections),
        None => written(desk, session),
    };
    if inside.is_empty() {
        inside.push(words("p", "", tr("report-nothing")));
    }
    let annexes = report.adopted.as_ref().map_or(&report.annexes, |adopted| &adopted.annexes);
    let agenda_name = word("agenda-title", session.state.state.word());
    let mut lines = vec![annex_line(1, &tr("annex-delegates"), None), annex_line(2, &agenda_name, None)];
    for (number, annex) in (3..).zip(annexes) {
        lines.push(annex_line(number, &annex.name, annex.file.map(|(_, hash)| hash.to_string())));
    }
    inside.push(words("h3", "", tr("annexes")));
    inside.push(el("div", "", lines));
    let annex = |number: usize, name: &str, inside: Vec<Node>| {
        let mut all = vec![words("p", "p-annex", t!("annex", number = number)), words("h2", "", name)];
        all.extend(inside);
        el("section", "p-paper p-sheet", all)
    };
    vec![
        desk.paper(name, &status, inside),
        annex(1, &tr("annex-delegates"), lists::delegations(desk)),
        annex(2, &agenda_name, vec![agenda::head(session), agenda::list(desk, session, false)]),
    ]
}

fn annex_line(number: usize, name: &str, file: Option<String>) -> Node {
    let mut inside = vec![words("p", "", name)];
    inside.extend(file.map(|hash| words("p", "p-facts", t!("annex-file", hash = hash))));
    el("div", "p-line p-annexed", vec![words("b", "", t!("annex", number = number)), el("div", "", inside)])
}

fn heading(number: &str, title: &str, opening: bool) -> Node {
    let name = if opening { tr("report-opening") } else { t!("paper-item", number = number, title = title) };
    words("h3", "", name)
}

// As it is being written.
fn written(desk: &Desk<'_>, session: &SessionView) -> Vec<Node> {
    let find = |list: &'static str, id: EntityId| {
        session.snapshot.collection(list).iter().find(move |record| record.id == Some(id))
    };
    let mut all = Vec::new();
    for part in session.report.parts.iter().filter(|part| !part.standing.is_empty()) {
        let title = part.item.and_then(|item| find("items", item)).map_or("", |item| item.line("title"));
        all.push(heading(&part.number, title, part.item.is_none()));
        for (number, id) in &part.standing {
            let own = session.report.spoken.iter().find(|spoken| spoken.record.id == Some(*id));
            let inside = match (own, find("paragraphs", *id)) {
                (Some(own), _) => of_record(desk, &own.record, Some(desk.party(&own.party))),
                (None, Some(record)) => of_record(desk, record, None),
                (None, None) => continue,
            };
            all.push(numbered(*number, vec![el("p", "p-said", inside)]));
        }
    }
    all
}

fn numbered(number: u32, inside: Vec<Node>) -> Node {
    el("div", "p-line p-para", vec![words("span", "p-no", format!("{number}.")), el("div", "", inside)])
}

fn of_record(desk: &Desk<'_>, record: &Record, own: Option<String>) -> Vec<Node> {
    let kind = record.read("kind");
    let recorded = own.is_none() && matches!(kind, Some(ParagraphKind::Reservation | ParagraphKind::Intervention));
    let party = record.read("party").map(|code| desk.party(&code));
    let by = match (own, party) {
        (Some(own), _) => Some(whose(&own, kind.unwrap_or(ParagraphKind::Intervention))),
        (None, party) => party,
    };
    let due = record.read("due").map(|due| t!("point-due", date = format::date(due)));
    let mut all = sentence(by, record.read("verb"), record.text("text"), due);
    all.extend(recorded.then(|| text(format!(" {}", tr("para-recorded")))));
    all
}

fn whose(party: &str, kind: ParagraphKind) -> String {
    t!("paper-own", party = party, kind = word("paragraph-kind", kind.word()))
}

/// A paragraph as it is read: who, `The Meeting noted`, what, by when.
pub fn sentence(by: Option<String>, verb: Option<Verb>, said: &str, due: Option<String>) -> Vec<Node> {
    let mut all = Vec::new();
    if let Some(by) = by {
        all.extend([words("b", "", by), text(" ")]);
    }
    if let Some(verb) = verb {
        let name = word("verb", verb.word());
        all.extend([text(format!("{} ", tr("report-the-meeting"))), words("b", "", name), text(" ")]);
    }
    all.push(text(if said.is_empty() { tr("para-empty") } else { said.to_owned() }));
    all.extend(due.map(|due| text(format!(" ({due})"))));
    all
}

// Word for word as it was adopted, with what was corrected since. What was written later is no part of it.
fn adopted_text(desk: &Desk<'_>, adopted: &AdoptedView, corrections: &[CorrectionView]) -> Vec<Node> {
    let count = t!("report-adopted-by", count = adopted.by.len());
    let root = format!("{} {}", tr("report-root"), adopted.root);
    let recorded = format!("{} {}", tr("report-recorded"), said(desk, &adopted.said));
    let by = format!("{count} {}. {recorded}.", desk.names(&adopted.by));
    let mut all = vec![el("div", "p-adopted", vec![words("p", "", by), words("p", "p-hash", root)])];
    if adopted.waits > 0 {
        all.push(words("p", "", t!("life-waits", count = adopted.waits)));
    }
    let of = |id: Option<EntityId>| {
        let these = corrections.iter().filter(move |it| it.paragraph.map(|(of, _)| of) == id);
        these.map(|it| corrected(desk, it)).collect::<Vec<_>>()
    };
    for part in adopted.parts.iter().filter(|part| !part.lines.is_empty()) {
        all.push(heading(&part.number, &part.title, part.item.is_none()));
        for line in &part.lines {
            let mut inside = vec![el("p", "p-said", of_line(desk, line))];
            inside.extend(of(Some(line.id)));
            all.push(numbered(line.number, inside));
        }
    }
    all.extend(of(None));
    all
}

fn of_line(desk: &Desk<'_>, line: &AdoptedLine) -> Vec<Node> {
    let party = line.party.as_ref().map(|code| desk.party(code));
    let by = if line.own { party.map(|party| whose(&party, line.kind)) } else { party };
    let due = line.due.map(|due| t!("point-due", date = format::date(due)));
    sentence(by, line.verb, &line.text, due)
}

fn corrected(desk: &Desk<'_>, it: &CorrectionView) -> Node {
    let reason = if it.said.reason.is_empty() { String::new() } else { format!(": {}", it.said.reason) };
    let by = format!("{}{reason}", said(desk, &it.said));
    let reads = vec![words("b", "", tr("corrigendum-reads")), text(format!(" {}", it.reads))];
    el("div", "p-note", vec![el("p", "p-said", reads), words("p", "p-facts", by)])
}

/// By whom and when, as far as is known here.
pub fn said(desk: &Desk<'_>, by: &SaidBy) -> String {
    let party = by.party.as_ref().map_or_else(|| tr("someone"), |code| desk.party(code));
    format!("{party}, {}", format::on_paper(by.at))
}
