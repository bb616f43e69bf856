//! What a hostile hub or a bad disk may give for a whole document: it is refused, or it opens, shows itself and saves.
//!
//! Random bytes rarely pass a checksum. So the input is also read as damage to a real document, which then gets a right one.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use mufakat::{
    docs::{Actor, Author, Doc},
    domain::{At, DeviceId, DocKind, Edit},
};
use sha2::{Digest, Sha256};

const KIND: DocKind = DocKind::Session;
/// Magic and checksum; the kind of the chunk follows.
const HEAD: usize = 8;

/// A real document, two devices' words in it.
static REAL: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut doc = Doc::new(KIND);
    for (n, value) in (0_u8..).zip(["OPEN", "CLOSED", "x"]) {
        let author = Author { actor: Actor::new(DeviceId::from_bytes([n % 2 + 1; 16]), 1), millis: 1_700_000_000_000 };
        let set = Edit::Set { at: At::root("kind"), value: value.into(), seen: vec![] };
        // What cannot be done on this document makes no change; the others are enough.
        let _ = doc.edit(&set, &author);
    }
    doc.save()
});

fn take(bytes: &[u8]) {
    let mut doc = Doc::new(KIND);
    let before = doc.heads();
    if doc.apply(&[bytes]).is_err() {
        assert_eq!(doc.heads(), before);
        return;
    }
    assert!(doc.snapshot(&|_| None).is_ok());
    let again = Doc::load(KIND, [doc.save().as_slice()]);
    assert_eq!(again.map(|again| again.heads()), Ok(doc.heads()));
}

fn seal(saved: &mut [u8]) {
    let hash = Sha256::digest(&saved[HEAD..]);
    saved[4..HEAD].copy_from_slice(&hash[..4]);
}

fuzz_target!(|bytes: &[u8]| {
    take(bytes);
    let mut saved = REAL.clone();
    for place in bytes.as_chunks::<3>().0 {
        let at = usize::from(u16::from_be_bytes([place[0], place[1]])) % (saved.len() - HEAD - 1);
        saved[HEAD + 1 + at] ^= place[2];
    }
    seal(&mut saved);
    take(&saved);
});
