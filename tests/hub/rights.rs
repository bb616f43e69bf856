//! Who receives and who writes: nobody else, not one byte.

use mufakat::{
    docs::Doc,
    domain::{DocKind, Fact, PartyCode, Writer, rights::voice_id},
    sync::frame::{Except, Frame, Item},
};

use crate::support::{self, Device, FOCAL, Folder, Hub, SECRETARIAT, code, draft, entity, plan, refused, set};

#[tokio::test]
async fn no_byte_of_a_document_reaches_whoever_is_not_in_its_audience() {
    let folder = Folder::new("audience");
    let hub = Hub::start(&folder).await;
    let mut kh = hub.device("KH", FOCAL).await;
    let vn = hub.device("VN", FOCAL).await;
    let asec = hub.device("ASEC", SECRETARIAT).await;
    let (mut vn_live, mut asec_live) = (vn.live().await, asec.live().await);
    vn_live.caught_up(hub.head()).await;
    asec_live.caught_up(hub.head()).await;

    let (id, fact) = draft("KH");
    let mut doc = Doc::new(DocKind::Draft);
    let secret = "Reform of the civil service exam";
    let change = kh.edit(id, &mut doc, &set("title", secret));
    let (first, taken, except) = kh.push(vec![Device::fact(&fact), change]).await;
    assert_eq!((taken, except), (2, vec![]));
    assert_eq!(hub.head(), first + 1);

    for live in [&mut vn_live, &mut asec_live] {
        let entries = live.wait(|frame| match frame {
            Frame::Log { to, entries, .. } if to == first + 1 => Some(entries),
            _ => None,
        });
        assert_eq!(entries.await, vec![], "the cursor moves on, nothing is told");
        live.send(&Frame::Want { doc: id.to_bytes().into(), folded: true }).await;
        let snapshot = live.wait(|frame| match frame {
            Frame::Snapshot { number, entries, .. } => Some((number, entries)),
            _ => None,
        });
        assert_eq!(snapshot.await, (0, vec![]));
    }
    for device in [&vn, &asec] {
        let log = device.log().await;
        assert!(log.iter().all(|entry| match &entry.item {
            Item::Change { doc, .. } => **doc != id.to_bytes(),
            Item::Fact { body, .. } => !String::from_utf8_lossy(body).contains(&id.to_string()),
        }));
    }

    // A colleague of the same party gets all of it.
    let colleague = hub.device("KH", FOCAL).await;
    let found = colleague.log().await.into_iter().filter_map(|entry| match entry.item {
        Item::Change { doc, body, .. } if *doc == id.to_bytes() => body,
        _ => None,
    });
    let bodies: Vec<_> = found.map(|body| body.to_vec()).collect();
    let read = Doc::load(DocKind::Draft, bodies.iter().map(Vec::as_slice)).expect("loads");
    assert_eq!(read.snapshot(&|_| None).expect("reads").root.line("title"), secret);
    // The author is told of it by hash alone.
    let own = kh.log().await.into_iter().find(|entry| entry.number == first + 1).expect("its entry");
    assert!(matches!(own.item, Item::Change { body: None, .. }));
}

#[tokio::test]
async fn only_writers_write() {
    let folder = Folder::new("writers");
    let hub = Hub::start(&folder).await;
    let mut asec = hub.device("ASEC", SECRETARIAT).await;
    let mut th = hub.device("TH", FOCAL).await;
    let mut vn = hub.device("VN", FOCAL).await;
    let (id, fact) = plan();
    let mut doc = Doc::new(DocKind::Plan);
    let change = asec.edit(id, &mut doc, &set("title", "ACCSM Work Plan"));
    let (_, taken, _) = asec.push(vec![Device::fact(&fact), change]).await;
    assert_eq!(taken, 2);
    let head = hub.head();

    // What a party may not: write the plan, make a plan, open the pen, number a project, speak with another's voice,
    // appoint, or write with another's hand.
    let mut mine = doc.clone();
    let change = th.edit(id, &mut mine, &set("title", "Ours"));
    assert_eq!(th.push(vec![change]).await.2, [(0, refused("not-a-writer"))]);
    let grant = Fact::Grant { id: entity(9), doc: id, writer: Writer::Party(code("TH")) };
    let voice = |party: &str| Fact::Doc {
        id: voice_id(&code(party), id, &mufakat::domain::Audience::Accsm),
        kind: DocKind::Voice,
        subject: Some(id),
        audience: mufakat::domain::Audience::Accsm,
        writers: vec![Writer::Party(code(party))],
        origin: None,
    };
    let appoint = Fact::Appoint {
        id: entity(8),
        person: th.joined.person.parse().expect("an id"),
        party: PartyCode::secretariat(),
        role: SECRETARIAT,
        from: "2020-01-01".parse().expect("a day"),
        to: None,
    };
    let wrong_id = match voice("TH") {
        Fact::Doc { kind, subject, audience, writers, origin, .. } => {
            Fact::Doc { id: support::fresh_doc(), kind, subject, audience, writers, origin }
        }
        other => other,
    };
    for fact in
        [plan().1, grant.clone(), voice("VN"), appoint, wrong_id, Fact::Number { doc: id, reference: "1".into() }]
    {
        let (_, taken, except) = th.push(vec![Device::fact(&fact)]).await;
        assert!(taken == 0 && matches!(&except[..], [(0, Except::Refused { .. })]), "{fact:?}: {except:?}");
    }
    let mut forged = doc.clone();
    let change = vn.edit(id, &mut forged, &set("title", "As another"));
    let (_, _, except) = asec.push(vec![change]).await;
    assert_eq!(except, [(0, refused("foreign-actor"))]);
    assert_eq!(hub.head(), head, "nothing changed");
    assert_eq!(hub.refused("foreign-actor"), 1);

    // Its own voice it may, and once the pen is open, the plan.
    assert_eq!(th.push(vec![Device::fact(&voice("TH"))]).await.1, 1);
    assert_eq!(asec.push(vec![Device::fact(&grant)]).await.1, 1);
    let mut mine = doc.clone();
    let change = th.edit(id, &mut mine, &set("title", "Ours"));
    assert_eq!(th.push(vec![change]).await.1, 1);
}

#[tokio::test]
async fn how_far_others_are_names_no_document_of_theirs() {
    let folder = Folder::new("seen");
    let hub = Hub::start(&folder).await;
    let kh = hub.device("KH", FOCAL).await;
    let asec = hub.device("ASEC", SECRETARIAT).await;
    let vn = hub.device("VN", FOCAL).await;
    let ((secret, draft), (open, plan)) = (draft("KH"), plan());
    assert_eq!(kh.push(vec![Device::fact(&draft)]).await.1, 1);
    assert_eq!(asec.push(vec![Device::fact(&plan)]).await.1, 1);
    let (mut kh_live, mut vn_live) = (kh.live().await, vn.live().await);
    kh_live.caught_up(hub.head()).await;
    vn_live.caught_up(hub.head()).await;
    let missing = [secret, open].map(|doc| doc.to_bytes().into());
    kh_live.send(&Frame::Have { cursor: hub.head(), missing: missing.to_vec(), as_of: 0 }).await;
    for (live, told) in [(&mut kh_live, &missing[..]), (&mut vn_live, &missing[1..])] {
        let found = live.wait(|frame| match frame {
            Frame::Seen { parties, .. } => {
                parties.into_iter().find(|seen| seen.party == "KH" && seen.cursor == hub.head())
            }
            _ => None,
        });
        let mut found = found.await.missing;
        found.sort();
        let mut told = told.to_vec();
        told.sort();
        assert_eq!(found, told);
    }
}

#[tokio::test]
async fn no_answer_tells_that_a_hidden_document_is_there() {
    let folder = Folder::new("oracle");
    let hub = Hub::start(&folder).await;
    let kh = hub.device("KH", FOCAL).await;
    let vn = hub.device("VN", FOCAL).await;
    let (there, fact) = draft("KH");
    let first = |doc: mufakat::domain::DocId| {
        let first = &mufakat::docs::genesis::changes(DocKind::Draft)[0];
        Item::change(doc.to_bytes().into(), first.hash.into(), first.bytes.clone())
    };
    assert_eq!(kh.push(vec![Device::fact(&fact), first(there)]).await.1, 2);
    let (absent, never_stated) = draft("KH");
    let hidden = vn.push(vec![Device::fact(&fact), first(there)]).await;
    let missing = vn.push(vec![Device::fact(&never_stated), first(absent)]).await;
    assert_eq!(hidden.2, missing.2);
    assert_eq!(hidden.2, [(0, refused("not-a-writer")), (1, refused("unknown-document"))]);
    // Its own party is told that it is there.
    let (_, _, known) = kh.push(vec![Device::fact(&fact), first(there)]).await;
    assert!(known.iter().all(|(_, except)| matches!(except, Except::Known { .. })), "{known:?}");
}
