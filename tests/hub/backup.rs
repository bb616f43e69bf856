//! Backups are whole, restoring begins a new epoch, and neither destroys anything.

use std::{path::Path, time::Duration};

use mufakat::{
    docs::Doc,
    domain::DocKind,
    hub::{
        backup::backup,
        check::check,
        cli::Place,
        error::HubError,
        restore::restore,
        store::{
            Store as _,
            sqlite::{Missing, Sqlite},
        },
    },
    sync::frame::{Frame, Item, Stamp},
};

use crate::support::{Device, FOCAL, Folder, Hub, SECRETARIAT, draft, options, plan, set};

fn place(folder: &Folder) -> Place {
    options(folder).place
}

/// The stamps a device hears, by number.
async fn stamp_at_head(device: &Device) -> (u64, Stamp) {
    match device.at_head().await {
        Frame::Hello { cursor, stamp, .. } => (cursor, stamp),
        other => panic!("{other:?}"),
    }
}

async fn faults(file: &Path) -> usize {
    let store = Sqlite::open(file, Missing::Refuse).await.expect("opens");
    let report = check(&store).await.expect("reads");
    store.close().await;
    report.faults()
}

async fn welcomed(device: &Device, (cursor, stamp): (u64, Stamp)) -> bool {
    let answer = device.request("/v1/sync", &[device.hello(cursor, stamp)]).await.expect("frames");
    match &answer[..] {
        [Frame::Rewind { .. }] => false,
        [Frame::Welcome { .. }, ..] => true,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_backup_taken_while_people_write_holds_all_that_was_acknowledged() {
    let folder = Folder::new("backup-live");
    let hub = Hub::start(&folder).await;
    let mut device = hub.device("KH", FOCAL).await;
    let (id, fact) = draft("KH");
    device.push(vec![Device::fact(&fact)]).await;
    let writing = tokio::spawn(async move {
        let mut doc = Doc::new(DocKind::Draft);
        let mut last = 0;
        for n in 0..60 {
            let item = device.edit(id, &mut doc, &set("title", &format!("Title {n}")));
            let (first, taken, _) = device.push(vec![item]).await;
            assert_eq!(taken, 1);
            last = first;
        }
        last
    });
    while hub.head() < 20 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let before = hub.head();
    let file = folder.0.join("today.backup");
    let lines = backup(&place(&folder), &file).await.expect("a backup");
    assert!(lines[0].starts_with("Backup of "), "{lines:?}");
    let last = writing.await.expect("writes");
    assert!(last > before, "people wrote meanwhile");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&file).expect("a file").permissions().mode() & 0o777, 0o600);
    }

    // Never over a file, whatever it is.
    let bytes = std::fs::read(&file).expect("reads");
    assert!(matches!(backup(&place(&folder), &file).await, Err(HubError::Taken(_))));
    assert_eq!(std::fs::read(&file).expect("reads"), bytes);
    let left: Vec<_> = std::fs::read_dir(&folder.0).expect("lists").flatten().map(|entry| entry.file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().contains(".part")), "{left:?}");

    // On another machine, where nothing was.
    let other = Folder::new("backup-other");
    let fresh = Place { data: other.0.join("data"), database_url: None };
    let lines = restore(&fresh, &file).await.expect("restores");
    assert_eq!(lines.len(), 1, "nothing was replaced: {lines:?}");
    assert_eq!(std::fs::read(&file).expect("reads"), bytes, "the backup stays as it is");
    let mut elsewhere = options(&other);
    elsewhere.place = fresh;
    let restored = Hub::with(elsewhere).await;
    assert!(restored.head() > before, "with all that was acknowledged before, and the epoch");
}

#[tokio::test]
async fn restoring_begins_an_epoch_in_which_nothing_counts_as_the_lost_history_did() {
    let folder = Folder::new("restore");
    let hub = Hub::start(&folder).await;
    let mut asec = hub.device("ASEC", SECRETARIAT).await;
    let kh = hub.device("KH", FOCAL).await;
    let (id, fact) = plan();
    let mut doc = Doc::new(DocKind::Plan);
    asec.push(vec![Device::fact(&fact), asec.clone().edit(id, &mut doc.clone(), &set("title", "Kept"))]).await;
    asec.edit(id, &mut doc, &set("title", "Kept"));
    let kept = stamp_at_head(&asec).await;
    let file = folder.0.join("one.backup");
    backup(&place(&folder), &file).await.expect("a backup");

    // What comes after is lost; so is that a device lost its rights.
    let lost: Vec<Item> = (0..3).map(|n| asec.edit(id, &mut doc, &set("title", &format!("Lost {n}")))).collect();
    assert_eq!(asec.push(lost.clone()).await.1, 3);
    let counted = stamp_at_head(&asec).await;
    hub.running.core().revoke(None, kh.id()).await.expect("revokes");
    let head = hub.head();
    assert!(matches!(restore(&place(&folder), &file).await, Err(HubError::InUse(_))), "a hub serves");
    assert_eq!(hub.head(), head);
    hub.running.stop().await;

    let lines = restore(&place(&folder), &file).await.expect("restores");
    let aside = lines[1].strip_prefix("What it replaced is kept in ").expect("says where").to_owned();
    assert_eq!(faults(Path::new(&aside)).await, 0);
    let store = Sqlite::open(Path::new(&aside), Missing::Refuse).await.expect("opens");
    assert_eq!(store.workspace().await.expect("reads").map(|workspace| workspace.head), Some(head));
    store.close().await;
    assert_eq!(faults(&folder.0.join("mufakat.sqlite3")).await, 0);

    let hub = Hub::start(&folder).await;
    let asec = hub.as_device(asec.joined);
    assert!(welcomed(&asec, kept).await, "what the backup holds is the same history");
    assert!(!welcomed(&asec, counted).await, "no such number yet");
    // The very same changes again, until the numbers reach as far: still another history.
    assert_eq!(asec.push(lost).await.1, 3);
    assert!(hub.head() >= counted.0);
    assert!(!welcomed(&asec, counted).await);
    let kh = hub.as_device(kh.joined);
    assert_eq!(kh.request("/v1/sync", &[kh.start()]).await, Err((403, "revoked".to_owned())));

    // A second time on the same day: both that were replaced are there.
    hub.running.stop().await;
    let again = restore(&place(&folder), &file).await.expect("restores");
    assert_ne!(again[1], lines[1]);
    assert!(Path::new(&aside).exists());
}

#[tokio::test]
async fn what_is_no_whole_backup_changes_nothing() {
    let folder = Folder::new("restore-bad");
    let hub = Hub::start(&folder).await;
    hub.device("KH", FOCAL).await;
    hub.running.stop().await;
    let file = folder.0.join("good.backup");
    backup(&place(&folder), &file).await.expect("a backup");
    let good = std::fs::read(&file).expect("reads");
    let database = folder.0.join("mufakat.sqlite3");
    let before = std::fs::read(&database).expect("reads");
    let bad = folder.0.join("bad.backup");
    let refused = async |bytes: &[u8], what: &str| {
        std::fs::write(&bad, bytes).expect("writes");
        let error = restore(&place(&folder), &bad).await.expect_err(what);
        assert!(matches!(error, HubError::NotWhole { .. }), "{what}: {error}");
        assert_eq!(std::fs::read(&database).expect("reads"), before, "{what}");
        let left: Vec<_> = std::fs::read_dir(&folder.0).expect("lists").flatten().map(|e| e.file_name()).collect();
        let is_left = |name: &std::ffi::OsString| {
            let name = name.to_string_lossy();
            name.contains("restoring") || name.contains("replaced")
        };
        assert!(!left.iter().any(is_left), "{what}: {left:?}");
    };
    refused(b"not a database at all, only a text", "a text").await;
    refused(&[], "nothing").await;
    refused(&good[..good.len() / 2], "half of it").await;
    refused(&good[..good.len() - 4096], "all but a page").await;
    // A bit that SQLite itself cannot notice: within the bytes of a change. The last page of entries holds some.
    let mut flipped = good.clone();
    let magic = [0x85, 0x6f, 0x4a, 0x83];
    let at = (0..flipped.len() - 4).rev().find(|at| flipped[*at..*at + 4] == magic).expect("a change");
    flipped[at + 60] ^= 1;
    refused(&flipped, "a flipped bit").await;
    assert!(restore(&place(&folder), &folder.0.join("absent")).await.is_err());
    restore(&place(&folder), &file).await.expect("the good one is good");
}
