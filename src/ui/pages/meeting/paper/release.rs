//! The media release as it is handed out: what it says, and whether the Chair cleared it.

use crate::ui::{
    i18n::tr,
    pages::meeting::release::{cleared, words_of},
    platform::paper::{Node, words},
};

use super::Desk;

/// One paper for each session that has one.
pub fn papers(desk: &Desk<'_>) -> Vec<Node> {
    let sessions = desk.view.sessions.iter().filter(|session| !session.report.release.standing.is_empty());
    let mut all: Vec<Node> = sessions
        .map(|session| {
            let status = tr(if cleared(session).is_some() { "release-cleared" } else { "release-not-cleared" });
            let inside = words_of(session).into_iter().map(|text| words("p", "p-said", text)).collect();
            desk.paper(tr("tab-release"), &[status], inside)
        })
        .collect();
    if all.is_empty() {
        all.push(desk.paper(tr("tab-release"), &[], vec![words("p", "", tr("release-none"))]));
    }
    all
}
