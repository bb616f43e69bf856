//! Words for people: Fluent messages, loaded at run time from `/locales`.
//!
//! No text stands in code, only message keys. A message that a language lacks is shown in English; one that English
//! lacks is shown as its key, so that it is seen and not silently empty.

pub mod format;

use std::cell::RefCell;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use super::platform;

/// The language that every other one falls back to.
pub const ENGLISH: &str = "en";
/// The message files of a language.
const FILES: [&str; 12] = [
    "agendas",
    "attention",
    "audit",
    "changes",
    "main",
    "meetings",
    "papers",
    "plans",
    "projects",
    "report",
    "room",
    "table",
];

thread_local! {
    static BUNDLES: RefCell<Vec<FluentBundle<FluentResource>>> = const { RefCell::new(Vec::new()) };
}

/// Loads a language and English. What cannot be fetched is left out.
pub async fn load(language: &str) {
    let mut bundles = Vec::new();
    if language != ENGLISH {
        bundles.extend(bundle(language).await);
    }
    bundles.extend(bundle(ENGLISH).await);
    BUNDLES.set(bundles);
}

async fn bundle(language: &str) -> Option<FluentBundle<FluentResource>> {
    let tag: LanguageIdentifier = language.parse().ok()?;
    let mut bundle = FluentBundle::new(vec![tag]);
    // Isolating marks around every value would be read aloud and break names that other programs look for. The
    // languages of ASEAN are all written from left to right.
    bundle.set_use_isolating(false);
    let mut found = false;
    let asked = FILES.map(|file| (file, platform::net::text(&format!("/locales/{language}/{file}.ftl"))));
    for (file, text) in asked {
        if let Some(text) = text.await {
            found = true;
            let resource = FluentResource::try_new(text).unwrap_or_else(|(resource, errors)| {
                platform::log(&format!("{file}: {errors:?}"));
                resource
            });
            bundle.add_resource_overriding(resource);
        }
    }
    found.then_some(bundle)
}

/// A message.
#[must_use]
pub fn tr(key: &str) -> String {
    look_up(key, None).unwrap_or_else(|| missing(key))
}

/// A message, or none where no language has it.
#[must_use]
pub fn maybe(key: &str) -> Option<String> {
    look_up(key, None)
}

/// A message with values; see [`t!`].
#[must_use]
pub fn tr_with<const N: usize>(key: &str, values: [(&'static str, FluentValue<'_>); N]) -> String {
    let args: FluentArgs<'_> = values.into_iter().collect();
    look_up(key, Some(&args)).unwrap_or_else(|| missing(key))
}

fn look_up(key: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
    BUNDLES.with_borrow(|bundles| {
        bundles.iter().find_map(|bundle| {
            let pattern = bundle.get_message(key)?.value()?;
            let mut errors = Vec::new();
            let text = bundle.format_pattern(pattern, args, &mut errors).into_owned();
            for error in errors {
                platform::log(&format!("{key}: {error}"));
            }
            Some(text)
        })
    })
}

fn missing(key: &str) -> String {
    platform::log(key);
    key.to_owned()
}

/// A message by its key, with values by name: `t!("sync-unsent", count = 3)`.
macro_rules! t {
    ($key:expr) => { $crate::ui::i18n::tr($key) };
    ($key:expr, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::ui::i18n::tr_with($key, [$((stringify!($name), $value.into())),+])
    };
}
pub(crate) use t;
