//! The vocabulary and rules of ACCSM, and nothing else: pure values and functions.
//!
//! This room imports no other room, does no I/O, reads no clock, draws no random number and does not know Automerge.
//! Everything another room needs to agree on (ids, kinds, facts, edits, records) is defined here.

pub mod act;
pub mod agenda;
pub mod audit;
pub mod base64url;
pub mod baseline;
pub mod canon;
pub mod catalogue;
pub mod claim;
pub mod comment;
pub mod delegation;
pub mod draft;
pub mod edit;
pub mod fact;
pub mod id;
pub mod kind;
pub mod meeting;
pub mod paper;
pub mod party;
pub mod person;
pub mod piece;
pub mod place;
pub mod plan;
pub mod project;
pub mod record;
pub mod report;
pub mod rights;
pub mod schema;
pub mod tally;
pub mod value;
pub mod when;

pub use act::{Act, ActRecord};
pub use catalogue::Catalogue;
pub use claim::{Claim, ClaimKind};
pub use edit::{At, Edit, Splice};
pub use fact::Fact;
pub use id::{DeviceId, DocId, EntityId, PersonId, WorkspaceId};
pub use kind::{Audience, DocKind, Framework, Role, Writer};
pub use party::PartyCode;
pub use place::Place;
pub use record::{Held, Record, Snapshot};
pub use value::Value;
pub use when::{Date, When};
