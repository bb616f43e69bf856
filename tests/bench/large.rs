//! The largest document a workspace is designed for: a work plan's worth of records with a few years of edits.

use mufakat::{
    docs::{Actor, Author, Doc},
    domain::{At, DeviceId, DocKind, Edit, EntityId, Place},
};

/// Its kind.
pub const KIND: DocKind = DocKind::Draft;
/// Changes of each record.
pub const EACH: u32 = 18;

/// A document of so many records with eighteen changes each, by so many devices in turn.
pub fn document(records: u32, devices: u8) -> Doc {
    let mut doc = Doc::new(KIND);
    let mut made = 0;
    let mut edit = |edit: Edit| {
        made += 1;
        let device = u8::try_from(made % u64::from(devices)).expect("few");
        let actor = Actor::new(DeviceId::from_bytes([device + 1; 16]), 0);
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
    doc
}
