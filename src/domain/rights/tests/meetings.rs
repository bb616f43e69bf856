//! Who calls the meeting after another, and for whom an agenda is annotated.

use super::*;

#[test]
fn the_meeting_after_another_is_called_once_and_by_those_who_write_that_one() {
    let mut catalogue = workspace();
    let called = |id, audience: &Audience, writers: &[Writer], from: Option<u8>| Fact::Doc {
        id,
        kind: DocKind::Meeting,
        subject: None,
        audience: audience.clone(),
        writers: writers.to_vec(),
        origin: from.map(doc),
    };
    let next = next_meeting_id(doc(MEETING));
    let own = [Writer::Secretariat];
    let right = called(next, &Audience::Accsm, &own, Some(MEETING));
    let state = |catalogue: &Catalogue, p, fact: &Fact| catalogue.may_state(person(p), fact, TODAY);
    assert_eq!(state(&catalogue, ASEC, &right), Ok(()));
    assert_eq!(state(&catalogue, KH, &right), Ok(()), "the Chair calls meetings");
    assert_eq!(state(&catalogue, VN, &right), Err(NotYours::NoRight));
    for wrong in [
        called(next, &Audience::Accsm, &own, None),
        called(next, &Audience::AccsmPlus3, &own, Some(MEETING)),
        called(next, &Audience::Accsm, &[Writer::Secretariat, Writer::Chair], Some(MEETING)),
        called(next, &Audience::Accsm, &own, Some(PLAN)),
    ] {
        assert_eq!(state(&catalogue, ASEC, &wrong), Err(NotYours::BadShape), "{wrong:?}");
    }
    catalogue.fold(&right);
    assert_eq!(state(&catalogue, KH, &right), Ok(()), "and called again apart it is the same");
}

#[test]
fn an_annotated_agenda_is_for_the_chair_and_the_secretariat_and_nobody_else() {
    const SESSION: u8 = 30;
    let mut catalogue = workspace();
    let both = vec![Writer::Secretariat, Writer::Chair];
    let subject = Some(doc(MEETING));
    let session = Fact::Doc {
        id: doc(SESSION),
        kind: DocKind::Session,
        subject,
        audience: Audience::Accsm,
        writers: both.clone(),
        origin: None,
    };
    catalogue.fold(&session);
    let theirs = Audience::Chair(23);
    let make = |id, subject: u8, audience: &Audience, writers: &[Writer]| Fact::Doc {
        id,
        kind: DocKind::Annotation,
        subject: Some(doc(subject)),
        audience: audience.clone(),
        writers: writers.to_vec(),
        origin: None,
    };
    let id = annotation_id(doc(SESSION), &theirs);
    let right = make(id, SESSION, &theirs, &both);
    let state = |p, fact: &Fact| catalogue.may_state(person(p), fact, TODAY);
    assert_eq!((state(ASEC, &right), state(KH, &right)), (Ok(()), Ok(())));
    assert_eq!((state(VN, &right), state(CN, &right)), (Err(NotYours::NoRight), Err(NotYours::NoRight)));
    let open = Audience::Accsm;
    for wrong in [
        make(annotation_id(doc(SESSION), &open), SESSION, &open, &both),
        make(doc(50), SESSION, &theirs, &both),
        make(annotation_id(doc(MEETING), &theirs), MEETING, &theirs, &both),
        make(id, SESSION, &theirs, &[Writer::Secretariat]),
        make(id, SESSION, &theirs, &[Writer::Secretariat, Writer::Chair, Writer::FocalPoints]),
    ] {
        assert_eq!(state(ASEC, &wrong), Err(NotYours::BadShape), "{wrong:?}");
    }
    let mut catalogue = workspace();
    catalogue.fold(&session);
    catalogue.fold(&right);
    let entry = &catalogue.docs[&id];
    assert_eq!(who(|p| catalogue.may_read(person(p), entry, TODAY)), [KH, ASEC, DRAFTER], "the chair's party");
    assert_eq!(who(|p| catalogue.may_write(person(p), id, TODAY)), [KH, ASEC]);
}

#[test]
fn what_a_party_tells_the_host_is_for_these_two_and_nobody_else() {
    let catalogue = workspace();
    let make = |party: &str, host: &str, id: Option<DocId>, subject: u8, audience: Option<Audience>| Fact::Doc {
        id: id.unwrap_or_else(|| logistics_id(&code(party), doc(subject), &code(host))),
        kind: DocKind::Logistics,
        subject: Some(doc(subject)),
        audience: audience.unwrap_or_else(|| Audience::Party(code(host))),
        writers: vec![Writer::Party(code(party))],
        origin: None,
    };
    let state = |p, fact: &Fact| catalogue.may_state(person(p), fact, TODAY);
    let right = make("KH", "VN", None, MEETING, None);
    let others = [VN, CN, ASEC, TL, OBSERVER].map(|p| (p, state(p, &right)));
    assert_eq!((state(KH, &right), state(DRAFTER, &right)), (Ok(()), Ok(())), "each its own list");
    assert!(others.iter().all(|(_, answer)| *answer == Err(NotYours::NoRight)), "{others:?}");
    assert_eq!(state(VN, &make("VN", "VN", None, MEETING, None)), Ok(()), "the host tells itself");
    assert_eq!(state(ASEC, &make("ASEC", "VN", None, MEETING, None)), Ok(()));
    for wrong in [
        // Under no other id, for nobody who may not know of the meeting, for no wider audience, of nothing but a meeting.
        make("KH", "VN", Some(doc(50)), MEETING, None),
        make("KH", "VN", Some(logistics_id(&code("KH"), doc(MEETING), &code("ASEC"))), MEETING, None),
        make("KH", "CN", None, MEETING, None),
        make("KH", "VN", None, MEETING, Some(Audience::Accsm)),
        make("KH", "VN", None, MEETING, Some(Audience::Chair(23))),
        make("KH", "VN", None, PLAN, None),
    ] {
        let answer = state(KH, &wrong);
        assert!([Err(NotYours::BadShape), Err(NotYours::NoRight)].contains(&answer), "{wrong:?}: {answer:?}");
    }
    let mut catalogue = workspace();
    catalogue.fold(&right);
    let id = logistics_id(&code("KH"), doc(MEETING), &code("VN"));
    let entry = &catalogue.docs[&id];
    let readers = |catalogue: &Catalogue| who(|p| catalogue.may_read(person(p), entry, TODAY));
    let writers = |catalogue: &Catalogue| who(|p| catalogue.may_write(person(p), id, TODAY));
    assert_eq!(readers(&catalogue), [KH, VN, DRAFTER], "neither the Secretariat nor an observer of the party");
    assert_eq!(writers(&catalogue), [KH, DRAFTER], "the host reads");
    let grant = |party| Fact::Grant { id: EntityId::from_bytes([9; 16]), doc: id, writer: Writer::Party(code(party)) };
    for p in [ASEC, CN, TL] {
        let answer = catalogue.may_state(person(p), &grant("ASEC"), TODAY);
        assert_eq!(answer, Err(NotYours::UnknownDoc), "a derived id tells nobody that there is such a document");
    }
    let mut granted = catalogue.clone();
    granted.fold(&grant("ASEC"));
    assert_eq!((readers(&granted), writers(&granted)), (vec![KH, VN, DRAFTER], vec![KH, DRAFTER]));
}

#[test]
fn an_open_session_is_read_by_everyone_with_an_account_and_led_by_the_chair_and_the_secretariat() {
    const OPEN: u8 = 31;
    let mut catalogue = workspace();
    let both = vec![Writer::Secretariat, Writer::Chair];
    let make = |id, kind, subject| Fact::Doc {
        id,
        kind,
        subject,
        audience: Audience::Public,
        writers: both.clone(),
        origin: None,
    };
    let meeting = make(doc(OPEN), DocKind::Meeting, None);
    let session = |of: u8| make(session_id(doc(of), &Audience::Public), DocKind::Session, Some(doc(of)));
    let may = |catalogue: &Catalogue, fact: &Fact| who(|p| catalogue.may_state(person(p), fact, TODAY).is_ok());
    assert_eq!(may(&catalogue, &meeting), [KH, ASEC]);
    catalogue.fold(&meeting);
    assert_eq!(may(&catalogue, &session(OPEN)), [KH, ASEC]);
    assert!(may(&catalogue, &session(MEETING)).is_empty(), "it would name a meeting that observers may not know of");
    catalogue.fold(&session(OPEN));
    for id in [doc(OPEN), session_id(doc(OPEN), &Audience::Public)] {
        let entry = &catalogue.docs[&id];
        let readers = who(|p| catalogue.may_read(person(p), entry, TODAY));
        assert_eq!(readers, [KH, VN, CN, ASEC, TL, DRAFTER, OBSERVER]);
        assert_eq!(who(|p| catalogue.may_write(person(p), id, TODAY)), [KH, ASEC]);
    }
    let entry = &catalogue.docs[&doc(MEETING)];
    assert_eq!(who(|p| catalogue.may_read(person(p), entry, TODAY)), [KH, VN, ASEC, DRAFTER], "that one stays theirs");
}
