//! The shapes in which the store keeps things. What a device in the field has written must be readable for ever: where one
//! of these tests fails, a shape has changed. Count its number up, read the old one too, and pin the new one beside it.

use std::collections::BTreeSet;

use super::super::{
    account::{Account, Position},
    outbox::{Body, Entry, State},
    refusals::Quarantined,
};
use crate::{
    domain::{
        Act, At, DeviceId, DocId, Edit, EntityId, PersonId, Place, Role, Splice, Value, WorkspaceId,
        agenda::amend::{AmendKind, Amendment},
        baseline::Baseline,
        comment::Settled,
        draft::{Cleared, DraftStep},
        meeting::{
            Mode, ReportState,
            dates::{Dates, FixedDates, ModeStep},
        },
        plan::{PlanState, PlanStep},
        project::{Classified, ProjectStatus, SecretariatField, StatusStep},
        report::{ActionStatus, AgreeStep, Agreement, Answered, DecidedBy, Outcome, Recorded, ReportAct, ReportStep},
    },
    engine::api::wire,
};

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn step() -> PlanStep {
    let doc = DocId::from_bytes([3; 16]);
    PlanStep {
        to: PlanState::HcsAdopted,
        meeting: Some(doc),
        on: "2025".parse().ok(),
        baseline: Some(Baseline { manifest: vec![0x80], waits: vec![(doc, [4; 32])] }),
    }
}

fn edits() -> Vec<Edit> {
    let id = EntityId::from_bytes([2; 16]);
    vec![
        Edit::Set { at: At::of(id, "t"), value: Value::Int(-3), seen: vec![Value::Empty, Value::Bool(true)] },
        Edit::Text {
            at: At::root("r"),
            base: "a".to_owned(),
            splices: vec![Splice { at: 1, delete: 0, insert: "é".to_owned() }],
        },
        Edit::Add {
            to: "items".to_owned(),
            id,
            place: Some(Place { parent: None, key: "k".to_owned() }),
            fields: vec![("f".to_owned(), Value::from("v"))],
            texts: vec![("x".to_owned(), "y".to_owned())],
        },
        Edit::Move { id, place: Place { parent: Some(id), key: "m".to_owned() } },
        Edit::Withdraw { id, reason: "w".to_owned() },
        Edit::Restore { id },
        Edit::Claim {
            id,
            what: crate::domain::ClaimKind::Status,
            value: Value::from("ONGOING"),
            as_of: "2025-03".parse().ok(),
            evidence: "e".to_owned(),
            reason: String::new(),
            supersedes: vec![id],
        },
        Edit::Act { id, act: Act::Order(vec![id]), target: Some(id), term: Some(21), reason: "r".to_owned() },
        Edit::Act { id, act: Act::StepPlan(Box::new(step())), target: None, term: None, reason: String::new() },
        Edit::Begin { fields: vec![("f".to_owned(), Value::from("v"))], texts: vec![("x".to_owned(), "y".to_owned())] },
        Edit::ClaimAt {
            id,
            what: crate::domain::ClaimKind::Status,
            value: Value::from("ONGOING"),
            as_of: None,
            evidence: "e".to_owned(),
            reason: String::new(),
            supersedes: Vec::new(),
            meeting: DocId::from_bytes([3; 16]),
        },
        act(Act::NameVersion("v".to_owned())),
        act(Act::PublishStep(Box::new(StatusStep {
            to: ProjectStatus::Ongoing,
            meeting: Some(DocId::from_bytes([3; 16])),
            on: "2025".parse().ok(),
        }))),
        act(Act::Classify(Box::new(Classified { field: SecretariatField::Cooperation, value: "v".to_owned() }))),
        act(Act::Settle(Settled::Resolved)),
        act(Act::StepDraft(Box::new(Cleared { to: DraftStep::Returned, of: [5; 32] }))),
        Edit::Make(vec![Edit::Restore { id }]),
        act(Act::FixDates(Box::new(FixedDates { to: dates(), was: None }))),
        act(Act::ChangeMode(ModeStep { to: Mode::Online, was: Some(Mode::InPerson) })),
        act(Act::AmendAgenda(Box::new(Amendment {
            what: AmendKind::Change,
            field: "f".to_owned(),
            was: "w".to_owned(),
            is: "i".to_owned(),
        }))),
        act(Act::DeclineItem),
        act(Act::Report(ReportAct::Agree(Agreement { to: AgreeStep::Reopened, of: [5; 32] }))),
        act(Act::Report(ReportAct::Step(ReportStep {
            to: ReportState::Adopted,
            frozen: Some(Baseline { manifest: vec![0x80], waits: Vec::new() }),
        }))),
        act(Act::Report(ReportAct::Answer(Answered::Declined))),
        act(Act::Report(ReportAct::Record(Recorded {
            to: Outcome::Noted,
            from: DocId::from_bytes([3; 16]),
            of: [5; 32],
        }))),
        act(Act::Report(ReportAct::Progress(ActionStatus::Done))),
        act(Act::Report(ReportAct::Correct("v".to_owned()))),
        act(Act::Report(ReportAct::Decide(DecidedBy { meeting: DocId::from_bytes([3; 16]), paragraph: id }))),
    ]
}

fn dates() -> Dates {
    let (start, end) = ("2025".parse().ok(), None);
    Dates { start, end, from: "09:00".parse().ok(), until: None, zone: "UTC".to_owned() }
}

fn act(act: Act) -> Edit {
    Edit::Act { id: EntityId::from_bytes([2; 16]), act, target: None, term: None, reason: String::new() }
}

#[test]
fn a_stored_command_is_read_back_by_every_later_version() {
    let id = "10".to_owned() + &"02".repeat(16);
    let doc = "10".to_owned() + &"03".repeat(16);
    let adopted = "04".to_owned() + "01" + &doc + "01" + "0432303235" + "01" + "0180" + "01" + &doc + &"04".repeat(32);
    let written = [
        "00".to_owned() + "01" + &id + "0174" + "0205" + "02" + "00" + "0101",
        "01".to_owned() + "00" + "0172" + "0161" + "01" + "01" + "00" + "02c3a9",
        "02".to_owned()
            + "056974656d73"
            + &id
            + "01"
            + "00"
            + "016b"
            + "01"
            + "0166"
            + "030176"
            + "01"
            + "0178"
            + "0179",
        "03".to_owned() + &id + "01" + &id + "016d",
        "04".to_owned() + &id + "0177",
        "05".to_owned() + &id,
        "06".to_owned() + &id + "00" + "03074f4e474f494e47" + "0107323032352d3033" + "0165" + "00" + "01" + &id,
        "07".to_owned() + &id + "05" + "01" + &id + "01" + &id + "0115" + "0172",
        "07".to_owned() + &id + "07" + &adopted + "00" + "00" + "00",
        "08".to_owned() + "01" + "0166" + "030176" + "01" + "0178" + "0179",
        "09".to_owned() + &id + "00" + "03074f4e474f494e47" + "00" + "0165" + "00" + "00" + &doc,
        "07".to_owned() + &id + "08" + "0176" + "00" + "00" + "00",
        "07".to_owned() + &id + "09" + "04" + "01" + &doc + "01" + "0432303235" + "00" + "00" + "00",
        "07".to_owned() + &id + "0a" + "01" + "0176" + "00" + "00" + "00",
        "07".to_owned() + &id + "0b" + "01" + "00" + "00" + "00",
        "07".to_owned() + &id + "0c" + "01" + &"05".repeat(32) + "00" + "00" + "00",
        "0a".to_owned() + "01" + "05" + &id,
        "07".to_owned()
            + &id
            + "0d"
            + "01"
            + "0432303235"
            + "00"
            + "01"
            + "0530393a3030"
            + "00"
            + "03555443"
            + "00"
            + "00"
            + "00"
            + "00",
        "07".to_owned() + &id + "0e" + "01" + "01" + "00" + "00" + "00" + "00",
        "07".to_owned() + &id + "0f" + "02" + "0166" + "0177" + "0169" + "00" + "00" + "00",
        "07".to_owned() + &id + "10" + "00" + "00" + "00",
        "07".to_owned() + &id + "11" + "00" + "01" + &"05".repeat(32) + "00" + "00" + "00",
        "07".to_owned() + &id + "11" + "01" + "03" + "01" + "0180" + "00" + "00" + "00" + "00",
        "07".to_owned() + &id + "11" + "02" + "01" + "00" + "00" + "00",
        "07".to_owned() + &id + "11" + "03" + "02" + &doc + &"05".repeat(32) + "00" + "00" + "00",
        "07".to_owned() + &id + "11" + "04" + "02" + "00" + "00" + "00",
        "07".to_owned() + &id + "11" + "05" + "0176" + "00" + "00" + "00",
        "07".to_owned() + &id + "11" + "06" + &doc + &id + "00" + "00" + "00",
    ];
    assert_eq!(edits().len(), written.len());
    for (edit, written) in edits().iter().zip(written) {
        let bytes = wire::keep(super::super::outbox::EDIT, edit);
        assert_eq!(hex(&bytes), format!("01{written}"), "{edit:?}");
        assert_eq!(wire::kept::<Edit>(super::super::outbox::EDIT, &bytes).as_ref(), Ok(edit));
    }
}

#[test]
fn who_the_device_is_is_read_back_by_every_later_version() {
    let account = Account {
        workspace: WorkspaceId::from_bytes([1; 16]),
        name: "n".to_owned(),
        sample: true,
        device: DeviceId::from_bytes([2; 16]),
        person: PersonId::from_bytes([3; 16]),
        party: "KH".parse().expect("a code"),
        role: Role::FocalPoint,
        token: "t".to_owned(),
        incarnation: 300,
        barred: None,
    };
    let id = |byte: &str| "10".to_owned() + &byte.repeat(16);
    let written =
        "01".to_owned() + &id("01") + "016e" + "01" + &id("02") + &id("03") + "024b48" + "01" + "0174" + "ac02" + "00";
    assert_eq!(hex(&account.encode()), written);
    assert_eq!(Account::decode(&account.encode()), Some(account));

    let position =
        Position { number: 5, stamp: [7; 8], as_of: 6, missing: BTreeSet::new(), lost: BTreeSet::new(), head: 9 };
    assert_eq!(hex(&position.encode()), "01".to_owned() + "05" + &"07".repeat(8) + "06" + "00" + "00" + "09");
    assert_eq!(Position::decode(&position.encode()), Some(position));
}

#[test]
fn refused_words_outlive_the_shape_of_the_command_they_came_from() {
    let kept = Quarantined {
        doc: DocId::from_bytes([1; 16]),
        title: "Title".to_owned(),
        why: "not-a-writer".to_owned(),
        words: "Every word".to_owned(),
        records: BTreeSet::from([EntityId::from_bytes([2; 16])]),
        edits: edits(),
    };
    let bytes = kept.encode();
    assert_eq!(Quarantined::decode(&bytes).as_ref(), Some(&kept));
    // The commands as a version would write them whose commands have another shape.
    let mut other = bytes.clone();
    let commands = wire::keep(super::super::outbox::EDIT, &kept.edits);
    let at = bytes.windows(commands.len()).position(|part| part == commands).expect("the commands are in it");
    other[at] += 1;
    let found = Quarantined::decode(&other).expect("the words are read");
    assert_eq!((found.words.as_str(), found.edits.len()), ("Every word", 0));
}

#[test]
fn an_entry_of_a_version_that_did_not_pack_is_read_by_every_later_one() {
    let id = |byte: &str| "50".to_owned() + &byte.repeat(16);
    let hash = |byte: &str| "5820".to_owned() + &byte.repeat(32);
    let edit = "01".to_owned() + "05" + "10" + &"02".repeat(16);
    let written = "8d".to_owned()
        + &id("01")
        + &id("02")
        + &hash("03")
        + "1b0000017600000000"
        + "f5"
        + "53"
        + &edit
        + "81"
        + &hash("05")
        + "f4"
        + "4106"
        + "81"
        + &id("09")
        + "f5"
        + "07"
        + "f4";
    let bytes: Vec<u8> =
        (0..written.len()).step_by(2).map(|at| u8::from_str_radix(&written[at..at + 2], 16).expect("hex")).collect();
    let entry = Entry::decode("0000000000000012", &bytes).expect("reads");
    let expected = Entry {
        seq: 12,
        command: EntityId::from_bytes([1; 16]),
        doc: DocId::from_bytes([2; 16]),
        hash: [3; 32],
        millis: 0x176 << 32,
        state: State::Held,
        tries: 0,
        reviewed: true,
        known: 7,
        overtaken: false,
        records: [EntityId::from_bytes([9; 16])].into(),
        body: Body::Change { edit: Some(Edit::Restore { id: EntityId::from_bytes([2; 16]) }), bytes: vec![6] },
    };
    assert_eq!(entry, expected);
    let again = entry.encode().expect("encodes");
    assert_eq!(Entry::decode(&entry.key(), &again).expect("reads"), expected);
}

#[test]
fn garbled_bytes_are_an_error_and_never_a_guess() {
    let edit = Edit::Restore { id: EntityId::from_bytes([2; 16]) };
    let bytes = wire::encode(&edit);
    assert!(wire::decode::<Edit>(&bytes[..bytes.len() - 1]).is_err(), "cut short");
    assert!(wire::decode::<Edit>(&[bytes.clone(), vec![0]].concat()).is_err(), "something behind");
    assert!(wire::decode::<Edit>(&[&[99], &bytes[1..]].concat()).is_err(), "an unknown variant");
    let entry = Entry {
        seq: 1,
        command: EntityId::from_bytes([1; 16]),
        doc: DocId::from_bytes([2; 16]),
        hash: [3; 32],
        millis: 4,
        state: State::Device,
        tries: 0,
        reviewed: false,
        known: 9,
        overtaken: false,
        records: BTreeSet::new(),
        body: Body::Change { edit: Some(edit), bytes: vec![6] },
    };
    let stored = entry.encode().expect("encodes");
    assert_eq!(Entry::decode(&super::super::outbox::key(1), &stored).expect("reads"), entry);
    assert!(Entry::decode("1x", &stored).is_err());
    assert!(Entry::decode(&super::super::outbox::key(1), &stored[..stored.len() - 2]).is_err());
}
