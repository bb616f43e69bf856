//! A report written and agreed by several at once, in both orders of arrival.

use super::*;
use crate::{
    docs::Doc,
    domain::{
        Act, At, DocId, DocKind, Edit, Record, Value, base64url,
        baseline::Baseline,
        canon,
        meeting::ReportState,
        report::{
            self, ActionStatus, AgreeStep, Agreed, Agreement, Answered, DecidedBy, Outcome, Recorded, ReportAct,
            ReportStep,
        },
    },
};

const TEXT: u8 = 20;

fn paragraph(n: u8, item: Option<u8>, key: &str, text: &str) -> Edit {
    let item = item.map(|item| ("item".to_owned(), Value::Str(entity(item).to_string())));
    Edit::Add {
        to: "paragraphs".to_owned(),
        id: entity(n),
        place: Some(place(None, key)),
        fields: item.into_iter().chain([("kind".to_owned(), "discussion".into())]).collect(),
        texts: vec![("text".to_owned(), text.to_owned())],
    }
}

fn act(n: u8, act: ReportAct, target: Option<u8>) -> Edit {
    let (id, act, target) = (entity(n), Act::Report(act), target.map(entity));
    Edit::Act { id, act, target, term: None, reason: String::new() }
}

fn agree(n: u8, record: &Record) -> Edit {
    act(n, ReportAct::Agree(Agreement { to: AgreeStep::Agreed, of: canon::paragraph(record) }), Some(TEXT))
}

fn one(doc: &Doc) -> Record {
    snapshot(doc).collection("paragraphs")[0].clone()
}

fn stands(doc: &Doc) -> &'static str {
    let says = snapshot(doc);
    match report::agreed(&says.acts, entity(TEXT), &canon::paragraph(&one(doc))) {
        Agreed::Open => "open",
        Agreed::Agreed(_) => "agreed",
        Agreed::Changed(_) => "changed",
    }
}

fn at() -> At {
    At::of(entity(TEXT), "text")
}

#[test]
fn the_acts_of_a_report_come_back_whole() {
    let (doc, hash) = (DocId::from_bytes([5; 16]), [7; 32]);
    let frozen = Baseline { manifest: vec![0x80], waits: vec![(doc, hash)] };
    let code = base64url::encode(&hash);
    let acts = [
        (
            ReportAct::Agree(Agreement { to: AgreeStep::Agreed, of: hash }),
            serde_json::json!({"act": "agree-paragraph", "to": "AGREED", "of": code}),
        ),
        (
            ReportAct::Step(ReportStep { to: ReportState::Adopted, frozen: Some(frozen) }),
            serde_json::json!({"act": "move-report", "to": "ADOPTED", "manifest": "gA", "waits": [[doc.to_string(), code]]}),
        ),
        (
            ReportAct::Step(ReportStep { to: ReportState::Shown, frozen: None }),
            serde_json::json!({"act": "move-report", "to": "SHOWN"}),
        ),
        (ReportAct::Answer(Answered::Declined), serde_json::json!({"act": "answer-suggestion", "to": "DECLINED"})),
        (
            ReportAct::Record(Recorded { to: Outcome::Noted, from: doc, of: hash }),
            serde_json::json!({"act": "record-result", "to": "NOTED", "from": doc.to_string(), "of": code}),
        ),
        (ReportAct::Progress(ActionStatus::Done), serde_json::json!({"act": "report-action", "to": "DONE"})),
        (ReportAct::Correct("Draft".to_owned()), serde_json::json!({"act": "correct-report", "to": "Draft"})),
        (
            ReportAct::Decide(DecidedBy { meeting: doc, paragraph: entity(9) }),
            serde_json::json!({"act": "name-decision", "to": entity(9).to_string(), "meeting": doc.to_string()}),
        ),
    ];
    for (what, expected) in acts {
        let mut doc = Doc::new(DocKind::Session);
        let made = doc.edit(&act(1, what.clone(), Some(2)), &author(1)).expect("an act");
        let map = doc.roots().acts.clone();
        let stored =
            automerge::ReadDoc::get(&doc.automerge, &map, entity(1).to_string()).expect("a map").expect("an entry");
        let stored: serde_json::Value = serde_json::from_str(stored.0.as_str().expect("text")).expect("JSON");
        assert_eq!(stored["do"], expected);
        assert_eq!(snapshot(&doc).acts[0].act, Some(Act::Report(what.clone())));
        assert_eq!(crate::docs::retell::retold(&doc, &made.hash).expect("reads"), [act(1, what, Some(2))]);
    }
}

#[test]
fn a_paragraph_agreed_by_one_and_edited_by_another_is_not_agreed_in_either_order() {
    for first in [0, 1_usize] {
        let mut group = Group::new(DocKind::Session, 2);
        group.edit(0, &paragraph(TEXT, None, "a", "Draft words"));
        group.meet();
        let said = one(&group.docs[0]);
        group.edit(0, &agree(30, &said));
        group.edit(1, &typed(at(), "Draft words", 11, 0, " and more"));
        assert_eq!((stands(&group.docs[0]), stands(&group.docs[1])), ("agreed", "open"));
        // One side hears of the other first.
        let changes: Vec<_> = group.docs[1 - first].changes();
        let bytes: Vec<&[u8]> = changes.iter().map(|change| change.bytes.as_slice()).collect();
        group.docs[first].apply(&bytes).expect("applies");
        assert_eq!(stands(&group.docs[first]), "changed");
        group.meet();
        for doc in &group.docs {
            assert_eq!((stands(doc), one(doc).text("text")), ("changed", "Draft words and more"));
        }
        // Agreed again as it stands now; and the words put back are the ones that were agreed before.
        let now = one(&group.docs[1]);
        group.edit(1, &agree(31, &now));
        assert_eq!(stands(&group.docs[1]), "agreed");
        group.edit(1, &typed(at(), "Draft words and more", 11, 9, ""));
        assert_eq!(stands(&group.docs[1]), "agreed");
    }
}

#[test]
fn a_verb_changed_elsewhere_turns_an_agreed_paragraph_back_until_somebody_chooses() {
    let verb = |value: &str, seen: &[Value]| Edit::Set {
        at: At::of(entity(TEXT), "verb"),
        value: value.into(),
        seen: seen.to_vec(),
    };
    let mut group = Group::new(DocKind::Session, 3);
    group.edit(0, &paragraph(TEXT, None, "a", "Draft words"));
    group.meet();
    group.edit(0, &verb("NOTED", &[]));
    let said = one(&group.docs[0]);
    group.edit(0, &agree(30, &said));
    group.edit(1, &verb("ENDORSED", &[]));
    group.meet();
    assert_eq!(stands(&group.docs[2]), "changed", "two verbs stand: neither is agreed alone");
    group.edit(2, &verb("NOTED", &["NOTED".into(), "ENDORSED".into()]));
    assert_eq!(stands(&group.docs[2]), "agreed", "whoever saw both chose the one that was agreed");
}

#[test]
fn two_rapporteurs_write_in_one_paragraph_and_no_word_is_lost() {
    let mut group = Group::new(DocKind::Session, 2);
    group.edit(0, &paragraph(TEXT, None, "a", "Draft words on the plan."));
    group.meet();
    group.edit(0, &typed(at(), "Draft words on the plan.", 0, 0, "First. "));
    group.edit(1, &typed(at(), "Draft words on the plan.", 24, 0, " Last."));
    group.edit(1, &Edit::Set { at: At::of(entity(TEXT), "verb"), value: "NOTED".into(), seen: vec![] });
    let record = group.meet().collection("paragraphs")[0].clone();
    assert_eq!((record.text("text"), record.line("verb")), ("First. Draft words on the plan. Last.", "NOTED"));
}

#[test]
fn an_item_withdrawn_by_one_while_another_minutes_it_keeps_its_minutes() {
    let mut group = Group::new(DocKind::Session, 2);
    group.edit(0, &item(1, None, "a", "One"));
    group.edit(0, &item(2, None, "b", "Two"));
    group.meet();
    group.edit(0, &Edit::Withdraw { id: entity(1), reason: "taken together with two".to_owned() });
    group.edit(1, &paragraph(20, Some(1), "a", "Draft under one"));
    group.edit(1, &paragraph(21, Some(2), "a", "Draft under two"));
    let says = group.meet();
    let items = report::items(says.collection("items"), &says.acts);
    let parts = report::outline(&items, &report::Entry::all(&says, "paragraphs"));
    let lines: Vec<_> = parts.iter().map(|part| (part.item, part.standing.clone())).collect();
    let (two, one) = (vec![(1, entity(21))], vec![(2, entity(20))]);
    assert_eq!(lines, [(None, vec![]), (Some(entity(2)), two), (Some(entity(1)), one)]);
}
