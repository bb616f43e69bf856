//! What a device learns from the hub, for the engine to act on.

use super::super::{
    Cursor, Key,
    frame::{Entry, Hash, Id, Limits, PartySeen, Point, Receipt},
    marks::Run,
};

/// What the engine must know or do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The hub knows this device.
    Welcome {
        /// The workspace; to be kept.
        workspace: Id,
        /// The hub's newest number.
        head: u64,
        /// The hub's time, milliseconds since 1970.
        time: u64,
        /// What it allows.
        limits: Limits,
    },
    /// Make all of this durable as one transaction, then call [`super::Client::durable`] with `to`. May repeat what is
    /// already held: take in by hash.
    Log {
        /// The number the entries follow. A fact with this number or a lower one became visible only now: unless its
        /// document is whole already, the document is missing.
        from: u64,
        /// The cursor to keep with them.
        to: Cursor,
        /// The entries. A change without body is one of this device's own: not held here, its document is missing.
        entries: Vec<Entry>,
        /// Documents this device may no longer receive.
        lost: Vec<Id>,
        /// Documents of which changes were left out, with about how many bytes: they are missing.
        apart: Vec<(Id, u64)>,
    },
    /// The hub has committed this item of ours: by acknowledgement, because it had it, or seen in its log.
    Acked {
        /// Which.
        key: Key,
        /// Its number.
        number: u64,
        /// The hub's code on a change, where it said so.
        receipt: Option<Receipt>,
    },
    /// The hub will never take this item. Nothing of its document is queued any more: rebuild it from what was
    /// acknowledged and offer again.
    Refused {
        /// Which.
        key: Key,
        /// The hub's word.
        why: String,
    },
    /// Another change has this actor and sequence: take a new actor, rebuild, offer again. Nothing of the document is
    /// queued any more.
    Fork {
        /// Which.
        key: Key,
    },
    /// The hub lacks changes this item builds on, and they are not queued. The item is no longer queued: offer it
    /// again after them.
    NeedsDeps {
        /// Which.
        key: Key,
        /// What it lacks.
        deps: Vec<Hash>,
    },
    /// The hub asks for patience; everything stays queued.
    Retry {
        /// Until when: milliseconds, by the caller's clock.
        at: u64,
    },
    /// A document, whole. Make it durable, then call [`super::Client::durable`] without it among the missing.
    Snapshot {
        /// Which.
        doc: Id,
        /// Every entry of the document up to here is in it; 0: the hub has none for this device.
        number: u64,
        /// Its changes with number, time and device.
        entries: Vec<Entry>,
        /// A compacted document to which they add.
        bytes: Option<Vec<u8>>,
        /// What is known of the changes inside it.
        marks: Vec<Run>,
    },
    /// How far each party's best device is. A hub that restarted knows less than it did: keep the best heard.
    Seen(Vec<PartySeen>),
    /// The hub acknowledged something when its log was here.
    Reached(Point),
    /// The hub fell back to an older history. Marks above `to` fall back to "on this device"; make that durable, call
    /// [`super::Client::durable`] with a cursor there and
    /// [`super::Client::give_back`] all that is held above it, one's own and others'. Nothing is queued any more.
    Rewind {
        /// The last place both are sure of.
        to: Point,
    },
    /// What became of an entry that was given back: its number now, or why the hub will not have it.
    Returned {
        /// Which.
        key: Key,
        /// The number, or the hub's word.
        told: Result<u64, String>,
    },
    /// Somebody says something in passing about a document that this device is in.
    Said {
        /// About which.
        doc: Id,
        /// Who: a person.
        from: Id,
        /// What; nothing: no longer there.
        bytes: Vec<u8>,
    },
    /// The hub turned something down as a whole; the machine tries again later.
    Trouble {
        /// Its word.
        code: String,
        /// Its sentence, for a log.
        message: String,
    },
    /// It makes no sense to try again before something changed (`unauthorised`, `revoked`, `proto`, `workspace`): see
    /// [`super::Client::resume`].
    Fatal {
        /// The hub's word.
        code: String,
    },
}
