//! Whose words they are follows the device's key: what it did not sign the hub does not take, and what it signed everyone
//! gets with the signature.

use mufakat::{
    docs::{Doc, genesis},
    domain::DocKind,
    sync::frame::{Except, Frame, Item},
};

use crate::support::{Device, FOCAL, Folder, Hub, draft, fresh_doc, options, refused, set};

fn signature_of(item: &Item) -> Option<[u8; 64]> {
    match item {
        Item::Change { signature, .. } => signature.map(Into::into),
        Item::Fact { .. } => None,
    }
}

#[tokio::test]
async fn the_newest_change_of_a_push_is_signed_for_those_it_builds_on() {
    let folder = Folder::new("signed");
    let hub = Hub::start(&folder).await;
    let mut kh = hub.device("KH", FOCAL).await;
    let reader = hub.device("KH", FOCAL).await;
    let (id, fact) = draft("KH");
    let mut doc = Doc::new(DocKind::Draft);
    let first = &genesis::changes(DocKind::Draft)[0];
    let begin = Item::change(id.to_bytes().into(), first.hash.into(), first.bytes.clone());
    let one = kh.edit(id, &mut doc, &set("title", "One"));
    let two = kh.edit(id, &mut doc, &set("title", "Two"));
    let three = kh.edit(id, &mut doc, &set("title", "Three"));
    let fact = Device::fact(&fact);

    // Unsigned, signed by another, signed for another document or for another change: never, and nothing of it.
    let bad = refused("bad-signature");
    let head = hub.head();
    assert_eq!(kh.push_as_it_is(vec![fact.clone(), one.clone()]).await.2, [(1, bad.clone())]);
    assert_eq!(kh.push_as_it_is(vec![reader.signed(one.clone())]).await.2, [(0, bad.clone())]);
    let elsewhere = Item::change(fresh_doc().to_bytes().into(), one.key().hash, vec![]);
    for text in [kh.text_of(&elsewhere), kh.text_of(&two)] {
        let mut item = one.clone();
        if let Item::Change { signature, .. } = &mut item {
            *signature = text.map(|text| kh.sign(&text).into());
        }
        assert_eq!(kh.push_as_it_is(vec![item]).await.2, [(0, bad.clone())]);
    }
    assert_eq!((hub.head(), hub.refused("bad-signature")), (head + 1, 4), "only the fact was taken");

    // What is the same in every document is nobody's. Of the others the last alone is signed.
    let push = vec![begin, one.clone(), two.clone(), kh.signed(three.clone())];
    let (first, taken, except) = kh.push_as_it_is(push).await;
    assert_eq!((first, taken, except), (head + 2, 4, vec![]));
    let told = reader.log().await;
    let of = |item: &Item| told.iter().find(|entry| entry.item.key() == item.key()).expect("told").item.clone();
    assert_eq!((signature_of(&of(&one)), signature_of(&of(&two))), (None, None));
    let text = kh.text_of(&three).expect("a change");
    assert!(signature_of(&of(&three)).is_some(), "handed out with the change");
    assert_eq!(text.len(), b"mufakat change v1".len() + 64);
    let whole =
        reader.request("/v1/sync", &[reader.start(), Frame::Want { doc: id.to_bytes().into(), folded: false }]).await;
    let whole = whole.expect("frames").into_iter().find_map(|frame| match frame {
        Frame::Snapshot { entries, .. } => Some(entries),
        _ => None,
    });
    let signed = whole.expect("the document").iter().filter(|entry| signature_of(&entry.item).is_some()).count();
    assert_eq!(signed, 1, "and with the document");

    // It covers what it builds on, and nothing beside: words made apart from it are signed for themselves.
    let mut apart = doc.clone();
    let on_it = kh.edit(id, &mut doc, &set("title", "Four"));
    let mut other = reader.clone();
    let beside = other.edit(id, &mut apart, &set("remarks", "Beside it"));
    assert_eq!(reader.push_as_it_is(vec![beside.clone()]).await.2, [(0, bad)]);
    assert_eq!(reader.push(vec![beside]).await.1, 1);
    assert_eq!(kh.push(vec![on_it]).await.1, 1);
}

#[tokio::test]
async fn what_the_hub_took_carries_its_code_which_a_copy_of_its_database_gives_again() {
    let folder = Folder::new("codes");
    let hub = Hub::start(&folder).await;
    let mut kh = hub.device("KH", FOCAL).await;
    let reader = hub.device("KH", FOCAL).await;
    let (id, fact) = draft("KH");
    let words = kh.edit(id, &mut Doc::new(DocKind::Draft), &set("title", "Taken"));
    let items: Vec<Item> = vec![Device::fact(&fact), kh.signed(words.clone())];
    let frames = kh.request("/v1/sync", &[kh.start(), Frame::Push { req: 7, items }]).await.expect("frames");
    let acked = frames.into_iter().find_map(|frame| match frame {
        Frame::Ack { receipts, at, .. } => receipts.zip(at),
        _ => None,
    });
    let (receipts, at) = acked.expect("an acknowledgement with codes");
    assert_eq!(at.number, hub.head());
    let code = |entries: &[mufakat::sync::frame::Entry], item: &Item| {
        let found = entries.iter().find(|entry| entry.item.key() == item.key()).expect("told").item.clone();
        match found {
            Item::Change { receipt, .. } => receipt.expect("a code").to_vec(),
            Item::Fact { mac, .. } => mac.expect("a code").to_vec(),
        }
    };
    let log = reader.log().await;
    assert_eq!(code(&log, &words), receipts[8..16], "the writer and the reader are told the same");
    let fact = Device::fact(&fact);
    let before = (code(&log, &fact), code(&log, &words));
    assert!(log.iter().all(|entry| match &entry.item {
        Item::Change { receipt, .. } => receipt.is_some(),
        Item::Fact { mac, .. } => mac.is_some(),
    }));
    // The key is in the database: whoever restores it has it.
    let copy = folder.0.join("copy");
    std::fs::create_dir(&copy).expect("a folder");
    for file in ["mufakat.sqlite3", "mufakat.sqlite3-wal"] {
        std::fs::copy(folder.0.join(file), copy.join(file)).expect("a copy");
    }
    let mut options = options(&folder);
    options.place.data = copy;
    let other = Hub::with(options).await;
    let log = other.as_device(reader.joined).log().await;
    assert_eq!((code(&log, &fact), code(&log, &words)), before);
    let known = other.as_device(kh.joined.clone()).push(vec![words]).await.2;
    assert!(matches!(known[..], [(0, Except::Known { .. })]), "{known:?}");
}
