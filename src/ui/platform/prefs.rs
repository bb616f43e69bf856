//! Small preferences of this browser: how things look. Never people's work.

use gloo_storage::{LocalStorage, Storage};

/// A preference by name.
#[must_use]
pub fn get(name: &str) -> Option<String> {
    LocalStorage::get(format!("mufakat-{name}")).ok()
}

/// Keeps a preference. A browser that refuses forgets it with the page.
pub fn set(name: &str, value: &str) {
    let _ = LocalStorage::set(format!("mufakat-{name}"), value);
}
