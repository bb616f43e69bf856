//! How the store stands: writes that came to the disk or did not, and a store that is not to be had, comes late, or goes.
//! What is said of it here must never be better than it is.

use super::{Engine, journal::After, store::StoreError};
use crate::domain::WorkspaceId;

/// How the store stands, where it neither opened nor failed a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Another engine on this device has it; this one waits.
    Taken,
    /// A window of another version holds it; this one waits.
    Blocked,
    /// A newer version has made it over: this one leaves it as it is.
    Newer,
    /// It opened late, and all that was kept in memory is in it.
    Kept,
    /// It opened late and holds what this device had before: what is in memory stays there.
    Back,
    /// The browser has cleared it under this engine.
    Cleared,
}

/// Notices that end when the store opens.
const UNTIL_OPEN: [&str; 5] =
    ["notice-second-tab", "notice-store-blocked", "notice-store-newer", "notice-memory-only", "notice-store-back"];

/// Notices that end when something comes to the disk.
const UNTIL_WRITTEN: [&str; 4] =
    ["notice-storage-full", "notice-storage-lost", "notice-storage-newer", "notice-store-blocked"];

impl Engine {
    /// The workspace that this device belongs to, as far as this engine knows.
    #[must_use]
    pub fn workspace(&self) -> Option<WorkspaceId> {
        self.account.as_ref().map(|account| account.workspace)
    }

    /// Whether nothing was begun that a store which opens late would not know of.
    #[must_use]
    pub fn is_untouched(&self) -> bool {
        self.account.is_none() && self.outbox.is_empty() && !self.is_joining()
    }

    /// The store stands so now.
    pub(super) fn standing(&mut self, standing: Standing) {
        match standing {
            Standing::Taken => self.notice = Some("notice-second-tab"),
            Standing::Blocked => self.notice = Some("notice-store-blocked"),
            Standing::Newer => self.notice = Some("notice-store-newer"),
            Standing::Kept => {
                self.volatile = false;
                self.store_opened();
            }
            Standing::Back => self.notice = Some("notice-store-back"),
            Standing::Cleared => {
                self.volatile = true;
                self.notice = Some("notice-store-cleared");
            }
        }
        self.dirty.all = true;
    }

    /// What was said of a store that was not open is over.
    pub(super) fn store_opened(&mut self) {
        if self.notice.is_some_and(|notice| UNTIL_OPEN.contains(&notice)) {
            self.notice = None;
        }
    }

    /// What waited for the disk.
    pub(super) fn durable(&mut self, after: After) {
        if self.notice.is_some_and(|notice| UNTIL_WRITTEN.contains(&notice)) {
            self.notice = None;
            self.dirty.shell = true;
        }
        self.entries_durable(&after.entries);
        for (port, reply) in after.replies {
            self.reply(port, reply);
        }
        if let Some((cursor, missing)) = after.have {
            // What is to be fetched anew is here, and not as the hub has it.
            let rewound = self.rewinding.rewound.docs.iter().copied();
            let missing = missing.into_iter().chain(rewound).map(|doc| doc.to_bytes().into()).collect();
            if let Some(client) = &mut self.client {
                client.durable(cursor, missing);
            }
        }
    }

    /// A transaction did not come to the disk.
    pub(super) fn store_failed(&mut self, error: StoreError) {
        self.journal.failed(error, self.now);
        self.notice = Some(match error {
            StoreError::Quota => "notice-storage-full",
            StoreError::Newer => "notice-storage-newer",
            StoreError::Lost | StoreError::Corrupt | StoreError::Absent => "notice-storage-lost",
        });
        self.dirty.shell = true;
    }
}
