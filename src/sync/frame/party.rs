//! How far a party is, as devices are told.

use minicbor::{Decode, Encode};

use super::Id;

/// How far a party is.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct PartySeen {
    /// The party, a word of the layer above.
    #[n(0)]
    pub party: String,
    /// The highest cursor of one of its devices.
    #[n(1)]
    pub cursor: u64,
    /// What that device has not got all the same, of what the receiver may know of.
    #[n(2)]
    pub missing: Vec<Id>,
    /// When the hub last compared that device's rights: milliseconds since 1970. What its party may have only since then
    /// it has not got, whatever its cursor.
    #[n(3)]
    #[cbor(default)]
    pub as_of: u64,
    /// When one of its devices was last heard, by the hub's clock: milliseconds since 1970, some minutes late while it
    /// stays in contact; zero where the hub does not say.
    #[n(4)]
    #[cbor(default)]
    pub heard_at: u64,
}
