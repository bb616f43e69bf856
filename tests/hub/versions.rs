//! A hub that wants newer applications goes on telling old ones everything; it takes nothing from them, and refuses
//! nothing.

use std::sync::Arc;

use mufakat::{
    docs::Doc,
    domain::DocKind,
    hub::{
        core::Core,
        session::{self, Greeted, Session},
        store::sqlite::{Missing, Sqlite},
    },
    sync::{
        codec::DEFAULT_LIMITS,
        frame::{Except, Frame, Limits, PROTO},
    },
};

use crate::support::{Device, FOCAL, Folder, Hub, SECRETARIAT, plan, set};

#[tokio::test]
async fn a_device_too_old_to_write_reads_on_and_loses_nothing() {
    let folder = Folder::new("versions");
    let hub = Hub::start(&folder).await;
    let mut asec = hub.device("ASEC", SECRETARIAT).await;
    let kh = hub.device("KH", FOCAL).await;
    let (id, fact) = plan();
    let mut doc = Doc::new(DocKind::Plan);
    let change = asec.edit(id, &mut doc, &set("title", "From the newer one"));
    hub.running.stop().await;

    // The operator starts a version that takes pushes from the next protocol version up.
    let store = Sqlite::open(&folder.0.join("mufakat.sqlite3"), Missing::Refuse).await.expect("opens");
    let limits = Limits { writes_from: PROTO + 1, ..DEFAULT_LIMITS };
    let (core, writer) = Core::open(Arc::new(store), limits).await.expect("opens");
    let greet = |device: &Device, version: u16| {
        let mut hello = device.start();
        if let Frame::Hello { proto, .. } = &mut hello {
            *proto = version;
        }
        let who = session::recognise(&core, None, &hello).expect("known");
        match Session::greet(Arc::clone(&core), who, &hello) {
            Greeted::Welcome(session, Frame::Welcome { proto, limits, .. }) => {
                assert_eq!((proto, limits.writes_from), (PROTO, PROTO + 1), "no more than it can speak");
                session
            }
            Greeted::Welcome(_, other) | Greeted::Turn(other) => panic!("{other:?}"),
        }
    };
    let push = |device: &Device, items: Vec<_>| Frame::Push {
        req: 3,
        items: items.into_iter().map(|item| device.signed(item)).collect(),
    };
    let mut newer = greet(&asec, PROTO + 1);
    let answers = newer.receive(push(&asec, vec![Device::fact(&fact), change])).await.expect("answers");
    assert!(matches!(answers.as_slice(), [Frame::Ack { taken: 2, .. }]), "{answers:?}");

    let mut older = greet(&kh, PROTO);
    let head = core.head();
    let mine = Device::fact(&crate::support::draft("KH").1);
    let answers = older.receive(push(&kh, vec![mine])).await.expect("answers");
    let [Frame::Ack { req: 3, taken: 0, except, .. }] = answers.as_slice() else { panic!("{answers:?}") };
    assert!(matches!(except[..], [(0, Except::Retry { after: 60.. })]), "later, never refused: {except:?}");
    assert_eq!(core.head(), head, "nothing was taken");
    // It is told all there is.
    let mut told = 0;
    loop {
        let frames = older.log().await.expect("the log");
        let to = frames.iter().filter_map(|frame| if let Frame::Log { to, .. } = frame { Some(*to) } else { None });
        let Some(to) = to.max() else { break };
        told = to;
    }
    assert_eq!(told, head);
    let whole = older.receive(Frame::Want { doc: id.to_bytes().into(), folded: true }).await.expect("a document");
    assert!(matches!(whole.as_slice(), [Frame::Snapshot { entries, .. }] if entries.len() == 1), "{whole:?}");
    core.close();
    writer.await.expect("ends");
}
