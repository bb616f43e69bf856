//! The local store: what is kept under which key, and the one transaction that is being written.
//!
//! Keys hold ids and numbers only; values pass through [`seal`] and [`open`], so that a damaged one is never taken for what
//! was written, and encryption can come without another layout. Everything that belongs together goes into one transaction; the shell must write it with strict durability
//! and answer once it is on the disk. While one is being written, everything that comes meanwhile gathers in the next.

use std::collections::BTreeMap;

/// The stores of a workspace's database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Store {
    /// Acknowledged changes by document: `DOC/NUMBER`.
    Chunk,
    /// Own changes and facts not yet acknowledged, in their order: `NUMBER`.
    Outbox,
    /// Cached rows by document: `DOC`.
    Row,
    /// The device, the cursor, the facts: see [`meta`].
    Meta,
    /// Refused words by command, and what was found damaged: see [`aside`].
    Quarantine,
    /// Pieces of files: see [`super::files::FileKey::piece`].
    Blob,
}

impl Store {
    /// All of them, in the order in which a database makes them.
    pub const ALL: [Self; 6] = [Self::Chunk, Self::Outbox, Self::Row, Self::Meta, Self::Quarantine, Self::Blob];

    /// Its name in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chunk => "chunk",
            Self::Outbox => "outbox",
            Self::Row => "row",
            Self::Meta => "meta",
            Self::Quarantine => "quarantine",
            Self::Blob => "blob",
        }
    }
}

/// Keys of [`Store::Meta`].
pub mod meta {
    use crate::domain::DocId;

    /// Who this device is.
    pub const DEVICE: &str = "1";
    /// Cursor, stamp, missing documents, head.
    pub const CURSOR: &str = "2";
    /// How far each party was when last heard.
    pub const SEEN: &str = "3";
    /// When each party was last heard, by the hub's clock.
    pub const CONTACT: &str = "7";
    /// Facts begin so; then their number.
    pub const FACT: &str = "4/";
    /// Documents at whose loading the engine crashed begin so; the value is how often, as text. The shell writes it when
    /// it happens.
    pub const CRASHED: &str = "5/";
    /// Who this device is, a second time: without it nothing can be sent.
    pub const DEVICE_AGAIN: &str = "6";

    /// What the hub said of a fact begins so; then its number.
    pub const SEAL: &str = "7/";

    /// What a hub that fell back is still owed: see [`super::super::rewind`].
    pub const REWOUND: &str = "8";
    /// Facts that it lost begin so; then their hash.
    pub const LOST_FACT: &str = "9/";
    /// Places of the hub's history that were passed.
    pub const HISTORY: &str = "10";

    /// The key of a fact that the hub lost.
    #[must_use]
    pub fn lost_fact(hash: &[u8; 32]) -> String {
        let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{LOST_FACT}{hash}")
    }

    /// The key of what the hub said of a fact.
    #[must_use]
    pub fn seal(number: u64) -> String {
        format!("{SEAL}{number:016}")
    }

    /// Documents on their way in a first load begin so; the value is about how many bytes, as text.
    pub const COMING: &str = "11/";
    /// The place in the outbox before which everything is in the rows.
    pub const ROWS: &str = "13";
    /// The sums of a first load.
    pub const LOADING: &str = "12";

    /// What is known of a file begins so; then its document and its hash.
    pub const FILE: &str = "20/";
    /// Meetings whose papers are kept begin so.
    pub const PACK: &str = "21/";

    /// What can be taken back.
    pub const UNDO: &str = "22";

    /// The key of a document on its way.
    #[must_use]
    pub fn coming(doc: DocId) -> String {
        format!("{COMING}{doc}")
    }

    /// The key of a fact.
    #[must_use]
    pub fn fact(number: u64) -> String {
        format!("{FACT}{number:016}")
    }

    /// The key of a document's mark.
    #[must_use]
    pub fn crashed(doc: DocId) -> String {
        format!("{CRASHED}{doc}")
    }
}

/// One step of a transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Writes a value.
    Put(Store, String, Vec<u8>),
    /// Takes a value away; one that is not there is no error.
    Delete(Store, String),
}

/// A transaction: all or nothing, its steps in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Write {
    /// The steps.
    pub steps: Vec<Step>,
}

impl Write {
    /// Whether nothing is to be written.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// Adds a value, sealed.
    pub fn put(&mut self, store: Store, key: impl Into<String>, value: Vec<u8>) {
        self.steps.push(Step::Put(store, key.into(), seal(&value)));
    }

    /// Takes a value away.
    pub fn delete(&mut self, store: Store, key: impl Into<String>) {
        self.steps.push(Step::Delete(store, key.into()));
    }

    /// Drops steps that a later one of the same key makes pointless: a burst of keys writes a row once.
    pub fn fold(&mut self) {
        let mut last: BTreeMap<(Store, String), usize> = BTreeMap::new();
        for (i, step) in self.steps.iter().enumerate() {
            let (Step::Put(store, key, _) | Step::Delete(store, key)) = step;
            last.insert((*store, key.clone()), i);
        }
        let mut i = 0;
        self.steps.retain(|step| {
            let (Step::Put(store, key, _) | Step::Delete(store, key)) = step;
            let keep = last.get(&(*store, key.clone())) == Some(&i);
            i += 1;
            keep
        });
    }
}

/// What the shell reads when it opens a workspace: every store that is small.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contents {
    /// [`Store::Meta`].
    pub meta: Vec<(String, Vec<u8>)>,
    /// [`Store::Row`].
    pub rows: Vec<(String, Vec<u8>)>,
    /// [`Store::Outbox`].
    pub outbox: Vec<(String, Vec<u8>)>,
    /// [`Store::Quarantine`].
    pub quarantine: Vec<(String, Vec<u8>)>,
}

/// Why the store could not do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The browser gives no more room.
    #[error("the device gives this application no more room")]
    Quota,
    /// The connection to the database was lost; opening it again heals it.
    #[error("the connection to the database was lost")]
    Lost,
    /// What is stored cannot be read.
    #[error("what is stored cannot be read")]
    Corrupt,
    /// A newer version of the application has made the database over.
    #[error("a newer version of the application has made the database over")]
    Newer,
    /// There is no store on this device (a private window).
    #[error("there is no store on this device")]
    Absent,
}

/// A sealed value begins so. No value of a version that did not seal does, nor one with a bit turned over.
const SEALED: u8 = 0xff;

/// A value that is not what was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the value is damaged")]
pub struct Damaged;

fn checksum(value: &[u8]) -> [u8; 4] {
    let mut crc = flate2::Crc::new();
    crc.update(value);
    crc.sum().to_be_bytes()
}

/// What goes into the store: the value behind its checksum.
#[must_use]
pub fn seal(value: &[u8]) -> Vec<u8> {
    let mut sealed = Vec::with_capacity(value.len() + 5);
    sealed.push(SEALED);
    sealed.extend(checksum(value));
    sealed.extend(value);
    sealed
}

/// What comes out of it; of a version that did not seal, as it is.
///
/// # Errors
/// When it is not what was sealed.
pub fn open(value: &[u8]) -> Result<&[u8], Damaged> {
    match value {
        [] => Err(Damaged),
        [SEALED, rest @ ..] => {
            let (sum, value) = rest.split_first_chunk::<4>().ok_or(Damaged)?;
            if *sum == checksum(value) { Ok(value) } else { Err(Damaged) }
        }
        [_, ..] => Ok(value),
    }
}

/// What can be read of a damaged value, for a person to look at: never to be taken as whole.
#[must_use]
pub fn remains(value: &[u8]) -> &[u8] {
    match value {
        [SEALED, _, _, _, _, rest @ ..] => rest,
        _ => value,
    }
}

/// Keys of [`Store::Quarantine`] for what was found damaged; those of refused words are their commands.
pub mod aside {
    use crate::domain::DocId;

    /// A chunk, by its own key.
    #[must_use]
    pub fn chunk(key: &str) -> String {
        format!("chunk/{key}")
    }

    /// A change that came from the hub, by its number there.
    #[must_use]
    pub fn change(doc: DocId, number: u64) -> String {
        format!("change/{doc}/{number:016}")
    }

    /// An own entry, by its key in the outbox.
    #[must_use]
    pub fn entry(key: &str) -> String {
        format!("outbox/{key}")
    }

    /// The document a damaged chunk or change is of.
    #[must_use]
    pub fn doc(key: &str) -> Option<DocId> {
        let of = key.strip_prefix("chunk/").or_else(|| key.strip_prefix("change/"))?;
        of.split('/').next()?.parse().ok()
    }
}

/// The key of a document's chunk.
#[must_use]
pub fn chunk_key(doc: crate::domain::DocId, n: u64) -> String {
    format!("{doc}/{n:010}")
}

/// What a chunk's key says.
#[must_use]
pub fn chunk_of(key: &str) -> Option<(crate::domain::DocId, u64)> {
    let (doc, n) = key.split_once('/')?;
    Some((doc.parse().ok()?, n.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_step_of_a_key_is_written() {
        let mut write = Write::default();
        write.put(Store::Row, "a", vec![1]);
        write.put(Store::Outbox, "a", vec![2]);
        write.put(Store::Row, "a", vec![3]);
        write.delete(Store::Outbox, "a");
        write.fold();
        assert_eq!(
            write.steps,
            [Step::Put(Store::Row, "a".into(), seal(&[3])), Step::Delete(Store::Outbox, "a".into())]
        );
    }

    #[test]
    fn a_value_with_any_bit_turned_over_or_cut_off_is_not_taken_for_what_was_written() {
        let sealed = seal(b"words");
        assert_eq!(open(&sealed), Ok(&b"words"[..]));
        assert_eq!(open(b"{\"of\":\"a version before\"}"), Ok(&b"{\"of\":\"a version before\"}"[..]));
        for byte in 1..sealed.len() {
            for bit in 0..8 {
                let mut turned = sealed.clone();
                turned[byte] ^= 1 << bit;
                assert_eq!(open(&turned), Err(Damaged), "byte {byte}, bit {bit}");
            }
            assert_eq!(open(&sealed[..byte]), Err(Damaged), "cut at {byte}");
        }
        assert_eq!(open(&[]), Err(Damaged));
        assert_eq!(remains(&sealed), b"words");
    }

    #[test]
    fn chunk_keys_sort_by_number() {
        let doc = crate::domain::DocId::from_bytes([7; 16]);
        assert!(chunk_key(doc, 9) < chunk_key(doc, 10));
        assert_eq!(chunk_of(&chunk_key(doc, 10)), Some((doc, 10)));
    }
}
