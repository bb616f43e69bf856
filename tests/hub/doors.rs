//! What comes to the doors and should not: refused with a word, counted, without a trace.

use mufakat::{
    docs::Doc,
    domain::{DocKind, Edit, Fact, edit::At},
    hub::serve::Running,
    sync::{
        codec,
        frame::{Except, Frame, Item},
    },
};
use tokio_tungstenite::tungstenite::Message;

use crate::support::{
    self, BYTES, Device, FOCAL, Folder, Hub, JSON, SECRETARIAT, draft, options, plan, problem, refused, set,
};

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

    let mut socket = crate::socket::Socket::open(&hub.base).await;
    socket.send_raw(Message::Text("hello".into())).await;
    assert_eq!(socket.error().await, "malformed");
    assert_eq!(socket.next().await, None, "closed");
    let mut socket = crate::socket::Socket::open(&hub.base).await;
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
    let change = |hash: [u8; 32], body: Vec<u8>| Item::change(id.to_bytes().into(), hash.into(), body);
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
        Item::fact([1; 32].into(), fact.to_bytes()),
        Item::fact(Fact::hash(b"{}").into(), b"{}".to_vec()),
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

#[tokio::test]
async fn a_device_that_pushes_too_much_is_told_to_wait_and_others_are_not() {
    let folder = Folder::new("fast");
    let hub = Hub::start(&folder).await;
    let mut kh = hub.device("KH", FOCAL).await;
    let mut vn = hub.device("VN", FOCAL).await;
    let (head, rubbish) = (hub.head(), Item::fact([1; 32].into(), vec![0]));
    let mut waits = None;
    // The last ones are small, so that the wait is short.
    for count in [2_000; 4].into_iter().chain([100; 60]) {
        let (_, taken, except) = kh.push(vec![rubbish.clone(); count]).await;
        assert_eq!((taken, except.len()), (0, count));
        if let Except::Retry { after } = except[0].1 {
            assert!(except.iter().all(|(_, why)| *why == Except::Retry { after }), "all of it or nothing");
            waits = Some(after);
            break;
        }
    }
    assert!(waits.is_some_and(|after| after >= 1), "{waits:?}");
    assert_eq!((hub.head(), hub.refused("too-fast")), (head, 1));
    let metrics = hub.get("/metrics").await.text().await.expect("text");
    assert!(metrics.contains("mufakat_refused_total{code=\"too-fast\"} 1"));

    // Good words wait too, and are taken when the time has come; nobody else waits.
    let (id, fact) = draft("KH");
    let change = kh.edit(id, &mut Doc::new(DocKind::Draft), &set("title", "Patience"));
    let good = vec![Device::fact(&fact), change];
    let (other, others) = draft("VN");
    let theirs = vn.edit(other, &mut Doc::new(DocKind::Draft), &set("title", "At once"));
    assert_eq!(vn.push(vec![Device::fact(&others), theirs]).await.1, 2);
    for _ in 0..100 {
        let (_, taken, except) = kh.push(good.clone()).await;
        match except.first() {
            None => {
                assert_eq!(taken, 2);
                return;
            }
            Some((_, Except::Retry { after })) => {
                tokio::time::sleep(std::time::Duration::from_secs(u64::from(*after))).await;
            }
            Some((_, other)) => panic!("{other:?}"),
        }
    }
    panic!("told to wait for ever");
}

#[tokio::test]
async fn a_caller_who_never_ends_a_line_is_let_go() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let folder = Folder::new("slow");
    let hub = Hub::start(&folder).await;
    let address = hub.running.address;
    let callers = (0..3).map(|how| async move {
        let mut stream = tokio::net::TcpStream::connect(address).await.expect("connects");
        let mut answer = Vec::new();
        let slow = async {
            for letter in b"GET /healthz HTTP/1.1\r\nhost: hub\r\nx-long: ".iter().chain([b'x'; 200].iter()) {
                // Nothing at all, a beginning and then nothing, or a letter now and then.
                if how == 0 || (how == 1 && *letter == b'h') {
                    break;
                }
                if stream.write_all(&[*letter]).await.is_err() {
                    break;
                }
                tokio::time::sleep(std::time::Duration::from_millis(if how == 2 { 500 } else { 1 })).await;
            }
            let _ = stream.read_to_end(&mut answer).await;
        };
        let limit = std::time::Duration::from_secs(30);
        assert!(tokio::time::timeout(limit, slow).await.is_ok(), "caller {how} still holds its place");
        assert!(!String::from_utf8_lossy(&answer).contains("200 OK"), "{how}");
    });
    futures_util::future::join_all(callers).await;
    assert_eq!(hub.get("/healthz").await.status().as_u16(), 200);
}

/// The change with one dependency in another's place and its checksum made right: its hash and bytes.
fn moved(body: &[u8], from: &[u8; 32], to: &[u8; 32]) -> ([u8; 32], Vec<u8>) {
    use sha2::Digest;
    let mut body = body.to_vec();
    let at = body.windows(32).position(|window| window == from).expect("it depends on it");
    body[at..at + 32].copy_from_slice(to);
    // Four bytes that say what follows, four of the checksum, and all that it is made of.
    let hash: [u8; 32] = sha2::Sha256::digest(&body[8..]).into();
    body[4..8].copy_from_slice(&hash[..4]);
    (hash, body)
}

#[tokio::test]
async fn a_change_that_breaks_only_on_its_document_is_refused_and_changes_nothing() {
    let folder = Folder::new("unsound");
    let hub = Hub::start(&folder).await;
    let mut asec = hub.device("ASEC", SECRETARIAT).await;
    let (id, fact) = plan();
    let parts = |item: &Item| match item {
        Item::Change { hash, body: Some(body), .. } => (**hash, body.to_vec()),
        other => panic!("a change: {other:?}"),
    };
    let item = |(hash, body): ([u8; 32], Vec<u8>)| Item::change(id.to_bytes().into(), hash.into(), body);
    let mut doc = Doc::new(DocKind::Plan);
    let first = asec.edit(id, &mut doc, &set("title", "ACCSM Work Plan"));
    assert_eq!(asec.push(vec![Device::fact(&fact), first]).await.1, 2);

    // An area and words in it are never sent; in their place stands a change of the title.
    let mut apart = doc.clone();
    let area = mufakat::domain::EntityId::from_bytes([5; 16]);
    let place = Some(mufakat::domain::Place { parent: None, key: "m".to_owned() });
    let add = Edit::Add { to: "areas".to_owned(), id: area, place, fields: vec![], texts: vec![] };
    let unsent = parts(&asec.edit(id, &mut apart, &add));
    let named = Edit::Set { at: At::of(area, "title"), value: "Nowhere".into(), seen: vec![] };
    let on_it = parts(&asec.edit(id, &mut apart, &named));
    let second = asec.edit(id, &mut doc, &set("title", "Another title"));
    let broken = moved(&on_it.1, &unsent.0, &parts(&second).0);
    let mut standing = apart.clone();
    let after = parts(&asec.edit(id, &mut standing, &set("title", "On top of it")));
    let after = moved(&after.1, &on_it.0, &broken.0);

    let head = hub.head();
    let (_, taken, except) = asec.push(vec![second.clone(), item(broken.clone()), item(after)]).await;
    assert_eq!(taken, 1, "the good one stands");
    assert_eq!(except[0], (1, refused("unsound")));
    assert!(matches!(&except[1], (2, Except::NeedsDeps { deps }) if **deps == [broken.0.into()]), "{except:?}");
    assert_eq!((hub.head(), hub.refused("unsound")), (head + 1, 1));
    // Again, when the document is in memory as it was left.
    assert_eq!(asec.push(vec![item(broken)]).await.2, [(0, refused("unsound"))]);
    assert_eq!(hub.head(), head + 1);

    // The document is whole for others, and goes on.
    let third = asec.edit(id, &mut doc, &set("title", "The last title"));
    assert_eq!(asec.push(vec![third]).await.1, 1);
    let kh = hub.device("KH", FOCAL).await;
    let bodies: Vec<Vec<u8>> = kh
        .log()
        .await
        .into_iter()
        .filter_map(|entry| match entry.item {
            Item::Change { doc, body: Some(body), .. } if *doc == id.to_bytes() => Some(body.to_vec()),
            _ => None,
        })
        .collect();
    let mut read = Doc::new(DocKind::Plan);
    let bodies: Vec<&[u8]> = bodies.iter().map(Vec::as_slice).collect();
    assert!(read.apply(&bodies).expect("it loads").waiting.is_empty());
    assert_eq!(read.heads(), doc.heads());
}
