//! How this browser likes things to look: kept here, told to nobody.

use leptos::prelude::*;

use crate::ui::{
    i18n::ENGLISH,
    logic::attention::{Quiet, Told, Wish},
    platform::{page, prefs},
};

use super::shared;

/// Colours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Tables.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Density {
    /// Comfortable.
    #[default]
    Comfortable,
    /// Compact.
    Compact,
}

impl Theme {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// Its word, also the end of its message's key.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl Density {
    /// Every choice.
    pub const ALL: [Self; 2] = [Self::Comfortable, Self::Compact];

    /// Its word, also the end of its message's key.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Comfortable => "comfortable",
            Self::Compact => "compact",
        }
    }
}

/// How things look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Look {
    /// Colours.
    pub theme: Theme,
    /// Tables.
    pub density: Density,
}

/// What was kept.
#[must_use]
pub fn stored() -> Look {
    let theme = prefs::get("theme").and_then(|word| Theme::ALL.into_iter().find(|theme| theme.word() == word));
    let density =
        prefs::get("density").and_then(|word| Density::ALL.into_iter().find(|density| density.word() == word));
    Look { theme: theme.unwrap_or_default(), density: density.unwrap_or_default() }
}

/// The language that was kept.
#[must_use]
pub fn language() -> String {
    prefs::get("language").unwrap_or_else(|| ENGLISH.to_owned())
}

/// How things look, tracked.
#[must_use]
pub fn look() -> Look {
    shared().look.get()
}

/// Changes how things look, and keeps it.
pub fn change(work: impl FnOnce(&mut Look)) {
    shared().look.update(work);
    let look = shared().look.get_untracked();
    prefs::set("theme", look.theme.word());
    prefs::set("density", look.density.word());
    apply();
}

/// Puts the look on the page.
pub fn apply() {
    let look = shared().look.get_untracked();
    page::set_root("data-theme", (look.theme != Theme::System).then(|| look.theme.word()));
    page::set_root("data-density", (look.density != Density::Comfortable).then(|| look.density.word()));
    page::set_root("lang", Some(&shared().language.get_untracked()));
}

/// Whether this browser belonged to a workspace when it last knew.
#[must_use]
pub fn had_joined() -> bool {
    prefs::get(JOINED).is_some_and(|word| word == "yes")
}

/// Keeps that for the next start, whose frame is drawn before anything is known.
pub fn keep_joined(joined: bool) {
    prefs::set(JOINED, if joined { "yes" } else { "no" });
}

const JOINED: &str = "joined";

/// The columns of plans' tables as they were kept, by their words; empty when nobody chose any.
#[must_use]
pub fn columns() -> String {
    prefs::get(COLUMNS).unwrap_or_default()
}

/// Keeps the columns of plans' tables.
pub fn keep_columns(columns: &str) {
    prefs::set(COLUMNS, columns);
}

const COLUMNS: &str = "columns";

/// What this device is to be told on its desktop, as it was kept. Read anew each time: another page of this browser may have
/// changed it.
#[must_use]
pub fn wish() -> Wish {
    let kept = prefs::get(QUIET);
    let quiet = kept.as_deref().and_then(|text| {
        let (from, to) = text.split_once('-')?;
        Some(Quiet { from: from.parse().ok()?, to: to.parse().ok()? })
    });
    let yes = |name| prefs::get(name).is_some_and(|word| word == "yes");
    Wish { on: yes(NOTIFY), hushed: yes(HUSHED), quiet: quiet.unwrap_or_default() }
}

/// Keeps it.
pub fn keep_wish(wish: Wish) {
    let word = |yes| if yes { "yes" } else { "no" };
    prefs::set(NOTIFY, word(wish.on));
    prefs::set(HUSHED, word(wish.hushed));
    prefs::set(QUIET, &format!("{}-{}", wish.quiet.from, wish.quiet.to));
}

const NOTIFY: &str = "notify";
const HUSHED: &str = "hushed";
const QUIET: &str = "quiet";

/// What was told on the desktop last, by whichever page of this browser.
#[must_use]
pub fn told() -> Told {
    prefs::get(TOLD).and_then(|text| text.parse().ok()).unwrap_or_default()
}

/// Keeps it.
pub fn keep_told(told: Told) {
    prefs::set(TOLD, &told.to_string());
}

const TOLD: &str = "told";

/// Whether a hint was put away for good.
#[must_use]
pub fn put_away(hint: &str) -> bool {
    prefs::get(hint).is_some()
}

/// Puts a hint away for good.
pub fn put_hint_away(hint: &str) {
    prefs::set(hint, "1");
}
