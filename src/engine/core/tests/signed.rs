//! Nothing leaves unsigned, and what the hub took is kept with what proves it.

use super::world::{KH, PROJECT, VN, World};
use crate::engine::core::{
    chunk::Chunk,
    facts::Seal,
    store::{Store, chunk_of, meta, open},
};

#[test]
fn one_signature_stands_for_all_words_of_a_push_in_a_document() {
    let mut world = World::new();
    world.join(KH);
    world.online(KH);
    world.offline(KH);
    for n in 0..20 {
        world.set(KH, PROJECT, "title", &format!("Title {n}"));
    }
    world.hub.signatures = 0;
    world.online(KH);
    assert_eq!(world.shell(KH).unsent, 0);
    assert_eq!(world.hub.signatures, 1, "of twenty changes");
}

#[test]
fn a_device_that_cannot_sign_keeps_its_words_says_so_and_sends_them_once_it_can() {
    let mut world = World::new();
    world.join(KH);
    world.online(KH);
    world.node(KH).signs = false;
    let rows = world.hub.rows.len();
    world.set(KH, PROJECT, "title", "Mine");
    world.later(120_000);
    assert_eq!(world.hub.rows.len(), rows, "nothing was sent unsigned");
    let shell = world.shell(KH);
    assert_eq!((shell.unsent, shell.notice.as_deref()), (1, Some("notice-cannot-sign")));
    assert_eq!(world.title(KH, PROJECT), "Mine");
    world.node(KH).signs = true;
    world.later(120_000);
    let shell = world.shell(KH);
    assert_eq!((shell.unsent, shell.notice), (0, None));
    assert_eq!(world.hub.rows.len(), rows + 1);
}

#[test]
fn what_the_hub_took_is_kept_with_its_code_and_its_authors_signature() {
    let mut world = World::new();
    for device in [KH, VN] {
        world.join(device);
        world.online(device);
    }
    world.set(KH, PROJECT, "title", "Signed");
    world.later(60_000);
    let kept = |world: &mut World, number: u8| {
        let of = |key: &str| chunk_of(key).is_some_and(|(doc, _)| doc == PROJECT);
        let disk = world.node(number).disk.iter();
        let chunks = disk.filter(|((store, key), _)| *store == Store::Chunk && of(key));
        let changes =
            chunks.flat_map(|(_, value)| Chunk::decode(open(value).expect("sealed")).expect("a chunk").changes);
        changes.max_by_key(|kept| kept.number).expect("a change")
    };
    let (own, theirs) = (kept(&mut world, KH), kept(&mut world, VN));
    assert_eq!(own.hash, theirs.hash);
    assert!(theirs.signature.is_some(), "who hears of it keeps the signature");
    assert_eq!(own.receipt, theirs.receipt, "and the writer was told the same code");
    assert!(own.receipt.is_some());
    let disk = &world.node(VN).disk;
    let facts = disk.keys().filter(|(store, key)| *store == Store::Meta && key.starts_with(meta::FACT)).count();
    let seals = disk.iter().filter(|((store, key), value)| {
        *store == Store::Meta && key.starts_with(meta::SEAL) && Seal::decode(open(value).expect("sealed")).is_some()
    });
    assert_eq!(seals.count(), facts);
}
