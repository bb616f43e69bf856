use std::{io::Write, time::Instant};

use super::*;
use crate::{
    docs::{
        Doc,
        tests::{author, entity, item, set, typed},
    },
    domain::{At, DocKind, Edit},
};

/// Some real changes with what they are.
fn real() -> (Doc, Vec<(Vec<u8>, Hash)>) {
    let mut doc = Doc::new(DocKind::Session);
    let mut made = Vec::new();
    let edits = [
        item(1, None, "a", "Opening"),
        item(2, Some(1), "a", "ការបើកសម័យប្រជុំ 🎉"),
        typed(At::of(entity(2), "note"), "", 0, 0, "Ghi chú dài hơn một chút 😀"),
        typed(At::of(entity(2), "note"), "Ghi chú dài hơn một chút 😀", 4, 3, "x"),
        set("kind", "OPEN".into(), &["CLOSED".into(), "x".into()]),
        Edit::Withdraw { id: entity(1), reason: "moved".to_owned() },
    ];
    for (n, edit) in edits.iter().enumerate() {
        let by = author(u8::try_from(n % 2).expect("small") + 1);
        let change = doc.edit(edit, &by).expect("an edit");
        made.push((change.bytes, change.hash));
    }
    (doc, made)
}

/// A chunk of the given type with its checksum as a change's.
pub fn framed(kind: u8, content: &[u8], data: &[u8]) -> Vec<u8> {
    let mut chunk = MAGIC.to_vec();
    chunk.extend(&hash(content)[..4]);
    chunk.push(kind);
    unsigned(&mut chunk, data.len() as u64);
    chunk.extend(data);
    chunk
}

fn unsigned(out: &mut Vec<u8>, mut n: u64) {
    while n >= 0x80 {
        out.push(u8::try_from(n & 0x7f).expect("seven bits") | 0x80);
        n >>= 7;
    }
    out.push(u8::try_from(n).expect("seven bits"));
}

fn signed(out: &mut Vec<u8>, mut n: i64) {
    loop {
        let byte = u8::try_from(n & 0x7f).expect("seven bits");
        n >>= 7;
        if (n == 0 && byte & 0x40 == 0) || (n == -1 && byte & 0x40 != 0) {
            out.push(byte);
            return;
        }
        out.push(byte | 0x80);
    }
}

fn deflated(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(content).expect("to memory");
    framed(2, content, &encoder.finish().expect("to memory"))
}

/// The content of a change that inserts so many nulls at the head of a list, in run lengths.
fn bomb(rows: i64) -> Vec<u8> {
    let mut content = vec![0];
    unsigned(&mut content, 20);
    content.extend([1; 20]);
    content.extend([1, 1, 0, 0, 0]);
    let run = |value: u8| {
        let mut column = Vec::new();
        signed(&mut column, rows);
        column.push(value);
        column
    };
    let mut inserts = vec![0];
    unsigned(&mut inserts, rows.unsigned_abs());
    let columns = [(0x13, run(0)), (0x34, inserts), (0x42, run(1)), (0x56, run(0)), (0x70, run(0))];
    content.push(5);
    for (spec, column) in &columns {
        unsigned(&mut content, *spec);
        unsigned(&mut content, column.len() as u64);
    }
    for (_, column) in columns {
        content.extend(column);
    }
    content
}

#[test]
fn the_header_says_what_automerge_says() {
    let (doc, made) = real();
    assert_eq!(doc.changes().len(), made.len() + 1);
    for stored in doc.changes() {
        let header = scan(&stored.bytes, &Limits::default()).expect("a change of ours");
        let change = automerge::Change::try_from(stored.bytes.as_slice()).expect("a change");
        assert_eq!(header.hash, stored.hash);
        assert_eq!(header.hash, change.hash().0);
        assert_eq!(header.actor.to_bytes()[..], *change.actor_id().to_bytes());
        assert_eq!(header.seq, change.seq());
        assert_eq!(header.deps, change.deps().iter().map(|dep| dep.0).collect::<Vec<_>>());
        assert_eq!(header.start_op, change.start_op().get());
        assert_eq!(header.ops, change.len() as u64);
        assert_eq!(header.time, change.timestamp());
        // The same change, deflated, has the same hash.
        let start = stored.bytes.len() - split(&stored.bytes).expect("a chunk").0.data.len();
        assert_eq!(scan(&deflated(&stored.bytes[start..]), &Limits::default()), Ok(header));
    }
}

#[test]
fn limits_are_exact() {
    let (_, made) = real();
    let ops = scan(&made[1].0, &Limits::default()).expect("a change").ops;
    let len = made[1].0.len();
    let limits = Limits { bytes: len, ops, ..Limits::default() };
    assert!(scan(&made[1].0, &limits).is_ok());
    assert_eq!(scan(&made[1].0, &Limits { ops: ops - 1, ..limits }), Err(ScanError::TooManyOps));
    assert_eq!(scan(&made[1].0, &Limits { bytes: len - 1, ..limits }), Err(ScanError::TooLarge));
}

#[test]
fn a_pasted_book_fits_and_a_bomb_does_not() {
    let mut doc = Doc::new(DocKind::Project);
    let page = "Hội nghị các quan chức cao cấp ASEAN về công vụ. ".repeat(1_000);
    let made = doc.edit(&typed(At::root("objective"), "", 0, 0, &page), &author(1)).expect("a paste");
    assert!(scan(&made.bytes, &Limits::default()).is_ok());

    // Automerge takes it: it is a change in good order.
    let content = bomb(10_000);
    let bytes = framed(1, &content, &content);
    let change = automerge::Change::try_from(bytes.as_slice());
    assert_eq!(change.map(|change| change.len()).map_err(|error| error.to_string()), Ok(10_000));
    assert_eq!(scan(&bytes, &Limits::default()).map(|header| header.ops), Ok(10_000));

    let content = bomb(1_000_000);
    let bytes = framed(1, &content, &content);
    assert!(bytes.len() < 120, "{}", bytes.len());
    assert_eq!(scan(&bytes, &Limits::default()), Err(ScanError::TooManyOps));
    for rows in [i64::MAX, i64::from(u32::MAX)] {
        let content = bomb(rows);
        assert_eq!(scan(&framed(1, &content, &content), &Limits::default()), Err(ScanError::TooManyOps));
    }

    let flat = deflated(&vec![0; 20_000_000]);
    assert!(flat.len() < 21_000);
    let start = Instant::now();
    assert_eq!(scan(&flat, &Limits::default()), Err(ScanError::TooLarge));
    // Without optimisation; with it, a tenth of this.
    assert!(start.elapsed().as_millis() < 100, "{:?}", start.elapsed());
}

#[test]
fn a_wrong_checksum_or_frame_is_told() {
    let (doc, made) = real();
    let good = &made[0].0;
    let limits = Limits::default();
    let mut bad = good.clone();
    bad[4] ^= 1;
    assert_eq!(scan(&bad, &limits), Err(ScanError::BadChecksum));
    assert_eq!(scan(&doc.save(), &limits), Err(ScanError::Malformed));
    assert_eq!(scan(&[good.as_slice(), good].concat(), &limits), Err(ScanError::Malformed));
    assert_eq!(scan(&[], &limits), Err(ScanError::Malformed));
}

#[test]
fn mutated_changes_are_refused_and_never_panic() {
    let (_, made) = real();
    let mut seed = 7_u64;
    let mut random = move |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap_or_default() % below
    };
    let (mut passed, mut refused) = (0, 0);
    for (bytes, original) in &made {
        for len in 0..bytes.len() {
            assert!(scan(&bytes[..len], &Limits::default()).is_err());
        }
        let start = bytes.len() - split(bytes).expect("a chunk").0.data.len();
        for _ in 0..1_000 {
            let mut content = bytes[start..].to_vec();
            for _ in 0..=random(3) {
                let at = random(content.len());
                match random(3) {
                    0 => content[at] = u8::try_from(random(256)).expect("a byte"),
                    1 => content[at] ^= 1 << random(8),
                    _ => content.truncate(at.max(1)),
                }
            }
            // With its checksum made right again, so that what follows is reached.
            match scan(&framed(1, &content, &content), &Limits::default()) {
                Ok(header) => passed += usize::from(header.hash != *original),
                Err(_) => refused += 1,
            }
        }
    }
    assert!(passed > 100 && refused > 1_000, "{passed} passed, {refused} refused");
}

/// A saved document of our own with its content changed, framed anew with the checksum that belongs to it.
fn spoilt(saved: &[u8], spoil: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
    let chunk = chunks(saved).next().expect("one").expect("a chunk");
    let mut content = chunk.data.to_vec();
    spoil(&mut content);
    saved_as(&content)
}

fn saved_as(content: &[u8]) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    bytes.extend(checksum_of(0, content));
    bytes.push(0);
    unsigned(&mut bytes, content.len() as u64);
    bytes.extend(content);
    bytes
}

/// A saved document that says it is of so many operations, in a hundred bytes; or one of whose columns inflates to so many.
fn saved_bomb(rows: i64, inflates: usize) -> Vec<u8> {
    let run = |value: u8, rows: i64| {
        let mut column = Vec::new();
        signed(&mut column, rows);
        column.push(value);
        column
    };
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(&vec![0; inflates]).expect("to memory");
    let names = encoder.finish().expect("to memory");
    let mut end = Vec::new();
    signed(&mut end, 1);
    signed(&mut end, rows);
    let changes = [(0x01, run(0, 1)), (0x03, run(1, 1)), (0x13, end)];
    let mut operations = vec![(0x21, run(0, rows)), (0x23, run(1, rows)), (0x42, run(1, rows))];
    if inflates > 0 {
        operations.insert(0, (0x15 | 0x08, names));
    }
    let mut content = vec![1, 20];
    content.extend([1; 20]);
    content.push(0);
    for table in [&changes[..], &operations[..]] {
        content.push(u8::try_from(table.len()).expect("few"));
        for (spec, column) in table {
            unsigned(&mut content, *spec);
            unsigned(&mut content, column.len() as u64);
        }
    }
    for (_, column) in changes.iter().chain(&operations) {
        content.extend(column);
    }
    saved_as(&content)
}

#[test]
fn saved_documents_of_ours_pass_deflated_or_not() {
    let (mut doc, _) = real();
    assert_eq!(document(&doc.save(), &DocumentLimits::default()), Ok(()));
    let long = "Long enough that a column is deflated. ".repeat(200);
    doc.edit(&typed(At::of(entity(1), "note"), "", 0, 0, &long), &author(1)).expect("an edit");
    let saved = doc.save();
    assert!(saved.len() < long.len() / 2, "it is deflated");
    assert_eq!(document(&saved, &DocumentLimits::default()), Ok(()));
    let of = |limits: DocumentLimits| document(&saved, &limits);
    assert_eq!(of(DocumentLimits { bytes: saved.len() - 1, ..DocumentLimits::default() }), Err(ScanError::TooLarge));
    assert_eq!(of(DocumentLimits { inflated: 4_000, ..DocumentLimits::default() }), Err(ScanError::TooLarge));
    assert_eq!(of(DocumentLimits { ops: 7_000, ..DocumentLimits::default() }), Err(ScanError::TooManyOps));
    assert_eq!(of(DocumentLimits { changes: 6, ..DocumentLimits::default() }), Err(ScanError::TooManyOps));
}

#[test]
fn a_saved_document_that_unfolds_to_more_than_it_may_is_refused_at_once() {
    let few = saved_bomb(1_000, 0);
    assert_eq!(document(&few, &DocumentLimits::default()), Ok(()), "the frame itself is in order");
    let started = Instant::now();
    let many = saved_bomb(100_000_000, 0);
    assert!(many.len() < 120);
    assert_eq!(document(&many, &DocumentLimits::default()), Err(ScanError::TooManyOps));
    assert!(started.elapsed().as_millis() < 200, "{:?}", started.elapsed());
    let wide = saved_bomb(1_000, 80 << 20);
    assert!(wide.len() < 100_000);
    assert_eq!(document(&wide, &DocumentLimits::default()), Err(ScanError::TooLarge));
    for bomb in [many, wide] {
        assert!(Doc::new(DocKind::Session).apply(&[&bomb]).is_err(), "and Automerge never sees it");
    }
}

#[test]
fn scanning_a_saved_document_with_anything_turned_over_never_panics() {
    let (doc, _) = real();
    let saved = doc.save();
    let len = chunks(&saved).next().expect("one").expect("a chunk").data.len();
    let mut refused = 0;
    for at in 0..len {
        for bit in [0, 1, 3, 6, 7] {
            let bytes = spoilt(&saved, |content| content[at] ^= 1 << bit);
            // What passes is for Automerge to say; it must not stop hard.
            let taken = Doc::new(DocKind::Session).apply(&[&bytes]).is_ok();
            if document(&bytes, &DocumentLimits::default()).is_err() {
                assert!(!taken, "Automerge never sees it");
                refused += 1;
            }
        }
    }
    assert!(refused > len / 2, "{refused} of {}", 5 * len);
    let mut cut = saved.clone();
    cut.push(0);
    assert_eq!(document(&cut, &DocumentLimits::default()), Err(ScanError::Malformed));
    assert_eq!(document(&saved[..saved.len() - 1], &DocumentLimits::default()), Err(ScanError::Malformed));
    let mut wrong = saved;
    wrong[5] ^= 1;
    assert_eq!(document(&wrong, &DocumentLimits::default()), Err(ScanError::BadChecksum));
}
