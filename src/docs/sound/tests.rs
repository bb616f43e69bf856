use std::collections::BTreeMap;

use crate::{
    docs::{
        Doc, scan,
        tests::{author, entity, item, set, snapshot, typed},
    },
    domain::{At, DocKind},
};

/// Changes with some bits turned, their checksums made right again: whatever passes, Automerge takes without stopping.
#[test]
fn damaged_changes_are_refused_or_applied_and_stop_nothing() {
    let mut doc = Doc::new(DocKind::Session);
    let note = || At::of(entity(2), "note");
    let edits = [
        item(1, None, "a", "Opening"),
        item(2, Some(1), "a", "x"),
        typed(note(), "", 0, 0, "Ghi chú 😀"),
        typed(note(), "Ghi chú 😀", 4, 3, "x"),
        set("kind", "OPEN".into(), &[]),
        set("kind", "CLOSED".into(), &["OPEN".into()]),
    ];
    let mut seed = 3_u64;
    let mut random = move |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap_or_default() % below
    };
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (n, edit) in edits.iter().enumerate() {
        let before = doc.clone();
        let made = doc.edit(edit, &author(u8::try_from(n % 2).expect("small") + 1)).expect("an edit");
        let content = scan::chunks(&made.bytes).next().expect("one").expect("a chunk").data.to_vec();
        for _ in 0..800 {
            let mut content = content.clone();
            for _ in 0..=random(2) {
                let at = random(content.len());
                content[at] ^=
                    if random(2) == 0 { 1 << random(8) } else { u8::try_from(random(255)).expect("a byte") + 1 };
            }
            let mut doc = before.clone();
            let heads = doc.heads();
            let result = match doc.apply(&[&scan::tests::framed(1, &content, &content)]) {
                Ok(applied) if applied.hashes.is_empty() => "waits",
                Ok(_) => "applied",
                Err(error) => {
                    assert_eq!(doc.heads(), heads);
                    error.word()
                }
            };
            assert_eq!(snapshot(&doc).kind, DocKind::Session);
            let again = Doc::load(DocKind::Session, [doc.save().as_slice()]).map(|again| again.heads());
            assert_eq!(again, Ok(doc.heads()), "what was saved is read again: {content:02x?}");
            *seen.entry(result).or_default() += 1;
        }
    }
    for word in ["waits", "applied", "malformed", "fork"] {
        assert!(seen.get(word).is_some_and(|times| *times > 100), "{seen:?}");
    }
}

#[test]
fn a_change_whose_operations_are_named_as_others_of_its_author_is_refused() {
    let (mut doc, mut apart) = (Doc::new(DocKind::Session), Doc::new(DocKind::Session));
    doc.edit(&set("kind", "OPEN".into(), &[]), &author(1)).expect("an edit");
    let made = apart.edit(&set("kind", "CLOSED".into(), &[]), &author(1)).expect("an edit");
    let mut content = scan::chunks(&made.bytes).next().expect("one").expect("a chunk").data.to_vec();
    // One dependency of 32 bytes, an actor of 20, and the number of the change: it says that it is the author's second.
    let seq = 1 + 32 + 1 + 20;
    assert_eq!(content[seq], 1);
    content[seq] = 2;
    let refused = doc.apply(&[&scan::tests::framed(1, &content, &content)]).map_err(|error| error.word());
    assert_eq!(refused, Err("malformed"));
}
