//! A flood from one device or one address does not slow others, and takes nothing away from whoever floods.

use futures_util::future::join_all;
use mufakat::{
    hub::secret::Secret,
    sync::frame::{Except, Frame},
};

use crate::support::{Device, FOCAL, Folder, Hub, JSON, SECRETARIAT, draft};

fn told(ack: &Frame) -> (u64, u32, bool) {
    let Frame::Ack { first, taken, except, .. } = ack else { panic!("no acknowledgement: {ack:?}") };
    (*first, *taken, except.iter().any(|(_, why)| matches!(why, Except::Retry { .. })))
}

#[tokio::test]
async fn who_pushes_once_is_next_although_another_pushes_many() {
    let folder = Folder::new("flood");
    let hub = Hub::start(&folder).await;
    let (kh, asec) = (hub.device("KH", FOCAL).await, hub.device("ASEC", SECRETARIAT).await);
    let core = hub.running.core();
    let who = |device: &Device| core.who(&Secret::parse(&device.joined.token).expect("a token")).expect("known");
    let (flooder, other) = (who(&kh), who(&asec));
    let head = hub.head();
    // All are on their way before the writer looks at the first of them.
    let flood = (0..100).map(|n| core.push(flooder, n, vec![Device::fact(&draft("KH").1)]));
    let one = core.push(other, 7, vec![Device::fact(&crate::support::plan().1)]);
    let (acks, one) = futures_util::future::join(join_all(flood), one).await;
    let acks: Vec<_> = acks.into_iter().map(|ack| told(&ack.expect("answered"))).collect();
    let (first, taken, _) = told(&one.expect("answered"));
    assert_eq!((first, taken), (head + 2, 1), "behind one push of the flood, not behind all");
    let taken = acks.iter().filter(|(_, taken, _)| *taken == 1).count();
    assert_eq!(taken, 64, "so many of one device wait at a time");
    assert!(
        acks.iter().filter(|(_, taken, _)| *taken == 0).all(|(_, _, later)| *later),
        "the others: later, not never"
    );
    assert_eq!(hub.refused("too-many"), 36);
    // And then they are taken.
    let (_, taken, except) = kh.push(vec![Device::fact(&draft("KH").1)]).await;
    assert_eq!((taken, except), (1, vec![]));
}

#[tokio::test]
async fn strangers_at_one_address_are_held_up_and_nobody_else_is() {
    let folder = Folder::new("strangers");
    let hub = Hub::start(&folder).await;
    let kh = hub.device("KH", FOCAL).await;
    let invitation = hub.invitation("VN", FOCAL).await;
    let mut last = 0;
    for n in 0..200_u32 {
        // Well-formed, and nobody's.
        let token = crate::support::base64url(&[n.to_be_bytes(); 8].concat());
        last = hub.post("/v1/sync", Some(&token), crate::support::BYTES, Vec::new()).await.0;
        if last == 429 {
            break;
        }
        assert_eq!(last, 401);
    }
    assert_eq!(last, 429);
    assert!(hub.refused("too-fast") > 0);
    // The same address, with a token that is known: as if nothing were.
    assert!(kh.request("/v1/sync", &[kh.start()]).await.is_ok());
    let (_, taken, _) = kh.push(vec![Device::fact(&draft("KH").1)]).await;
    assert_eq!(taken, 1);
    let answer = hub.post("/v1/join", None, JSON, b"{}".to_vec()).await;
    assert_eq!((answer.0, crate::support::problem(&answer.1).as_str()), (429, "too-fast"));
    // Another address is another matter.
    let elsewhere =
        reqwest::Client::builder().local_address(std::net::IpAddr::from([127, 0, 0, 2])).build().expect("a client");
    let joined = crate::support::join(&elsewhere, &hub.base, &invitation, &crate::support::key()).await;
    assert!(joined.is_ok(), "{:?}", joined.err());
}
