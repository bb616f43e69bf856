//! Where an entity stands among its siblings: one scalar with parent and key.

use serde::{Deserialize, Serialize};

use super::id::EntityId;

/// Parent and key in one scalar, so that two moves made apart can only end at one of the two places.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The entity above, or none at the top.
    pub parent: Option<EntityId>,
    /// A fractional key: compares as text; ends in a random suffix so that two inserts at one spot differ.
    pub key: String,
}
