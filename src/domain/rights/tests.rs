//! The rights of every role over every audience, in a small workspace of 2026.

mod meetings;

use super::{reserved::MOST_BLOCKS, *};
use crate::domain::{
    id::{DeviceId, EntityId},
    project::reference::Block,
};

const TODAY: Date = Date { year: 2026, month: 11, day: 21 };

fn code(text: &str) -> PartyCode {
    text.parse().expect("a code")
}

fn person(n: u8) -> PersonId {
    PersonId::from_bytes([n; 16])
}

fn doc(n: u8) -> DocId {
    DocId::from_bytes([n; 16])
}

const KH: u8 = 1;
const VN: u8 = 2;
const CN: u8 = 3;
const ASEC: u8 = 4;
const TL: u8 = 5;
const DRAFTER: u8 = 6;
const OBSERVER: u8 = 7;

const PLAN: u8 = 20;
const PLAN3: u8 = 21;
const PROJECT: u8 = 22;
const DRAFT: u8 = 23;
const MEETING: u8 = 24;

fn workspace() -> Catalogue {
    let mut catalogue = Catalogue::default();
    let mut next = 100;
    let mut id = || {
        next += 1;
        EntityId::from_bytes([next; 16])
    };
    let member = |party: &str, framework, status, id| Fact::Member {
        id,
        party: code(party),
        framework,
        status,
        from: None,
        to: None,
        stated: 0,
    };
    for party in ["KH", "VN"] {
        catalogue.fold(&member(party, Framework::Accsm, MembershipStatus::Member, id()));
    }
    catalogue.fold(&member("CN", Framework::AccsmPlus3, MembershipStatus::Partner, id()));
    catalogue.fold(&member("TL", Framework::Accsm, MembershipStatus::Observer, id()));
    for (n, party, role) in [
        (KH, "KH", Role::FocalPoint),
        (VN, "VN", Role::FocalPoint),
        (CN, "CN", Role::FocalPoint),
        (ASEC, "ASEC", Role::Secretariat),
        (TL, "TL", Role::FocalPoint),
        (DRAFTER, "KH", Role::Drafter),
        (OBSERVER, "KH", Role::Observer),
    ] {
        let from = Date::new(2026, 1, 1).expect("a date");
        catalogue.fold(&Fact::Appoint { id: id(), person: person(n), party: code(party), role, from, to: None });
    }
    catalogue.fold(&Fact::Term {
        ordinal: 23,
        framework: Framework::Accsm,
        party: code("KH"),
        effective_from: Date::new(2024, 8, 7),
        effective_to: None,
        handed_over: None,
        stated: 0,
    });
    for (n, kind, subject, audience, writers) in [
        (PLAN, DocKind::Plan, None, Audience::Accsm, vec![Writer::Secretariat, Writer::Chair]),
        (PLAN3, DocKind::Plan, None, Audience::AccsmPlus3, vec![Writer::Secretariat, Writer::Chair]),
        (PROJECT, DocKind::Project, Some(PLAN), Audience::Accsm, vec![Writer::Party(code("VN"))]),
        (DRAFT, DocKind::Draft, None, Audience::Party(code("KH")), vec![Writer::Party(code("KH"))]),
        (MEETING, DocKind::Meeting, None, Audience::Accsm, vec![Writer::Secretariat]),
    ] {
        catalogue.fold(&Fact::Doc { id: doc(n), kind, subject: subject.map(doc), audience, writers, origin: None });
    }
    catalogue
}

fn who(allowed: impl Fn(u8) -> bool) -> Vec<u8> {
    [KH, VN, CN, ASEC, TL, DRAFTER, OBSERVER].into_iter().filter(|n| allowed(*n)).collect()
}

#[test]
fn an_audience_is_never_wider_than_its_name() {
    let catalogue = workspace();
    let readers = |n| who(|p| catalogue.may_read(person(p), &catalogue.docs[&doc(n)], TODAY));
    assert_eq!(readers(PLAN), [KH, VN, ASEC, DRAFTER], "neither Plus Three nor an observer");
    assert_eq!(readers(PLAN3), [KH, VN, CN, ASEC, DRAFTER]);
    assert_eq!(readers(DRAFT), [KH, DRAFTER], "national work: not even the Secretariat");
    let before = Date::new(2025, 12, 31).expect("a date");
    assert!(!catalogue.may_read(person(KH), &catalogue.docs[&doc(PLAN)], before), "not yet appointed");
}

#[test]
fn writers_are_whom_the_document_names_and_whom_a_grant_adds() {
    let mut catalogue = workspace();
    let writers = |catalogue: &Catalogue, n| who(|p| catalogue.may_write(person(p), doc(n), TODAY));
    assert_eq!(writers(&catalogue, PLAN), [KH, ASEC], "Cambodia is in the chair");
    assert_eq!(writers(&catalogue, PLAN3), [KH, ASEC]);
    assert_eq!(writers(&catalogue, PROJECT), [VN]);
    assert_eq!(writers(&catalogue, DRAFT), [KH, DRAFTER]);
    let grant = EntityId::from_bytes([9; 16]);
    catalogue.fold(&Fact::Grant { id: grant, doc: doc(PLAN), writer: Writer::FocalPoints });
    assert_eq!(writers(&catalogue, PLAN), [KH, VN, ASEC], "the chair opened the pen");
    catalogue.fold(&Fact::Ungrant { grant });
    assert_eq!(writers(&catalogue, PLAN), [KH, ASEC]);
}

#[test]
fn who_may_create_what() {
    let catalogue = workspace();
    let new = doc(50);
    let make = |id, kind, subject: Option<u8>, audience: &Audience, writers: &[Writer]| Fact::Doc {
        id,
        kind,
        subject: subject.map(doc),
        audience: audience.clone(),
        writers: writers.to_vec(),
        origin: None,
    };
    let state = |p, fact: &Fact| catalogue.may_state(person(p), fact, TODAY);
    let vn = [Writer::Party(code("VN"))];

    let project = make(new, DocKind::Project, Some(PLAN), &Audience::Accsm, &vn);
    assert_eq!(state(VN, &project), Ok(()));
    assert_eq!(state(ASEC, &project), Ok(()));
    assert_eq!(state(KH, &project), Err(NotYours::NoRight), "led by another party");
    assert_eq!(state(CN, &project), Err(NotYours::NoRight), "may not read the plan");
    let wider = make(new, DocKind::Project, Some(PLAN), &Audience::AccsmPlus3, &vn);
    assert_eq!(state(VN, &wider), Err(NotYours::BadShape), "wider than its plan");
    let loose = make(new, DocKind::Project, Some(PLAN), &Audience::Accsm, &[Writer::FocalPoints]);
    assert_eq!(state(VN, &loose), Err(NotYours::BadShape));

    let id = voice_id(&code("VN"), doc(PROJECT), &Audience::Accsm);
    let voice = make(id, DocKind::Voice, Some(PROJECT), &Audience::Accsm, &vn);
    assert_eq!(state(VN, &voice), Ok(()));
    assert_eq!(state(KH, &voice), Err(NotYours::NoRight), "nobody speaks in another's voice");
    assert_eq!(state(VN, &make(new, DocKind::Voice, Some(PROJECT), &Audience::Accsm, &vn)), Err(NotYours::BadShape));

    let meeting = make(new, DocKind::Meeting, None, &Audience::Accsm, &[Writer::Secretariat, Writer::Chair]);
    assert_eq!(state(KH, &meeting), Ok(()), "the chair calls meetings");
    assert_eq!(state(VN, &meeting), Err(NotYours::NoRight));
    let draft = make(new, DocKind::Draft, None, &Audience::Party(code("KH")), &[Writer::Party(code("KH"))]);
    assert_eq!(state(DRAFTER, &draft), Ok(()));
    let open = make(new, DocKind::Draft, None, &Audience::Accsm, &[Writer::Party(code("KH"))]);
    assert_eq!(state(KH, &open), Err(NotYours::BadShape), "a draft never leaves its party");
    let again = make(doc(PLAN), DocKind::Plan, None, &Audience::AccsmPlus3, &[Writer::Secretariat]);
    assert_eq!(state(ASEC, &again), Err(NotYours::DocExists), "an audience never changes");
}

#[test]
fn other_facts_are_the_secretariats_or_the_hubs() {
    let mut catalogue = workspace();
    let number = |n: u8, reference: &str| Fact::Number { doc: doc(n), reference: reference.to_owned() };
    assert_eq!(catalogue.may_state(person(VN), &number(PROJECT, "A-1"), TODAY), Err(NotYours::NoRight));
    assert_eq!(catalogue.may_state(person(ASEC), &number(PLAN, "A-1"), TODAY), Err(NotYours::BadShape));
    assert_eq!(catalogue.may_state(person(ASEC), &number(PROJECT, "A-1"), TODAY), Ok(()));
    catalogue.fold(&number(PROJECT, "A-1"));
    assert_eq!(catalogue.may_state(person(ASEC), &number(PROJECT, "A-2"), TODAY), Err(NotYours::NumberTaken));
    assert_eq!(catalogue.may_state(person(VN), &number(PROJECT, "A-1"), TODAY), Err(NotYours::NoRight), "nor told of");
    let Some(other) = catalogue.docs.get(&doc(PROJECT)).cloned() else { panic!("a project") };
    catalogue.docs.insert(doc(77), other);
    for taken in ["A-1", "a-1"] {
        let again = catalogue.may_state(person(ASEC), &number(77, taken), TODAY);
        assert_eq!(again, Err(NotYours::NumberTaken), "of another project: {taken}");
    }
    assert_eq!(catalogue.may_state(person(ASEC), &number(77, "A-2"), TODAY), Ok(()));
    assert_eq!(catalogue.may_state(person(ASEC), &number(77, " A-2"), TODAY), Err(NotYours::BadShape));
    let device =
        Fact::Device { id: DeviceId::from_bytes([1; 16]), person: person(KH), label: String::new(), key: None };
    assert_eq!(catalogue.may_state(person(ASEC), &device, TODAY), Err(NotYours::NoRight));
    catalogue.fold(&device);
    let seen_by = who(|p| catalogue.may_see(person(p), &device, TODAY));
    assert_eq!(seen_by, [KH, ASEC, DRAFTER, OBSERVER], "own party and the Secretariat");
    assert_eq!(who(|p| catalogue.may_see(person(p), &number(PROJECT, "A-1"), TODAY)), [KH, VN, ASEC, DRAFTER]);
}

#[test]
fn the_end_of_a_grant_is_told_to_those_who_may_know_of_its_document() {
    let mut catalogue = workspace();
    let grant = EntityId::from_bytes([9; 16]);
    let end = Fact::Ungrant { grant };
    catalogue.fold(&Fact::Grant { id: grant, doc: doc(DRAFT), writer: Writer::FocalPoints });
    let told = |catalogue: &Catalogue| who(|p| catalogue.may_see(person(p), &end, TODAY));
    assert_eq!(told(&catalogue), [KH, DRAFTER]);
    catalogue.fold(&end);
    assert_eq!(told(&catalogue), [KH, DRAFTER], "also once it has ended");
}

#[test]
fn a_derived_id_is_taken_only_by_the_document_it_is_derived_for() {
    let mut catalogue = workspace();
    let id = voice_id(&code("VN"), doc(PLAN), &Audience::Accsm);
    let draft = Fact::Doc {
        id,
        kind: DocKind::Draft,
        subject: None,
        audience: Audience::Party(code("KH")),
        writers: vec![Writer::Party(code("KH"))],
        origin: None,
    };
    let before = catalogue.may_state(person(KH), &draft, TODAY);
    assert_eq!(before, Err(NotYours::BadShape));
    let (kind, audience) = (DocKind::Voice, Audience::Accsm);
    let writers = vec![Writer::Party(code("VN"))];
    catalogue.fold(&Fact::Doc { id, kind, subject: Some(doc(PLAN)), audience, writers, origin: None });
    assert_eq!(catalogue.may_state(person(KH), &draft, TODAY), before, "whether it is there or not");

    let session = |id| Fact::Doc {
        id,
        kind: DocKind::Session,
        subject: Some(doc(MEETING)),
        audience: Audience::Accsm,
        writers: vec![Writer::Secretariat],
        origin: None,
    };
    let own = session_id(doc(MEETING), &Audience::Accsm);
    assert_eq!(catalogue.may_state(person(ASEC), &session(own), TODAY), Ok(()));
    let others = session_id(doc(PLAN), &Audience::Accsm);
    assert_eq!(catalogue.may_state(person(ASEC), &session(others), TODAY), Err(NotYours::BadShape));
}

#[test]
fn a_document_names_no_subject_that_its_readers_may_not_know() {
    let catalogue = workspace();
    let session = |subject: u8, audience| Fact::Doc {
        id: doc(50),
        kind: DocKind::Session,
        subject: Some(doc(subject)),
        audience,
        writers: vec![Writer::Secretariat],
        origin: None,
    };
    let state = |fact: &Fact| catalogue.may_state(person(ASEC), fact, TODAY);
    assert_eq!(
        state(&session(MEETING, Audience::AccsmPlus3)),
        Err(NotYours::BadShape),
        "China may not know the meeting"
    );
    assert_eq!(state(&session(PLAN3, Audience::Accsm)), Ok(()));
    assert_eq!(state(&session(MEETING, Audience::Chair(23))), Ok(()), "who is in the chair is a member");
}

#[test]
fn what_goes_on_from_another_document_is_made_by_those_who_wrote_that_one() {
    let mut catalogue = workspace();
    let next = next_plan_id(doc(PLAN));
    let plan = |id, writers: &[Writer], origin: u8| Fact::Doc {
        id,
        kind: DocKind::Plan,
        subject: None,
        audience: Audience::Accsm,
        writers: writers.to_vec(),
        origin: Some(doc(origin)),
    };
    let writers = catalogue.docs[&doc(PLAN)].writers.clone();
    let state = |catalogue: &Catalogue, p, fact: &Fact| catalogue.may_state(person(p), fact, TODAY);
    assert_eq!(state(&catalogue, KH, &plan(next, &writers, PLAN)), Ok(()), "the chair");
    assert_eq!(state(&catalogue, ASEC, &plan(next, &writers, PLAN)), Ok(()));
    assert_eq!(state(&catalogue, VN, &plan(next, &writers, PLAN)), Err(NotYours::NoRight));
    assert_eq!(state(&catalogue, KH, &plan(next, &writers, PLAN3)), Err(NotYours::BadShape), "of another plan");
    assert_eq!(
        state(&catalogue, KH, &plan(next, &[Writer::Chair], PLAN)),
        Err(NotYours::BadShape),
        "for other writers"
    );
    catalogue.fold(&plan(next, &writers, PLAN));

    let carried = |party: &str, origin: u8| Fact::Doc {
        id: successor_id(doc(PROJECT), next),
        kind: DocKind::Project,
        subject: Some(next),
        audience: Audience::Accsm,
        writers: vec![Writer::Party(code(party))],
        origin: Some(doc(origin)),
    };
    assert_eq!(state(&catalogue, VN, &carried("VN", PROJECT)), Ok(()), "its lead");
    assert_eq!(state(&catalogue, KH, &carried("KH", PROJECT)), Err(NotYours::BadShape), "nobody takes its place");
    assert_eq!(state(&catalogue, VN, &carried("VN", DRAFT)), Err(NotYours::BadShape), "of another document");
}

#[test]
fn a_draft_is_submitted_by_an_officer_of_its_party_as_one_project_and_nobody_takes_its_place() {
    let mut catalogue = workspace();
    let draft = Fact::Doc {
        id: doc(60),
        kind: DocKind::Draft,
        subject: Some(doc(PLAN)),
        audience: Audience::Party(code("KH")),
        writers: vec![Writer::Party(code("KH"))],
        origin: None,
    };
    assert_eq!(catalogue.may_state(person(DRAFTER), &draft, TODAY), Ok(()));
    catalogue.fold(&draft);
    assert_eq!(who(|p| catalogue.may_see(person(p), &draft, TODAY)), [KH, DRAFTER], "nobody else hears of it");
    let project = |id, plan: u8, party: &str, origin: DocId| Fact::Doc {
        id,
        kind: DocKind::Project,
        subject: Some(doc(plan)),
        audience: catalogue.docs[&doc(plan)].audience.clone(),
        writers: vec![Writer::Party(code(party))],
        origin: Some(origin),
    };
    let own = submitted_id(doc(60));
    let state = |p, fact: &Fact| catalogue.may_state(person(p), fact, TODAY);
    assert_eq!(state(KH, &project(own, PLAN, "KH", doc(60))), Ok(()));
    assert_eq!(state(DRAFTER, &project(own, PLAN, "KH", doc(60))), Err(NotYours::NoRight), "no officer");
    assert_eq!(state(OBSERVER, &project(own, PLAN, "KH", doc(60))), Err(NotYours::NoRight));
    for other in [VN, ASEC] {
        let fact = project(own, PLAN, "KH", doc(60));
        assert_eq!(state(other, &fact), Err(NotYours::UnknownDoc), "not theirs: {other}");
        // And nothing tells a draft that there is from one that there is not.
        let any = |origin| project(doc(70), PLAN, "VN", origin);
        assert_eq!(state(other, &any(doc(60))), state(other, &any(doc(61))));
    }
    assert_eq!(state(VN, &project(own, PLAN, "VN", doc(60))), Err(NotYours::BadShape), "another party's draft");
    assert_eq!(state(KH, &project(own, PLAN3, "KH", doc(60))), Err(NotYours::BadShape), "for another plan");
    assert_eq!(state(KH, &project(own, PLAN, "KH", doc(DRAFT))), Err(NotYours::BadShape), "of another draft");
    let unknown = project(submitted_id(doc(61)), PLAN, "KH", doc(61));
    assert_eq!(state(KH, &unknown), Err(NotYours::BadShape), "of none");
    let named = project(submitted_id(doc(PROJECT)), PLAN, "VN", doc(PROJECT));
    assert_eq!(state(VN, &named), Err(NotYours::BadShape), "of no draft");
}

#[test]
fn a_device_reserves_numbers_for_itself_and_no_other_device_gives_them() {
    let mut catalogue = workspace();
    let device = |n: u8| DeviceId::from_bytes([n; 16]);
    for (id, of) in [(1, ASEC), (2, ASEC), (3, KH)] {
        catalogue.fold(&Fact::Device { id: device(id), person: person(of), label: String::new(), key: None });
    }
    let block = |first, last| Block { prefix: "ACCSM-2630-PA1".to_owned(), first, last };
    let reserve = |of: u8, plan: u8, blocks: Vec<Block>| Fact::Reserve { device: device(of), plan: doc(plan), blocks };
    let may = |catalogue: &Catalogue, who: u8, fact: &Fact| catalogue.may_state(person(who), fact, TODAY);
    assert_eq!(may(&catalogue, ASEC, &reserve(1, PLAN, vec![block(1, 5)])), Ok(()));
    assert_eq!(may(&catalogue, KH, &reserve(3, PLAN, vec![block(1, 5)])), Err(NotYours::NoRight));
    assert_eq!(may(&catalogue, ASEC, &reserve(3, PLAN, vec![block(1, 5)])), Err(NotYours::NoRight), "not its device");
    assert_eq!(may(&catalogue, ASEC, &reserve(1, PROJECT, vec![block(1, 5)])), Err(NotYours::BadShape));
    for wrong in [vec![], vec![block(5, 1)], vec![block(1, 5); MOST_BLOCKS + 1]] {
        assert_eq!(may(&catalogue, ASEC, &reserve(1, PLAN, wrong)), Err(NotYours::BadShape));
    }
    let mine = reserve(1, PLAN, vec![block(1, 5)]);
    assert_eq!(catalogue.may_state_from(device(2), &mine), Err(NotYours::NoRight), "each for itself");
    catalogue.fold(&mine);
    catalogue.fold(&mine);
    assert_eq!(catalogue.reserved.len(), 1);
    assert_eq!(may(&catalogue, ASEC, &reserve(2, PLAN, vec![block(5, 9)])), Err(NotYours::NumberTaken));
    assert_eq!(may(&catalogue, ASEC, &reserve(2, PLAN, vec![block(6, 9)])), Ok(()));
    let number = |reference: &str| Fact::Number { doc: doc(PROJECT), reference: reference.to_owned() };
    assert_eq!(catalogue.may_state_from(device(1), &number("ACCSM-2630-PA1-03")), Ok(()));
    assert_eq!(catalogue.may_state_from(device(2), &number("accsm-2630-pa1-3")), Err(NotYours::NumberTaken));
    assert_eq!(catalogue.may_state_from(device(2), &number("ACCSM-2630-PA1-06")), Ok(()));
    catalogue.fold(&number("ACCSM-2630-PA1-08"));
    assert_eq!(may(&catalogue, ASEC, &reserve(2, PLAN, vec![block(6, 9)])), Err(NotYours::NumberTaken), "given");
    assert_eq!(who(|p| catalogue.may_see(person(p), &mine, TODAY)), [KH, VN, ASEC, DRAFTER], "as its plan");
}
