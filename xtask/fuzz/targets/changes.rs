//! What a hostile device may write: a change is refused, or a document takes it in and still opens, shows itself and saves.
//!
//! Random bytes rarely pass a checksum. So the input is also read as damage to a real change, which then gets a right one.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use mufakat::{
    docs::{
        Actor, Author, Doc,
        scan::{Limits, scan},
    },
    domain::{At, DeviceId, DocKind, Edit, EntityId},
};
use sha2::{Digest, Sha256};

const KIND: DocKind = DocKind::Session;
/// Magic and checksum; the kind of the chunk follows.
const HEAD: usize = 8;

/// A document as another device wrote it, and its changes.
static REAL: LazyLock<(Doc, Vec<Vec<u8>>)> = LazyLock::new(|| {
    let mut doc = Doc::new(KIND);
    let author = |device: u8| Author { actor: Actor::new(DeviceId::from_bytes([device; 16]), 1), millis: 1_700_000_000_000 };
    let set = |field: &str, value: &str| Edit::Set { at: At::root(field), value: value.into(), seen: vec![] };
    let id = EntityId::from_bytes([7; 16]);
    let edits =
        [set("kind", "OPEN"), set("kind", "CLOSED"), Edit::Withdraw { id, reason: "moved".to_owned() }, set("kind", "x")];
    for (n, edit) in (0_u8..).zip(&edits) {
        // What cannot be done on this document makes no change; the others are enough.
        let _ = doc.edit(edit, &author(n % 2 + 1));
    }
    let changes = doc.changes().into_iter().map(|stored| stored.bytes).collect();
    (doc, changes)
});

fn take(bytes: &[u8]) {
    let scanned = scan(bytes, &Limits::default());
    let (real, _) = &*REAL;
    for mut doc in [real.clone(), Doc::new(KIND)] {
        let Ok(applied) = doc.apply(&[bytes]) else { continue };
        assert!(scanned.is_ok() || applied.hashes.is_empty(), "taken in, and the scan refuses it");
        doc.snapshot(&|_| None).expect("a document that took a change shows itself");
        let saved = doc.save();
        match Doc::load(KIND, [saved.as_slice()]) {
            Ok(again) => assert_eq!(again.heads(), doc.heads()),
            Err(error) => panic!("a document that took {bytes:02x?} is not read any more: {error}"),
        }
    }
}

fn seal(change: &mut [u8]) {
    let hash = Sha256::digest(&change[HEAD..]);
    change[4..HEAD].copy_from_slice(&hash[..4]);
}

fuzz_target!(|bytes: &[u8]| {
    take(bytes);
    let Some((which, damage)) = bytes.split_first() else { return };
    let (_, changes) = &*REAL;
    let mut change = changes[usize::from(*which) % changes.len()].clone();
    for place in damage.as_chunks::<3>().0 {
        let at = usize::from(u16::from_be_bytes([place[0], place[1]])) % (change.len() - HEAD - 1);
        change[HEAD + 1 + at] ^= place[2];
    }
    seal(&mut change);
    take(&change);
});
