//! What a party tells the host of its delegates: no third party ever gets a byte of it, or hears that it is there.

use mufakat::{
    docs::Doc,
    domain::{
        Audience, DocId, DocKind, Edit, Fact, Place, Writer,
        edit::At,
        rights::{logistics_id, voice_id},
    },
    sync::frame::{Frame, Item},
};

use crate::{
    drafts::{asked, everything, hold, names},
    support::{Device, FOCAL, Folder, Hub, SECRETARIAT, code, entity, fresh_doc, refused},
};

const DIET: &str = "No groundnuts, please";
const NAME: &str = "Director-General of Personnel";

fn fact(id: DocId, kind: DocKind, subject: Option<DocId>, audience: Audience, writer: Writer) -> Fact {
    Fact::Doc { id, kind, subject, audience, writers: vec![writer], origin: None }
}

#[tokio::test]
async fn of_what_a_party_tells_the_host_nobody_else_gets_a_byte() {
    let folder = Folder::new("logistics");
    let hub = Hub::start(&folder).await;
    let mut asec = hub.device("ASEC", SECRETARIAT).await;
    let (mut kh, mut vn, mut th) =
        (hub.device("KH", FOCAL).await, hub.device("VN", FOCAL).await, hub.device("TH", FOCAL).await);
    let cn = hub.device("CN", FOCAL).await;
    let meeting = fresh_doc();
    let called = fact(meeting, DocKind::Meeting, None, Audience::Accsm, Writer::Secretariat);
    assert_eq!(asec.push(vec![Device::fact(&called)]).await.1, 1);
    let mut third = [th.live().await, asec.live().await, cn.live().await];
    let mut host = vn.live().await;
    for live in third.iter_mut().chain([&mut host]) {
        live.caught_up(hub.head()).await;
    }

    // The list is for everybody of the meeting, what goes with it for the host.
    let voice = voice_id(&code("KH"), meeting, &Audience::Accsm);
    let told = logistics_id(&code("KH"), meeting, &code("VN"));
    let own = || Writer::Party(code("KH"));
    let facts = [
        fact(voice, DocKind::Voice, Some(meeting), Audience::Accsm, own()),
        fact(told, DocKind::Logistics, Some(meeting), Audience::Party(code("VN")), own()),
    ];
    let wider = fact(told, DocKind::Logistics, Some(meeting), Audience::Accsm, own());
    assert_eq!(kh.push(vec![Device::fact(&wider)]).await.2, [(0, refused("bad-document"))]);
    assert_eq!(th.push(vec![Device::fact(&facts[1])]).await.2, [(0, refused("not-a-writer"))]);
    let fields = vec![("name".to_owned(), NAME.into())];
    let place = Some(Place { parent: None, key: "m".to_owned() });
    let add = Edit::Add { to: "delegates".to_owned(), id: entity(2), place, fields, texts: Vec::new() };
    let at = At::root(&format!("diet:{}", entity(2)));
    let diet = Edit::Set { at, value: DIET.into(), seen: Vec::new() };
    let (mut list, mut logistics) = (Doc::new(DocKind::Voice), Doc::new(DocKind::Logistics));
    let written = [kh.edit(voice, &mut list, &add), kh.edit(told, &mut logistics, &diet)];
    let all: Vec<Item> = facts.iter().map(Device::fact).chain(written).collect();
    let count = u32::try_from(all.len()).expect("few");
    assert_eq!(kh.push(all).await.1, count);

    for (n, (live, device)) in (1..).zip(third.iter_mut().zip([&th, &asec, &cn])) {
        let mut heard = everything(live, n).await;
        heard.extend(asked(device, told).await);
        assert!(heard.iter().any(|frame| matches!(frame, Frame::Log { .. })), "the log goes on");
        assert!(!hold(&heard, DIET.as_bytes()) && !hold(&heard, b"groundnuts"));
        assert!(!names(&heard, told), "not even that it is there");
        assert_eq!(hold(&heard, NAME.as_bytes()), n < 3, "the list is for the members and the Secretariat");
    }
    let mut heard = everything(&mut host, 9).await;
    heard.extend(asked(&vn, told).await);
    assert!(names(&heard, told) && hold(&heard, DIET.as_bytes()), "the host has it");
    // The host reads; nobody else writes, and nobody learns from an answer that there is such a document.
    let forged = vn.edit(told, &mut Doc::new(DocKind::Logistics), &diet);
    assert_eq!(vn.push(vec![forged]).await.2, [(0, refused("not-a-writer"))]);
    for device in [&mut th, &mut asec] {
        let forged = device.edit(told, &mut Doc::new(DocKind::Logistics), &diet);
        assert_eq!(device.push(vec![forged]).await.2, [(0, refused("unknown-document"))]);
    }
    let grant = Fact::Grant { id: entity(9), doc: told, writer: Writer::Party(code("TH")) };
    assert_eq!(asec.push(vec![Device::fact(&grant)]).await.2, [(0, refused("unknown-document"))]);
    assert!(!names(&asked(&th, told).await, told));
}
