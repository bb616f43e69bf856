//! The hub as devices and operators meet it: a real server, a real database, real changes.

#[path = "hub/support.rs"]
mod support;

use mufakat::{
    docs::Doc,
    domain::{DocKind, Fact, PartyCode, Role, Writer, rights::voice_id},
    hub::serve::Running,
    sync::{
        codec,
        frame::{Except, Frame, Item},
        join::{InviteRequest, Invited, RevokeRequest},
    },
};
use support::{Device, Folder, Hub, code, draft, entity, key, options, plan, problem, set};
use tokio_tungstenite::tungstenite::Message;

const SECRETARIAT: Role = Role::Secretariat;
const FOCAL: Role = Role::FocalPoint;
const JSON: &str = "application/json";
const BYTES: &str = "application/octet-stream";

fn refused(why: &str) -> Except {
    Except::Refused { why: why.to_owned() }
}

#[tokio::test]
async fn a_lost_reply_burns_no_invitation_and_a_used_one_opens_nothing() {
    let folder = Folder::new("join");
    let hub = Hub::start(&folder).await;
    let (secret, key_a, key_b) = (hub.invitation("KH", FOCAL).await, key(), key());

    let first = hub.join(&secret, &key_a).await.expect("joins");
    let head = hub.head();
    let again = hub.join(&secret, &key_a).await.expect("joins again");
    assert_eq!((&first.device, &first.person), (&again.device, &again.person));
    assert_ne!(first.token, again.token, "a fresh token replaces the old one");
    assert_eq!(hub.head(), head, "the second time writes no entry");
    assert_eq!((first.party.as_str(), first.role.as_str(), first.sample), ("KH", "focal-point", true));

    let old = hub.as_device(first).request("/v1/sync", &[]).await;
    assert_eq!(old, Err((401, "unauthorised".to_owned())), "the old token opens nothing");
    assert!(!hub.as_device(again).facts().await.is_empty(), "the new one does");

    assert_eq!(hub.join(&secret, &key_b).await.err(), Some((409, "invitation-used".to_owned())));
    assert_eq!(
        hub.join(&support::base64url(&[1; 32]), &key_b).await.err(),
        Some((404, "invitation-unknown".to_owned()))
    );
    let other = hub.invitation("KH", FOCAL).await;
    assert_eq!(hub.join(&other, &key_a).await.err(), Some((409, "device-known".to_owned())));
    assert_eq!(hub.join(&other, "no key").await.err(), Some((400, "malformed".to_owned())));
    assert_eq!(hub.head(), head, "refusals write nothing");
    assert_eq!(hub.refused("invitation-used"), 1);
}

#[tokio::test]
async fn an_expired_invitation_opens_nothing() {
    let folder = Folder::new("expired");
    let hub = Hub::start(&folder).await;
    let secret = hub.invitation("VN", FOCAL).await;
    hub.running.stop().await;
    // Two days go by.
    let file = folder.0.join("mufakat.sqlite3");
    let pool = sqlx::SqlitePool::connect(&format!("sqlite://{}", file.display())).await.expect("opens");
    sqlx::query("UPDATE invitation SET expires = expires - 172800000").execute(&pool).await.expect("updates");
    pool.close().await;

    let hub = Hub::start(&folder).await;
    let head = hub.head();
    assert_eq!(hub.join(&secret, &key()).await.err(), Some((410, "invitation-expired".to_owned())));
    assert_eq!(hub.head(), head);
}

#[tokio::test]
async fn invitations_are_the_secretariats_and_a_focal_points_for_its_own_party() {
    let folder = Folder::new("invite");
    let hub = Hub::start(&folder).await;
    let asec = hub.device("ASEC", SECRETARIAT).await;
    let kh = hub.device("KH", FOCAL).await;
    let ask = async |by: &Device, party: &str, role: &str, person: Option<&str>| {
        let request = InviteRequest {
            party: party.to_owned(),
            role: role.to_owned(),
            days: 7,
            person: person.map(str::to_owned),
        };
        let body = serde_json::to_vec(&request).expect("JSON");
        let (status, body) = hub.post("/v1/invitations", Some(&by.joined.token), JSON, body).await;
        match status {
            201 => Ok(serde_json::from_slice::<Invited>(&body).expect("an invitation").secret),
            _ => Err((status, problem(&body))),
        }
    };
    assert!(ask(&asec, "VN", "focal-point", None).await.is_ok());
    assert_eq!(ask(&kh, "VN", "focal-point", None).await, Err((403, "forbidden".to_owned())));
    assert_eq!(ask(&kh, "ASEC", "secretariat", None).await, Err((403, "forbidden".to_owned())));
    assert_eq!(ask(&asec, "ZZ", "focal-point", None).await, Err((404, "party-unknown".to_owned())));
    assert_eq!(ask(&asec, "KH", "secretariat", None).await, Err((400, "malformed".to_owned())));

    let officer = ask(&kh, "KH", "drafter", None).await.expect("its own party");
    let officer = hub.as_device(hub.join(&officer, &key()).await.expect("joins"));
    assert_ne!(officer.joined.person, kh.joined.person);
    assert_eq!(ask(&officer, "KH", "focal-point", None).await, Err((403, "forbidden".to_owned())));

    let second = ask(&officer, "KH", "drafter", Some(&officer.joined.person)).await.expect("one's own second device");
    let second = hub.join(&second, &key()).await.expect("joins");
    assert_eq!(second.person, officer.joined.person);
    assert_ne!(second.device, officer.joined.device);
    let other = ask(&kh, "KH", "drafter", Some(&officer.joined.person)).await;
    assert_eq!(other, Err((403, "forbidden".to_owned())), "a further device is only oneself's");
}

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
        live.send(&Frame::Want { doc: id.to_bytes().into() }).await;
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
async fn a_change_is_on_another_screen_within_moments_and_resending_is_safe() {
    let folder = Folder::new("live");
    let hub = Hub::start(&folder).await;
    let mut asec = hub.device("ASEC", SECRETARIAT).await;
    let kh = hub.device("KH", FOCAL).await;
    let mut live = kh.live().await;
    assert!(matches!(live.next().await, Some(Frame::Welcome { .. })));
    live.caught_up(hub.head()).await;

    let (id, fact) = plan();
    let mut doc = Doc::new(DocKind::Plan);
    let change = asec.edit(id, &mut doc, &set("title", "Seen at once"));
    let items = vec![Device::fact(&fact), change];
    let started = std::time::Instant::now();
    let (first, taken, _) = asec.push(items.clone()).await;
    assert_eq!(taken, 2);
    let entries = live.wait(|frame| match frame {
        Frame::Log { entries, .. } if !entries.is_empty() => Some(entries),
        _ => None,
    });
    assert_eq!(entries.await.len(), 2);
    assert!(started.elapsed().as_millis() < 2_000, "{:?}", started.elapsed());

    let (_, taken, except) = asec.push(items).await;
    assert_eq!(taken, 0);
    assert_eq!(except, [(0, Except::Known { number: first }), (1, Except::Known { number: first + 1 })]);

    // The device says it is durable; the others learn how far its party is.
    let mut other = asec.live().await;
    other.caught_up(hub.head()).await;
    live.send(&Frame::Have { cursor: first + 1, missing: vec![], as_of: 0 }).await;
    other
        .wait(|frame| match frame {
            Frame::Seen { parties, .. } => {
                parties.iter().any(|seen| seen.party == "KH" && seen.cursor == first + 1).then_some(())
            }
            _ => None,
        })
        .await;
    live.send(&Frame::Ping { n: 5 }).await;
    live.wait(|frame| (frame == Frame::Pong { n: 5 }).then_some(())).await;
}

#[tokio::test]
async fn a_poll_waits_for_news_and_answers_at_once_when_there_is_some() {
    let folder = Folder::new("poll");
    let hub = Hub::start(&folder).await;
    let asec = hub.device("ASEC", SECRETARIAT).await;
    let kh = hub.device("KH", FOCAL).await;
    asec.request("/v1/sync", &[asec.start()]).await.expect("frames");
    let cursor = hub.head();
    let hello = kh.at_head().await;
    let waiting = tokio::spawn({
        let kh = kh.clone();
        async move {
            let started = std::time::Instant::now();
            let frames = kh.request("/v1/poll?wait=20", &[hello]).await.expect("frames");
            (started.elapsed(), frames)
        }
    });
    tokio::time::sleep(std::time::Duration::from_millis(600)).await;
    let (_, fact) = plan();
    assert_eq!(asec.push(vec![Device::fact(&fact)]).await.1, 1);
    let (took, frames) = waiting.await.expect("answers");
    let new = frames.iter().any(|frame| matches!(frame, Frame::Log { to, .. } if *to > cursor));
    assert!(new, "{frames:?}");
    assert!((500..5_000).contains(&took.as_millis()), "{took:?}");
}

#[tokio::test]
async fn what_is_wrong_gets_a_precise_answer_and_changes_nothing() {
    let folder = Folder::new("wrong");
    let hub = Hub::start(&folder).await;
    let kh = hub.device("KH", FOCAL).await;
    let token = Some(kh.joined.token.as_str());
    let head = hub.head();
    let ask = async |path: &str, token: Option<&str>, kind: &str, body: Vec<u8>| {
        let (status, body) = hub.post(path, token, kind, body).await;
        (status, problem(&body))
    };
    let hello = codec::encode_body(&[kh.start()]);
    let is = |status: u16, code: &str| (status, code.to_owned());
    let bad_token = support::base64url(&[7; 32]);
    assert_eq!(ask("/v1/sync", Some(&bad_token), BYTES, hello.clone()).await, is(401, "unauthorised"));
    assert_eq!(ask("/v1/sync", Some("nonsense"), BYTES, hello).await, is(401, "unauthorised"));
    assert_eq!(ask("/v1/sync", token, BYTES, vec![]).await, is(400, "malformed"));
    assert_eq!(ask("/v1/sync", token, BYTES, vec![0, 0, 0, 9, 1]).await, is(400, "malformed"));
    assert_eq!(ask("/v1/sync", token, BYTES, vec![0xff; 4 << 10]).await, is(400, "malformed"));
    assert_eq!(ask("/v1/poll", token, BYTES, vec![0; 5 << 20]).await, is(413, "too-large"));
    let push = codec::encode_body(&[Frame::Push { req: 1, items: vec![] }]);
    assert_eq!(ask("/v1/sync", token, BYTES, push).await, is(400, "malformed"), "no hello");
    let hubs = codec::encode_body(&[kh.start(), Frame::Rewind { to: 0 }]);
    assert_eq!(ask("/v1/sync", token, BYTES, hubs).await, is(400, "malformed"), "a frame of the hub's");
    let mut other = kh.start();
    if let Frame::Hello { device, .. } = &mut other {
        *device = [9; 16].into();
    }
    assert_eq!(ask("/v1/sync", token, BYTES, codec::encode_body(&[other])).await, is(401, "unauthorised"));
    assert_eq!(ask("/v1/join", None, BYTES, b"{}".to_vec()).await, is(415, "wrong-type"));
    assert_eq!(ask("/v1/join", None, JSON, b"{".to_vec()).await, is(400, "malformed"));
    assert_eq!(ask("/v1/join", None, JSON, vec![b' '; 20 << 10]).await, is(413, "too-large"));
    assert_eq!(ask("/v1/invitations", None, JSON, b"{}".to_vec()).await, is(401, "unauthorised"));
    assert_eq!(ask("/v1/devices/revoke", None, JSON, b"{}".to_vec()).await, is(401, "unauthorised"));
    assert_eq!(ask("/v1/nothing", token, JSON, vec![]).await, is(404, "not-found"));
    let wrong_method = hub.get("/v1/sync").await;
    assert_eq!(wrong_method.status().as_u16(), 405);
    assert_eq!(wrong_method.headers()["allow"], "POST");
    assert_eq!(hub.get("/v1/live").await.status().as_u16(), 400, "no WebSocket");

    let mut socket = support::Socket::open(&hub.base).await;
    socket.send_raw(Message::Text("hello".into())).await;
    assert_eq!(socket.error().await, "malformed");
    assert_eq!(socket.next().await, None, "closed");
    let mut socket = support::Socket::open(&hub.base).await;
    socket.send(&Frame::Push { req: 1, items: vec![] }).await;
    assert_eq!(socket.error().await, "malformed");
    let before = hub.refused("too-large");
    let mut socket = kh.live().await;
    // The hub closes while this is still on its way: the word may be lost, the count is not.
    socket.try_send(Message::Binary(vec![0; (4 << 20) + 100].into())).await;
    for _ in 0..100 {
        if hub.refused("too-large") > before {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(hub.refused("too-large"), before + 1);
    let mut stranger = kh.clone();
    stranger.joined.token = bad_token;
    assert_eq!(stranger.live().await.error().await, "unauthorised");

    assert_eq!(hub.head(), head, "nothing changed");
    let metrics = hub.get("/metrics").await.text().await.expect("text");
    for code in ["malformed", "too-large", "unauthorised", "wrong-type", "not-found"] {
        assert!(
            hub.refused(code) > 0 && metrics.contains(&format!("mufakat_refused_total{{code=\"{code}\"}}")),
            "{code}"
        );
    }
}

#[tokio::test]
async fn bombs_and_rubbish_are_refused_before_anything_decodes_them() {
    let folder = Folder::new("bombs");
    let hub = Hub::start(&folder).await;
    let mut kh = hub.device("KH", FOCAL).await;
    let (id, fact) = draft("KH");
    assert_eq!(kh.push(vec![Device::fact(&fact)]).await.1, 1);
    let head = hub.head();
    let change = |hash: [u8; 32], body: Vec<u8>| Item::Change {
        doc: id.to_bytes().into(),
        hash: hash.into(),
        body: Some(body.into()),
    };
    let good = kh.edit(id, &mut Doc::new(DocKind::Draft), &set("title", "Good"));
    let Item::Change { hash, body: Some(body), .. } = &good else { panic!("a change") };
    let (hash, body) = (**hash, body.to_vec());
    let mut flipped = body.clone();
    let last = flipped.len() - 1;
    flipped[last] ^= 1;
    let items = vec![
        change(hash, vec![]),
        change(hash, vec![1; 40]),
        change(hash, flipped),
        change([3; 32], body.clone()),
        change(hash, body[..body.len() - 3].to_vec()),
        change(hash, vec![0; (256 << 10) + 1]),
        Item::Fact { hash: [1; 32].into(), body: fact.to_bytes().into() },
        Item::Fact { hash: Fact::hash(b"{}").into(), body: b"{}".to_vec().into() },
    ];
    let count = items.len();
    let (_, taken, except) = kh.push(items).await;
    assert_eq!(taken, 0);
    assert_eq!(except.len(), count);
    assert!(except.iter().all(|(_, why)| matches!(why, Except::Refused { .. })), "{except:?}");
    assert_eq!(hub.head(), head);
    assert_eq!(kh.push(vec![good]).await.1, 1, "the good one stands");
}

#[tokio::test]
async fn a_revoked_device_is_refused_everywhere_and_put_out() {
    let folder = Folder::new("revoke");
    let hub = Hub::start(&folder).await;
    let asec = hub.device("ASEC", SECRETARIAT).await;
    let kh = hub.device("KH", FOCAL).await;
    let vn = hub.device("VN", FOCAL).await;
    let mut live = kh.live().await;
    live.caught_up(hub.head()).await;
    let revoke = async |by: &Device, device: &str| {
        let body = serde_json::to_vec(&RevokeRequest { device: device.to_owned() }).expect("JSON");
        let (status, body) = hub.post("/v1/devices/revoke", Some(&by.joined.token), JSON, body).await;
        (status, if status == 204 { String::new() } else { problem(&body) })
    };
    assert_eq!(revoke(&vn, &kh.joined.device).await, (403, "forbidden".to_owned()));
    assert_eq!(revoke(&asec, "nonsense").await, (404, "device-unknown".to_owned()));
    assert_eq!(revoke(&asec, &kh.joined.device).await, (204, String::new()));
    let head = hub.head();
    assert_eq!(revoke(&asec, &kh.joined.device).await, (204, String::new()), "again changes nothing");
    assert_eq!(hub.head(), head);

    assert_eq!(live.error().await, "revoked");
    assert_eq!(live.next().await, None);
    assert_eq!(kh.request("/v1/sync", &[kh.start()]).await, Err((403, "revoked".to_owned())));
    assert_eq!(kh.live().await.error().await, "revoked");
    assert!(asec.facts().await.contains(&Fact::Revoke { device: kh.id() }));
}

#[tokio::test]
async fn what_was_acknowledged_is_there_after_a_crash() {
    let folder = Folder::new("crash");
    let (mut device, id, items, first) = {
        let hub = Hub::start(&folder).await;
        let mut device = hub.device("KH", FOCAL).await;
        let (id, fact) = draft("KH");
        let mut doc = Doc::new(DocKind::Draft);
        let mut items = vec![Device::fact(&fact)];
        items.extend((0..20).map(|n| device.edit(id, &mut doc, &set("title", &format!("Title {n}")))));
        let (first, taken, _) = device.push(items.clone()).await;
        assert_eq!(taken, 21);
        // Copied while the hub runs, as a crash would leave it: nothing was closed, nothing checkpointed.
        let copy = folder.0.join("crashed");
        std::fs::create_dir(&copy).expect("a folder");
        for file in ["mufakat.sqlite3", "mufakat.sqlite3-wal"] {
            std::fs::copy(folder.0.join(file), copy.join(file)).expect("a copy");
        }
        (device, id, items, first)
    };
    let mut options = options(&folder);
    options.place.data = folder.0.join("crashed");
    let hub = Hub::with(options).await;
    device = hub.as_device(device.joined);
    let log = device.log().await;
    let numbers: Vec<u64> = log
        .iter()
        .filter(|entry| matches!(&entry.item, Item::Change { doc, .. } if **doc == id.to_bytes()))
        .map(|entry| entry.number)
        .collect();
    assert_eq!(numbers, (first + 1..=first + 20).collect::<Vec<_>>());
    let (_, taken, except) = device.push(items).await;
    assert_eq!(taken, 0);
    assert!(except.iter().all(|(i, why)| *why == Except::Known { number: first + u64::from(*i) }), "{except:?}");
}

#[tokio::test]
async fn a_cursor_of_another_history_is_turned_back() {
    let folder = Folder::new("rewind");
    let hub = Hub::start(&folder).await;
    let kh = hub.device("KH", FOCAL).await;
    let answer = kh.request("/v1/sync", &[kh.hello(3, [9; 8].into())]).await.expect("frames");
    assert!(matches!(answer[..], [Frame::Rewind { .. }]), "{answer:?}");
    let mut hello = kh.start();
    if let Frame::Hello { workspace, .. } = &mut hello {
        *workspace = Some([1; 16].into());
    }
    let answer = kh.request("/v1/sync", &[hello]).await.expect("frames");
    assert!(matches!(&answer[..], [Frame::Error { code, .. }] if code == "workspace"), "{answer:?}");
}

#[tokio::test]
async fn one_device_has_so_many_connections_and_no_more() {
    let folder = Folder::new("many");
    let hub = Hub::start(&folder).await;
    let kh = hub.device("KH", FOCAL).await;
    let mut open = Vec::new();
    for _ in 0..4 {
        let mut live = kh.live().await;
        assert!(matches!(live.next().await, Some(Frame::Welcome { .. })));
        open.push(live);
    }
    assert_eq!(kh.live().await.error().await, "busy");
    drop(open.pop());
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert!(matches!(kh.live().await.next().await, Some(Frame::Welcome { .. })));
}

#[tokio::test]
async fn stopping_closes_connections_and_a_second_start_serves_the_same() {
    let folder = Folder::new("stop");
    let hub = Hub::start(&folder).await;
    let kh = hub.device("KH", FOCAL).await;
    let mut live = kh.live().await;
    live.caught_up(hub.head()).await;
    let (head, joined) = (hub.head(), kh.joined.clone());
    let hello = kh.at_head().await;
    let poll = tokio::spawn({
        let kh = kh.clone();
        async move { kh.request("/v1/poll?wait=25", &[hello]).await.is_ok() }
    });
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    let started = std::time::Instant::now();
    let Hub { running, .. } = hub;
    running.stop().await;
    assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
    while live.next().await.is_some() {}
    assert!(poll.await.expect("ends"));

    let again = Running::start(options(&folder)).await.expect("starts");
    assert_eq!(again.core().head(), head, "the sample is not appended twice");
    assert_eq!(again.lines.len(), 4);
    let hub = Hub { base: format!("http://{}", again.address), running: again, http: reqwest::Client::new() };
    assert!(!hub.as_device(joined).facts().await.is_empty());
}
