//! Small things the tests are written with.

use crate::{
    docs::{Actor, Author, Doc, DocsError, Made},
    domain::{At, DeviceId, DocKind, Edit, EntityId, Place, Snapshot, Splice, Value},
};

/// A device by a small number, writing at a fixed time.
pub fn author(n: u8) -> Author {
    let device = DeviceId::from_bytes([n; 16]);
    Author { actor: Actor::new(device, 0), millis: 1_605_571_200_000 + u64::from(n) }
}

/// An entity by a small number.
pub fn entity(n: u8) -> EntityId {
    EntityId::from_bytes([n; 16])
}

pub fn place(parent: Option<u8>, key: &str) -> Place {
    Place { parent: parent.map(entity), key: key.to_owned() }
}

pub fn set(field: &str, value: Value, seen: &[Value]) -> Edit {
    Edit::Set { at: At::root(field), value, seen: seen.to_vec() }
}

pub fn typed(at: At, base: &str, position: u32, delete: u32, insert: &str) -> Edit {
    let splices = vec![Splice { at: position, delete, insert: insert.to_owned() }];
    Edit::Text { at, base: base.to_owned(), splices }
}

pub fn item(n: u8, parent: Option<u8>, key: &str, title: &str) -> Edit {
    Edit::Add {
        to: "items".to_owned(),
        id: entity(n),
        place: Some(place(parent, key)),
        fields: vec![("title".to_owned(), title.into())],
        texts: vec![],
    }
}

/// A document on some devices, each with its own copy.
pub struct Group {
    pub docs: Vec<Doc>,
}

impl Group {
    pub fn new(kind: DocKind, size: usize) -> Self {
        Self { docs: (0..size).map(|_| Doc::new(kind)).collect() }
    }

    /// An edit on one device.
    pub fn edit(&mut self, device: u8, edit: &Edit) -> Made {
        self.try_edit(device, edit).expect("the edit fits")
    }

    pub fn try_edit(&mut self, device: u8, edit: &Edit) -> Result<Made, DocsError> {
        self.docs[usize::from(device)].edit(edit, &author(device + 1))
    }

    /// Everybody gets everything; afterwards all copies say the same, and so does one loaded from scratch.
    pub fn meet(&mut self) -> Snapshot {
        let all: Vec<_> = self.docs.iter().flat_map(|doc| doc.changes()).collect();
        let bytes: Vec<&[u8]> = all.iter().map(|change| change.bytes.as_slice()).collect();
        for doc in &mut self.docs {
            assert!(doc.apply(&bytes).expect("changes of the group").waiting.is_empty());
        }
        let says = snapshot(&self.docs[0]);
        for doc in &self.docs {
            assert_eq!(snapshot(doc), says);
            let saved = doc.save();
            let loaded = Doc::load(doc.kind(), [saved.as_slice()]).expect("what was saved");
            assert_eq!(snapshot(&loaded), says);
        }
        let loaded = Doc::load(self.docs[0].kind(), bytes.into_iter().rev()).expect("changes in any order");
        assert_eq!(snapshot(&loaded), says);
        says
    }
}

pub fn snapshot(doc: &Doc) -> Snapshot {
    doc.snapshot(&|_| None).expect("a document of ours")
}
