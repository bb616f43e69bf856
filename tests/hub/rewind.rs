//! An older database put in place of the hub's, behind its back: what it lost comes back from the devices.

use mufakat::{
    docs::Doc,
    domain::{DocKind, Fact},
    hub::check::check,
    sync::{
        frame::{Entry, Except, Frame, Item},
        join::{ReturnRequest, VouchedFact},
        proof::return_text,
    },
};

use crate::support::{Device, FOCAL, Folder, Hub, JSON, SECRETARIAT, base64url, draft, options, plan, set};

const FILES: [&str; 2] = ["mufakat.sqlite3", "mufakat.sqlite3-wal"];

/// Copies the database as it is, of a hub that runs or not.
fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for file in FILES {
        let _ = std::fs::remove_file(to.join(file));
        if from.join(file).exists() {
            std::fs::copy(from.join(file), to.join(file)).expect("a copy");
        }
    }
    let _ = std::fs::remove_file(to.join("mufakat.sqlite3-shm"));
}

/// What a device asks that the hub does not know any more.
fn comes_back(device: &Device, log: &[Entry]) -> ReturnRequest {
    let person = device.joined.person.clone();
    let own = |entry: &Entry| match &entry.item {
        Item::Fact { body, mac: Some(mac), .. } => {
            let ours = match Fact::from_bytes(body) {
                Ok(Fact::Device { id, .. }) => id == device.id(),
                Ok(Fact::Appoint { person: of, .. }) => of.to_string() == person,
                Ok(_) | Err(_) => false,
            };
            let fact = String::from_utf8(body.to_vec()).expect("text");
            ours.then(|| VouchedFact { fact, mac: base64url(&mac[..]) })
        }
        Item::Fact { .. } | Item::Change { .. } => None,
    };
    let facts = log.iter().filter_map(own).collect();
    let workspace: mufakat::domain::WorkspaceId = device.joined.workspace.parse().expect("an id");
    let token = mufakat::hub::secret::Secret::parse(&device.joined.token).expect("a token");
    let text = return_text(&workspace.to_bytes().into(), &device.frame_id(), &token.hash().into(), 5);
    let signature = base64url(&device.sign(&text));
    ReturnRequest { device: device.joined.device.clone(), facts, time: 5, signature }
}

/// Without what was told twice: each page compares rights anew.
fn once(mut entries: Vec<Entry>) -> Vec<Entry> {
    entries.sort_by_key(|entry| entry.number);
    entries.dedup_by_key(|entry| entry.number);
    entries
}

async fn ask(hub: &Hub, device: &Device, request: &ReturnRequest) -> u16 {
    let body = serde_json::to_vec(request).expect("JSON");
    hub.post("/v1/return", Some(&device.joined.token), JSON, body).await.0
}

async fn give_back(device: &Device, entries: Vec<Entry>) -> (u64, u32, Vec<(u32, Except)>) {
    let frames = device.request("/v1/sync", &[device.start(), Frame::Return { req: 3, entries }]).await;
    let ack = frames.expect("frames").into_iter().find_map(|frame| match frame {
        Frame::Ack { req: 3, first, taken, except, .. } => Some((first, taken, except)),
        _ => None,
    });
    ack.expect("an acknowledgement")
}

#[tokio::test]
async fn a_hub_whose_database_was_put_back_is_made_whole_and_knows_its_devices_again() {
    let folder = Folder::new("putback");
    let older = folder.0.join("older");
    let hub = Hub::start(&folder).await;
    let mut asec = hub.device("ASEC", SECRETARIAT).await;
    let kh = hub.device("KH", FOCAL).await;
    let gone = hub.device("KH", FOCAL).await;
    let (id, fact) = plan();
    let mut doc = Doc::new(DocKind::Plan);
    let before = asec.edit(id, &mut doc, &set("title", "Before"));
    assert_eq!(asec.push(vec![Device::fact(&fact), before]).await.1, 2);
    copy(&folder.0, &older);
    let backup = hub.head();

    // Afterwards: words, a device of someone new with words of its own, and a device that loses its rights.
    let after: Vec<Item> = (0..3).map(|n| asec.edit(id, &mut doc, &set("title", &format!("After {n}")))).collect();
    assert_eq!(asec.push(after).await.1, 3);
    let mut late = hub.device("KH", FOCAL).await;
    let (mine, fact) = draft("KH");
    let words = late.edit(mine, &mut Doc::new(DocKind::Draft), &set("title", "Joined late"));
    assert_eq!(late.push(vec![Device::fact(&fact), words.clone()]).await.1, 2);
    hub.running.core().revoke(None, gone.id()).await.expect("revoked");
    let hello = kh.at_head().await;
    let (log, own) = (once(kh.log().await), once(late.log().await));
    let lost: Vec<Entry> = log.iter().filter(|entry| entry.number > backup).cloned().collect();
    assert_eq!(lost.len() as u64, hub.head() - backup, "this device sees all of it");
    hub.running.stop().await;

    copy(&older, &folder.0);
    let hub = Hub::start(&folder).await;
    let at = |device: &Device| hub.as_device(device.joined.clone());
    let (kh, late, gone, asec) = (at(&kh), at(&late), at(&gone), at(&asec));
    assert_eq!(hub.head(), backup);
    assert!(matches!(kh.request("/v1/sync", &[hello]).await.expect("frames")[..], [Frame::Rewind { to: 0 }]));

    // The one that joined since is a stranger, and shows that it is not. Nobody else can in its place.
    assert_eq!(late.request("/v1/sync", &[late.start()]).await.err(), Some((401, "unauthorised".to_owned())));
    let request = comes_back(&late, &own);
    assert_eq!(request.facts.len(), 2);
    let mut forged = request.clone();
    forged.facts[0].mac = base64url(&[7; 16]);
    assert_eq!(ask(&hub, &late, &forged).await, 401, "a code that this hub did not make");
    assert_eq!(ask(&hub, &kh, &request).await, 401, "another's token was not signed");
    let mut unsigned = request.clone();
    unsigned.signature = base64url(&kh.sign(b"anything"));
    assert_eq!(ask(&hub, &late, &unsigned).await, 401);
    assert_eq!(hub.head(), backup);
    assert_eq!(ask(&hub, &late, &request).await, 204);
    assert_eq!(ask(&hub, &late, &request).await, 204, "again changes nothing");
    assert!(!late.log().await.is_empty());

    // Damaged on the way, or made up: refused, counted, and no hindrance to the rest.
    let mut brought = lost.clone();
    for entry in &lost {
        let mut bad = entry.clone();
        match &mut bad.item {
            Item::Change { receipt, .. } => *receipt = Some([9; 8].into()),
            Item::Fact { mac, .. } => *mac = None,
        }
        brought.insert(0, bad);
    }
    let known = u32::try_from(hub.head() - backup).expect("few");
    let (_, taken, except) = give_back(&kh, brought).await;
    let refused = except.iter().filter(|(_, why)| matches!(why, Except::Refused { why } if why == "unvouched"));
    assert_eq!(refused.count(), lost.len(), "{except:?}");
    assert_eq!(taken, u32::try_from(lost.len()).expect("few") - known, "{except:?}");
    assert_eq!(hub.refused("unvouched"), lost.len() as u64);
    assert_eq!(give_back(&asec, lost.clone()).await.1, 0, "another brings the same: nothing twice");

    // All of it is there again, of the same authors and days.
    let whole = once(kh.log().await);
    let told = |entries: &[Entry]| {
        let mut told: Vec<_> = entries.iter().map(|entry| (entry.item.key(), entry.device)).collect();
        told.sort();
        told
    };
    assert_eq!(told(&whole), told(&log));
    let of = |entries: &[Entry]| {
        let ours = |entry: &&Entry| entry.item.key().doc == Some(id.to_bytes().into());
        entries.iter().filter(ours).map(|entry| (entry.item.clone(), entry.received_at)).collect::<Vec<_>>()
    };
    assert_eq!(
        of(&whole).into_iter().map(|(item, _)| item).collect::<Vec<_>>(),
        of(&log).into_iter().map(|(item, _)| item).collect::<Vec<_>>(),
        "with the same signatures and codes"
    );
    assert!(whole.is_sorted_by_key(|entry| entry.received_at));
    assert!(matches!(late.push(vec![words]).await.2[..], [(0, Except::Known { .. })]));

    // What was revoked stays so, although the older database said otherwise.
    assert_eq!(gone.request("/v1/sync", &[gone.start()]).await.err(), Some((403, "revoked".to_owned())));
    assert_eq!(ask(&hub, &gone, &comes_back(&gone, &log)).await, 403);
    hub.running.stop().await;
    let store = options(&folder).place.open().await.expect("the database");
    let report = check(&*store).await.expect("reads");
    store.close().await;
    assert_eq!(report.faults(), 0, "{:?}", report.lines());
}
