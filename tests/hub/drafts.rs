//! National work stays in its delegation: of a draft nobody else gets one byte, and of what is submitted only what it says.

use std::collections::BTreeSet;

use mufakat::{
    docs::{Doc, genesis},
    domain::{
        Act, Audience, DocId, DocKind, Edit, Fact, Role, Writer,
        draft::{Cleared, DraftStep},
        rights::submitted_id,
    },
    sync::{
        frame::{Frame, Item},
        lean::Told,
    },
};

use crate::{
    socket::Socket,
    support::{Device, FOCAL, Folder, Hub, SECRETARIAT, code, entity, fresh_doc, plan, refused, set},
};

const EARLIER: &str = "Earlier words of the ministry";
const REASON: &str = "Not before the minister has seen it";
const FINAL: &str = "Reform of the civil service exam";

/// Every frame that a device is sent until the hub has answered all it said before.
pub async fn everything(socket: &mut Socket, n: u32) -> Vec<Frame> {
    socket.send(&Frame::Ping { n }).await;
    let mut frames = Vec::new();
    loop {
        match socket.next().await.expect("the connection stays") {
            Frame::Pong { n: other } if other == n => return frames,
            frame => frames.push(frame),
        }
    }
}

/// Everything that a device is told when it asks for all there is: the log, how far others are, who is where, a document.
pub async fn asked(device: &Device, draft: DocId) -> Vec<Frame> {
    let want = Frame::Want { doc: draft.to_bytes().into(), folded: true };
    let here = Frame::Eph { doc: draft.to_bytes().into(), bytes: b"who is here?".to_vec().into(), from: None };
    let mut hello = device.start();
    let mut all = Vec::new();
    loop {
        let frames = device.request("/v1/sync", &[hello.clone(), here.clone(), want.clone()]).await.expect("frames");
        let mut news = false;
        for frame in &frames {
            let Frame::Hello { cursor, stamp, seen, as_of, .. } = &mut hello else { continue };
            match frame {
                Frame::Log { to, stamp: at, as_of: of, .. } => (*cursor, *stamp, *as_of, news) = (*to, *at, *of, true),
                Frame::Seen { revision, .. } => (*seen, news) = (*revision, true),
                _ => {}
            }
        }
        all.extend(frames);
        if !news {
            return all;
        }
    }
}

/// Whether frames hold some bytes, in whatever part of them. What a device asked about is named in the answer.
pub fn hold(frames: &[Frame], bytes: &[u8]) -> bool {
    frames.iter().any(|frame| {
        let answer = matches!(frame, Frame::Snapshot { number: 0, entries, bytes: None, .. } if entries.is_empty());
        let plain = minicbor::to_vec_with(frame, &mut Told::default()).expect("encodes");
        !answer && plain.windows(bytes.len()).any(|part| part == bytes)
    })
}

pub fn names(frames: &[Frame], doc: DocId) -> bool {
    hold(frames, &doc.to_bytes()) || hold(frames, doc.to_string().as_bytes())
}

fn step(n: u8, to: DraftStep, reason: &str) -> Edit {
    let act = Act::StepDraft(Box::new(Cleared { to, of: [n; 32] }));
    Edit::Act { id: entity(n), act, target: None, term: None, reason: reason.to_owned() }
}

#[tokio::test]
async fn of_a_draft_nobody_else_gets_a_byte_and_of_what_is_submitted_only_what_it_says() {
    let folder = Folder::new("drafts");
    let hub = Hub::start(&folder).await;
    let (mut drafter, mut vn) = (hub.device("VN", Role::Drafter).await, hub.device("VN", FOCAL).await);
    let (kh, mut asec) = (hub.device("KH", FOCAL).await, hub.device("ASEC", SECRETARIAT).await);
    let (plan, plan_fact) = plan();
    assert_eq!(asec.push(vec![Device::fact(&plan_fact)]).await.1, 1);
    let (mut kh_live, mut asec_live, mut vn_live) = (kh.live().await, asec.live().await, vn.live().await);
    for live in [&mut kh_live, &mut asec_live, &mut vn_live] {
        live.caught_up(hub.head()).await;
    }

    // Two of Viet Nam draft together; one returns it, one is in it now, one has it not yet.
    let draft = fresh_doc();
    let fact = Fact::Doc {
        id: draft,
        kind: DocKind::Draft,
        subject: Some(plan),
        audience: Audience::Party(code("VN")),
        writers: vec![Writer::Party(code("VN"))],
        origin: None,
    };
    let mut doc = Doc::new(DocKind::Draft);
    let first = drafter.edit(draft, &mut doc, &set("title", EARLIER));
    assert_eq!(drafter.push(vec![Device::fact(&fact), first]).await.1, 2);
    let returned = vn.edit(draft, &mut doc, &step(1, DraftStep::Returned, REASON));
    let last = vn.edit(draft, &mut doc, &set("title", FINAL));
    assert_eq!(vn.push(vec![returned, last]).await.1, 2);
    let approved = drafter.edit(draft, &mut doc, &step(2, DraftStep::Approved, ""));
    assert_eq!(drafter.push(vec![approved]).await.1, 1);
    let missing = vec![draft.to_bytes().into()];
    vn_live.send(&Frame::Have { cursor: hub.head(), missing, as_of: 0 }).await;
    let here = Frame::Eph { doc: draft.to_bytes().into(), bytes: b"VN is here".to_vec().into(), from: None };
    vn_live.send(&here).await;
    let own = everything(&mut vn_live, 1).await;
    assert!(hold(&own, FINAL.as_bytes()) || hold(&asked(&vn, draft).await, EARLIER.as_bytes()), "its own party has it");

    for (live, device, n) in [(&mut kh_live, &kh, 2), (&mut asec_live, &asec, 3)] {
        let mut heard = everything(live, n).await;
        heard.extend(asked(device, draft).await);
        assert!(heard.iter().any(|frame| matches!(frame, Frame::Seen { .. })), "how far others are");
        for words in [EARLIER, REASON, FINAL, "VN is here"] {
            assert!(!hold(&heard, words.as_bytes()), "{words}");
        }
        assert!(!names(&heard, draft), "not even that it is there");
    }

    // Submitted: by an officer, as one project, from what it says.
    let project = submitted_id(draft);
    let submission = Fact::Doc {
        id: project,
        kind: DocKind::Project,
        subject: Some(plan),
        audience: Audience::Accsm,
        writers: vec![Writer::Party(code("VN"))],
        origin: Some(draft),
    };
    let begin = Edit::Begin { fields: vec![("title".to_owned(), FINAL.into())], texts: Vec::new() };
    let mut made = Doc::new(DocKind::Project);
    let whole = vn.edit(project, &mut made, &Edit::Make(vec![begin]));
    let (_, _, except) = drafter.push(vec![Device::fact(&submission)]).await;
    assert_eq!(except, [(0, refused("not-a-writer"))], "a drafter submits nothing");
    let (_, _, except) = asec.push(vec![Device::fact(&submission)]).await;
    assert_eq!(except, [(0, refused("unknown-document"))], "nor does the Secretariat, of what it does not have");
    assert_eq!(vn.push(vec![Device::fact(&submission), whole]).await.1, 2);

    for (live, device, n) in [(&mut kh_live, &kh, 4), (&mut asec_live, &asec, 5)] {
        live.caught_up(hub.head()).await;
        let mut heard = everything(live, n).await;
        heard.extend(asked(device, project).await);
        assert!(hold(&heard, FINAL.as_bytes()), "the project is everybody's");
        for words in [EARLIER, REASON, "VN is here"] {
            assert!(!hold(&heard, words.as_bytes()), "{words}");
        }
        // One change beside those that every project begins with; the draft is named as its origin and nowhere else.
        let (mut changes, mut named) = (0, BTreeSet::new());
        for entry in device.log().await {
            match entry.item {
                Item::Change { doc, hash, .. } if *doc == project.to_bytes() => {
                    changes += usize::from(!genesis::is_fixed(DocKind::Project, &hash));
                }
                Item::Change { doc, .. } => assert_ne!(*doc, draft.to_bytes()),
                Item::Fact { body, .. } => {
                    named.extend(String::from_utf8_lossy(&body).contains(&draft.to_string()).then_some(body));
                }
            }
        }
        let named: Vec<_> = named.iter().map(|body| Fact::from_bytes(body).expect("a fact")).collect();
        assert_eq!((changes, named), (1, vec![submission.clone()]));
    }
    // Words of others about the draft go nowhere, whatever they name.
    let forged = asec.edit(draft, &mut Doc::new(DocKind::Draft), &set("title", "Ours"));
    assert_eq!(asec.push(vec![forged]).await.2, [(0, refused("unknown-document"))]);
}
