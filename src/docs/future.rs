//! A document as a later version of the application will have written it, for tests: today's code must open it, show it
//! and leave it alone.

use automerge::{ROOT, transaction::Transactable};

use super::{Actor, Doc, Stored};
use crate::domain::{DeviceId, schema};

/// The change with which a later version raises a document's schema.
pub(crate) fn upgrade(doc: &Doc) -> Stored {
    let mut later = doc.automerge.clone();
    later.set_actor(Actor::new(DeviceId::from_bytes([0xee; 16]), 0).id());
    let mut tx = later.transaction();
    tx.put(ROOT, "schema", u64::from(schema::CURRENT + 1)).expect("the root takes a number");
    tx.commit().0.expect("a change");
    let change = later.get_last_local_change().expect("the one just made");
    Stored { hash: change.hash().0, bytes: change.raw_bytes().to_vec() }
}
