//! What arrives is looked at again before it is decoded: the hub did so too, but a damaged or a hostile one did not.

use super::chunk::Kept;
use crate::{
    docs::{genesis, scan},
    domain::DocKind,
};

/// Whether a change that arrived is within the limits, is what its hash says, and was written by the device that sent it.
///
/// # Errors
/// A stable word that says what is wrong.
pub(super) fn inspect(kind: DocKind, kept: &Kept) -> Result<(), String> {
    let Some(body) = &kept.body else { return Ok(()) };
    let header = scan::scan(body, &scan::Limits::default()).map_err(|error| error.to_string())?;
    if header.hash != <[u8; 32]>::from(kept.hash) {
        return Err("wrong-hash".to_owned());
    }
    // Fixed changes are pushed by whoever makes a document; the hub's own have no device.
    let foreign = kept.device.is_some_and(|device| header.actor.device() != device);
    if foreign && !genesis::is_fixed(kind, &header.hash) { Err("foreign-actor".to_owned()) } else { Ok(()) }
}
