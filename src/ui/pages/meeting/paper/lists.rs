//! Lists: delegates, documents, decisions and actions.

use crate::{
    domain::{EntityId, PartyCode, Record, Value, paper::papers, report::ParagraphKind},
    engine::api::PointView,
    ui::{
        i18n::{
            format::{self, word},
            t, tr,
        },
        platform::paper::{Node, el, words},
    },
};

use super::{
    Desk, for_whom, joined,
    report::{said, sentence},
    table, text,
};

/// The list of delegates.
pub fn delegates(desk: &Desk<'_>) -> Vec<Node> {
    vec![desk.paper(tr("annex-delegates"), &[], delegations(desk))]
}

/// The delegations in protocol order.
pub fn delegations(desk: &Desk<'_>) -> Vec<Node> {
    let come = desk.view.snapshot.collection("delegations").iter().filter(|one| one.withdrawn.is_none());
    let mut come: Vec<(Option<PartyCode>, &Record)> = come.map(|one| (one.read("party"), one)).collect();
    let rank = |code: &Option<PartyCode>| {
        let at = desk.parties.iter().position(|party| Some(&party.code) == code.as_ref());
        at.unwrap_or(usize::MAX)
    };
    come.sort_by_key(|(code, one)| (rank(code), one.id));
    if come.is_empty() {
        return vec![words("p", "", tr("delegations-empty"))];
    }
    let size = |one: &Record| match one.fields.get("size").map(|held| &held.value) {
        Some(Value::Int(size)) => *size,
        Some(Value::Empty | Value::Bool(_) | Value::Str(_)) | None => 0,
    };
    let total =
        t!("delegations-count", count = come.len(), people = come.iter().map(|(_, one)| size(one)).sum::<i64>());
    let row = |(code, one): &(Option<PartyCode>, &Record)| {
        let name = code.as_ref().map_or_else(|| tr("not-set"), |code| desk.party(code));
        let size = Some(size(one)).filter(|size| *size > 0).map(|size| size.to_string()).unwrap_or_default();
        let mode = Some(one.line("mode")).filter(|mode| !mode.is_empty()).map(|mode| word("mode", mode));
        let cells = [size, one.line("head").to_owned(), mode.unwrap_or_default()].map(text);
        std::iter::once(words("b", "", name)).chain(cells).collect()
    };
    let rows = come.iter().map(row).collect::<Vec<Vec<Node>>>();
    let heads = ["delegation-party", "delegation-size", "delegation-head", "field-mode"];
    vec![table(&heads, rows), words("p", "p-facts", total)]
}

/// The list of documents of the meeting itself and of each session: papers, and what the agenda names without a file.
pub fn documents(desk: &Desk<'_>) -> Vec<Node> {
    let own = files(&desk.view.snapshot.root, |_| true, "");
    let mut all = Vec::new();
    if !own.is_empty() || desk.view.sessions.is_empty() {
        all.push(sheet(desk, &[tr("documents-of-meeting")], own));
    }
    for session in &desk.view.sessions {
        let (root, items) = (&session.snapshot.root, session.snapshot.collection("items"));
        let numbered = || session.agenda.iter().filter(|line| !line.number.is_empty());
        let mut rows = files(root, |item| !numbered().any(|line| Some(line.item) == item), "");
        for line in numbered() {
            let Some(record) = items.iter().find(|record| record.id == Some(line.item)) else { continue };
            let name = format!("{} {}", line.number, record.line("title"));
            rows.extend(files(root, |item| item == Some(line.item), &name));
            rows.extend(record.members("documents").map(|(document, _)| document_row(document, "", &name)));
        }
        all.push(sheet(desk, &for_whom(session, false), rows));
    }
    all
}

fn files(root: &Record, of: impl Fn(Option<EntityId>) -> bool, item: &str) -> Vec<Vec<Node>> {
    let stand = papers(root).into_iter().filter(|paper| paper.withdrawn.is_none() && of(paper.item));
    stand.map(|paper| document_row(&paper.title, &paper.name, item)).collect()
}

fn document_row(title: &str, file: &str, item: &str) -> Vec<Node> {
    vec![words("b", "", title), text(file), text(item)]
}

fn sheet(desk: &Desk<'_>, status: &[String], rows: Vec<Vec<Node>>) -> Node {
    let inside = if rows.is_empty() {
        words("p", "", tr("documents-empty"))
    } else {
        table(&["paper-document", "paper-file-name", "paper-for-item"], rows)
    };
    desk.paper(tr("paper-documents"), status, vec![inside])
}

/// Decisions and actions, what came up for adoption and what is open from before.
pub fn decisions(desk: &Desk<'_>) -> Vec<Node> {
    let view = desk.view;
    let of = |kind: ParagraphKind| view.points.iter().filter(move |it| it.kind == kind).collect::<Vec<_>>();
    let lists = [
        ("points-rising", view.rising.iter().collect::<Vec<_>>()),
        ("points-decisions", of(ParagraphKind::Decision)),
        ("points-actions", of(ParagraphKind::Action)),
        ("points-earlier", view.earlier.iter().collect()),
    ];
    let mut inside = Vec::new();
    for (key, points) in lists {
        if points.is_empty() {
            continue;
        }
        inside.push(words("h3", "", tr(key)));
        let rows = points.into_iter().map(|it| row(desk, it)).collect();
        inside.push(table(&["paper-at", "paper-point", "paper-stands"], rows));
    }
    if inside.is_empty() {
        inside.push(words("p", "", tr("decisions-empty")));
    }
    vec![desk.paper(tr("tab-decisions"), &[], inside)]
}

fn row(desk: &Desk<'_>, it: &PointView) -> Vec<Node> {
    let at = if it.withdrawn { tr("point-withdrawn") } else { t!("para-name", number = it.number) };
    let item = if it.item.is_empty() { String::new() } else { t!("point-item", number = it.item.as_str()) };
    let meeting = if it.meeting == desk.view.row.doc { String::new() } else { it.title.clone() };
    let party = it.party.as_ref().map(|code| desk.party(code));
    let due = it.due.map(|due| t!("point-due", date = format::date(due)));
    vec![
        text(joined([at, item, meeting])),
        el("p", "p-said", sentence(party, it.verb, &it.text, due)),
        el("div", "", stands(desk, it)),
    ]
}

// What became of it.
fn stands(desk: &Desk<'_>, it: &PointView) -> Vec<Node> {
    let mut all = Vec::new();
    all.extend(it.up.as_ref().map(|(_, title)| words("p", "p-facts", format!("{} {title}", tr("point-up")))));
    let result = it.result.as_ref().map(|it| (word("outcome", it.outcome.word()), it.said.as_ref(), it.changed));
    let action = it.action.as_ref().map(|it| (word("action-status", it.status.word()), it.said.as_ref(), false));
    for (state, by, changed) in result.into_iter().chain(action) {
        all.push(words("b", "", state));
        if let Some(by) = by {
            all.push(words("p", "p-facts", said(desk, by)));
            all.extend((!by.reason.is_empty()).then(|| words("p", "p-said", by.reason.as_str())));
        }
        all.extend(changed.then(|| words("p", "p-facts", tr("outcome-changed"))));
    }
    all.extend(it.action.as_ref().filter(|it| it.overdue).map(|_| words("p", "p-facts", tr("point-overdue"))));
    all
}
