//! The log as the Secretariat reads it: every accepted and every refused change, and whether all of it is whole.

use std::collections::BTreeSet;

use mufakat::{
    docs::Doc,
    domain::{
        DocId, DocKind, Fact,
        audit::{Ask, CheckAsk, Cursor, Filter, Line, Outcome, Page, Verdict, What},
    },
    hub::store::{
        Denial, Sift, Store as _,
        sqlite::{Missing, Sqlite},
    },
    sync::frame::Item,
};
use serde::{Serialize, de::DeserializeOwned};

use crate::support::{Device, FOCAL, Folder, Hub, JSON, SECRETARIAT, code, draft, plan, problem, refused, set};

pub async fn ask<T: DeserializeOwned>(
    hub: &Hub,
    token: Option<&str>,
    path: &str,
    of: &impl Serialize,
) -> Result<T, (u16, String)> {
    let body = serde_json::to_vec(of).expect("JSON");
    match hub.post(path, token, JSON, body).await {
        (200, body) => Ok(serde_json::from_slice(&body).expect("an answer")),
        (status, body) => Err((status, problem(&body))),
    }
}

async fn page(hub: &Hub, by: &Device, filter: Filter, before: Option<Cursor>, limit: u32) -> Page {
    let of = Ask { filter, before, limit };
    ask(hub, Some(&by.joined.token), "/v1/audit", &of).await.expect("a page")
}

/// Milliseconds since 1970.
fn now() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970");
    u64::try_from(since.as_millis()).expect("milliseconds")
}

/// All lines that fit, in pages of so many.
async fn all(hub: &Hub, by: &Device, filter: Filter, limit: u32) -> Vec<Line> {
    let (mut lines, mut before) = (Vec::new(), None);
    loop {
        let page = page(hub, by, filter.clone(), before, limit).await;
        assert!(page.lines.len() <= limit as usize);
        lines.extend(page.lines);
        before = page.next;
        if before.is_none() {
            return lines;
        }
    }
}

/// A plan of the Secretariat's, and a change of it that Viet Nam may not make; by then it is noted that it was refused.
async fn written(hub: &Hub, asec: &mut Device, vn: &mut Device) -> DocId {
    let (id, fact) = plan();
    let mut doc = Doc::new(DocKind::Plan);
    let title = asec.edit(id, &mut doc, &set("title", "A plan of ours"));
    asec.push(vec![Device::fact(&fact), title]).await;
    let item = vn.edit(id, &mut doc.clone(), &set("title", "Not mine to say"));
    let (_, _, except) = vn.push(vec![item]).await;
    assert_eq!(except, [(0, refused("not-a-writer"))]);
    hub.running.core().keep_refused().await.expect("noted");
    id
}

pub fn sql(file: &std::path::Path, statement: String) -> impl Future<Output = ()> {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file).foreign_keys(false);
    async move {
        let pool = sqlx::SqlitePool::connect_with(options).await.expect("opens");
        sqlx::query(sqlx::AssertSqlSafe(statement)).execute(&pool).await.expect("runs");
        pool.close().await;
    }
}

#[tokio::test]
async fn only_who_is_of_the_secretariat_now_reads_the_log_or_has_it_verified() {
    let folder = Folder::new("audit-who");
    let hub = Hub::start(&folder).await;
    let (asec, gone, kh) =
        (hub.device("ASEC", SECRETARIAT).await, hub.device("ASEC", SECRETARIAT).await, hub.device("KH", FOCAL).await);
    let lost = hub.device("ASEC", SECRETARIAT).await;
    hub.running.core().revoke(None, lost.id()).await.expect("revoked");
    let of = Ask { limit: 5, ..Ask::default() };
    let (check, looks) = (CheckAsk { start: true }, CheckAsk { start: false });
    let tries = async |token: Option<&str>| {
        let token = token.map(str::to_owned);
        let read = ask::<Page>(&hub, token.as_deref(), "/v1/audit", &of).await.map(|page| page.lines.len());
        let begun = ask::<Verdict>(&hub, token.as_deref(), "/v1/audit/check", &check).await.map(|_| ());
        let looked = ask::<Verdict>(&hub, token.as_deref(), "/v1/audit/check", &looks).await.map(|_| ());
        assert_eq!(begun, looked);
        assert_eq!(begun, read.clone().map(|_| ()));
        read
    };
    let no = |status: u16, word: &str| Err((status, word.to_owned()));
    assert_eq!(tries(None).await, no(401, "unauthorised"));
    assert_eq!(tries(Some(&kh.joined.token)).await, no(403, "forbidden"));
    assert_eq!(tries(Some(&lost.joined.token)).await, no(403, "revoked"));
    for device in [&asec, &gone] {
        assert_eq!(tries(Some(&device.joined.token)).await, Ok(5));
    }
    let mut facts = asec.facts().await.into_iter();
    let of_gone = facts.find_map(|fact| match fact {
        Fact::Appoint { id, person, .. } if person.to_string() == gone.joined.person => Some(id),
        _ => None,
    });
    let ended = Fact::End { appointment: of_gone.expect("appointed"), on: "2020-01-01".parse().expect("a day") };
    assert_eq!(asec.push(vec![Device::fact(&ended)]).await.2, []);
    assert_eq!(tries(Some(&gone.joined.token)).await, no(403, "forbidden"));
    // What does not read is refused before anything is looked up.
    let bad = serde_json::json!({ "limit": 5, "filter": { "document": "x", "person": null, "device": null, "party": null,
        "outcome": null, "from": null, "to": null } });
    let answer = ask::<Page>(&hub, Some(&asec.joined.token), "/v1/audit", &bad).await;
    assert_eq!(answer.map(|page| page.lines.len()), no(400, "malformed"));
    // Nobody reads the log faster than a person could want it.
    let whole = Ask { limit: 1_000, ..Ask::default() };
    let mut asked = 0;
    let stop = loop {
        match ask::<Page>(&hub, Some(&asec.joined.token), "/v1/audit", &whole).await {
            Ok(_) => asked += 1,
            Err(stop) => break stop,
        }
        assert!(asked < 1_000);
    };
    assert_eq!((stop.0, stop.1.as_str()), (429, "too-fast"));
    assert!(asked >= 95, "{asked}");
}

#[tokio::test]
async fn every_accepted_and_refused_change_is_there_once_newest_first_with_whose_and_when_and_no_word_of_it() {
    let folder = Folder::new("audit-all");
    let hub = Hub::start(&folder).await;
    let (mut asec, mut vn) = (hub.device("ASEC", SECRETARIAT).await, hub.device("VN", FOCAL).await);
    let began = now();
    let id = written(&hub, &mut asec, &mut vn).await;
    // Offered again it is the same refusal; what does not read is listed too, and so are facts.
    let garbage = Item::change(id.to_bytes().into(), [7; 32].into(), vec![1, 2, 3]);
    let (_, foreign) = draft("KH");
    let number = Fact::Number { doc: id, reference: "ACCSM-2125-PA1-01".to_owned() };
    for _ in 0..2 {
        vn.push(vec![garbage.clone(), Device::fact(&foreign), Device::fact(&number)]).await;
        hub.running.core().keep_refused().await.expect("noted");
    }
    for limit in [1, 7, 1_000] {
        let lines = all(&hub, &asec, Filter::default(), limit).await;
        let numbers: Vec<u64> = lines.iter().filter_map(|line| line.number).collect();
        assert_eq!(numbers, (1..=hub.head()).rev().collect::<Vec<_>>(), "in pages of {limit}");
        let refused: Vec<&Line> = lines.iter().filter(|line| line.number.is_none()).collect();
        assert_eq!(refused.len(), 4, "{refused:?}");
        assert!(lines.is_sorted_by(|newer, older| newer.received_at >= older.received_at));
    }
    let lines = all(&hub, &asec, Filter::default(), 100).await;
    let (refused, earlier) = (&lines[..3], &lines[3]);
    for line in lines[..4].iter() {
        assert_eq!((line.number, line.device, line.party.as_ref()), (None, Some(vn.id()), Some(&code("VN"))));
        assert_eq!(
            (line.person.map(|id| id.to_string()), line.role.as_deref()),
            (Some(vn.joined.person.clone()), Some("focal-point"))
        );
        assert!((began..=now()).contains(&line.received_at));
    }
    // What happened in one push comes at one moment: which first does not matter.
    let why = |what: &str| {
        refused.iter().find(|line| line.what.as_deref() == Some(what)).map(|line| (line.document, line.why.clone()))
    };
    assert_eq!(why("number"), Some((Some(id), Some("bad-document".to_owned()))));
    assert!(why("change").is_some_and(|(document, why)| document == Some(id) && why.is_some()));
    // A draft of Cambodia's, which Viet Nam may not make: the Secretariat could not know of it either.
    let hidden = refused.iter().find(|line| line.what.is_none()).expect("the third");
    assert_eq!((hidden.document, &hidden.hash, hidden.why.as_deref()), (None, &None, Some("not-a-writer")));
    assert_eq!(
        (earlier.what.as_deref(), earlier.why.as_deref(), earlier.document),
        (Some("change"), Some("not-a-writer"), Some(id))
    );
    let title = &lines[4];
    assert_eq!((title.number, title.what.as_deref(), title.document), (Some(hub.head()), Some("change"), Some(id)));
    assert_eq!((title.kind.as_deref(), title.device, &title.why), (Some("plan"), Some(asec.id()), &None));
    assert_eq!(title.hash.as_ref().map(String::len), Some(64));
    assert_eq!(lines[5].what.as_deref(), Some("doc"));
    // The hub's own entries have nobody.
    let own = lines.last().expect("the first entry");
    assert_eq!(
        (own.number, own.what.as_deref(), own.person, own.party.as_ref()),
        (Some(1), Some("workspace"), None, None)
    );
    let body = serde_json::to_vec(&Ask { limit: 1_000, ..Ask::default() }).expect("JSON");
    let (_, answer) = hub.post("/v1/audit", Some(&asec.joined.token), JSON, body).await;
    let answer = String::from_utf8(answer).expect("text");
    assert!(!answer.contains("A plan of ours") && !answer.contains("Not mine to say"), "no word of a document");
}

#[tokio::test]
async fn the_log_is_filtered_by_document_person_device_party_outcome_and_time() {
    let folder = Folder::new("audit-filters");
    let hub = Hub::start(&folder).await;
    let (mut asec, mut vn) = (hub.device("ASEC", SECRETARIAT).await, hub.device("VN", FOCAL).await);
    let (other, began) = (hub.device("VN", FOCAL).await, now());
    let id = written(&hub, &mut asec, &mut vn).await;
    let (_, own) = draft("VN");
    other.push(vec![Device::fact(&own)]).await;
    let every = all(&hub, &asec, Filter::default(), 1_000).await;
    let told = async |filter: Filter| {
        let lines = all(&hub, &asec, filter.clone(), 2).await;
        assert!(lines.iter().all(|line| every.contains(line)), "a part of the whole");
        lines
    };
    let of = |line: &Line| (line.number.is_some(), line.what.clone().unwrap_or_default());
    let told_of: Vec<_> = told(Filter { document: Some(id), ..Filter::default() }).await.iter().map(of).collect();
    assert_eq!(
        told_of,
        [(false, "change".into()), (true, "change".into()), (true, "doc".into())],
        "its changes and what made it"
    );
    let party = told(Filter { party: Some(code("VN")), ..Filter::default() }).await;
    assert!(party.iter().all(|line| line.party == Some(code("VN"))));
    assert_eq!(party.len(), every.iter().filter(|line| line.party == Some(code("VN"))).count());
    assert!(party.iter().any(|line| line.number.is_none()) && party.iter().any(|line| line.device == Some(other.id())));
    let person = told(Filter { person: vn.joined.person.parse().ok(), ..Filter::default() }).await;
    assert!(!person.is_empty() && person.iter().all(|line| line.device == Some(vn.id())));
    let device = told(Filter { device: Some(other.id()), ..Filter::default() }).await;
    assert_eq!(device.len(), 1);
    let both = Filter { device: Some(other.id()), person: vn.joined.person.parse().ok(), ..Filter::default() };
    assert_eq!(told(both).await, [], "all of it must fit");
    let refused = told(Filter { outcome: Some(Outcome::Refused), ..Filter::default() }).await;
    assert_eq!(refused.iter().map(|line| line.why.as_deref()).collect::<Vec<_>>(), [Some("not-a-writer")]);
    let accepted = told(Filter { outcome: Some(Outcome::Accepted), ..Filter::default() }).await;
    assert_eq!(accepted.len() as u64, hub.head());
    let since = told(Filter { from: Some(began), ..Filter::default() }).await;
    assert_eq!(since.len(), 4, "{since:?}");
    let before = told(Filter { to: Some(began), ..Filter::default() }).await;
    assert_eq!(before.len() + since.len(), every.len());
    for nobody in [
        Filter { party: Some(code("XX")), ..Filter::default() },
        Filter { device: Some(mufakat::domain::DeviceId::from_bytes([9; 16])), ..Filter::default() },
        Filter { from: Some(u64::MAX), ..Filter::default() },
    ] {
        assert_eq!(told(nobody).await, []);
    }
}

#[tokio::test]
async fn of_what_is_not_the_secretariats_to_read_it_is_told_that_something_came_and_neither_what_nor_where() {
    let folder = Folder::new("audit-drafts");
    let hub = Hub::start(&folder).await;
    let (asec, mut kh) = (hub.device("ASEC", SECRETARIAT).await, hub.device("KH", FOCAL).await);
    let mut drafts = BTreeSet::new();
    for _ in 0..2 {
        let (id, fact) = draft("KH");
        let mut doc = Doc::new(DocKind::Draft);
        let title = kh.edit(id, &mut doc, &set("title", "Ours alone"));
        assert_eq!(kh.push(vec![Device::fact(&fact), title]).await.2, []);
        drafts.insert(id);
    }
    let of_kh = Filter { device: Some(kh.id()), ..Filter::default() };
    let lines = all(&hub, &asec, of_kh, 100).await;
    assert_eq!(lines.len(), 4, "each has its number");
    for line in &lines {
        assert_eq!((&line.what, line.document, &line.kind, &line.hash), (&None, None, &None, &None));
        assert!(line.number.is_some() && line.party == Some(code("KH")) && line.received_at > 0);
    }
    let told = serde_json::to_string(&lines).expect("JSON");
    for id in drafts {
        assert!(!told.contains(&id.to_string()));
        // Nor does the answer to a question for it tell that it is there.
        assert_eq!(all(&hub, &asec, Filter { document: Some(id), ..Filter::default() }, 100).await, []);
    }
    // The operator has the database and is told all of it.
    hub.running.stop().await;
    let store = Sqlite::open(&folder.0.join("mufakat.sqlite3"), Missing::Refuse).await.expect("opens");
    let mut file = Vec::new();
    mufakat::hub::audit::file::write(&store, Filter::default(), &mut file).await.expect("written");
    store.close().await;
    let file = String::from_utf8(file).expect("text");
    assert_eq!(file.matches(",draft,").count(), 4, "{file}");
    assert!(!file.contains("Ours alone") && !file.contains("withheld"));
}

#[tokio::test]
async fn one_device_cannot_fill_the_disk_with_refusals_nor_push_out_anothers() {
    let folder = Folder::new("audit-denials");
    let store = Sqlite::open(&folder.0.join("d.sqlite3"), Missing::Create).await.expect("opens");
    let one = |device: u8, n: u32| {
        let mut hash = [device; 32];
        hash[..4].copy_from_slice(&n.to_be_bytes());
        Denial {
            id: 0,
            what: if n.is_multiple_of(2) { What::Change } else { What::Number },
            doc: n.is_multiple_of(2).then(|| DocId::from_bytes([1; 16])),
            hash,
            device: mufakat::domain::DeviceId::from_bytes([device; 16]),
            received_at: u64::from(n),
            why: "unsound".to_owned(),
        }
    };
    store.deny(vec![one(7, 1), one(7, 2)]).await.expect("noted");
    for round in 0..3 {
        store.deny((0..4_000).map(|n| one(8, round * 4_000 + n)).collect()).await.expect("noted");
        store.deny(vec![one(8, round * 4_000)]).await.expect("the same again");
    }
    let kept = store.denials(Sift::default(), u64::MAX, 100_000).await.expect("reads");
    let of =
        |device: u8| kept.iter().filter(move |one| one.device.to_bytes() == [device; 16]).map(|one| one.received_at);
    assert_eq!(of(7).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(
        of(8).collect::<Vec<_>>(),
        (2_000..12_000).rev().collect::<Vec<_>>(),
        "the newest ten thousand, each once"
    );
    store.close().await;
}
