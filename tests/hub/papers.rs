//! Files beside documents: who brings and who has them, in pieces, whole or not at all.

use std::path::Path;

use mufakat::{
    domain::{DocId, paper::FileHash},
    hub::{
        backup::backup,
        check::check,
        core::Who,
        restore::restore,
        store::{
            Store as _,
            sqlite::{Missing, Sqlite},
        },
    },
};
use reqwest::{Method, header};
use sha2::{Digest as _, Sha256};

use crate::support::{Device, FOCAL, Folder, Hub, SECRETARIAT, options, plan, problem};

const PIECE: usize = 256 << 10;

/// A PDF of so many bytes.
fn pdf(seed: u64, size: usize) -> Vec<u8> {
    let mut state = seed | 1;
    let mut bytes = b"%PDF-1.7\n".to_vec();
    while bytes.len() < size {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        bytes.extend(state.to_be_bytes());
    }
    bytes.truncate(size);
    bytes
}

fn hash(bytes: &[u8]) -> FileHash {
    FileHash(Sha256::digest(bytes).into())
}

/// Status, how much the hub says that it has, and body.
type Told = (u16, Option<u64>, Vec<u8>);

async fn ask(
    hub: &Hub,
    who: &Device,
    method: Method,
    path: &str,
    range: Option<&str>,
    body: Vec<u8>,
) -> (Told, header::HeaderMap) {
    let mut request = hub
        .http
        .request(method, format!("{}{path}", hub.base))
        .header("authorization", format!("Bearer {}", who.joined.token))
        .body(body);
    if let Some(range) = range {
        request = request.header("range", range);
    }
    let answer = request.send().await.expect("an answer");
    let headers = answer.headers().clone();
    let at = headers.get("upload-offset").map(|at| at.to_str().expect("text").parse().expect("a number"));
    let status = answer.status().as_u16();
    ((status, at, answer.bytes().await.map(|bytes| bytes.to_vec()).unwrap_or_default()), headers)
}

fn path(doc: DocId, hash: FileHash) -> String {
    format!("/v1/blob/{doc}/{hash}")
}

async fn head(hub: &Hub, who: &Device, doc: DocId, hash: FileHash) -> (u16, Option<u64>) {
    let ((status, at, _), _) = ask(hub, who, Method::HEAD, &path(doc, hash), None, vec![]).await;
    (status, at)
}

async fn put(hub: &Hub, who: &Device, doc: DocId, of: &[u8], (from, to): (usize, usize)) -> (u16, Option<u64>, String) {
    let path = format!("{}?at={from}&size={}", path(doc, hash(of)), of.len());
    let ((status, at, body), _) = ask(hub, who, Method::PUT, &path, None, of[from..to].to_vec()).await;
    (status, at, if status < 400 { String::new() } else { problem(&body) })
}

async fn bring(hub: &Hub, who: &Device, doc: DocId, file: &[u8]) -> (u16, String) {
    let mut at = 0;
    loop {
        let to = (at + PIECE).min(file.len());
        let (status, _, why) = put(hub, who, doc, file, (at, to)).await;
        if status != 202 {
            return (status, why);
        }
        at = to;
    }
}

async fn get(hub: &Hub, who: &Device, doc: DocId, file: &[u8], range: Option<&str>) -> (u16, Vec<u8>) {
    let ((status, _, body), _) = ask(hub, who, Method::GET, &path(doc, hash(file)), range, vec![]).await;
    (status, body)
}

async fn faults(file: &Path) -> (usize, String) {
    let store = Sqlite::open(file, Missing::Refuse).await.expect("opens");
    let report = check(&store).await.expect("reads");
    store.close().await;
    (report.faults(), report.lines().join("\n"))
}

/// A hub with a document of ACCSM that the Secretariat writes.
async fn begun(name: &str) -> (Folder, Hub, Device, DocId) {
    let folder = Folder::new(name);
    let hub = Hub::start(&folder).await;
    let asec = hub.device("ASEC", SECRETARIAT).await;
    let (doc, fact) = plan();
    assert_eq!(asec.push(vec![Device::fact(&fact)]).await.1, 1);
    (folder, hub, asec, doc)
}

#[tokio::test]
async fn a_file_comes_in_pieces_goes_on_after_a_cut_and_is_there_only_when_it_is_whole() {
    let (_folder, hub, asec, doc) = begun("papers-pieces").await;
    let vn = hub.device("VN", FOCAL).await;
    let file = pdf(1, 3 * PIECE + 77);
    assert_eq!(head(&hub, &asec, doc, hash(&file)).await, (204, Some(0)));
    assert_eq!(put(&hub, &asec, doc, &file, (0, PIECE)).await.0, 202);
    assert_eq!(head(&hub, &asec, doc, hash(&file)).await, (204, Some(PIECE as u64)));
    assert_eq!(head(&hub, &vn, doc, hash(&file)).await, (204, Some(0)), "another device brings its own");
    assert_eq!(get(&hub, &vn, doc, &file, None).await.0, 404, "half a file is none");
    let again = put(&hub, &asec, doc, &file, (0, PIECE)).await;
    assert_eq!(again, (409, Some(PIECE as u64), "offset".to_owned()), "the hub says where to go on");
    assert_eq!(put(&hub, &asec, doc, &file, (PIECE, 2 * PIECE)).await.0, 202);
    assert_eq!(put(&hub, &asec, doc, &file, (2 * PIECE, 3 * PIECE)).await.0, 202);
    assert_eq!(put(&hub, &asec, doc, &file, (3 * PIECE, file.len())).await.0, 200);
    assert_eq!(head(&hub, &vn, doc, hash(&file)).await, (200, Some(file.len() as u64)));
    assert_eq!(get(&hub, &vn, doc, &file, None).await, (200, file.clone()));
    let across = get(&hub, &vn, doc, &file, Some(&format!("bytes={}-{}", PIECE - 5, 2 * PIECE + 4))).await;
    assert_eq!(across, (206, file[PIECE - 5..2 * PIECE + 5].to_vec()));
    assert_eq!(get(&hub, &vn, doc, &file, Some("bytes=-77")).await, (206, file[3 * PIECE..].to_vec()));
    assert_eq!(get(&hub, &vn, doc, &file, Some(&format!("bytes={}-", file.len()))).await.0, 416);
    assert_eq!(put(&hub, &asec, doc, &file, (0, 10)).await.0, 200, "what is there need not be brought");
    let metrics = hub.get("/metrics").await.text().await.expect("text");
    assert!(metrics.contains("\nmufakat_files_total 1\n"), "{metrics}");
}

#[tokio::test]
async fn it_is_handed_out_to_be_saved_and_never_to_be_run() {
    let (_folder, hub, asec, doc) = begun("papers-headers").await;
    let file = pdf(2, 1_000);
    assert_eq!(bring(&hub, &asec, doc, &file).await.0, 200);
    let (_, headers) = ask(&hub, &asec, Method::GET, &path(doc, hash(&file)), None, vec![]).await;
    for (name, value) in [
        ("content-type", "application/pdf"),
        ("content-disposition", "attachment"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'; sandbox; frame-ancestors 'none'"),
        ("cache-control", "no-store"),
        ("content-length", "1000"),
    ] {
        assert_eq!(headers[name], value, "{name}");
    }
}

#[tokio::test]
async fn rights_are_those_of_the_document_at_that_moment() {
    let (_folder, hub, asec, doc) = begun("papers-rights").await;
    let (vn, cn) = (hub.device("VN", FOCAL).await, hub.device("CN", FOCAL).await);
    let file = pdf(3, PIECE + 1);
    assert_eq!(bring(&hub, &vn, doc, &file).await, (403, "forbidden".to_owned()), "a reader writes nothing");
    assert_eq!(bring(&hub, &cn, doc, &file).await, (404, "not-found".to_owned()), "and learns nothing");
    assert_eq!(bring(&hub, &asec, doc, &file).await.0, 200);
    assert_eq!(head(&hub, &cn, doc, hash(&file)).await, (404, None), "a partner of +3 is told of nothing");
    assert_eq!(get(&hub, &cn, doc, &file, None).await.0, 404);
    let unknown = DocId::from_bytes([9; 16]);
    assert_eq!(head(&hub, &vn, unknown, hash(&file)).await, (404, None));
    hub.running.core().revoke(None, vn.id()).await.expect("revokes");
    assert_eq!(get(&hub, &vn, doc, &file, None).await.0, 403, "a device without rights has nothing any more");
    let anyone = hub.get(&path(doc, hash(&file))).await;
    assert_eq!(anyone.status().as_u16(), 401);
}

#[tokio::test]
async fn what_is_too_large_of_another_kind_or_not_what_it_says_is_refused_and_nothing_of_it_stays() {
    let folder = Folder::new("papers-refused");
    let hub = Hub::with(mufakat::hub::cli::Serve { max_blob: 600_000, ..options(&folder) }).await;
    let asec = hub.device("ASEC", SECRETARIAT).await;
    let (doc, fact) = plan();
    asec.push(vec![Device::fact(&fact)]).await;
    assert_eq!(bring(&hub, &asec, doc, &pdf(4, 600_001)).await, (413, "file-too-large".to_owned()));
    assert_eq!(bring(&hub, &asec, doc, &pdf(4, 600_000)).await.0, 200);
    let program = [b"MZ\x90\0".to_vec(), vec![7; 5_000]].concat();
    assert_eq!(bring(&hub, &asec, doc, &program).await, (415, "file-type".to_owned()));
    assert_eq!(head(&hub, &asec, doc, hash(&program)).await, (204, Some(0)));
    let page = b"<!doctype html><script>alert(1)</script>".to_vec();
    assert_eq!(bring(&hub, &asec, doc, &page).await, (415, "file-type".to_owned()));

    // Announced under another hash.
    let (mut file, other) = (pdf(5, 1_000), pdf(6, 1_000));
    let wrong = format!("{}?at=0&size=1000", path(doc, hash(&other)));
    let ((status, _, body), _) = ask(&hub, &asec, Method::PUT, &wrong, None, file.clone()).await;
    assert_eq!((status, problem(&body)), (422, "file-hash".to_owned()));
    assert_eq!(get(&hub, &asec, doc, &other, None).await.0, 404);
    file.push(1);
    for query in ["", "?at=0", "?at=-1&size=5", "?at=0&size=0", "?at=0&size=1000", "?at=18446744073709551615&size=1001"]
    {
        let path = format!("{}{query}", path(doc, hash(&file)));
        let ((status, _, body), _) = ask(&hub, &asec, Method::PUT, &path, None, file.clone()).await;
        assert_eq!((status, problem(&body)), (400, "malformed".to_owned()), "{query}");
    }
    let ((status, _, body), _) =
        ask(&hub, &asec, Method::PUT, &format!("/v1/blob/{doc}/nohash?at=0&size=1"), None, vec![1]).await;
    assert_eq!((status, problem(&body)), (404, "not-found".to_owned()));
    let much = vec![0; (1 << 20) + 1];
    let path = format!("{}?at=0&size=599999", path(doc, hash(&much)));
    let ((status, _, body), _) = ask(&hub, &asec, Method::PUT, &path, None, much).await;
    assert_eq!((status, problem(&body)), (413, "too-large".to_owned()), "one piece is not larger than a MiB");
    let ((status, _, _), headers) = ask(&hub, &asec, Method::POST, &path, None, vec![]).await;
    assert_eq!((status, headers["allow"].as_bytes()), (405, &b"GET, HEAD, PUT"[..]));
}

#[tokio::test]
async fn two_who_bring_the_same_at_once_do_not_meet_and_one_who_brings_rubbish_disturbs_nobody() {
    let (folder, hub, asec, doc) = begun("papers-two").await;
    let other = hub.device("ASEC", SECRETARIAT).await;
    let file = pdf(7, 2 * PIECE);
    assert_eq!(put(&hub, &asec, doc, &file, (0, PIECE)).await.0, 202);
    // Another device announces the same file, and sends something else.
    let mut rubbish = file.clone();
    rubbish[PIECE + 5] ^= 1;
    let path = format!("{}?at=0&size={}", path(doc, hash(&file)), file.len());
    let ((status, ..), _) = ask(&hub, &other, Method::PUT, &path, None, rubbish).await;
    assert_eq!(status, 422);
    assert_eq!(bring(&hub, &other, doc, &file).await.0, 200, "brought right it is there");
    assert_eq!(put(&hub, &asec, doc, &file, (PIECE, 2 * PIECE)).await.0, 200);
    assert_eq!(get(&hub, &asec, doc, &file, None).await, (200, file));
    hub.running.stop().await;
    let (faults, lines) = faults(&options(&folder).place.file().expect("a file")).await;
    assert_eq!(faults, 0, "{lines}");
    assert!(lines.contains(", 1 files"), "{lines}");
}

#[tokio::test]
async fn an_upload_that_nobody_goes_on_with_is_let_go() {
    let (_folder, hub, asec, doc) = begun("papers-expire").await;
    let file = pdf(8, 2 * PIECE);
    assert_eq!(put(&hub, &asec, doc, &file, (0, PIECE)).await.0, 202);
    let now = u64::try_from(std::time::SystemTime::UNIX_EPOCH.elapsed().expect("a clock").as_millis()).expect("soon");
    let day = 86_400_000;
    assert_eq!(hub.running.core().expire_files(now + 6 * day).await.expect("looks"), 0);
    assert_eq!(hub.running.core().expire_files(now + 8 * day).await.expect("looks"), 1);
    assert_eq!(head(&hub, &asec, doc, hash(&file)).await, (204, Some(0)));
    assert_eq!(bring(&hub, &asec, doc, &file).await.0, 200);
    assert_eq!(hub.running.core().expire_files(now + 800 * day).await.expect("looks"), 0, "what is whole stays");
}

#[tokio::test]
async fn one_device_may_neither_bring_nor_fetch_without_end() {
    let (_folder, hub, asec, doc) = begun("papers-rate").await;
    let file = pdf(99, 1_000);
    let who = Who { device: asec.id(), person: asec.joined.person.parse().expect("an id") };
    assert_eq!(bring(&hub, &asec, doc, &file).await.0, 200);
    hub.running.core().fetches(who, (1 << 30) + (256 << 20)).expect("so much at once");
    assert_eq!(get(&hub, &asec, doc, &file, None).await.0, 429);
    hub.running.core().brings(who, 512 << 20).expect("so much at once");
    let other = pdf(96, 1_000);
    assert_eq!(bring(&hub, &asec, doc, &other).await, (429, "too-fast".to_owned()));
    let colleague = hub.device("ASEC", SECRETARIAT).await;
    assert_eq!(bring(&hub, &colleague, doc, &other).await.0, 200, "others are not held up");
}

#[tokio::test]
async fn a_backup_has_the_files_and_check_finds_one_that_is_not_what_it_was() {
    let (folder, hub, asec, doc) = begun("papers-backup").await;
    let file = pdf(9, 2 * PIECE + 9);
    assert_eq!(bring(&hub, &asec, doc, &file).await.0, 200);
    let place = options(&folder).place;
    let saved = folder.0.join("today.backup");
    let lines = backup(&place, &saved).await.expect("a backup");
    assert!(lines[0].contains(", 1 files"), "{lines:?}");
    let joined = asec.joined.clone();
    hub.running.stop().await;
    restore(&place, &saved).await.expect("restores");
    let hub = Hub::start(&folder).await;
    let asec = hub.as_device(joined);
    assert_eq!(get(&hub, &asec, doc, &file, None).await, (200, file.clone()));
    hub.running.stop().await;

    let database = place.file().expect("a file");
    let mut bytes = std::fs::read(&database).expect("reads");
    // A page may end within one of them, and not within both.
    let parts = [&file[PIECE + 1_000..PIECE + 1_032], &file[PIECE + 1_040..PIECE + 1_072]];
    let find = |part: &&[u8]| bytes.windows(part.len()).position(|window| window == *part);
    let found = parts.iter().find_map(find).expect("it stands there as it is");
    bytes[found] ^= 1;
    std::fs::write(&database, bytes).expect("writes");
    let (faults, lines) = faults(&database).await;
    assert_eq!(faults, 1, "{lines}");
    assert!(lines.contains("its bytes are not the ones its hash names"), "{lines}");
}
