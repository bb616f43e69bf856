//! Refused changes, set aside for the operator: their author has them too, and is told why.
//!
//! They wait in memory for a moment, so that a flood of nonsense costs the writer nothing; more than fit are not kept.

use std::{collections::BTreeMap, sync::Mutex, sync::PoisonError};

use super::{Core, Who};
use crate::{
    docs::scan::{self, scan},
    domain::DocId,
    hub::{clock, error::HubError, store::Refused},
    sync::{
        frame::{Except, Frame, Item},
        hub::Offered,
    },
};

/// Refused changes that may wait to be set aside.
const WAITING: usize = 500;

/// Refused changes that the store has not been told of.
#[derive(Debug, Default)]
pub struct Aside(Mutex<Vec<Refused>>);

impl Core {
    /// Notes what an acknowledgement refuses for good, as far as it is a change that says who wrote it.
    pub(super) fn note_refused(&self, who: Who, offered: &[Offered], ack: &Frame) {
        let Frame::Ack { except, .. } = ack else { return };
        let reasons: BTreeMap<usize, &str> = except
            .iter()
            .filter_map(|(index, why)| {
                let why = match why {
                    Except::Refused { why } => why.as_str(),
                    Except::Fork => "fork",
                    Except::Known { .. } | Except::Retry { .. } | Except::NeedsDeps { .. } => return None,
                };
                Some((usize::try_from(*index).ok()?, why))
            })
            .collect();
        let received_at = clock::now();
        let refused = reasons.into_iter().filter_map(|(index, why)| {
            let Item::Change { doc, hash, body: Some(body), .. } = &offered.get(index)?.item else { return None };
            scan(body, &scan::Limits::default()).ok().filter(|header| header.hash == **hash)?;
            let (doc, body, why) = (DocId::from_bytes(**doc), body.to_vec(), why.to_owned());
            Some(Refused { doc, hash: **hash, device: who.device, received_at, why, body })
        });
        let mut waiting = self.aside.0.lock().unwrap_or_else(PoisonError::into_inner);
        let room = WAITING.saturating_sub(waiting.len());
        waiting.extend(refused.take(room));
    }

    /// Sets aside what waits for it.
    ///
    /// # Errors
    /// When the store fails: these are not kept then.
    pub async fn keep_refused(&self) -> Result<(), HubError> {
        let refused = std::mem::take(&mut *self.aside.0.lock().unwrap_or_else(PoisonError::into_inner));
        if !refused.is_empty() {
            self.store.set_aside(refused).await?;
        }
        Ok(())
    }
}
