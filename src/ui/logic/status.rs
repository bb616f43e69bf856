//! How states look and are named: words for `data-` attributes, glyphs and message keys.

use crate::{
    domain::project::ProjectStatus,
    engine::api::{Link, Mark},
};

/// The word of `data-sync`.
#[must_use]
pub const fn sync_word(mark: Mark) -> &'static str {
    match mark {
        Mark::Pending => "pending",
        Mark::Device => "device",
        Mark::Hub => "hub",
        Mark::Seen { .. } => "seen",
        Mark::Refused => "refused",
    }
}

/// The glyph of a mark in the sprite.
#[must_use]
pub const fn sync_glyph(mark: Mark) -> &'static str {
    match mark {
        Mark::Pending | Mark::Device => "device",
        Mark::Hub => "hub",
        Mark::Seen { .. } => "seen",
        Mark::Refused => "refused",
    }
}

/// The word of `data-link`, also the glyph.
#[must_use]
pub const fn link_word(link: Link) -> &'static str {
    match link {
        Link::Offline => "offline",
        Link::Connecting => "connecting",
        Link::Live => "live",
        Link::Http => "http",
    }
}

/// The word of `data-status` and the glyph of a project's status.
#[must_use]
pub const fn status_look(status: ProjectStatus) -> (&'static str, &'static str) {
    match status {
        ProjectStatus::Proposed => ("proposed", "st-proposed"),
        ProjectStatus::UnderConsideration => ("consideration", "st-proposed"),
        ProjectStatus::Included => ("included", "st-included"),
        ProjectStatus::Planned => ("planned", "st-planned"),
        ProjectStatus::Ongoing => ("ongoing", "st-ongoing"),
        ProjectStatus::Completed => ("completed", "st-completed"),
        ProjectStatus::Postponed => ("postponed", "st-postponed"),
        ProjectStatus::Returned => ("returned", "st-proposed"),
        ProjectStatus::Withdrawn => ("withdrawn", "st-cancelled"),
        ProjectStatus::NotIncluded => ("not-included", "st-cancelled"),
        ProjectStatus::CarriedOver => ("carried", "st-carried"),
        ProjectStatus::Cancelled => ("cancelled", "st-cancelled"),
        ProjectStatus::Merged => ("merged", "st-merged"),
    }
}

/// A stable word (`UNDER_CONSIDERATION`, `ACCSM+3`) as the end of a message key (`under-consideration`, `accsm-plus3`).
#[must_use]
pub fn key_end(word: &str) -> String {
    word.to_lowercase().replace('_', "-").replace('+', "-plus")
}
