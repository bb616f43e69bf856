//! Versions of the application: one that waits starts when the person says so, and never over unsaved work.

use std::{cell::Cell, time::Duration};

use leptos::{prelude::*, task::spawn_local};

use crate::ui::platform::{install, page, update};

use super::{commands, link, shared};

/// What can be done about this application on this device.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Version {
    /// A new version is on this device and waits.
    pub waits: bool,
    /// The person put the offer off.
    pub later: bool,
    /// The new version is being started.
    pub starting: bool,
    /// The browser offers to install the application.
    pub installable: bool,
    /// Whether the browser keeps what is stored here; none where it cannot say.
    pub persisted: Option<bool>,
}

/// How it stands, tracked.
#[must_use]
pub fn version() -> Version {
    shared().version.get()
}

thread_local! {
    static HANDED: Cell<bool> = const { Cell::new(false) };
}

fn change(work: impl FnOnce(&mut Version)) {
    shared().version.update(work);
}

/// Watches for new versions and for the browser's offer to install.
pub fn watch() {
    install::listen(|offered| change(|version| version.installable = offered));
    spawn_local(async {
        let persisted = install::persisted().await;
        change(|version| version.persisted = persisted);
        update::watch(|| change(|version| version.waits = true), reload_when_safe).await;
    });
}

/// Starts the version that waits: first everything is made durable, then the engine lets go, then the new version takes
/// over and all pages load anew.
pub fn start() {
    change(|version| version.starting = true);
    commands::flush_typing();
    if link::state() == link::State::Ready {
        link::flush(let_go);
    } else {
        let_go();
    }
}

fn let_go() {
    link::take_over();
    // An engine too old or too broken to say that it has closed is not waited for.
    set_timeout(hand_over, Duration::from_secs(3));
}

/// The engine is about to close: the new version is being started, here or in another tab.
pub fn starting() {
    change(|version| version.starting = true);
}

/// Chromium keeps the old version for some twenty seconds when the new one asks to take over while the engine's worker
/// is still being ended.
const WORKER_ENDS: Duration = Duration::from_millis(400);

/// The engine has let go and closes; in every tab.
pub fn engine_closed() {
    starting();
    set_timeout(hand_over, WORKER_ENDS);
}

fn hand_over() {
    if HANDED.replace(true) {
        return;
    }
    spawn_local(async {
        // Where a version waits, its taking over reloads every page; where none does, this page is the one behind.
        if !update::accept().await {
            page::reload();
        }
    });
}

fn reload_when_safe() {
    if shared().version.with_untracked(|version| version.starting) || link::state() != link::State::Ready {
        page::reload();
    } else {
        commands::flush_typing();
        link::flush(page::reload);
    }
}

/// The person would rather go on for now.
pub fn later() {
    change(|version| version.later = true);
}

/// Looks for a new version.
pub fn look() {
    spawn_local(async { update::look().await });
}

/// Installs the application, and asks the browser to keep what is stored.
pub fn install_now() {
    spawn_local(async {
        install::ask().await;
        let kept = install::persist().await;
        change(|version| version.persisted = kept);
    });
}

/// Asks the browser to keep what is stored.
pub fn persist() {
    spawn_local(async {
        let kept = install::persist().await;
        change(|version| version.persisted = kept);
    });
}

/// Looks again whether the browser keeps what is stored.
pub async fn refresh_storage() {
    let persisted = install::persisted().await;
    change(|version| version.persisted = persisted);
}
