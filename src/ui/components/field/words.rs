//! Which list of messages names the words of an enumeration.

use crate::domain::{
    Framework,
    agenda::{ExpectedAction, ItemKind},
    meeting::{MeetingType, Mode, SessionKind, Verb},
    project::{ProjectKind, ProjectStatus},
};

/// The list for a field's words: `status`, `mode` …; one of its own by the field's name where the words are its own.
#[must_use]
pub fn list_of(name: &'static str, words: &[&str]) -> &'static str {
    let lists: [(&[&str], &str); 9] = [
        (ProjectStatus::WORDS, "status"),
        (ProjectKind::WORDS, "project-kind"),
        (Mode::WORDS, "mode"),
        (MeetingType::WORDS, "meeting-type"),
        (Framework::WORDS, "framework"),
        (ItemKind::WORDS, "item-kind"),
        (ExpectedAction::WORDS, "expected-action"),
        (SessionKind::WORDS, "session-kind"),
        (Verb::WORDS, "verb"),
    ];
    lists.iter().find(|(known, _)| *known == words).map_or(
        match name {
            // Activities have kinds of their own, and so have paragraphs of a report.
            "kind" if words.contains(&"workshop") => "activity-kind",
            "kind" => "paragraph-kind",
            "recurring" => "yes-no",
            other => other,
        },
        |(_, list)| list,
    )
}
