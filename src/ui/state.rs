//! What the pages know and do, by concern: views, commands, texts, names, words for mistakes, preferences, versions.
//!
//! Each concern is one small facade. Pages never see how the engine is reached, and a failure is told in one place.

pub mod attention;
pub mod commands;
pub mod composing;
pub mod link;
pub mod papers;
pub mod parties;
pub mod prefs;
pub mod table;
pub mod texts;
pub mod toasts;
pub mod version;
pub mod views;

use std::cell::OnceCell;

use leptos::prelude::RwSignal;

/// Signals that live as long as the page. Made once, under the root, so that no page's end disposes of them.
#[derive(Clone, Copy)]
struct Shared {
    line: RwSignal<link::State>,
    /// Commands whose words are not on the disk yet.
    writing: RwSignal<u32>,
    /// Files that are being added.
    adding: RwSignal<Vec<papers::Adding>>,
    toasts: RwSignal<Vec<toasts::Toast>>,
    look: RwSignal<prefs::Look>,
    /// What is told on the desktop.
    attention: RwSignal<attention::Attention>,
    language: RwSignal<String>,
    version: RwSignal<version::Version>,
    composing: RwSignal<bool>,
}

thread_local! {
    static SHARED: OnceCell<Shared> = const { OnceCell::new() };
}

/// Makes the page's state and connects to the engine. Called once, under the root owner.
pub fn begin() {
    SHARED.with(|shared| {
        shared.get_or_init(|| Shared {
            line: RwSignal::new(link::State::Starting),
            writing: RwSignal::new(0),
            adding: RwSignal::new(Vec::new()),
            toasts: RwSignal::new(Vec::new()),
            look: RwSignal::new(prefs::stored()),
            attention: RwSignal::new(attention::Attention::kept()),
            language: RwSignal::new(prefs::language()),
            version: RwSignal::new(version::Version::default()),
            composing: RwSignal::new(false),
        });
    });
    prefs::apply();
    version::watch();
    composing::watch();
    link::open();
}

fn shared() -> Shared {
    SHARED.with(|shared| *shared.get().expect("the page's state is made before any page"))
}
