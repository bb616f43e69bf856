//! What *People* and *Settings* show: parties with their officers, and devices.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::{
    Date, DeviceId, DocId, DocKind, Framework, PartyCode, PersonId, Role, When,
    party::{MembershipStatus, PartyKind},
};

/// Parties, officers, devices.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PeopleView {
    /// In protocol order: members by English name, then Plus Three, partners, the Secretariat.
    pub parties: Vec<PartyView>,
    /// Whether I may invite.
    pub may_invite: bool,
    /// For which parties.
    pub invite_for: Vec<PartyCode>,
}

/// A party.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PartyView {
    /// Its code.
    pub code: PartyCode,
    /// Official English name.
    pub name: String,
    /// Names in other languages: tag, name.
    pub names: Vec<(String, String)>,
    /// Kind.
    pub kind: Option<PartyKind>,
    /// Its agencies: name.
    pub agencies: Vec<String>,
    /// Memberships: framework, status, from, to; no more exact than the sources.
    pub memberships: Vec<(Framework, MembershipStatus, Option<When>, Option<When>)>,
    /// The chair terms it holds or held: framework, ordinal.
    pub terms: Vec<(Framework, u16)>,
    /// Its officers by role.
    pub officers: Vec<OfficerView>,
    /// When one of its devices was last heard by the hub: milliseconds since 1970; some minutes late while it stays in
    /// contact.
    pub heard_at: Option<u64>,
    /// What none of its devices has got yet, of all that is here and that it may have; none if never in contact.
    pub unseen: Option<Vec<UnseenLine>>,
    /// Sources its record names.
    pub sources: Vec<String>,
}

/// A document with words that a party has not got yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UnseenLine {
    /// The document on whose page they are read.
    pub doc: DocId,
    /// Its kind, where it is known.
    pub kind: Option<DocKind>,
    /// Its title, as far as it is known.
    pub title: String,
}

/// An officer: shown by role, never by an invented name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OfficerView {
    /// The person.
    pub person: PersonId,
    /// Role.
    pub role: Role,
    /// From.
    pub from: Date,
    /// To.
    pub to: Option<Date>,
    /// Devices this person joined with, as far as I may see them.
    pub devices: Vec<DeviceLine>,
}

/// A device in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DeviceLine {
    /// Its id.
    pub id: DeviceId,
    /// Its label.
    pub label: String,
    /// Whether its rights were taken away.
    pub revoked: bool,
    /// Whether it is this one.
    pub this: bool,
    /// Whether I may revoke it.
    pub may_revoke: bool,
}

/// This device.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DeviceView {
    /// Documents here, by kind.
    pub documents: BTreeMap<DocKind, u32>,
    /// Bytes of documents and outbox in the local store.
    pub bytes: u64,
    /// Entries behind the hub when last heard.
    pub cursor: u64,
    /// The hub's newest number when last heard.
    pub head: u64,
    /// The hub's address.
    pub hub: String,
    /// The build of the engine.
    pub build: String,
}
