mod annexes;

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::domain::{
    canon,
    party::PartyCode,
    place::Place,
    record::{Held, Origin, Record, Value, Withdrawal},
};

fn id(n: u8) -> EntityId {
    EntityId::from_bytes([n; 16])
}

fn party(code: &str) -> PartyCode {
    code.parse().expect("a code")
}

fn act(n: u8, act: ReportAct, target: Option<u8>, number: Option<u64>) -> ActRecord {
    ActRecord {
        id: id(n),
        act: Some(Act::Report(act)),
        target: target.map(id),
        term: None,
        reason: String::new(),
        origin: Origin::default(),
        number,
    }
}

fn named(name: &str) -> Annex {
    Annex { name: name.to_owned(), file: None }
}

fn entry(n: u8, item: Option<u8>, key: &str) -> Entry {
    Entry { id: id(n), item: item.map(id), key: key.to_owned(), withdrawn: false }
}

fn paragraph(n: u8, fields: &[(&str, &str)], text: &str) -> Record {
    let held = |value: &str| Held { value: Value::from(value), others: Vec::new() };
    Record {
        id: Some(id(n)),
        place: Some(Place { parent: None, key: format!("k{n}") }),
        fields: fields.iter().map(|(name, value)| ((*name).to_owned(), held(value))).collect(),
        texts: BTreeMap::from([("text".to_owned(), text.to_owned())]),
        withdrawn: None,
    }
}

#[test]
fn numbers_run_through_the_report_in_the_order_of_the_agenda_and_then_of_the_places() {
    let items = [(id(1), "1".to_owned()), (id(2), "2".to_owned()), (id(3), String::new())];
    let mut entries = vec![
        entry(10, Some(2), "b"),
        entry(11, Some(2), "a"),
        entry(12, None, "z"),
        entry(13, Some(1), "c"),
        // What a party said stands where it was put, among the rapporteur's paragraphs.
        entry(14, Some(2), "aa"),
        entry(15, Some(9), "a"),
    ];
    entries[0].withdrawn = false;
    let numbers = |parts: &[Part]| {
        let line = |part: &Part| part.standing.iter().map(|(n, id)| (*n, id.to_bytes()[0])).collect::<Vec<_>>();
        parts.iter().map(|part| (part.number.clone(), line(part))).collect::<Vec<_>>()
    };
    let parts = outline(&items, &entries);
    assert_eq!(
        numbers(&parts),
        [
            (String::new(), vec![(1, 15), (2, 12)]),
            ("1".to_owned(), vec![(3, 13)]),
            ("2".to_owned(), vec![(4, 11), (5, 14), (6, 10)]),
        ],
        "an item that was withdrawn and not minuted is not there; what names no known item stands first"
    );
    entries[1].withdrawn = true;
    let parts = outline(&items, &entries);
    assert_eq!(numbers(&parts)[2].1, [(4, 14), (5, 10)]);
    assert_eq!(parts[2].gone, [id(11)], "it stays under its item");
    // The other order of the agenda gives other numbers to the same paragraphs.
    let turned = [items[1].clone(), items[0].clone()];
    assert_eq!(numbers(&outline(&turned, &entries))[2].1, [(5, 13)]);
}

#[test]
fn what_is_minuted_under_an_item_that_was_withdrawn_stays_in_the_report() {
    let mut gone = paragraph(3, &[("title", "Withdrawn")], "");
    gone.withdrawn = Some(Withdrawal { reason: String::new() });
    let agenda = [paragraph(1, &[], ""), gone];
    let items = items(&agenda, &[]);
    assert_eq!(items, [(id(1), "1".to_owned()), (id(3), String::new())]);
    let parts = outline(&items, &[entry(10, Some(3), "a"), entry(11, Some(1), "a")]);
    let last = parts.last().expect("a part");
    assert_eq!((last.item, last.number.as_str(), last.standing.as_slice()), (Some(id(3)), "", &[(2, id(10))][..]));
}

#[test]
fn a_paragraph_is_agreed_only_while_it_says_what_was_agreed_in_whichever_order_that_came() {
    let (here, now, other) = (7, [1; 32], [2; 32]);
    let agree = |n, to, of, number| act(n, ReportAct::Agree(Agreement { to, of }), Some(here), number);
    let (yes, again) = (AgreeStep::Agreed, AgreeStep::Reopened);
    let by = |acts: &[ActRecord], now: &Hash| match agreed(acts, id(here), now) {
        Agreed::Open => ("open", 0),
        Agreed::Agreed(act) => ("agreed", act.id.to_bytes()[0]),
        Agreed::Changed(act) => ("changed", act.id.to_bytes()[0]),
    };
    assert_eq!(by(&[], &now), ("open", 0));
    let first = agree(1, yes, now, Some(5));
    assert_eq!(by(std::slice::from_ref(&first), &now), ("agreed", 1));
    assert_eq!(by(std::slice::from_ref(&first), &other), ("changed", 1));
    // Agreed of older words by someone who had not the newer ones: what was agreed of these words still counts.
    let late = agree(2, yes, other, Some(6));
    for acts in [[first.clone(), late.clone()], [late.clone(), first.clone()]] {
        assert_eq!(by(&acts, &now), ("agreed", 1));
        assert_eq!(by(&acts, &other), ("agreed", 2));
        assert_eq!(by(&acts, &[3; 32]), ("changed", 2));
    }
    let reopened = agree(3, again, now, None);
    assert_eq!(by(&[first.clone(), reopened.clone()], &now), ("open", 0), "what waits for the hub comes last");
    let reopened = ActRecord { number: Some(4), ..reopened };
    assert_eq!(by(&[first.clone(), reopened], &now), ("agreed", 1));
    let elsewhere = ActRecord { target: Some(id(8)), ..first };
    assert_eq!(by(&[elsewhere], &now), ("open", 0));
}

#[test]
fn the_first_answer_to_a_suggestion_counts() {
    let said = |n, to, number| act(n, ReportAct::Answer(to), Some(4), number);
    let acts = [said(1, Answered::Declined, None), said(2, Answered::Accepted, Some(9))];
    assert_eq!(answer(&acts, id(4)).map(|(to, act)| (to, act.id)), Some((Answered::Accepted, id(2))));
    assert!(answer(&acts, id(5)).is_none());
}

#[test]
fn a_report_goes_through_its_states_and_the_first_adoption_freezes_it() {
    let frozen_by = |n: u8| {
        Some(Manifest::new(Vec::new(), Vec::new(), &[party("KH")], vec![named(&n.to_string())]).freeze(Vec::new()))
    };
    let step = |n, to, frozen, number| act(n, ReportAct::Step(ReportStep { to, frozen }), None, Some(number));
    use ReportState as S;
    let mut acts = vec![step(1, S::Shown, None, 1), step(2, S::Agreed, None, 2)];
    assert_eq!(state(&acts).state, S::Agreed);
    assert!(frozen(&acts).is_none());
    // Two adopt apart: the one that the hub received first froze it, whatever their ids.
    acts.push(step(3, S::AdReferendum, frozen_by(3), 9));
    acts.push(step(4, S::Adopted, frozen_by(4), 8));
    acts.push(step(5, S::Final, None, 10));
    let folded = state(&acts);
    assert_eq!((folded.state, folded.not_applied.as_slice()), (S::Final, &[id(3)][..]));
    let (by, kept) = frozen(&acts).expect("frozen");
    assert_eq!((by.id, Manifest::read(&kept.manifest).expect("reads").annexes()), (id(4), vec![named("4")]));
    let stripped = without_manifest(by);
    assert_ne!(&stripped, by);
    assert_eq!(state(&[stripped]).state, S::Adopted);
}

#[test]
fn an_adopted_paragraph_says_for_ever_what_it_said() {
    let fields = [("kind", "action"), ("verb", "TASKED"), ("party", "VN"), ("due", "2026-06")];
    let record = paragraph(7, &fields, "Draft words");
    let line = FrozenLine::new(3, id(7), &record, None);
    let own = FrozenLine::new(4, id(8), &paragraph(8, &[], "Draft own words"), Some(&party("KH")));
    let part = FrozenPart { item: Some(id(1)), number: "1".to_owned(), title: "T".to_owned(), lines: vec![line, own] };
    let doc = Written::new(DocId::from_bytes([9; 16]), vec![[5; 32], [4; 32]], [6; 32]);
    let manifest = Manifest::new(vec![doc], vec![part], &[party("KH"), party("VN")], vec![named("Paper")]);
    let kept = manifest.freeze(Vec::new());
    let read = Manifest::read(&kept.manifest).expect("reads");
    assert_eq!(read, manifest);
    assert_eq!(read.docs[0].heads[0].as_slice(), [4; 32], "heads are in order");
    assert_eq!(read.by(), [party("KH"), party("VN")]);
    let lines: Vec<_> = read.lines().collect();
    assert_eq!((lines[0].kind(), lines[0].party(), lines[0].owner()), (ParagraphKind::Action, Some(party("VN")), None));
    assert_eq!((lines[0].due(), lines[0].of()), ("2026-06".parse().ok(), canon::paragraph(&record)));
    assert_eq!((lines[1].kind(), lines[1].owner()), (ParagraphKind::Intervention, Some(party("KH"))));
    // The bytes that are hashed, as far as they are not the words: array of four, one document, one part, two parties.
    let hex: String = kept.manifest.iter().map(|byte| format!("{byte:02x}")).collect();
    assert!(
        hex.starts_with(&("84".to_owned() + "81" + "83" + "50" + &"09".repeat(16) + "82" + "5820" + &"04".repeat(32))),
        "{hex}"
    );
    assert!(hex.ends_with(&("82".to_owned() + "624b48" + "62564e" + "81" + "655061706572")), "{hex}");
}

fn endorsed(n: u8, carries: Option<u8>) -> Point {
    let record = paragraph(n, &[("kind", "decision"), ("verb", "ENDORSED")], "Draft decision");
    let point = Point::of(&record).expect("a decision");
    Point { carries: carries.map(id), ..point }
}

#[test]
fn only_a_standing_decision_that_was_endorsed_goes_up() {
    assert!(endorsed(1, None).rises());
    assert!(!Point { withdrawn: true, ..endorsed(1, None) }.rises());
    let noted = paragraph(1, &[("kind", "decision"), ("verb", "NOTED")], "");
    assert!(!Point::of(&noted).expect("a decision").rises());
    assert_eq!(Point::of(&paragraph(1, &[("kind", "discussion"), ("verb", "ENDORSED")], "")), None);
    assert_eq!(Point::of(&paragraph(1, &[], "")), None);
}

#[test]
fn a_decision_that_went_up_twice_is_one() {
    let carries = BTreeMap::from([(id(3), id(2)), (id(2), id(1))]);
    assert_eq!([1, 2, 3, 4].map(|n| first_of(id(n), &carries)), [id(1), id(1), id(1), id(4)]);
    // Two hands apart may make a circle: it has one name whoever asks, also from outside.
    let circle = BTreeMap::from([(id(3), id(2)), (id(2), id(3)), (id(4), id(3))]);
    assert_eq!([2, 3, 4].map(|n| first_of(id(n), &circle)), [id(2), id(2), id(2)]);

    let record = |n, to, target, number| {
        let from = DocId::from_bytes([1; 16]);
        act(n, ReportAct::Record(Recorded { to, from, of: [0; 32] }), Some(target), number)
    };
    let one: BTreeSet<EntityId> = [id(1), id(2)].into();
    let (adopted, noted) = (record(10, Outcome::Adopted, 2, Some(5)), record(11, Outcome::Noted, 1, Some(6)));
    for acts in [[adopted.clone(), noted.clone()], [noted.clone(), adopted.clone()]] {
        let now = result(&acts, &one);
        assert_eq!((now.outcome, now.not_applied.as_slice()), (Outcome::Adopted, &[id(11)][..]));
        assert_eq!(now.by.map(|(act, _)| act.id), Some(id(10)));
    }
    let back = record(12, Outcome::Pending, 1, Some(7));
    let returned = record(13, Outcome::Returned, 1, None);
    let now = result(&[adopted, back, returned], &one);
    assert_eq!((now.outcome, now.outcome.open()), (Outcome::Returned, true));
    assert_eq!(result(&[noted], &[id(9)].into()).outcome, Outcome::Pending);
}

#[test]
fn an_action_stands_as_its_party_says_and_nobody_else() {
    let said = |n, code, to, number| (party(code), act(n, ReportAct::Progress(to), Some(1), number));
    let all = [
        said(1, "VN", ActionStatus::Ongoing, Some(3)),
        said(2, "KH", ActionStatus::Done, Some(9)),
        said(3, "VN", ActionStatus::Done, None),
    ];
    let one: BTreeSet<EntityId> = [id(1)].into();
    let of = |said: &[_], code: &str| progress(said, &one, Some(&party(code))).0;
    assert_eq!(of(&all, "VN"), ActionStatus::Done);
    assert_eq!(of(&all[..2], "VN"), ActionStatus::Ongoing);
    assert_eq!(of(&all[..1], "KH"), ActionStatus::Open);
    assert_eq!(progress(&all, &one, None).0, ActionStatus::Open, "nobody's action is done by nobody");
    let today = "2026-07-01".parse().expect("a date");
    let june = "2026-06".parse().ok();
    assert!(overdue(june, ActionStatus::Ongoing, today) && !overdue(june, ActionStatus::Done, today));
    assert!(!overdue("2026-07".parse().ok(), ActionStatus::Open, today) && !overdue(None, ActionStatus::Open, today));
}

#[test]
fn the_last_decision_that_is_named_for_a_step_counts() {
    let by = |n: u8| DecidedBy { meeting: DocId::from_bytes([1; 16]), paragraph: id(n) };
    let acts = [
        act(1, ReportAct::Decide(by(21)), Some(5), Some(9)),
        act(2, ReportAct::Decide(by(22)), Some(5), Some(8)),
        act(3, ReportAct::Decide(by(23)), None, Some(10)),
    ];
    assert_eq!(decided(&acts), BTreeMap::from([(id(5), by(21))]));
}
