//! Compaction by the real hub, on a real database, while people write.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use mufakat::{
    docs::Doc,
    domain::{DocId, DocKind},
    hub::{
        backup::backup,
        check::check,
        store::{
            Store as _,
            sqlite::{Missing, Sqlite},
        },
    },
    sync::{
        frame::{Entry, Except, Frame, Hash, Item},
        marks::{Marks, Run},
    },
};
use tokio::sync::Mutex;

use crate::support::{Device, FOCAL, Folder, Hub, SECRETARIAT, draft, options, set};

async fn report(file: &Path) -> (usize, String) {
    let store = Sqlite::open(file, Missing::Refuse).await.expect("opens");
    let report = check(&store).await.expect("reads");
    store.close().await;
    (report.faults(), report.lines().join("\n"))
}

/// A text that deflates badly: bodies weigh what they are long.
fn noise(n: u64) -> String {
    let mut state = n.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let letters = (0..1_200).map(|_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(b'a' + u8::try_from((state >> 33) % 26).expect("a letter"))
    });
    letters.collect()
}

struct Whole {
    number: u64,
    entries: Vec<Entry>,
    bytes: Option<Vec<u8>>,
    marks: Vec<Run>,
}

async fn want(device: &Device, doc: DocId, folded: bool) -> Whole {
    let frames = [device.at_head().await, Frame::Want { doc: doc.to_bytes().into(), folded }];
    let mut whole = Whole { number: 0, entries: vec![], bytes: None, marks: vec![] };
    for frame in device.request("/v1/sync", &frames).await.expect("frames") {
        if let Frame::Snapshot { number, entries, bytes, marks, .. } = frame {
            whole.number = number;
            whole.entries.extend(entries);
            if let Some(bytes) = bytes {
                whole.bytes.get_or_insert_default().extend_from_slice(&bytes);
            }
            whole.marks.extend(marks);
        }
    }
    whole
}

type Pushed = BTreeMap<Hash, (u64, Vec<u8>)>;

/// Writes in a draft of Cambodia's, one push after another; what the hub acknowledged.
async fn write(device: Arc<Mutex<Device>>, id: DocId, doc: &mut Doc, count: u64) -> Pushed {
    let mut pushed = Pushed::new();
    for n in 0..count {
        let mut device = device.lock().await;
        let item = device.edit(id, doc, &set("title", &noise(n)));
        let (first, taken, except) = device.push(vec![item.clone()]).await;
        assert_eq!((taken, &except[..]), (1, &[][..]));
        let Item::Change { hash, body: Some(body), .. } = item else { panic!("a change") };
        pushed.insert(hash, (first, body.to_vec()));
    }
    pushed
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn compaction_while_people_write_loses_nothing_and_tells_everyone_the_same() {
    let folder = Folder::new("compact");
    let hub = Hub::start(&folder).await;
    let mut kh = hub.device("KH", FOCAL).await;
    let colleague = hub.device("KH", FOCAL).await;
    let asec = hub.device("ASEC", SECRETARIAT).await;
    let (id, fact) = draft("KH");
    kh.push(vec![Device::fact(&fact)]).await;
    let mut doc = Doc::new(DocKind::Draft);
    let early = kh.edit(id, &mut doc, &set("title", "The first"));
    kh.push(vec![early.clone()]).await;
    let old = colleague.at_head().await;

    let (mine, writer) = (Arc::new(Mutex::new(kh)), Arc::clone(hub.running.core()));
    let writing = tokio::spawn({
        let mine = Arc::clone(&mine);
        async move {
            let pushed = write(mine, id, &mut doc, 150).await;
            (pushed, doc)
        }
    });
    let mut times = 0;
    while !writing.is_finished() {
        let done = writer.compact(u64::MAX >> 1).await.expect("compacts");
        assert_eq!(done.failed, 0);
        times += done.documents;
        if done.documents > 0 {
            let (faults, text) = report(&folder.0.join("mufakat.sqlite3")).await;
            assert_eq!(faults, 0, "while the hub writes and compacts: {text}");
        }
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    let (pushed, doc) = writing.await.expect("writes");
    assert!(times >= 2, "compacted {times} times under its writer's hands");
    let database = folder.0.join("mufakat.sqlite3");
    let (faults, text) = report(&database).await;
    assert_eq!(faults, 0, "{text}");
    assert!(text.contains("1 snapshots: all sound"), "{text}");

    // A device that knows snapshots: one document, marks, and what came after.
    let whole = want(&colleague, id, true).await;
    let bytes = whole.bytes.expect("a compacted document");
    let marks = Marks::of(&whole.marks);
    let tail = whole.entries.iter().filter_map(|entry| match &entry.item {
        Item::Change { body, .. } => body.as_ref().map(|body| &body[..]),
        Item::Fact { .. } => None,
    });
    let read = Doc::load(DocKind::Draft, std::iter::once(bytes.as_slice()).chain(tail)).expect("loads");
    assert_eq!(read.heads(), doc.heads());
    let author = mine.lock().await.frame_id();
    for (hash, actor, seq) in read.authors() {
        let Some((number, _)) = pushed.get(&Hash::from(hash)) else { continue };
        let entry = whole.entries.iter().find(|entry| entry.item.key().hash == Hash::from(hash));
        let said = entry.map(|entry| (entry.number, entry.device));
        let said = said.or_else(|| marks.get(&actor, seq).map(|mark| (mark.number, mark.device)));
        assert_eq!(said, Some((*number, Some(author))));
    }
    assert!(whole.number >= pushed.values().map(|(number, _)| *number).max().unwrap_or(0));
    assert!(whole.marks.len() + whole.entries.len() >= pushed.len() / 2, "numbers are not guessed");

    // One of before: every change, byte for byte.
    let single = want(&colleague, id, false).await;
    assert!(single.bytes.is_none() && single.marks.is_empty());
    let bodies: BTreeMap<Hash, (u64, Vec<u8>)> = single
        .entries
        .into_iter()
        .filter_map(|entry| match entry.item {
            Item::Change { hash, body, .. } => Some((hash, (entry.number, body.expect("a body").to_vec()))),
            Item::Fact { .. } => None,
        })
        .collect();
    assert!(pushed.iter().all(|(hash, change)| bodies.get(hash) == Some(change)));

    // Whoever may not read it is told nothing.
    let hidden = want(&asec, id, true).await;
    assert!(hidden.number == 0 && hidden.bytes.is_none() && hidden.marks.is_empty() && hidden.entries.is_empty());

    // The hub starts again on it, knows each change, and takes what builds on them.
    let joined = mine.lock().await.joined.clone();
    hub.running.stop().await;
    let hub = Hub::start(&folder).await;
    let mut kh = hub.as_device(joined);
    // An old cursor is told by one entry that there is more to fetch.
    let colleague = hub.as_device(colleague.joined);
    let frames = colleague.request("/v1/sync", &[old]).await.expect("frames");
    let bare = frames.iter().flat_map(|frame| match frame {
        Frame::Log { entries, .. } => entries.as_slice(),
        _ => &[],
    });
    let bare: Vec<_> = bare.filter(|entry| matches!(entry.item, Item::Change { body: None, .. })).collect();
    assert_eq!(bare.len(), 1, "{bare:?}");
    let (_, taken, except) = kh.push(vec![early]).await;
    assert!(taken == 0 && matches!(except[..], [(0, Except::Known { .. })]), "{except:?}");
    let second = Doc::load(DocKind::Draft, [bytes.as_slice()]).expect("loads");
    let mut on_top = read.clone();
    assert!(second.heads().len() == 1);
    let item = kh.edit_as(2, id, &mut on_top, &set("title", "On top"));
    let (_, taken, except) = kh.push(vec![item]).await;
    assert_eq!((taken, except), (1, vec![]));
    hub.running.stop().await;
    let (faults, text) = report(&database).await;
    assert_eq!(faults, 0, "{text}");
    backup(&options(&folder).place, &folder.0.join("compacted.backup")).await.expect("a whole backup");
}

#[tokio::test]
async fn check_names_what_is_wrong_with_a_snapshot() {
    let folder = Folder::new("compact-check");
    let hub = Hub::start(&folder).await;
    let kh = hub.device("KH", FOCAL).await;
    let (id, fact) = draft("KH");
    kh.push(vec![Device::fact(&fact)]).await;
    let mut doc = Doc::new(DocKind::Draft);
    let kh = Arc::new(Mutex::new(kh));
    let pushed = write(Arc::clone(&kh), id, &mut doc, 40).await;
    assert_eq!(hub.running.core().compact(u64::MAX >> 1).await.expect("compacts").documents, 1);
    write(kh, id, &mut doc, 3).await;
    hub.running.stop().await;
    let database = folder.0.join("mufakat.sqlite3");
    assert_eq!(report(&database).await.0, 0);
    let last = pushed.values().map(|(number, _)| *number).max().expect("some");
    let copy = folder.0.join("copy.sqlite3");
    let damages: [(String, String); 7] = [
        ("DELETE FROM snapshot".into(), format!("entry {last}: its bytes are gone and no snapshot holds it")),
        (
            "UPDATE snapshot SET body = substr(body, 1, length(body) - 9) || x'00' || substr(body, -8)".into(),
            format!("document {id}: its snapshot does not read"),
        ),
        (
            format!("UPDATE snapshot SET number = {last} - 1"),
            format!("document {id}: its snapshot holds 1 changes that no row up to it names"),
        ),
        (format!("UPDATE snapshot SET number = {last} + 1"), format!("entry {}: the document's snapshot", last + 1)),
        (
            "INSERT INTO snapshot (document, number, body) SELECT document, 1, body FROM snapshot".into(),
            format!("document {id}: it has two snapshots"),
        ),
        (
            "INSERT INTO snapshot (document, number, body) VALUES (x'00112233445566778899aabbccddeeff', 3, x'00')"
                .into(),
            "there is a snapshot and no change of it".into(),
        ),
        (
            format!("UPDATE entry SET body = NULL WHERE number = {last} + 2"),
            format!("entry {}: its bytes are gone", last + 2),
        ),
    ];
    for (statement, says) in damages {
        std::fs::copy(&database, &copy).expect("copies");
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&copy);
        let pool = sqlx::SqlitePool::connect_with(options).await.expect("opens");
        let changed = sqlx::query(sqlx::AssertSqlSafe(statement.clone())).execute(&pool).await.expect("runs");
        assert_eq!(changed.rows_affected(), 1, "{statement}");
        pool.close().await;
        let (faults, text) = report(&copy).await;
        assert!(faults > 0 && text.contains(&says), "{statement}: {text}");
        assert!(text.ends_with("damaged"), "{text}");
    }
}
