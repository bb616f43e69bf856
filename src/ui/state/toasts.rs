//! The one place where a failure is told: short notices under the header.

use std::time::Duration;

use leptos::prelude::*;

use crate::{
    engine::api::Refusal,
    ui::{
        i18n::{maybe, t, tr},
        platform,
    },
};

use super::shared;

/// One notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    /// Which.
    pub id: u32,
    /// Whether words may be lost.
    pub bad: bool,
    /// What is said.
    pub text: String,
}

/// The notices that stand.
#[must_use]
pub fn all() -> Vec<Toast> {
    shared().toasts.get()
}

/// Says something good or neutral; it goes by itself.
pub fn say(text: String) {
    let id = put(text, false);
    set_timeout(move || dismiss(id), Duration::from_secs(8));
}

/// Tells a refusal; it stays until the person closes it.
pub fn refused(refusal: &Refusal) {
    platform::log(&format!("{}: {}", refusal.code, refusal.detail));
    put(words(refusal), true);
}

/// A refusal in words.
#[must_use]
pub fn words(refusal: &Refusal) -> String {
    maybe(&format!("refusal-{}", refusal.code)).unwrap_or_else(|| t!("refusal-other", why = refusal.detail.as_str()))
}

/// Says a message by its key.
pub fn say_key(key: &str) {
    say(tr(key));
}

fn put(text: String, bad: bool) -> u32 {
    let toasts = shared().toasts;
    let id = toasts.with_untracked(|toasts| toasts.last().map_or(1, |last| last.id + 1));
    toasts.update(|toasts| {
        toasts.retain(|toast| toast.text != text);
        toasts.push(Toast { id, bad, text });
    });
    id
}

/// Takes a notice away.
pub fn dismiss(id: u32) {
    shared().toasts.update(|toasts| toasts.retain(|toast| toast.id != id));
}
