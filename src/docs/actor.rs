//! Who writes changes: an actor is a device's id and a count of its incarnations.
//!
//! The device's id stands inside the actor so that the hub can check that a change comes from the device that pushes it.

use automerge::ActorId;

use crate::domain::DeviceId;

/// The writer of a run of changes: 16 bytes of the device's id, then its incarnation as 4 bytes, big endian.
///
/// A device takes a new incarnation whenever it cannot be sure that its last change is its latest: after a fork, a
/// refusal or a restored backup. Each costs some 26 bytes for ever, so they are made lazily.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Actor([u8; 20]);

impl Actor {
    /// Bytes of an actor.
    pub const LEN: usize = 20;

    /// An incarnation of a device.
    #[must_use]
    pub const fn new(device: DeviceId, incarnation: u32) -> Self {
        let mut bytes = [0; Self::LEN];
        let (head, tail) = bytes.split_at_mut(16);
        head.copy_from_slice(&device.to_bytes());
        tail.copy_from_slice(&incarnation.to_be_bytes());
        Self(bytes)
    }

    /// From its bytes; none when there are not exactly twenty.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// Its bytes.
    #[must_use]
    pub const fn to_bytes(self) -> [u8; Self::LEN] {
        self.0
    }

    /// The device that writes under it.
    #[must_use]
    pub fn device(self) -> DeviceId {
        let mut id = [0; 16];
        id.copy_from_slice(&self.0[..16]);
        DeviceId::from_bytes(id)
    }

    /// Which incarnation of the device it is.
    #[must_use]
    pub fn incarnation(self) -> u32 {
        let mut count = [0; 4];
        count.copy_from_slice(&self.0[16..]);
        u32::from_be_bytes(count)
    }

    pub(super) fn id(self) -> ActorId {
        ActorId::from(&self.0[..])
    }

    pub(super) fn of(id: &ActorId) -> Option<Self> {
        Self::from_bytes(id.to_bytes())
    }
}

/// Who makes an edit, and when by their device's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Author {
    /// The actor.
    pub actor: Actor,
    /// Milliseconds since 1970; stored as the change's time, shown, never compared.
    pub millis: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_actor_tells_its_device() {
        let device = DeviceId::fresh(1_605_571_200_000, [9; 10]);
        let actor = Actor::new(device, 7);
        assert_eq!(actor.device(), device);
        assert_eq!(actor.incarnation(), 7);
        assert_eq!(Actor::from_bytes(&actor.to_bytes()), Some(actor));
        assert_eq!(Actor::from_bytes(&[0; 24]), None);
    }
}
