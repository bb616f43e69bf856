//! Chunks: how acknowledged changes lie in the store, with what the hub said of each.

use minicbor::{
    Decode, Encode,
    bytes::{ByteArray, ByteVec},
};

use crate::{
    domain::{DeviceId, DocId, EntityId},
    sync::{
        codec,
        frame::{Entry, Id, Item},
        lean::Told,
        marks::Run,
    },
};

/// No chunk is larger once inflated.
const LARGEST: usize = 256 << 20;
/// In a chunk all changes are of one document: nobody need say which.
const NONE: [u8; 16] = [0; 16];

/// What the hub said of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Provenance {
    /// Its number.
    pub number: u64,
    /// When the hub received it; none until its log said so.
    pub received_at: Option<u64>,
    /// Which device wrote it.
    pub device: Option<DeviceId>,
    /// That device's signature, where the hub told it.
    pub signature: Option<[u8; 64]>,
    /// The hub's code: it took the change.
    pub receipt: Option<[u8; 8]>,
}

/// An acknowledged change.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Kept {
    /// Its hash.
    #[n(0)]
    pub hash: ByteArray<32>,
    /// Its number.
    #[n(1)]
    pub number: u64,
    /// When the hub received it.
    #[n(2)]
    pub received_at: Option<u64>,
    /// Which device wrote it.
    #[n(3)]
    pub device: Option<DeviceId>,
    /// The change; none where the chunk's document or another chunk holds it.
    #[n(4)]
    pub body: Option<ByteVec>,
    /// Its device's signature, where the hub told it.
    #[n(5)]
    pub signature: Option<ByteArray<64>>,
    /// The hub's code: it took the change.
    #[n(6)]
    pub receipt: Option<ByteArray<8>>,
}

impl Kept {
    /// From an entry of the hub's; none for a fact.
    #[must_use]
    pub fn of(entry: Entry) -> Option<(DocId, Self)> {
        let Entry { number, received_at, device, item } = entry;
        let Item::Change { doc, hash, body, signature, receipt } = item else { return None };
        let device = device.map(|id| DeviceId::from_bytes(id.into()));
        let kept = Self { hash, number, received_at: Some(received_at), device, body, signature, receipt };
        Some((DocId::from_bytes(doc.into()), kept))
    }

    /// As it would travel, where the hub has said when it received it.
    fn entry(&self) -> Option<Entry> {
        let Self { hash, number, received_at, device, body, signature, receipt } = self.clone();
        let item = Item::Change { doc: Id::from(NONE), hash, body, signature, receipt };
        Some(Entry { number, received_at: received_at?, device: device.map(|id| id.to_bytes().into()), item })
    }

    /// What the hub said of it.
    #[must_use]
    pub fn provenance(&self) -> Provenance {
        Provenance {
            number: self.number,
            received_at: self.received_at,
            device: self.device,
            signature: self.signature.map(Into::into),
            receipt: self.receipt.map(Into::into),
        }
    }
}

/// When a record was first and last touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct Touch {
    /// When the hub received the first change that touched it; zero while it has not said so.
    #[n(0)]
    pub first_at: u64,
    /// Number of the last entry that touched it.
    #[n(1)]
    pub last: u64,
}

impl Touch {
    /// Takes in another of the same record.
    pub const fn join(&mut self, other: Self) {
        if other.last > self.last {
            self.last = other.last;
        }
        if self.first_at == 0 {
            self.first_at = other.first_at;
        }
    }
}

/// A chunk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chunk {
    /// A compacted document.
    pub document: Option<ByteVec>,
    /// Changes after the document, with their bytes; without where another chunk holds them.
    pub changes: Vec<Kept>,
    /// Records touched; the document itself under its own id.
    pub touched: Vec<(EntityId, Touch)>,
    /// What the hub said of the changes in the document.
    pub marks: Vec<Run>,
}

/// A chunk as it is stored, deflated where that pays.
#[derive(Encode, Decode)]
#[cbor(context_bound = "AsMut<Told>")]
struct Stored {
    #[n(0)]
    document: Option<ByteVec>,
    /// Changes of which something is not known that an entry says.
    #[n(1)]
    changes: Vec<Kept>,
    #[n(2)]
    touched: Vec<(EntityId, Touch)>,
    #[n(3)]
    #[cbor(default)]
    marks: Vec<Run>,
    /// The other changes, as they travel: without what follows from their bytes.
    #[n(4)]
    #[cbor(default)]
    entries: Vec<Entry>,
}

/// A chunk that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("a chunk cannot be read: {0}")]
pub struct BadChunk(String);

impl Chunk {
    /// The bytes for the store.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let Self { document, changes, touched, marks } = self.clone();
        let entries: Option<Vec<Entry>> = changes.iter().map(Kept::entry).collect();
        let (changes, entries) = entries.map_or_else(|| (changes, Vec::new()), |entries| (Vec::new(), entries));
        let stored = Stored { document, changes, touched, marks, entries };
        let mut bytes = Vec::new();
        // Writing into memory cannot fail.
        if minicbor::encode_with(stored, &mut bytes, &mut Told::default()).is_err() {
            bytes.clear();
        }
        codec::deflate(&bytes).filter(|deflated| deflated.len() < bytes.len()).unwrap_or(bytes)
    }

    /// From the store.
    ///
    /// # Errors
    /// When it is no chunk.
    pub fn decode(bytes: &[u8]) -> Result<Self, BadChunk> {
        let inflated = codec::inflated(bytes, LARGEST).map_err(|error| BadChunk(error.to_string()))?;
        let stored = minicbor::decode_with(&inflated, &mut Told::default());
        let stored: Stored = stored.map_err(|error| BadChunk(error.to_string()))?;
        let Stored { document, mut changes, touched, marks, entries } = stored;
        changes.extend(entries.into_iter().filter_map(Kept::of).map(|(_, kept)| kept));
        Ok(Self { document, changes, touched, marks })
    }

    /// Takes in what came after it.
    pub fn join(&mut self, later: Self) {
        self.changes.extend(later.changes);
        for (record, touch) in later.touched {
            match self.touched.iter_mut().find(|(other, _)| *other == record) {
                Some((_, known)) => known.join(touch),
                None => self.touched.push((record, touch)),
            }
        }
    }

    /// The number of the newest change in it, as far as the hub has numbered any.
    #[must_use]
    pub fn last(&self) -> Option<u64> {
        let within = self.marks.iter().map(|run| run.number + run.count.saturating_sub(1));
        self.changes.iter().map(|kept| kept.number).chain(within).max()
    }

    /// The bytes that a document is loaded from.
    pub fn bodies(&self) -> impl Iterator<Item = &[u8]> {
        let document = self.document.iter().map(|bytes| &bytes[..]);
        document.chain(self.changes.iter().filter_map(|kept| kept.body.as_ref().map(|body| &body[..])))
    }
}
