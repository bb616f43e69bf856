//! The Secretariat has the log verified: what is whole is found whole, and what is not is found and named.

use std::time::Duration;

use mufakat::{
    docs::Doc,
    domain::{
        DocKind,
        audit::{CheckAsk, Verdict},
    },
};

use crate::{
    audit::{ask, sql},
    support::{Device, FOCAL, Folder, Hub, SECRETARIAT, draft, set},
};

/// Verifies, and waits for what comes of it.
pub async fn verified(hub: &Hub, by: &Device) -> Verdict {
    let mut of = CheckAsk { start: true };
    loop {
        let verdict: Verdict = ask(hub, Some(&by.joined.token), "/v1/audit/check", &of).await.expect("a verdict");
        assert!(verdict.began_at.is_some());
        if verdict.ended_at.is_some() {
            return verdict;
        }
        of.start = false;
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn a_whole_log_is_found_whole_while_people_write_in_it_and_where_it_is_compacted() {
    let folder = Folder::new("audit-whole");
    let hub = Hub::start(&folder).await;
    let (asec, mut kh) = (hub.device("ASEC", SECRETARIAT).await, hub.device("KH", FOCAL).await);
    let (id, fact) = draft("KH");
    kh.push(vec![Device::fact(&fact)]).await;
    let mut doc = Doc::new(DocKind::Draft);
    for n in 0..40_u32 {
        let noise: String =
            (0..1_500_u32).map(|at| char::from(b'!' + (at.wrapping_mul(n * 7 + 13) % 90) as u8)).collect();
        let item = kh.edit(id, &mut doc, &set("title", &noise));
        assert_eq!(kh.push(vec![item]).await.2, []);
    }
    let text = folder.0.join("mufakat.sqlite3");
    let compacted = hub.running.core().compact(u64::MAX >> 1).await.expect("compacts").documents;
    assert_eq!(compacted, 1, "or the test says nothing");
    let head = hub.head();
    let writes = async {
        for n in 0..10 {
            let item = kh.edit(id, &mut doc, &set("title", &n.to_string()));
            assert_eq!(kh.push(vec![item]).await.2, []);
        }
    };
    let (verdict, ()) = tokio::join!(verified(&hub, &asec), writes);
    assert_eq!((verdict.faults, &verdict.told[..], verdict.failed), (0, &[][..], false));
    assert!(verdict.head == head && verdict.entries >= head && verdict.documents > 0, "{verdict:?}");
    // Whoever asks again at once is told the same one.
    let again = verified(&hub, &asec).await;
    assert_eq!(again.began_at, verdict.began_at);
    // A snapshot that holds something else is found as well as a row that says something else.
    sql(&text, "UPDATE snapshot SET body = substr(body, 1, length(body) - 9) || x'00' || substr(body, -8)".to_owned())
        .await;
    hub.running.stop().await;
    let hub = Hub::start(&folder).await;
    let verdict = verified(&hub, &hub.as_device(asec.joined)).await;
    assert!(verdict.told.iter().any(|fault| fault.word == "snapshot" && fault.document.is_none()), "{verdict:?}");
}

#[tokio::test]
async fn verification_finds_a_single_byte_changed_and_a_row_taken_away_and_names_them_by_number() {
    let folder = Folder::new("audit-damaged");
    let hub = Hub::start(&folder).await;
    let asec = hub.device("ASEC", SECRETARIAT).await;
    assert_eq!(verified(&hub, &asec).await.faults, 0);
    let head = hub.head();
    hub.running.stop().await;
    let file = folder.0.join("mufakat.sqlite3");
    sql(&file, "PRAGMA wal_checkpoint(TRUNCATE)".to_owned()).await;
    let sound = std::fs::read(&file).expect("reads");
    let change = "(SELECT number FROM entry WHERE kind = 'change' ORDER BY number LIMIT 1 OFFSET 20)";
    let flip = format!(
        "UPDATE entry SET body = substr(body, 1, 60) || CASE WHEN substr(body, 61, 1) = x'00' THEN x'01' ELSE x'00' END \
         || substr(body, 62) WHERE number = {change}"
    );
    let fact = "UPDATE entry SET body = CAST(replace(CAST(body AS TEXT), 'ASEC', 'ASEX') AS BLOB) WHERE number = 2";
    let cases: [(String, &[&str]); 6] = [
        (flip, &["unreadable", "hash"]),
        (fact.to_owned(), &["hash"]),
        (format!("UPDATE entry SET hash = x'00' || substr(hash, 2) WHERE number = {change}"), &["hash"]),
        ("DELETE FROM entry WHERE number = 40".to_owned(), &["missing"]),
        (format!("DELETE FROM entry WHERE number > {head} - 3"), &["missing"]),
        ("UPDATE entry SET stamp = x'0000000000000000' WHERE number = 60".to_owned(), &["stamp"]),
    ];
    let numbers = [None, Some(2), None, Some(41), Some(head - 3), Some(60)];
    for ((statement, words), number) in cases.into_iter().zip(numbers) {
        std::fs::write(&file, &sound).expect("writes");
        // Under the hands of a hub that runs: it goes on by what it has in memory, and the disk is what is verified.
        let hub = Hub::start(&folder).await;
        let asec = hub.as_device(asec.joined.clone());
        sql(&file, statement.clone()).await;
        let verdict = verified(&hub, &asec).await;
        let found = verdict.told.iter().find(|fault| words.contains(&fault.word.as_str()));
        let found = found.unwrap_or_else(|| panic!("{statement}: {verdict:?}"));
        assert!(
            found.entry.is_some() && number.is_none_or(|number| found.entry == Some(number)),
            "{statement}: {verdict:?}"
        );
        let stamps = verdict.told.iter().filter(|fault| fault.word == "stamp").count();
        assert!(stamps <= 2, "a break in the chain is told once: {verdict:?}");
        hub.running.stop().await;
        for suffix in ["-wal", "-shm"] {
            let _ = std::fs::remove_file(folder.0.join(format!("mufakat.sqlite3{suffix}")));
        }
    }
}
