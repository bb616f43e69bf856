//! What a document says, as plain values: the projection that pages, rules and exports read.
//!
//! One shape serves every kind: a root record, collections of records, claims and acts. The typed readings of a kind
//! (`project`, `plan`, `meeting` …) stand on it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use super::value::Value;
use super::{
    act::ActRecord,
    claim::Claim,
    id::{DeviceId, EntityId, PersonId},
    kind::DocKind,
    party::PartyCode,
    place::Place,
};

/// A scalar with every concurrent value that still stands beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The value all replicas show.
    pub value: Value,
    /// Other values written at the same time and not yet resolved.
    pub others: Vec<Value>,
}

/// Who wrote something and when their device thought it was.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// For which party.
    pub party: Option<PartyCode>,
    /// Which person.
    pub person: Option<PersonId>,
    /// On which device.
    pub device: Option<DeviceId>,
    /// Milliseconds since 1970 by the device's clock: shown, never compared.
    pub millis: u64,
}

/// A withdrawal, standing beside the record it withdraws.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// Why; may be empty.
    pub reason: String,
}

/// One record: the document's root or an entity.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The entity's id; none for the root.
    pub id: Option<EntityId>,
    /// Where it stands, in collections with an order.
    pub place: Option<Place>,
    /// Scalars by field name, set and map members as `field:member`. Absent means never written.
    pub fields: BTreeMap<String, Held>,
    /// Prose by field name; every prose field of the schema is there, maybe empty.
    pub texts: BTreeMap<String, String>,
    /// Set while withdrawn.
    pub withdrawn: Option<Withdrawal>,
}

impl Record {
    /// The text of a scalar; empty when nothing is said.
    #[must_use]
    pub fn line(&self, field: &str) -> &str {
        self.fields.get(field).and_then(|held| held.value.as_str()).unwrap_or_default()
    }

    /// The prose of a field.
    #[must_use]
    pub fn text(&self, field: &str) -> &str {
        self.texts.get(field).map_or("", String::as_str)
    }

    /// A scalar read as something with words: a date, an enumeration, a code. None when absent or not readable.
    #[must_use]
    pub fn read<T: std::str::FromStr>(&self, field: &str) -> Option<T> {
        self.fields.get(field)?.value.as_str()?.parse().ok()
    }

    /// Members of a set that are present, or languages of a map with a value.
    pub fn members<'a>(&'a self, field: &'a str) -> impl Iterator<Item = (&'a str, &'a Held)> {
        self.fields.iter().filter_map(move |(name, held)| {
            let member = name.strip_prefix(field)?.strip_prefix(':')?;
            let present = match &held.value {
                Value::Bool(yes) => *yes,
                Value::Str(text) => !text.is_empty(),
                Value::Int(_) => true,
                Value::Empty => false,
            };
            present.then_some((member, held))
        })
    }
}

/// A whole document as it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Its kind.
    pub kind: DocKind,
    /// The schema it was last written with; newer than [`super::schema::CURRENT`] means read-only here.
    pub schema: u32,
    /// The document's own fields.
    pub root: Record,
    /// Entities by collection, in the order of their places (then ids); withdrawn ones included.
    pub collections: BTreeMap<String, Vec<Record>>,
    /// All claims.
    pub claims: Vec<Claim>,
    /// All acts, in the order they take effect.
    pub acts: Vec<ActRecord>,
}

impl Snapshot {
    /// The entities of a collection, in order; none when the collection is not there.
    #[must_use]
    pub fn collection(&self, name: &str) -> &[Record] {
        self.collections.get(name).map_or(&[], Vec::as_slice)
    }
}
