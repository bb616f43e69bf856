//! Versions of the application: one that waits starts when the person says so, and never over unsaved work.

use std::time::Duration;

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

/// Starts the version that waits: first everything is made durable, then it takes over, then all pages load anew.
pub fn start() {
    change(|version| version.starting = true);
    commands::flush_typing();
    if link::state() == link::State::OtherBuild {
        // The engine that runs is of another version: it lets go, and whoever starts next is of the newest.
        link::take_over();
        set_timeout(|| spawn_local(async { hand_over().await }), Duration::from_secs(3));
        return;
    }
    link::flush(|| {
        link::take_over();
        spawn_local(async { hand_over().await });
    });
}

/// The engine of another build has closed.
pub fn engine_closed() {
    spawn_local(async { hand_over().await });
}

async fn hand_over() {
    // Where a version waits, its taking over reloads every page; where none does, this page is the one behind.
    if !update::accept().await {
        page::reload();
    }
}

fn reload_when_safe() {
    commands::flush_typing();
    if link::state() == link::State::Ready {
        link::flush(page::reload);
    } else {
        page::reload();
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
