//! The frames of the protocol: CBOR with numbered fields, so that old and new versions understand each other.
//!
//! A frame moves bytes with their metadata. Nothing here knows what a document holds or what a fact says. Field numbers are
//! for ever: add, never reuse. Reserved and not yet used: `Push.2`. Items are written by
//! [`super::lean`].

mod party;

use minicbor::{
    Decode, Encode,
    bytes::{ByteArray, ByteVec},
};

pub use party::PartySeen;

pub use super::history::Point;
use super::{
    lean::{self, Told},
    marks::Run,
};

/// The version of the protocol this build speaks.
pub const PROTO: u16 = 1;

/// 16 bytes: a document, a device, a workspace.
pub type Id = ByteArray<16>;
/// SHA-256 of a change (Automerge's change hash) or of a fact.
pub type Hash = ByteArray<32>;
/// Eight bytes of the SHA-256 chain over the hub's entries: it proves *which* history a number counts.
pub type Stamp = ByteArray<8>;
/// A device's signature, `r || s`: see [`super::proof::change_text`].
pub type Signature = ByteArray<64>;
/// The hub's code on a fact that it took: see [`super::proof::HubKey`].
pub type Mac = ByteArray<16>;
/// The hub's code on a change that it took.
pub type Receipt = ByteArray<8>;

/// What an entry carries.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub enum Item {
    /// One change of one document.
    #[n(0)]
    Change {
        /// Which document.
        #[n(0)]
        doc: Id,
        /// The change's hash.
        #[n(1)]
        hash: Hash,
        /// The change's bytes; none where the receiver has them already or the hub keeps only a snapshot.
        #[n(2)]
        body: Option<ByteVec>,
        /// The device's signature, on the newest changes of each push; not told to the device itself, which can sign.
        #[n(3)]
        signature: Option<Signature>,
        /// The hub's code: it took this change. A device keeps it, and shows it to a hub that fell back.
        #[n(4)]
        receipt: Option<Receipt>,
    },
    /// One fact of the catalogue, opaque here.
    #[n(1)]
    Fact {
        /// The fact's hash.
        #[n(0)]
        hash: Hash,
        /// The fact's bytes.
        #[n(1)]
        body: ByteVec,
        /// The hub's code: it took this fact.
        #[n(2)]
        mac: Option<Mac>,
    },
}

/// An entry of the hub's log, as a client receives it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(context_bound = "AsMut<Told>")]
pub struct Entry {
    /// Its number in the workspace's one gap-free sequence; numbers a client may not see are skipped.
    #[n(0)]
    pub number: u64,
    /// When the hub received it: milliseconds since 1970, never going back.
    #[n(1)]
    pub received_at: u64,
    /// The device that wrote it; none for the hub itself.
    #[n(2)]
    pub device: Option<Id>,
    /// What it is.
    #[cbor(n(3), with = "lean")]
    pub item: Item,
}

/// Why the hub did not take an entry.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub enum Except {
    /// It has it already, under this number.
    #[n(0)]
    Known {
        /// The number it has.
        #[n(0)]
        number: u64,
    },
    /// Not now; try again after so many seconds.
    #[n(1)]
    Retry {
        /// Seconds.
        #[n(0)]
        after: u32,
    },
    /// It builds on changes the hub does not have.
    #[n(2)]
    NeedsDeps {
        /// Those changes.
        #[n(0)]
        deps: Vec<Hash>,
    },
    /// The actor's sequence is taken by another change: a copied profile or a rolled-back store.
    #[n(3)]
    Fork,
    /// Never, for this reason: a stable word such as `not-a-writer`, `too-large`, `malformed`, `unknown-document`,
    /// `unsound` (it does not hold together on its document), `bad-signature`.
    #[n(4)]
    Refused {
        /// The reason's word.
        #[n(0)]
        why: String,
    },
}

/// What the hub allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct Limits {
    /// Largest frame, in bytes.
    #[n(0)]
    pub frame: u32,
    /// Largest change, in bytes.
    #[n(1)]
    pub change: u32,
    /// Most entries in one push.
    #[n(2)]
    pub entries: u32,
    /// The lowest protocol version whose pushes are taken; others read. See [`super::versions`].
    #[n(3)]
    #[cbor(default)]
    pub writes_from: u16,
}

/// A frame.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(context_bound = "AsMut<Told>")]
pub enum Frame {
    /// Client: who I am and how far I am. First on every connection, and in every stateless request.
    #[n(0)]
    Hello {
        /// The newest protocol version that the device speaks.
        #[n(0)]
        proto: u16,
        /// The device's token; none where `Authorization` carried it.
        #[n(1)]
        token: Option<ByteVec>,
        /// The workspace; none before the first welcome.
        #[n(2)]
        workspace: Option<Id>,
        /// The device.
        #[n(3)]
        device: Id,
        /// All entries up to here are durable on the device.
        #[n(4)]
        cursor: u64,
        /// The stamp at the cursor.
        #[n(5)]
        stamp: Stamp,
        /// Documents whose content must be fetched whole.
        #[n(6)]
        missing: Vec<Id>,
        /// The `as_of` of the last log that is durable: rights are compared between then and now.
        #[n(7)]
        #[cbor(default)]
        as_of: u64,
        /// The revision of the last [`Frame::Seen`] received in this run; zero for none.
        #[n(8)]
        #[cbor(default)]
        seen: u64,
        /// Other places of the history that the device counts: beyond the cursor where the hub acknowledged something
        /// since, and, once the hub said that it counts another history, those passed before the cursor.
        #[n(9)]
        #[cbor(default)]
        places: Vec<Point>,
        /// Changes numbered up to here need not be told one by one: the device fetches their documents whole. Zero: tell
        /// all of them.
        #[n(10)]
        #[cbor(default)]
        apart: u64,
    },
    /// Hub: you are in.
    #[n(1)]
    Welcome {
        /// Protocol version spoken: the newest that both know.
        #[n(0)]
        proto: u16,
        /// The workspace.
        #[n(1)]
        workspace: Id,
        /// The hub's newest number.
        #[n(2)]
        head: u64,
        /// What it allows.
        #[n(3)]
        limits: Limits,
        /// The hub's time, milliseconds since 1970.
        #[n(4)]
        time: u64,
    },
    /// Hub: your stamp is not mine; count again from here. Nothing else follows: say hello again.
    #[n(2)]
    Rewind {
        /// The last number that both are sure of.
        #[n(0)]
        to: u64,
    },
    /// Client: take these, in causal order. One in flight per device.
    #[n(3)]
    Push {
        /// Echoed by the acknowledgement.
        #[n(0)]
        req: u32,
        /// What is offered; their `number`, `received_at` and `device` mean nothing.
        #[cbor(n(1), with = "lean::list")]
        items: Vec<Item>,
    },
    /// Hub, after its commit: entry `i` that is not in `except` has the number `first` + (how many before it were taken).
    #[n(4)]
    Ack {
        /// The push.
        #[n(0)]
        req: u32,
        /// Number of the first entry taken.
        #[n(1)]
        first: u64,
        /// How many were taken.
        #[n(2)]
        taken: u32,
        /// The others, by index.
        #[n(3)]
        except: Vec<(u32, Except)>,
        /// A [`Receipt`] for each entry taken, in order, one after the other; of a fact it says nothing.
        #[n(4)]
        receipts: Option<ByteVec>,
        /// Where the hub's log was after this push: everything named here lies at or before it.
        #[n(5)]
        at: Option<Point>,
    },
    /// Hub: what follows `from`, up to and including `to`, as far as this device may see it.
    #[n(5)]
    Log {
        /// The client's cursor before.
        #[n(0)]
        from: u64,
        /// Its cursor after.
        #[n(1)]
        to: u64,
        /// The stamp at `to`.
        #[n(2)]
        stamp: Stamp,
        /// The entries. One's own changes without body. An entry numbered `from` or lower is a fact that became visible
        /// only now: its document is missing until fetched.
        #[n(3)]
        entries: Vec<Entry>,
        /// Documents this device may no longer receive.
        #[n(4)]
        lost: Vec<Id>,
        /// When the hub last compared rights for this log: milliseconds since 1970. Rights also begin and end by date,
        /// with no entry.
        #[n(5)]
        #[cbor(default)]
        as_of: u64,
        /// Documents of which changes were left out, as the device asked, and about how many bytes of them.
        #[n(6)]
        #[cbor(default)]
        apart: Vec<(Id, u64)>,
    },
    /// Client: all up to here is durable, except the missing documents.
    #[n(6)]
    Have {
        /// The cursor.
        #[n(0)]
        cursor: u64,
        /// Still missing.
        #[n(1)]
        missing: Vec<Id>,
        /// The `as_of` of the last log that is durable.
        #[n(2)]
        #[cbor(default)]
        as_of: u64,
    },
    /// Hub: how far each party's best device is.
    #[n(7)]
    Seen {
        /// By party.
        #[n(0)]
        parties: Vec<PartySeen>,
        /// Changes whenever the content does; says nothing across a restart of the hub but "differs".
        #[n(1)]
        #[cbor(default)]
        revision: u64,
    },
    /// Client: send me this document whole.
    #[n(8)]
    Want {
        /// Which.
        #[n(0)]
        doc: Id,
        /// Whether a compacted document with its marks will do; else each change comes by itself.
        #[n(1)]
        #[cbor(default)]
        folded: bool,
    },
    /// Hub: a document whole, as of `number`.
    #[n(9)]
    Snapshot {
        /// Which.
        #[n(0)]
        doc: Id,
        /// Every entry of the document up to here is in it; 0: there is none for this device.
        #[n(1)]
        number: u64,
        /// Its changes, each with number, time and device.
        #[n(2)]
        entries: Vec<Entry>,
        /// A compacted document to which `entries` add, or a part of it, to be joined in the order of the frames; none
        /// while the hub keeps every change by itself.
        #[n(3)]
        bytes: Option<ByteVec>,
        /// What the log said of the changes in the compacted document; with the last part of it.
        #[n(4)]
        #[cbor(default)]
        marks: Vec<Run>,
        /// Whether more frames of the same snapshot follow: small frames keep a slow link visibly alive.
        #[n(5)]
        #[cbor(default)]
        more: bool,
    },
    /// Both: presence and cursors; never stored. To the hub without bytes: no longer there.
    #[n(10)]
    Eph {
        /// About which document.
        #[n(0)]
        doc: Id,
        /// Opaque.
        #[n(1)]
        bytes: ByteVec,
        /// From the hub: who says it. A person: on which of their devices does not matter.
        #[n(2)]
        from: Option<Id>,
    },
    /// Both: something is wrong with what you sent; a stable word and a sentence for a log.
    #[n(11)]
    Error {
        /// The word: `malformed`, `too-large`, `unauthorised`, `revoked`, `proto`, `workspace`, `busy`.
        #[n(0)]
        code: String,
        /// The sentence.
        #[n(1)]
        message: String,
    },
    /// Client: are you there? Asked when a stream has been silent, because a browser cannot send WebSocket pings.
    #[n(12)]
    Ping {
        /// Echoed.
        #[n(0)]
        n: u32,
    },
    /// Hub: here.
    #[n(13)]
    Pong {
        /// The ping's.
        #[n(0)]
        n: u32,
    },
    /// Client, after a rewind: what you lost, one's own and others', in its old order. Answered like a push.
    #[n(14)]
    Return {
        /// Echoed by the acknowledgement; never a push's.
        #[n(0)]
        req: u32,
        /// The entries as the hub once numbered them, with its codes.
        #[n(1)]
        entries: Vec<Entry>,
    },
}
