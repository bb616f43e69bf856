//! Between the protocol's rows and the store's: the same entry in two rooms' words.

use minicbor::bytes::ByteVec;

use super::{
    error::HubError,
    rights,
    store::{self, NewRow, Subject},
};
use crate::{
    domain::{Catalogue, DeviceId, DocId, Fact},
    sync::{
        frame::Item,
        hub::{Effect, Row},
    },
};

/// A stored row as the protocol's machine reads it, with its fact.
///
/// # Errors
/// When a fact does not read: rights would be incomplete without it.
pub fn known(row: store::Row) -> Result<(Row, Option<Fact>), HubError> {
    let store::Row { number, subject, hash, device, received_at, stamp, signature, body, .. } = row;
    let (item, actor, seq, fact) = match subject {
        Subject::Change { doc, actor, seq } => {
            let body = body.map(ByteVec::from);
            let (doc, hash, signature) = (doc.to_bytes().into(), hash.into(), signature.map(Into::into));
            (Item::Change { doc, hash, body, signature, receipt: None }, actor, seq, None)
        }
        Subject::Fact => {
            let body = body.unwrap_or_default();
            let fact = Fact::from_bytes(&body).map_err(|_| HubError::Damaged(format!("entry {number} is no fact")))?;
            (Item::fact(hash.into(), body), Vec::new(), 0, Some(fact))
        }
    };
    let makes = match fact.as_ref().map(rights::effect) {
        Some(Effect::Makes(doc)) => Some(doc),
        Some(Effect::Other) | None => None,
    };
    let device = device.map(|id| id.to_bytes().into());
    Ok((Row { number, received_at, device, item, actor, seq, makes, stamp: stamp.into() }, fact))
}

/// A row to be stored. `catalogue` tells whose device it came from.
#[must_use]
pub fn stored(row: &Row, catalogue: &Catalogue) -> NewRow {
    let (subject, hash, signature, body, fact) = match &row.item {
        Item::Change { doc, hash, body, signature, receipt: _ } => {
            let subject = Subject::Change { doc: DocId::from_bytes(**doc), actor: row.actor.clone(), seq: row.seq };
            let body = body.as_ref().map(|body| body.to_vec());
            (subject, **hash, signature.map(Into::into), body, None)
        }
        Item::Fact { hash, body, mac: _ } => {
            (Subject::Fact, **hash, None, Some(body.to_vec()), Fact::from_bytes(body).ok())
        }
    };
    let device = row.device.map(|id| DeviceId::from_bytes(*id));
    let person = device.and_then(|id| catalogue.devices.get(&id)).map(|device| device.person);
    let row = store::Row {
        number: row.number,
        subject,
        hash,
        person,
        device,
        received_at: row.received_at,
        stamp: *row.stamp,
        signature,
        body,
    };
    NewRow { row, fact }
}
