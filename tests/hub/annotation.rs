//! The annotated agenda: nobody but the Chair and the Secretariat ever gets a byte of it, or hears that it is there.

use mufakat::{
    docs::Doc,
    domain::{
        Audience, DocId, DocKind, Edit, Fact, Framework, Writer,
        edit::{At, Splice},
        rights::{annotation_id, session_id},
    },
    sync::frame::{Frame, Item},
};

use crate::{
    drafts::{asked, everything, hold, names},
    support::{Device, FOCAL, Folder, Hub, SECRETARIAT, code, entity, fresh_doc, refused},
};

const NOTE: &str = "Viet Nam will ask for more time";

fn fact(id: DocId, kind: DocKind, subject: Option<DocId>, audience: &Audience) -> Fact {
    let (audience, writers) = (audience.clone(), vec![Writer::Secretariat, Writer::Chair]);
    Fact::Doc { id, kind, subject, audience, writers, origin: None }
}

/// Which party is in the chair today, and in which term.
async fn chair(device: &Device) -> (String, u16) {
    let mut catalogue = mufakat::domain::Catalogue::default();
    for fact in device.facts().await {
        catalogue.fold(&fact);
    }
    let millis = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970").as_millis();
    let today = mufakat::domain::Date::of_millis(u64::try_from(millis).expect("small"));
    let (ordinal, term) = catalogue.chair(Framework::Accsm, today).expect("somebody is in the chair");
    (term.party.to_string(), ordinal)
}

#[tokio::test]
async fn nobody_but_the_chair_and_the_secretariat_gets_a_byte_of_an_annotated_agenda() {
    let folder = Folder::new("annotation");
    let hub = Hub::start(&folder).await;
    let mut asec = hub.device("ASEC", SECRETARIAT).await;
    let (in_chair, term) = chair(&asec).await;
    assert!(!["VN", "CN"].contains(&in_chair.as_str()), "the test needs others: {in_chair}");
    let mut own = hub.device(&in_chair, FOCAL).await;
    let (mut vn, cn) = (hub.device("VN", FOCAL).await, hub.device("CN", FOCAL).await);
    let meeting = fresh_doc();
    let session = session_id(meeting, &Audience::Accsm);
    let theirs = Audience::Chair(term);
    let note = annotation_id(session, &theirs);
    let called = [
        fact(meeting, DocKind::Meeting, None, &Audience::Accsm),
        fact(session, DocKind::Session, Some(meeting), &Audience::Accsm),
    ];
    assert_eq!(asec.push(called.iter().map(Device::fact).collect()).await.1, 2);
    let (mut vn_live, mut cn_live, mut own_live) = (vn.live().await, cn.live().await, own.live().await);
    for live in [&mut vn_live, &mut cn_live, &mut own_live] {
        live.caught_up(hub.head()).await;
    }

    // For nobody else, under no other id, and by nobody else.
    for wrong in [
        fact(annotation_id(session, &Audience::Accsm), DocKind::Annotation, Some(session), &Audience::Accsm),
        fact(fresh_doc(), DocKind::Annotation, Some(session), &theirs),
        fact(annotation_id(meeting, &theirs), DocKind::Annotation, Some(meeting), &theirs),
    ] {
        assert_eq!(asec.push(vec![Device::fact(&wrong)]).await.2, [(0, refused("bad-document"))], "{wrong:?}");
    }
    let right = fact(note, DocKind::Annotation, Some(session), &theirs);
    assert_eq!(vn.push(vec![Device::fact(&right)]).await.2, [(0, refused("not-a-writer"))]);

    let mut doc = Doc::new(DocKind::Annotation);
    let fields = vec![("item".to_owned(), entity(1).to_string().as_str().into())];
    let add = Edit::Add { to: "notes".to_owned(), id: entity(2), place: None, fields, texts: Vec::new() };
    let splices = vec![Splice { at: 0, delete: 0, insert: NOTE.to_owned() }];
    let typed = Edit::Text { at: At::of(entity(2), "text"), base: String::new(), splices };
    let written = [asec.edit(note, &mut doc, &add), asec.edit(note, &mut doc, &typed)];
    let all: Vec<Item> = std::iter::once(Device::fact(&right)).chain(written).collect();
    let count = u32::try_from(all.len()).expect("few");
    assert_eq!(asec.push(all).await.1, count);

    for (live, device, n) in [(&mut vn_live, &vn, 1), (&mut cn_live, &cn, 2)] {
        let mut heard = everything(live, n).await;
        heard.extend(asked(device, note).await);
        assert!(heard.iter().any(|frame| matches!(frame, Frame::Log { .. })), "the log goes on");
        assert!(!hold(&heard, NOTE.as_bytes()) && !hold(&heard, b"more time"));
        assert!(!names(&heard, note), "not even that it is there");
    }
    let mut heard = everything(&mut own_live, 3).await;
    heard.extend(asked(&own, note).await);
    assert!(names(&heard, note) && hold(&heard, NOTE.as_bytes()), "the Chair has it");
    let more = own.edit(note, &mut doc, &Edit::Withdraw { id: entity(2), reason: String::new() });
    assert_eq!(own.push(vec![more]).await.1, 1, "and writes it");
    let forged = vn.edit(note, &mut Doc::new(DocKind::Annotation), &add);
    assert_eq!(vn.push(vec![forged]).await.2, [(0, refused("unknown-document"))]);
    // A grant makes nobody a reader.
    let grant = Fact::Grant { id: entity(9), doc: note, writer: Writer::Party(code("VN")) };
    assert_eq!(asec.push(vec![Device::fact(&grant)]).await.1, 1);
    assert!(!names(&asked(&vn, note).await, note));
}
