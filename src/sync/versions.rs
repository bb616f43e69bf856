//! Which versions of the protocol may talk to which, and how far.
//!
//! Whoever is behind goes on reading as long as the other side speaks its version; only sending ends. Words wait on the
//! device: for want of a version nothing is ever refused.
//!
//! - A device says the newest version it speaks ([`super::frame::Frame::Hello`]); the hub answers with the newest that both
//!   speak and says nothing of a later one on that connection.
//! - The hub names the lowest version whose pushes it takes ([`Limits::writes_from`]). A device below it reads, exports and
//!   waits for its update.
//! - A device newer than the hub writes only if the version spoken still carries what it writes ([`Versions::writes_from`]).

use super::frame::{Limits, PROTO};

/// The versions that a build speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Versions {
    /// The newest.
    pub newest: u16,
    /// The lowest in which it can say all that it writes.
    pub writes_from: u16,
}

impl Versions {
    /// This build's.
    pub const OURS: Self = Self { newest: PROTO, writes_from: 1 };

    /// Whether a device of these versions may send to a hub that speaks `spoken` with it and allows `limits`.
    #[must_use]
    pub const fn sending(self, spoken: u16, limits: &Limits) -> Sending {
        if self.newest < limits.writes_from {
            Sending::HubNewer
        } else if spoken < self.writes_from {
            Sending::HubOlder
        } else {
            Sending::Open
        }
    }
}

/// Whether a device may send what was written on it. Reading goes on either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sending {
    /// It may.
    Open,
    /// Not before it is updated.
    HubNewer,
    /// Not before the hub is updated.
    HubOlder,
}

impl Limits {
    /// Whether the hub takes what a device of this version writes.
    #[must_use]
    pub const fn takes_from(&self, proto: u16) -> bool {
        proto >= self.writes_from
    }
}
