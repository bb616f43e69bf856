//! A document whole, as a hub sends it and a disk keeps it, damaged: it is refused, or it is a document.

use super::*;
use crate::{
    docs::{Doc, scan},
    domain::{At, DocKind},
};

fn real() -> Doc {
    let mut doc = Doc::new(DocKind::Session);
    let note = || At::of(entity(2), "note");
    let edits = [
        item(1, None, "a", "Opening"),
        item(2, Some(1), "a", "x"),
        typed(note(), "", 0, 0, "Ghi chú 😀"),
        set("kind", "OPEN".into(), &[]),
        set("kind", "CLOSED".into(), &["OPEN".into()]),
    ];
    for (n, edit) in edits.iter().enumerate() {
        doc.edit(edit, &author(u8::try_from(n % 2).expect("small") + 1)).expect("an edit");
    }
    doc
}

/// Takes bytes for a document as a device does; whether it did.
fn taken(bytes: &[u8]) -> bool {
    let mut doc = Doc::new(DocKind::Session);
    let before = doc.heads();
    match doc.apply(&[bytes]) {
        Ok(_) => {
            assert_eq!(snapshot(&doc).kind, DocKind::Session);
            let again = Doc::load(DocKind::Session, [doc.save().as_slice()]).map(|again| again.heads());
            assert_eq!(again, Ok(doc.heads()), "what was saved is read again");
            true
        }
        Err(_) => {
            assert_eq!(doc.heads(), before, "what is refused leaves nothing behind");
            false
        }
    }
}

#[test]
fn a_saved_document_with_bits_turned_or_cut_short_is_refused_or_harmless() {
    let whole = real().save();
    assert!(taken(&whole));
    let mut refused = 0;
    for bit in 0..whole.len() * 8 {
        let mut bytes = whole.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        refused += usize::from(!taken(&bytes));
    }
    assert_eq!(refused, whole.len() * 8, "its checksum covers every bit");
    for length in 0..whole.len() {
        taken(&whole[..length]);
    }
}

#[test]
fn a_saved_document_that_someone_rewrote_is_refused_or_is_a_document() {
    let whole = real().save();
    let content = scan::chunks(&whole).next().expect("one").expect("a chunk").data.to_vec();
    let mut seed = 11_u64;
    let mut random = move |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap_or_default() % below
    };
    let mut refused = 0;
    for _ in 0..3_000 {
        let mut content = content.clone();
        for _ in 0..=random(2) {
            let at = random(content.len());
            content[at] ^= if random(2) == 0 { 1 << random(8) } else { u8::try_from(random(255)).expect("a byte") + 1 };
        }
        refused += usize::from(!taken(&scan::tests::framed(0, &content, &content)));
    }
    assert!(refused > 1_000, "{refused} of 3000");
}
