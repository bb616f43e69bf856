//! Devices as the core knows them: by their token, and by the connections they hold open.

use std::sync::{Arc, PoisonError, atomic::Ordering::Relaxed};

use super::Core;
use crate::{
    domain::{DeviceId, Fact, PersonId},
    sync::frame::Id,
};

/// Live connections of one device: a few tabs' worth, since one engine serves them all.
pub const CONNECTIONS: usize = 4;

/// A device that is known by its token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Who {
    /// The device.
    pub device: DeviceId,
    /// Its person.
    pub person: PersonId,
}

impl Who {
    /// The device as the protocol names it.
    #[must_use]
    pub fn id(&self) -> Id {
        self.device.to_bytes().into()
    }
}

/// One live connection of a device; dropping it frees its place.
pub struct Place {
    pub(super) core: Arc<Core>,
    pub(super) device: DeviceId,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.core.metrics.live.fetch_sub(1, Relaxed);
        let mut open = self.core.connections.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.device) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.device);
            }
        }
    }
}

impl Core {
    /// What has not been said yet of devices that joined: whose they are.
    #[must_use]
    pub fn unowned(&self) -> Vec<Fact> {
        self.read(|state| {
            let (devices, owners) = (&state.catalogue.devices, &state.catalogue.owners);
            let silent = devices.iter().filter(|(device, _)| !owners.contains_key(*device));
            silent.map(|(device, known)| Fact::Owner { device: *device, person: known.person }).collect()
        })
    }

    /// A line for each device: id, party and role, whether it has its rights, name.
    #[must_use]
    pub fn device_lines(&self) -> Vec<String> {
        self.read(|state| {
            let mut lines: Vec<String> = state.devices().map(|device| state.line_of(device)).collect();
            lines.sort();
            lines
        })
    }
}
