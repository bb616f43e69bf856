//! How far each party's best device is, told to each device as far as it may know.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::frame::{Frame, Id, PartySeen},
    Clearance, Hub,
};

#[derive(Debug)]
struct Device {
    party: String,
    cursor: u64,
    as_of: u64,
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
    ///
    /// Of the `missing`, only documents that `sees` lets the device read count: what a device says of others is noise.
    pub fn have(
        &mut self,
        device: Id,
        party: &str,
        (cursor, as_of): (u64, u64),
        missing: &[Id],
        sees: &dyn Clearance,
    ) -> bool {
        let said = Device {
            party: party.to_owned(),
            // Nobody has what is not there: a device from before a restore must not make others green.
            cursor: cursor.min(self.head()),
            as_of,
            missing: missing.iter().copied().filter(|doc| sees.reads(device, *doc)).collect(),
        };
        let before = self.best();
        self.seen.devices.insert(device, said);
        let changed = before != self.best();
        self.seen.revision += u64::from(changed);
        changed
    }

    /// Counts up whenever [`Self::seen`] may have changed for someone.
    #[must_use]
    pub fn seen_revision(&self) -> u64 {
        self.seen.revision
    }

    /// How far each party's best device is, as far as `reader` may know: documents it may not read are not named.
    #[must_use]
    pub fn seen(&self, reader: Id, sees: &dyn Clearance) -> Frame {
        let mut parties = self.best();
        for party in &mut parties {
            party.missing.retain(|doc| sees.reads(reader, *doc));
        }
        Frame::Seen { parties, revision: self.seen.revision }
    }

    fn best(&self) -> Vec<PartySeen> {
        let mut best: BTreeMap<&str, &Device> = BTreeMap::new();
        for device in self.seen.devices.values() {
            let rank = |device: &Device| (device.cursor, device.as_of, std::cmp::Reverse(device.missing.len()));
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
                as_of: device.as_of,
            })
            .collect()
    }
}
