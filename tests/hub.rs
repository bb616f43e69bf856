//! The hub as devices and operators meet it: a real server, a real database, real changes.

#[path = "hub/accounts.rs"]
mod accounts;
#[path = "hub/annotation.rs"]
mod annotation;
#[path = "hub/app.rs"]
mod app;
#[path = "hub/audit.rs"]
mod audit;
#[path = "hub/backup.rs"]
mod backup;
#[path = "hub/compact.rs"]
mod compact;
#[path = "hub/doors.rs"]
mod doors;
#[path = "hub/drafts.rs"]
mod drafts;
#[path = "hub/eph.rs"]
mod eph;
#[path = "hub/flood.rs"]
mod flood;
#[path = "hub/keys.rs"]
mod keys;
#[cfg(unix)]
#[path = "hub/killed.rs"]
mod killed;
#[path = "hub/logistics.rs"]
mod logistics;
#[path = "hub/papers.rs"]
mod papers;
#[path = "hub/quarantine.rs"]
mod quarantine;
#[path = "hub/rewind.rs"]
mod rewind;
#[path = "hub/rights.rs"]
mod rights;
#[path = "hub/signed.rs"]
mod signed;
#[path = "hub/socket.rs"]
mod socket;
#[path = "hub/support.rs"]
mod support;
#[path = "hub/sync.rs"]
mod sync;
#[path = "hub/verify.rs"]
mod verify;
#[path = "hub/versions.rs"]
mod versions;
