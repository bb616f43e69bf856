//! How far each party's best device is.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::frame::{Frame, Id, PartySeen},
    Hub,
};

#[derive(Debug)]
struct Device {
    party: String,
    cursor: u64,
    missing: BTreeSet<Id>,
}

/// What the devices said they have.
#[derive(Debug, Default)]
pub struct SeenBoard {
    devices: BTreeMap<Id, Device>,
    revision: u64,
}

impl Hub {
    /// A device said, in [`Frame::Have`] or [`Frame::Hello`], how far it is. Says whether that changed anything.
    pub fn have(&mut self, device: Id, party: &str, cursor: u64, missing: &[Id]) -> bool {
        let said = Device {
            party: party.to_owned(),
            // Nobody has what is not there: a device from before a restore must not make others green.
            cursor: cursor.min(self.head()),
            missing: missing.iter().copied().collect(),
        };
        let before = self.parties();
        self.seen.devices.insert(device, said);
        let changed = before != self.parties();
        self.seen.revision += u64::from(changed);
        changed
    }

    /// Counts up whenever [`Self::seen`] changes.
    #[must_use]
    pub fn seen_revision(&self) -> u64 {
        self.seen.revision
    }

    /// How far each party's best device is.
    #[must_use]
    pub fn seen(&self) -> Frame {
        Frame::Seen { parties: self.parties(), revision: self.seen.revision }
    }

    fn parties(&self) -> Vec<PartySeen> {
        let mut best: BTreeMap<&str, &Device> = BTreeMap::new();
        for device in self.seen.devices.values() {
            let rank = |device: &Device| (device.cursor, std::cmp::Reverse(device.missing.len()));
            let held = best.entry(&device.party).or_insert(device);
            if rank(device) > rank(held) {
                *held = device;
            }
        }
        best.into_iter()
            .map(|(party, device)| PartySeen {
                party: party.to_owned(),
                cursor: device.cursor,
                missing: device.missing.iter().copied().collect(),
            })
            .collect()
    }
}
