//! What was refused: that it was, for the Secretariat to see; and changes themselves, set aside for the operator. Their author
//! has them too, and is told why.
//!
//! It waits in memory for a moment, so that a flood of nonsense costs the writer nothing; more than fits is not kept.

use std::sync::{Arc, Mutex, PoisonError};

use super::{Core, Who};
use crate::{
    docs::scan::{self, scan},
    domain::{DocId, Fact, audit::What},
    hub::{
        audit, clock,
        error::HubError,
        store::{Denial, Refused},
    },
    sync::{
        frame::{Except, Frame, Item},
        hub::Offered,
    },
};

/// Refused changes that may wait to be set aside.
const WAITING: usize = 500;
/// Refusals that may wait to be noted: all that one device can bring at once.
const NOTED: usize = 10_000;

/// Refusals that the store has not been told of, and refused changes.
#[derive(Debug, Default)]
pub struct Aside(Mutex<(Vec<Denial>, Vec<Refused>)>);

impl Core {
    /// Notes what an acknowledgement refuses for good, and keeps it as far as it is a change that says who wrote it.
    pub(super) fn note_refused(&self, who: Who, offered: &[Offered], ack: &Frame) {
        let Frame::Ack { except, .. } = ack else { return };
        let received_at = clock::now();
        let catalogue = self.read(|state| Arc::clone(&state.catalogue));
        let (mut denials, mut changes) = (Vec::new(), Vec::new());
        for (index, why) in except {
            let why = match why {
                Except::Refused { why } => why.as_str(),
                Except::Fork => "fork",
                Except::Known { .. } | Except::Retry { .. } | Except::NeedsDeps { .. } => continue,
            };
            let Some(offered) = usize::try_from(*index).ok().and_then(|index| offered.get(index)) else { continue };
            let (what, doc, hash) = match &offered.item {
                Item::Change { doc, hash, .. } => (What::Change, Some(DocId::from_bytes(**doc)), **hash),
                Item::Fact { hash, body, .. } => match Fact::from_bytes(body) {
                    Ok(fact) => (What::from(&fact), audit::subject(&catalogue, &fact), **hash),
                    Err(_) => (What::Fact, None, **hash),
                },
            };
            denials.push(Denial { id: 0, what, doc, hash, device: who.device, received_at, why: why.to_owned() });
            changes.extend(kept(who, &offered.item, why, received_at));
        }
        let mut waiting = self.aside.0.lock().unwrap_or_else(PoisonError::into_inner);
        let room = NOTED.saturating_sub(waiting.0.len());
        waiting.0.extend(denials.into_iter().take(room));
        let room = WAITING.saturating_sub(waiting.1.len());
        waiting.1.extend(changes.into_iter().take(room));
    }

    /// Sets aside what waits for it.
    ///
    /// # Errors
    /// When the store fails: these are not kept then.
    pub async fn keep_refused(&self) -> Result<(), HubError> {
        let (denials, refused) = std::mem::take(&mut *self.aside.0.lock().unwrap_or_else(PoisonError::into_inner));
        if !denials.is_empty() {
            self.store.deny(denials).await?;
        }
        if !refused.is_empty() {
            self.store.set_aside(refused).await?;
        }
        Ok(())
    }
}

/// A refused change that is what its hash names.
fn kept(who: Who, item: &Item, why: &str, received_at: u64) -> Option<Refused> {
    let Item::Change { doc, hash, body: Some(body), .. } = item else { return None };
    scan(body, &scan::Limits::default()).ok().filter(|header| header.hash == **hash)?;
    let (doc, body, why) = (DocId::from_bytes(**doc), body.to_vec(), why.to_owned());
    Some(Refused { doc, hash: **hash, device: who.device, received_at, why, body })
}
