//! What was refused is kept for the operator to look at: little of each device, and its reason.

use mufakat::{
    docs::Doc,
    domain::DocKind,
    hub::{
        check::check,
        store::{
            Refused, Store as _,
            sqlite::{Missing, Sqlite},
        },
    },
    sync::frame::Item,
};

use crate::support::{Device, FOCAL, Folder, Hub, SECRETARIAT, draft, plan, refused, set};

#[tokio::test]
async fn refused_changes_are_set_aside_with_their_device_and_reason_and_nothing_else_is() {
    let folder = Folder::new("quarantine");
    let hub = Hub::start(&folder).await;
    let mut asec = hub.device("ASEC", SECRETARIAT).await;
    let mut vn = hub.device("VN", FOCAL).await;
    let (id, fact) = plan();
    let mut doc = Doc::new(DocKind::Plan);
    asec.push(vec![Device::fact(&fact), asec.clone().edit(id, &mut doc.clone(), &set("title", "A plan"))]).await;
    asec.edit(id, &mut doc, &set("title", "A plan"));
    // Viet Nam may read this plan and not write it; garbage has no author; a draft of its own is taken.
    let item = vn.edit(id, &mut doc.clone(), &set("title", "Not mine to say"));
    let Item::Change { doc: of, hash, body: Some(body), .. } = item.clone() else { panic!("a change") };
    let mut garbage = item.clone();
    if let Item::Change { body, .. } = &mut garbage {
        *body = Some(vec![1, 2, 3].into());
    }
    let (_, own) = draft("VN");
    for _ in 0..2 {
        let (_, _, except) = vn.push(vec![item.clone(), garbage.clone(), Device::fact(&own)]).await;
        assert_eq!(except[0], (0, refused("not-a-writer")));
    }
    hub.running.stop().await;

    let store = Sqlite::open(&folder.0.join("mufakat.sqlite3"), Missing::Refuse).await.expect("opens");
    let kept = store.quarantine().await.expect("reads");
    let [Refused { doc: kept_of, hash: kept_hash, device, received_at, why, body: kept_body }] = &kept[..] else {
        panic!("{kept:?}")
    };
    assert_eq!((kept_of.to_bytes(), *kept_hash), ((*of), (*hash)));
    assert_eq!((*device, why.as_str(), &kept_body[..]), (vn.id(), "not-a-writer", &body[..]));
    assert!(*received_at > 1_600_000_000_000);
    let report = check(&store).await.expect("reads");
    assert_eq!(report.faults(), 0, "{:?}", report.lines());
    assert!(report.counted().ends_with("1 refused changes in quarantine"), "{}", report.counted());
    store.close().await;
    let listed = std::process::Command::new(env!("CARGO_BIN_EXE_mufakat"))
        .args(["quarantine", "--data"])
        .arg(&folder.0)
        .output()
        .expect("runs");
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    assert_eq!(listed.lines().count(), 1, "{listed}");
    assert!(listed.contains(&vn.id().to_string()) && listed.contains("not-a-writer"), "{listed}");
    assert!(!listed.contains("Not mine to say"), "no word of a document: {listed}");
}

#[tokio::test]
async fn one_device_cannot_fill_the_disk_with_refused_changes_nor_push_out_anothers() {
    let folder = Folder::new("quarantine-full");
    let file = folder.0.join("q.sqlite3");
    let store = Sqlite::open(&file, Missing::Create).await.expect("opens");
    let one = |device: u8, n: u32, size: usize| {
        let mut hash = [device; 32];
        hash[..4].copy_from_slice(&n.to_be_bytes());
        Refused {
            doc: mufakat::domain::DocId::from_bytes([1; 16]),
            hash,
            device: mufakat::domain::DeviceId::from_bytes([device; 16]),
            received_at: u64::from(n),
            why: "unsound".to_owned(),
            body: vec![0; size],
        }
    };
    store.set_aside(vec![one(7, 1, 10)]).await.expect("kept");
    for round in 0..4 {
        store.set_aside((0..90).map(|n| one(8, round * 90 + n, 10)).collect()).await.expect("kept");
    }
    let of = |kept: &[Refused], device: u8| {
        kept.iter().filter(|one| one.device.to_bytes() == [device; 16]).map(|one| one.received_at).collect::<Vec<_>>()
    };
    let kept = store.quarantine().await.expect("reads");
    assert_eq!(of(&kept, 7), [1]);
    assert_eq!(of(&kept, 8), (260..360).collect::<Vec<u64>>(), "the newest hundred");
    store.set_aside((0..20).map(|n| one(8, 1_000 + n, 256 << 10)).collect()).await.expect("kept");
    let kept = store.quarantine().await.expect("reads");
    assert_eq!(of(&kept, 8), (1_012..1_020).collect::<Vec<u64>>(), "two megabytes");
    assert_eq!(of(&kept, 7), [1]);
    store.close().await;
}
