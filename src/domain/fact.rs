//! Facts: the entries of the workspace's catalogue. The hub orders them together with the changes; every device folds the
//! ones it may see into a [`super::catalogue::Catalogue`].
//!
//! Rights rest on facts and on nothing else. The `register` document merely describes.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{
    id::{DeviceId, DocId, EntityId, PersonId, WorkspaceId},
    kind::{Audience, DocKind, Framework, Role, Writer},
    party::{MembershipStatus, PartyCode},
    project::reference::Block,
    when::Date,
};

/// One entry of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "kebab-case")]
pub enum Fact {
    /// The workspace itself; its first entry. The hub states it again where a new *epoch* begins: after a backup was
    /// restored, so that no number above counts the history that was lost.
    Workspace {
        id: WorkspaceId,
        name: String,
        sample: bool,
        /// As in [`Fact::Member`].
        #[serde(default, skip_serializing_if = "is_zero")]
        stated: u64,
    },
    /// A party takes part in a framework from a date to a date (both inclusive; open end: still).
    Member {
        id: EntityId,
        party: PartyCode,
        framework: Framework,
        status: MembershipStatus,
        from: Option<Date>,
        to: Option<Date>,
        /// When it was said, in milliseconds since 1970, where the same is said a second time: facts are told apart by
        /// their bytes, and a membership may return to what it was.
        #[serde(default, skip_serializing_if = "is_zero")]
        stated: u64,
    },
    /// A party's term in the chair. Effect and hand-over differ: the chair is whoever's term is in effect on the date.
    Term {
        ordinal: u16,
        framework: Framework,
        party: PartyCode,
        effective_from: Option<Date>,
        effective_to: Option<Date>,
        handed_over: Option<Date>,
        /// As in [`Fact::Member`].
        #[serde(default, skip_serializing_if = "is_zero")]
        stated: u64,
    },
    /// A person acts for a party in a role from a date to a date.
    Appoint { id: EntityId, person: PersonId, party: PartyCode, role: Role, from: Date, to: Option<Date> },
    /// An appointment ends on a date (that day included).
    End { appointment: EntityId, on: Date },
    /// A person's device joined.
    Device {
        id: DeviceId,
        person: PersonId,
        label: String,
        /// Its public key as it joined with it: an uncompressed P-256 point, base64url. None for what is no device of a
        /// person (the public record's).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        key: Option<String>,
    },
    /// Whose device it is: for everyone, because each of its changes says by which device it was written. What the device
    /// is called, and its key, are not everyone's.
    Owner { device: DeviceId, person: PersonId },
    /// A device lost its rights.
    Revoke { device: DeviceId },
    /// A document exists. Kind and audience never change.
    Doc {
        id: DocId,
        kind: DocKind,
        subject: Option<DocId>,
        audience: Audience,
        writers: Vec<Writer>,
        origin: Option<DocId>,
    },
    /// A document has one more writer.
    Grant { id: EntityId, doc: DocId, writer: Writer },
    /// A grant ends.
    Ungrant { grant: EntityId },
    /// A device of the Secretariat has numbers of a plan for itself: no other device gives them, also when it is gone.
    Reserve { device: DeviceId, plan: DocId, blocks: Vec<Block> },
    /// The Secretariat assigned a reference number to a project. Assigned once, never reused.
    Number { doc: DocId, reference: String },
}

// Serde hands a reference.
const fn is_zero(millis: &u64) -> bool {
    *millis == 0
}

/// Bytes that are no fact this version knows.
#[derive(Debug, thiserror::Error)]
#[error("not a fact: {0}")]
pub struct BadFact(#[from] serde_json::Error);

impl Fact {
    /// The bytes that travel and that are kept: JSON, its words as in the variants' names.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        // Only maps with non-text keys and failing `Serialize` impls can fail; a fact has neither.
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// Reads a fact.
    ///
    /// # Errors
    /// [`BadFact`] for bytes that are no fact, or one of a newer version: kept by whoever holds them, and not folded.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BadFact> {
        Ok(serde_json::from_slice(bytes)?)
    }

    /// SHA-256 of a fact's bytes.
    #[must_use]
    pub fn hash(bytes: &[u8]) -> [u8; 32] {
        Sha256::digest(bytes).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_of_a_fact_are_fixed_for_ever() {
        let fact = Fact::Doc {
            id: DocId::from_bytes([1; 16]),
            kind: DocKind::Plan,
            subject: None,
            audience: Audience::AccsmPlus3,
            writers: vec![Writer::Secretariat, Writer::Chair],
            origin: None,
        };
        let text = r#"{"fact":"doc","id":"01010101-0101-0101-0101-010101010101","kind":"plan","subject":null,"audience":"accsm_plus3","writers":["secretariat","chair"],"origin":null}"#;
        assert_eq!(String::from_utf8(fact.to_bytes()).expect("text"), text);
        assert_eq!(Fact::from_bytes(text.as_bytes()).expect("a fact"), fact);
        assert!(Fact::from_bytes(br#"{"fact":"from-the-future"}"#).is_err());
        let member = r#"{"fact":"member","id":"01010101-0101-0101-0101-010101010101","party":"KH","framework":"ACCSM","status":"MEMBER","from":null,"to":null}"#;
        let read = Fact::from_bytes(member.as_bytes()).expect("a membership said once");
        assert_eq!(String::from_utf8(read.to_bytes()).expect("text"), member);
        let reserved = r#"{"fact":"reserve","device":"01010101-0101-0101-0101-010101010101","plan":"02020202-0202-0202-0202-020202020202","blocks":[{"prefix":"ACCSM-2630-PA1","first":1,"last":10}]}"#;
        let read = Fact::from_bytes(reserved.as_bytes()).expect("numbers of a device");
        assert_eq!(String::from_utf8(read.to_bytes()).expect("text"), reserved);
        let device = r#"{"fact":"device","id":"01010101-0101-0101-0101-010101010101","person":"02020202-0202-0202-0202-020202020202","label":"l"}"#;
        let read = Fact::from_bytes(device.as_bytes()).expect("a device of before");
        assert_eq!(String::from_utf8(read.to_bytes()).expect("text"), device);
        let keyed = device.replace(r#""l"}"#, r#""l","key":"BAAA"}"#);
        let read = Fact::from_bytes(keyed.as_bytes()).expect("a device and its key");
        assert!(matches!(&read, Fact::Device { key: Some(key), .. } if key == "BAAA"));
        assert_eq!(String::from_utf8(read.to_bytes()).expect("text"), keyed);
        let owner = r#"{"fact":"owner","device":"01010101-0101-0101-0101-010101010101","person":"02020202-0202-0202-0202-020202020202"}"#;
        let read = Fact::from_bytes(owner.as_bytes()).expect("whose device");
        assert_eq!(String::from_utf8(read.to_bytes()).expect("text"), owner);
    }
}
