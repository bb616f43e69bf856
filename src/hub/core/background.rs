//! What the core does by itself: telling how far parties are, noticing what another program appended, compacting.

use std::{sync::Weak, time::Duration};

use super::{Core, Job};
use crate::hub::clock;

/// How soon others are told how far a party is.
const SEEN_EVERY: Duration = Duration::from_millis(150);
/// How soon entries that another program appended are noticed.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// How soon after the start, and how often then, documents are compacted.
const COMPACT_FIRST: Duration = Duration::from_secs(60);
const COMPACT_EVERY: Duration = Duration::from_secs(3_600);
/// How long each change stays by itself, in milliseconds: who was away shorter fetches changes and not whole documents.
const KEEP: u64 = 7 * 86_400_000;

/// How soon refused changes are set aside.
const ASIDE_EVERY: Duration = Duration::from_secs(1);

/// Sets refused changes aside.
pub async fn keep_refused(core: Weak<Core>) {
    loop {
        tokio::time::sleep(ASIDE_EVERY).await;
        let Some(core) = core.upgrade() else { return };
        if let Err(error) = core.keep_refused().await {
            tracing::warn!(%error, "refused changes were not set aside");
        }
    }
}

/// How often files on their way are looked at that nobody goes on with.
const EXPIRE_EVERY: Duration = Duration::from_secs(3_600);

/// Lets go of files that nobody goes on with.
pub async fn expire_files(core: Weak<Core>) {
    loop {
        tokio::time::sleep(EXPIRE_EVERY).await;
        let Some(core) = core.upgrade() else { return };
        match core.expire_files(clock::now()).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "files that nobody went on with were let go"),
            Err(error) => tracing::warn!(%error, "files on their way were not looked at"),
        }
    }
}

/// Compacts what is due.
pub async fn compact(core: Weak<Core>) {
    let mut wait = COMPACT_FIRST;
    loop {
        tokio::time::sleep(wait).await;
        wait = COMPACT_EVERY;
        let Some(core) = core.upgrade() else { return };
        if let Err(error) = core.compact(clock::now().saturating_sub(KEEP)).await {
            tracing::warn!(%error, "nothing was compacted");
        }
    }
}

/// Tells live connections how far parties are, not more often than is useful.
pub async fn tell_seen(core: Weak<Core>) {
    loop {
        tokio::time::sleep(SEEN_EVERY).await;
        let Some(core) = core.upgrade() else { return };
        let wait = core.seen_changed.notified();
        if tokio::time::timeout(LOOK_EVERY, wait).await.is_ok() {
            core.seen.send_replace(core.read(|state| state.hub.seen_revision()));
        }
    }
}

/// How often it is written down how far devices are.
const KEEP_EVERY: Duration = Duration::from_secs(10);

/// Writes down how far devices are.
pub async fn keep_contacts(core: Weak<Core>) {
    loop {
        tokio::time::sleep(KEEP_EVERY).await;
        let Some(core) = core.upgrade() else { return };
        if let Err(error) = core.keep_contacts().await {
            tracing::warn!(%error, "how far devices are was not written down");
        }
    }
}

/// Notices what another program (`mufakat devices revoke`) appended.
pub async fn look_for_others(core: Weak<Core>) {
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        let Some(core) = core.upgrade() else { return };
        match core.store.workspace().await {
            Ok(Some(workspace)) if workspace.head > core.head() => {
                // The writer does it, in its own time, so that nothing is in flight.
                let _ = core.ask(|answer| Job::Look { answer }).await;
            }
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "the database does not answer"),
        }
    }
}
