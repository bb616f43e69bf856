//! The log reaches whoever may have it, at once, once, and whatever happens to the hub.

use std::sync::atomic::Ordering::Relaxed;

use mufakat::{
    docs::Doc,
    domain::DocKind,
    sync::frame::{Except, Frame, Item},
};

use crate::support::{Device, FOCAL, Folder, Hub, SECRETARIAT, draft, options, plan, set};

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
async fn how_far_a_party_was_and_when_it_was_heard_outlives_the_hub() {
    let folder = Folder::new("contact");
    let hub = Hub::start(&folder).await;
    let (asec, kh) = (hub.device("ASEC", SECRETARIAT).await, hub.device("KH", FOCAL).await);
    let since = std::time::UNIX_EPOCH.elapsed().expect("after 1970").as_millis();
    kh.request("/v1/sync", &[kh.at_head().await]).await.expect("frames");
    let told = async |asec: &Device| {
        let frames = asec.request("/v1/sync", &[asec.start()]).await.expect("frames");
        let kh = frames.into_iter().find_map(|frame| match frame {
            Frame::Seen { parties, .. } => parties.into_iter().find(|seen| seen.party == "KH"),
            _ => None,
        });
        kh.map(|seen| (seen.cursor, seen.heard_at))
    };
    let known = told(&asec).await.expect("heard of");
    assert_eq!(known.0, hub.head());
    assert!(u128::from(known.1) >= since, "{known:?}");
    hub.running.stop().await;

    let hub = Hub::start(&folder).await;
    let asec = hub.as_device(asec.joined);
    assert_eq!(told(&asec).await, Some(known));
    // A device whose rights are gone says nothing about its party.
    hub.running.core().revoke(None, kh.id()).await.expect("revoked");
    hub.running.stop().await;
    let hub = Hub::start(&folder).await;
    assert_eq!(told(&hub.as_device(asec.joined)).await, None);
}

/// A flush to disk is paid once for all who wait for it.
#[tokio::test]
async fn pushes_that_wait_together_are_committed_together_and_each_has_its_own_numbers() {
    let folder = Folder::new("group");
    let hub = Hub::start(&folder).await;
    let device = hub.device("ASEC", SECRETARIAT).await;
    let (head, commits) = (hub.head(), hub.running.core().metrics().commits.load(Relaxed));
    let pushes = (0..48).map(|_| {
        let device = device.clone();
        tokio::spawn(async move { device.push(vec![Device::fact(&plan().1), Device::fact(&plan().1)]).await })
    });
    let pushes: Vec<_> = pushes.collect();
    let mut firsts = Vec::new();
    for push in pushes {
        let (first, taken, _) = push.await.expect("an acknowledgement");
        assert_eq!(taken, 2);
        firsts.push(first);
    }
    firsts.sort_unstable();
    assert_eq!(firsts, (0..48).map(|n| head + 1 + 2 * n).collect::<Vec<_>>(), "each its own, without a gap");
    let commits = hub.running.core().metrics().commits.load(Relaxed) - commits;
    assert!(commits <= 24, "48 pushes at once took {commits} transactions");
}
