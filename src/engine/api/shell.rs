//! What the header and *Today* show: who I am, how the link is, where my words are.

use serde::{Deserialize, Serialize};

use super::{CommandId, DraftCard, MeetingRow, PointView, ProjectRow, WaitView};
use crate::domain::{
    DeviceId, DocId, DocKind, Framework, PartyCode, PersonId, Role,
    person::{Follow, ReadMark},
};

/// Where a record's words are. Never better than the truth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mark {
    /// Applied, not yet flushed to this device's disk.
    Pending,
    /// Durable on this device only.
    Device,
    /// The hub has committed it.
    Hub,
    /// So many delegations have it durably.
    Seen { delegations: u16 },
    /// The hub refused an edit of this record; the words are kept for their author.
    Refused,
}

/// How the device reaches the hub.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Link {
    /// Not at all.
    Offline,
    /// Trying.
    Connecting,
    /// By WebSocket.
    Live,
    /// By plain HTTP.
    Http,
}

/// Where what this device has is kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kept {
    /// Not known yet: the store is being opened.
    #[default]
    Opening,
    /// On the disk.
    Disk,
    /// Nowhere: it goes with the last window.
    Memory,
}

/// Who is here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Me {
    /// The person.
    pub person: PersonId,
    /// This device.
    pub device: DeviceId,
    /// For which party.
    pub party: PartyCode,
    /// That party's name.
    pub party_name: String,
    /// In which role.
    pub role: Role,
    /// The chair terms' ordinals in effect today for this party, if it is in the chair.
    pub chair_of: Vec<(Framework, u16)>,
}

/// The header.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ShellView {
    /// None before joining, and while it is not known.
    pub me: Option<Me>,
    /// Where what is here is kept.
    pub kept: Kept,
    /// The workspace's name.
    pub workspace: String,
    /// Whether it is the sample record.
    pub sample: bool,
    /// The link.
    pub link: Link,
    /// Changes not yet acknowledged, refused ones excepted.
    pub unsent: u32,
    /// Edits the hub refused, waiting for their author.
    pub refused: Vec<RefusedEdit>,
    /// Edits so old, or so overtaken, that they wait for a word of their author, by document.
    pub held: Vec<HeldEdits>,
    /// In how many documents others wrote since the person read what there was.
    pub unread: u32,
    /// What the person follows.
    pub follows: Vec<Follow>,
    /// How far others wrote in what the person follows and has not read, as far as that can be said without reading it.
    pub followed: Option<ReadMark>,
    /// First load: documents still to come.
    pub loading: u32,
    /// How far a first load is, while there is one.
    pub progress: Option<Progress>,
    /// Documents that were found damaged, on the disk or when they came, and are asked for again.
    pub damaged: u32,
    /// Something the person must know about this device: a message key (`notice-memory-only`, `notice-revoked`,
    /// `notice-storage-full`, `notice-newer-hub`, `notice-older-hub`, `notice-second-tab`, `notice-device-damaged`).
    pub notice: Option<String>,
    /// When the hub was last heard: milliseconds since 1970 by this device's clock.
    pub last_contact: Option<u64>,
}

/// How far a first load is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Documents that have come.
    pub documents: u32,
    /// Of how many.
    pub of: u32,
    /// Bytes that have come.
    pub bytes: u64,
    /// Of about how many.
    pub of_bytes: u64,
}

/// An edit that could not be sent or was refused; its words are here to read and copy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RefusedEdit {
    /// The command.
    pub command: CommandId,
    /// The document.
    pub doc: DocId,
    /// The document's title, as far as it is known.
    pub title: String,
    /// Why: the hub's word.
    pub why: String,
    /// What the person wrote, as text.
    pub words: String,
    /// Whether it can be offered again: [`super::Command::OfferAgain`].
    pub again: bool,
}

/// Edits of one document that were made so long before they could be sent, or on something that was adopted meanwhile, that
/// their author looks at them first. They
/// are in the document on this device; [`super::Command::Release`] sends them, [`super::Command::PutAside`] takes them
/// out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeldEdits {
    /// The document.
    pub doc: DocId,
    /// Its kind, where it is known.
    pub kind: Option<DocKind>,
    /// Its title, as far as it is known.
    pub title: String,
    /// How many edits.
    pub edits: u32,
    /// When the oldest was made: milliseconds since 1970 by this device's clock.
    pub since: u64,
    /// Whether what they are about was adopted after they were made.
    pub overtaken: bool,
    /// What the person wrote, as text.
    pub words: String,
}

/// What needs me.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TodayView {
    /// Projects of my party with two standing claims.
    pub to_decide: Vec<ProjectRow>,
    /// What else waits for a word of my party.
    pub waits: Vec<WaitView>,
    /// What is due of my party: what is late first, then by day.
    pub due: Vec<WaitView>,
    /// Projects of my party, not completed.
    pub mine: Vec<ProjectRow>,
    /// Meetings whose last day is not before today, soonest first; else the latest ones.
    pub meetings: Vec<MeetingRow>,
    /// Whether those meetings are all over.
    pub past: bool,
    /// What my delegation drafts and has not submitted.
    pub drafts: Vec<DraftCard>,
    /// What my party is to do, the soonest first.
    pub actions: Vec<PointView>,
    /// What others are to do, for the chair and the Secretariat.
    pub others: Vec<PointView>,
}
