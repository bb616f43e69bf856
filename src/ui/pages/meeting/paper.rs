//! The papers of a meeting as they are handed out: agenda, annotated agenda, report with its annexes, lists of delegates and
//! documents, decisions. Each is made anew when its tab is printed, of what this device shows, and says as of when.
//!
//! The form is ASEAN's: the body, the meeting, place and dates, the paper's name and how far it is.

mod agenda;
mod lists;
mod release;
mod report;

use leptos::prelude::*;

use crate::{
    domain::PartyCode,
    engine::api::{MeetingView, SessionView},
    ui::{
        i18n::{
            format::{self, word},
            t, tr,
        },
        platform::{
            clock,
            paper::{Node, el, on_print, words},
        },
        state::parties::{Parties, use_parties},
    },
};

use super::{Here, dates, session::audience_words, tabs::Tab};

/// What papers are written from.
struct Desk<'a> {
    view: &'a MeetingView,
    parties: &'a Parties,
    /// As of when, by whom, and what of it the hub does not have.
    truth: String,
}

/// Offers the paper of the tab that is open to the browser's printing.
pub fn offer(here: Here, tab: Memo<Tab>) {
    let parties = use_parties();
    on_print(move |notes| {
        let parties = parties.get_untracked();
        let truth = here.shell.peek(|shell| {
            let me = shell.me.as_ref()?;
            let (party, role) = (me.party_name.clone(), word("role", me.role.word()));
            let when = format::on_paper(clock::now());
            Some(t!("paper-truth", when = when, party = party, role = role, unsent = shell.unsent))
        });
        here.live.peek(|view| {
            let desk = Desk { view, parties: &parties, truth: truth.flatten().unwrap_or_default() };
            let (name, nodes) = match tab.get_untracked() {
                Tab::Agenda if notes => (tr("paper-annotated"), agenda::papers(&desk, true)),
                Tab::Agenda => (tr("tab-agenda"), agenda::papers(&desk, false)),
                Tab::Report => (tr("tab-report"), report::papers(&desk)),
                Tab::Delegations => (tr("annex-delegates"), lists::delegates(&desk)),
                Tab::Documents => (tr("paper-documents"), lists::documents(&desk)),
                Tab::Decisions => (tr("tab-decisions"), lists::decisions(&desk)),
                Tab::Release => (tr("tab-release"), release::papers(&desk)),
            };
            (t!("paper-foot", meeting = view.row.title.as_str(), paper = name), nodes)
        })
    });
}

impl Desk<'_> {
    fn party(&self, code: &PartyCode) -> String {
        self.parties.name(code)
    }

    fn names<'a>(&self, codes: impl IntoIterator<Item = &'a PartyCode>) -> String {
        codes.into_iter().map(|code| self.party(code)).collect::<Vec<_>>().join(", ")
    }

    /// A paper under its head. `status` says for whom it is and how far.
    fn paper(&self, name: String, status: &[String], inside: Vec<Node>) -> Node {
        let row = &self.view.row;
        let mut head = Vec::new();
        let line = |class, text: String| (!text.is_empty()).then(|| words("p", class, text));
        head.extend(row.framework.and_then(|framework| line("p-body", word("paper-body", framework.word()))));
        head.push(words("h1", "", row.title.as_str()));
        head.extend(line("", self.ordinal()));
        let mode = row.mode.map(|mode| word("mode", mode.word())).unwrap_or_default();
        head.extend(line("", joined([&row.venue, &row.city, &mode])));
        let now = &self.view.dates.now;
        let zone =
            dates::zone_words(now).filter(|_| now.from.is_some()).map(|zone| t!("meeting-zone-told", zone = zone));
        head.extend(line("", [dates::told(now), zone.unwrap_or_default()].join(" ")));
        let of = |key: &str, code: &Option<PartyCode>| {
            code.as_ref().map_or_else(String::new, |code| format!("{} {}", tr(key), self.party(code)))
        };
        head.extend(line("", joined([&of("meeting-chair", &row.chair), &of("meeting-host", &row.host)])));
        head.push(words("h2", "", name));
        head.extend(line("", joined(status)));
        head.extend(line("p-truth", self.truth.clone()));
        let mut all = vec![el("header", "", head)];
        all.extend(inside);
        el("section", "p-paper", all)
    }

    // The ordinal and the term, where the title does not say them.
    fn ordinal(&self) -> String {
        let row = &self.view.row;
        let own = row.ordinal.zip(row.meeting).filter(|(ordinal, _)| !row.title.contains(&ordinal.to_string()));
        let own = own
            .map(|(ordinal, kind)| t!("paper-ordinal", ordinal = ordinal, meeting = word("meeting-type", kind.word())));
        let term = row.term.map(|ordinal| t!("meeting-term", ordinal = ordinal));
        let term = term.filter(|term| !row.title.contains(term.as_str()));
        joined([&own.unwrap_or_default(), &term.unwrap_or_default()])
    }
}

/// For whom a session's paper is, and that a step of it waits for the hub.
fn for_whom(session: &SessionView, waits: bool) -> Vec<String> {
    let mut said = vec![audience_words(&session.audience)];
    said.extend(waits.then(|| tr("provisional-why")));
    said
}

fn joined<S: AsRef<str>>(parts: impl IntoIterator<Item = S>) -> String {
    let mut all = String::new();
    for part in parts {
        if !all.is_empty() && !part.as_ref().is_empty() {
            all.push_str(" · ");
        }
        all.push_str(part.as_ref());
    }
    all
}

fn text(text: impl Into<String>) -> Node {
    Node::Text(text.into())
}

/// A table with its head on every sheet.
fn table(heads: &[&str], rows: Vec<Vec<Node>>) -> Node {
    let heads = heads.iter().map(|key| words("th", "", tr(key))).collect();
    let row = |cells: Vec<Node>| el("tr", "", cells.into_iter().map(|cell| el("td", "", vec![cell])).collect());
    let body = rows.into_iter().map(row).collect();
    el("table", "", vec![el("thead", "", vec![el("tr", "", heads)]), el("tbody", "", body)])
}
