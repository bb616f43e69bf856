//! Lists: delegates, documents, decisions and actions.

use crate::{
    domain::{
        EntityId, Record, Value,
        delegation::{Part, part},
        paper::papers,
        report::ParagraphKind,
    },
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

/// The delegations in the order in which they sit: each with its own list, or what the meeting's record says of it.
pub fn delegations(desk: &Desk<'_>) -> Vec<Node> {
    let noted = desk.view.snapshot.collection("delegations");
    let rows = desk.view.delegations.rows.iter().filter(|row| !row.people.is_empty() || !row.recorded.is_empty());
    let (mut delegations, mut all) = (0, 0);
    let mut come = Vec::new();
    for row in rows {
        let record = noted.iter().find(|one| one.id.is_some() && one.id == row.recorded.first().copied());
        let size = match record.and_then(|one| one.fields.get("size")).map(|held| &held.value) {
            _ if !row.people.is_empty() => row.people.len(),
            Some(Value::Int(size)) => usize::try_from(*size).unwrap_or(0),
            Some(Value::Empty | Value::Bool(_) | Value::Str(_)) | None => 0,
        };
        (delegations, all) = (delegations + 1, all + size);
        let people = if row.people.is_empty() {
            let head = record.map(|one| one.line("head")).filter(|head| !head.is_empty());
            vec![text(head.map(|head| joined([head, &word("part", Part::Head.word())])).unwrap_or_default())]
        } else {
            row.people.iter().map(delegate).collect()
        };
        let mode = record.filter(|_| row.people.is_empty()).map(|one| one.line("mode")).filter(|mode| !mode.is_empty());
        come.push(vec![
            words("b", "", desk.party(&row.party)),
            text(Some(size).filter(|size| *size > 0).map(|size| size.to_string()).unwrap_or_default()),
            el("div", "", people),
            text(mode.map(|mode| word("mode", mode)).unwrap_or_default()),
        ]);
    }
    if come.is_empty() {
        return vec![words("p", "", tr("paper-no-delegates"))];
    }
    let heads = ["delegation-party", "delegation-size", "paper-delegates", "field-mode"];
    vec![table(&heads, come), words("p", "p-facts", t!("delegations-count", count = delegations, people = all))]
}

// One person of a delegation's own list.
fn delegate(one: &Record) -> Node {
    let name = [one.line("honorific"), one.line("name")].join(" ");
    let part = Some(part(one)).filter(|part| *part != Part::Member).map(|part| word("part", part.word()));
    let mode = Some(one.line("mode")).filter(|mode| !mode.is_empty()).map(|mode| word("mode", mode));
    let rest = [Some(one.line("title").to_owned()), part, mode];
    let rest = joined(rest.into_iter().flatten());
    let native = one.line("native-name").to_owned();
    let name = if native.is_empty() { name } else { format!("{name} ({native})") };
    el(
        "p",
        "",
        vec![words("b", "", name.trim().to_owned()), text(if rest.is_empty() { rest } else { format!(", {rest}") })],
    )
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
