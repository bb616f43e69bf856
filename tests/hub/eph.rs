//! What is said in passing: only among those who are in a document and may read it, never stored, never too much.

use mufakat::{
    domain::{Audience, DocId, Fact, PersonId},
    sync::frame::{Frame, Id},
};

use crate::{
    socket::Socket,
    support::{Device, FOCAL, Folder, Hub, SECRETARIAT, draft, plan},
};

fn says(doc: DocId, words: &str) -> Frame {
    // Whose it is, the hub says, whatever a device claims.
    Frame::Eph { doc: doc.to_bytes().into(), bytes: words.as_bytes().to_vec().into(), from: Some([66; 16].into()) }
}

fn heard(frame: &Frame) -> Option<(Id, String)> {
    match frame {
        Frame::Eph { bytes, from: Some(from), .. } => Some((*from, String::from_utf8_lossy(bytes).into_owned())),
        _ => None,
    }
}

fn person(device: &Device) -> Id {
    device.joined.person.parse::<PersonId>().expect("an id").to_bytes().into()
}

async fn hears(socket: &mut Socket) -> (Id, String) {
    socket.wait(|frame| heard(&frame)).await
}

async fn live(hub: &Hub, device: &Device) -> Socket {
    let mut socket = device.live().await;
    socket.caught_up(hub.head()).await;
    socket
}

/// Everything a device says before this has been passed on when it returns.
async fn settled(socket: &mut Socket, n: u32) {
    socket.send(&Frame::Ping { n }).await;
    socket.wait(|frame| (frame == Frame::Pong { n }).then_some(())).await;
}

#[tokio::test]
async fn those_in_a_document_hear_each_other_and_whoever_comes_hears_who_is_there() {
    let folder = Folder::new("eph");
    let hub = Hub::start(&folder).await;
    let (kh, vn) = (hub.device("KH", FOCAL).await, hub.device("VN", FOCAL).await);
    let asec = hub.device("ASEC", SECRETARIAT).await;
    let (id, fact) = plan();
    asec.push(vec![Device::fact(&fact)]).await;
    let head = hub.head();
    let (mut kh_live, mut vn_live, mut idle) = (live(&hub, &kh).await, live(&hub, &vn).await, live(&hub, &asec).await);
    kh_live.send(&says(id, "KH here")).await;
    settled(&mut kh_live, 1).await;
    vn_live.send(&says(id, "VN here")).await;
    assert_eq!(hears(&mut vn_live).await, (person(&kh), "KH here".to_owned()), "who was there before");
    assert_eq!(hears(&mut kh_live).await, (person(&vn), "VN here".to_owned()));
    // Over HTTP it goes with one's own words.
    let frames = asec.request("/v1/sync", &[asec.at_head().await, says(id, "ASEC here")]).await.expect("frames");
    let mut told: Vec<_> = frames.iter().filter_map(heard).map(|(_, words)| words).collect();
    told.sort();
    assert_eq!(told, ["KH here", "VN here"]);
    assert_eq!(hears(&mut kh_live).await.1, "ASEC here");
    // No longer there.
    vn_live.send(&says(id, "")).await;
    settled(&mut vn_live, 2).await;
    assert_eq!(hears(&mut kh_live).await, (person(&vn), String::new()));
    kh_live.send(&says(id, "KH still")).await;
    settled(&mut kh_live, 3).await;
    for socket in [&mut vn_live, &mut idle] {
        socket.send(&Frame::Ping { n: 9 }).await;
        let before = socket.wait(|frame| match frame {
            Frame::Pong { n: 9 } => Some(false),
            frame => heard(&frame).map(|_| true),
        });
        assert!(!before.await, "who is not in it hears nothing");
    }
    assert_eq!(hub.head(), head, "nothing of it is in the log");
}

#[tokio::test]
async fn nobody_hears_of_a_document_that_he_may_not_read_at_this_moment() {
    let folder = Folder::new("eph-clearance");
    let hub = Hub::start(&folder).await;
    let (kh, cn) = (hub.device("KH", FOCAL).await, hub.device("CN", FOCAL).await);
    let asec = hub.device("ASEC", SECRETARIAT).await;
    // For ASEAN alone, for Cambodia alone, and one that China may read too.
    let ((asean, asean_fact), (secret, secret_fact), (shared, mut shared_fact)) = (plan(), draft("KH"), plan());
    if let Fact::Doc { audience, .. } = &mut shared_fact {
        *audience = Audience::AccsmPlus3;
    }
    let (_, taken, except) = asec.push(vec![Device::fact(&asean_fact), Device::fact(&shared_fact)]).await;
    assert_eq!((taken, except), (2, vec![]));
    kh.push(vec![Device::fact(&secret_fact)]).await;
    let (mut kh_live, mut cn_live) = (live(&hub, &kh).await, live(&hub, &cn).await);
    for doc in [asean, secret, shared] {
        cn_live.send(&says(doc, "CN listens")).await;
    }
    settled(&mut cn_live, 1).await;
    assert_eq!(hub.refused("eph-not-a-reader"), 2);
    for doc in [asean, secret] {
        kh_live.send(&says(doc, "not for China")).await;
    }
    kh_live.send(&says(shared, "for China too")).await;
    // In the order in which it was said: what came before was not passed on.
    assert_eq!(hears(&mut cn_live).await, (person(&kh), "for China too".to_owned()));
    assert_eq!(hears(&mut kh_live).await, (person(&cn), "CN listens".to_owned()), "only of what both may read");
    // Its officer's appointment ends: what the device said a moment ago gives it nothing any more.
    let appointed = cn.facts().await.into_iter().find_map(|fact| match fact {
        Fact::Appoint { id, person, .. } if person.to_string() == cn.joined.person => Some(id),
        _ => None,
    });
    let ended = Fact::End { appointment: appointed.expect("appointed"), on: "2020-01-01".parse().expect("a day") };
    let (_, taken, except) = asec.push(vec![Device::fact(&ended)]).await;
    assert_eq!((taken, except), (1, vec![]));
    kh_live.send(&says(shared, "no more for China")).await;
    settled(&mut kh_live, 2).await;
    cn_live.send(&says(shared, "CN again")).await;
    cn_live.send(&Frame::Ping { n: 3 }).await;
    let until = cn_live.wait(|frame| match frame {
        Frame::Pong { n: 3 } => Some(None),
        frame => heard(&frame).map(Some),
    });
    assert_eq!(until.await, None);
    kh_live.send(&Frame::Ping { n: 4 }).await;
    let until = kh_live.wait(|frame| match frame {
        Frame::Pong { n: 4 } => Some(None),
        frame => heard(&frame).map(Some),
    });
    assert_eq!(until.await, None, "nor does it reach anyone");
}

#[tokio::test]
async fn too_large_and_too_often_is_dropped_and_harms_nobody() {
    let folder = Folder::new("eph-limits");
    let hub = Hub::start(&folder).await;
    let (kh, vn) = (hub.device("KH", FOCAL).await, hub.device("VN", FOCAL).await);
    let asec = hub.device("ASEC", SECRETARIAT).await;
    let (id, fact) = plan();
    asec.push(vec![Device::fact(&fact)]).await;
    let (mut kh_live, mut vn_live) = (live(&hub, &kh).await, live(&hub, &vn).await);
    vn_live.send(&says(id, "VN here")).await;
    settled(&mut vn_live, 1).await;
    kh_live.send(&says(id, &"x".repeat(1_025))).await;
    settled(&mut kh_live, 2).await;
    assert_eq!(hub.refused("eph-too-large"), 1);
    for n in 0..200 {
        kh_live.send(&says(id, &format!("flood {n}"))).await;
    }
    settled(&mut kh_live, 3).await;
    assert!(hub.refused("eph-too-fast") >= 100, "{}", hub.refused("eph-too-fast"));
    assert_eq!(hears(&mut vn_live).await.1, "flood 0");
    // Others are not slowed down, and the flooder can still work.
    vn_live.send(&says(id, "VN still here")).await;
    settled(&mut vn_live, 4).await;
    let (_, taken, _) = kh.push(vec![Device::fact(&draft("KH").1)]).await;
    assert_eq!(taken, 1);
}

#[tokio::test]
async fn whoever_loses_its_stream_is_gone_at_once_unless_it_came_back() {
    let folder = Folder::new("eph-gone");
    let hub = Hub::start(&folder).await;
    let (kh, vn) = (hub.device("KH", FOCAL).await, hub.device("VN", FOCAL).await);
    let asec = hub.device("ASEC", SECRETARIAT).await;
    let (id, fact) = plan();
    asec.push(vec![Device::fact(&fact)]).await;
    let mut kh_live = live(&hub, &kh).await;
    kh_live.send(&says(id, "KH here")).await;
    settled(&mut kh_live, 1).await;
    let mut first = live(&hub, &vn).await;
    first.send(&says(id, "VN here")).await;
    assert_eq!(hears(&mut kh_live).await.1, "VN here");
    drop(first);
    assert_eq!(hears(&mut kh_live).await, (person(&vn), String::new()));
    // A new stream before the hub notices that the old one is dead.
    let mut old = live(&hub, &vn).await;
    old.send(&says(id, "VN again")).await;
    assert_eq!(hears(&mut kh_live).await.1, "VN again");
    let mut new = live(&hub, &vn).await;
    new.send(&says(id, "VN over another stream")).await;
    assert_eq!(hears(&mut kh_live).await.1, "VN over another stream");
    drop(old);
    settled(&mut new, 2).await;
    new.send(&says(id, "VN still")).await;
    assert_eq!(hears(&mut kh_live).await.1, "VN still", "nothing said that it had gone");
}
