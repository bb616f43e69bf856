//! What the core does by itself: telling how far parties are, noticing what another program appended.

use std::{sync::Weak, time::Duration};

use super::{Core, Job};

/// How soon others are told how far a party is.
const SEEN_EVERY: Duration = Duration::from_millis(150);
/// How soon entries that another program appended are noticed.
const LOOK_EVERY: Duration = Duration::from_secs(2);

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
