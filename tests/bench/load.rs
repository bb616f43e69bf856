//! How long the largest document takes to open.

use std::time::{Duration, Instant};

use mufakat::{
    docs::{Actor, Author, Doc},
    domain::{At, DeviceId, DocKind, Edit, EntityId, Place},
};

use crate::table::Figure;

/// Changes of each record.
const EACH: u32 = 18;

/// A document of so many records with eighteen changes each, from its saved bytes.
pub fn largest(records: u32) -> Vec<Figure> {
    let actor = Actor::new(DeviceId::from_bytes([7; 16]), 0);
    let mut doc = Doc::new(DocKind::Draft);
    let mut made = 0;
    let mut edit = |edit: Edit| {
        made += 1;
        doc.edit(&edit, &Author { actor, millis: 1_772_366_400_000 + made * 7_000 }).expect("an edit");
    };
    let id = |n: u32| {
        let mut bytes = [0; 16];
        bytes[..4].copy_from_slice(&n.to_be_bytes());
        EntityId::from_bytes(bytes)
    };
    for n in 0..records {
        let place = Some(Place { parent: None, key: format!("a{n:06}").parse().expect("a key") });
        edit(Edit::Add { to: "activities".to_owned(), id: id(n), place, fields: vec![], texts: vec![] });
    }
    for round in 1..EACH {
        for n in 0..records {
            let at = At::of(id(n), "title");
            edit(Edit::Set { at, value: format!("Exam reform, part {round}").as_str().into(), seen: vec![] });
        }
    }
    let bytes = doc.save();
    let mut times: Vec<Duration> = (0..7)
        .map(|_| {
            let began = Instant::now();
            let loaded = Doc::load(DocKind::Draft, [bytes.as_slice()]).expect("loads");
            let took = began.elapsed();
            assert_eq!(loaded.heads(), doc.heads());
            took
        })
        .collect();
    times.sort();
    #[expect(clippy::cast_precision_loss, reason = "bytes of a document")]
    let size = bytes.len() as f64;
    let what = format!("a document of {records} records and {} changes", records * EACH);
    let note = "ours native; automerge in wasm, Yjs in JavaScript, both in Node";
    vec![
        Figure::new("load_us", format!("{what}: load"), "µs", times[3].as_secs_f64() * 1e6).note(note),
        Figure::new("bytes", format!("{what}: saved"), "B", size),
    ]
}
