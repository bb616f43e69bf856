//! Facts: the entries of the workspace's catalogue. The hub orders them together with the changes; every device folds the
//! ones it may see into a [`super::catalogue::Catalogue`].
//!
//! Rights rest on facts and on nothing else. The `register` document merely describes.

use serde::{Deserialize, Serialize};

use super::{
    id::{DeviceId, DocId, EntityId, PersonId, WorkspaceId},
    kind::{Audience, DocKind, Framework, Role, Writer},
    party::{MembershipStatus, PartyCode},
    when::Date,
};

/// One entry of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "kebab-case")]
pub enum Fact {
    /// The workspace itself; its first entry.
    Workspace { id: WorkspaceId, name: String, sample: bool },
    /// A party takes part in a framework from a date to a date (both inclusive; open end: still).
    Member {
        id: EntityId,
        party: PartyCode,
        framework: Framework,
        status: MembershipStatus,
        from: Option<Date>,
        to: Option<Date>,
    },
    /// A party's term in the chair. Effect and hand-over differ: the chair is whoever's term is in effect on the date.
    Term {
        ordinal: u16,
        framework: Framework,
        party: PartyCode,
        effective_from: Option<Date>,
        effective_to: Option<Date>,
        handed_over: Option<Date>,
    },
    /// A person acts for a party in a role from a date to a date.
    Appoint { id: EntityId, person: PersonId, party: PartyCode, role: Role, from: Date, to: Option<Date> },
    /// An appointment ends on a date (that day included).
    End { appointment: EntityId, on: Date },
    /// A person's device joined.
    Device { id: DeviceId, person: PersonId, label: String },
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
    /// The Secretariat assigned a reference number to a project. Assigned once, never reused.
    Number { doc: DocId, reference: String },
}
