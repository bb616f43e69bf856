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
