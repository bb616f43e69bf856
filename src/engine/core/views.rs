//! Views: what pages see, made from rows, loaded documents, the catalogue and the marks. Nothing is kept here.

mod meetings;
mod papers;
mod people;
mod plans;
mod project;
mod report;
mod shell;
pub(super) mod table;
mod today;

use std::collections::BTreeSet;

use super::{
    Engine,
    pages::{Dirty, Subscribed},
    rows::{RegisterRow, Shown},
};
use crate::{
    domain::{DocId, DocKind, PartyCode},
    engine::api::{Query, Version, View},
};

impl Engine {
    /// Documents that must be loaded before a view can be made.
    pub(super) fn view_needs(&self, query: &Query) -> BTreeSet<DocId> {
        match query {
            Query::Plan { doc } => self.frozen_waits(*doc).chain([*doc]).collect(),
            Query::PlanVersion { doc, version: Version::Step(_) } => [*doc].into(),
            Query::PlanVersion { doc, version: Version::Until(_) } => {
                self.projects_of(*doc).into_iter().chain([*doc]).collect()
            }
            Query::Project { doc } => self.voices(*doc).into_iter().chain(self.plan_of(*doc)).chain([*doc]).collect(),
            Query::Meeting { doc } => {
                let sessions = self.about(*doc, DocKind::Session);
                let voices: Vec<DocId> = sessions.iter().flat_map(|session| self.voices(*session)).collect();
                let notes: Vec<DocId> =
                    sessions.iter().flat_map(|session| self.about(*session, DocKind::Annotation)).collect();
                let come = self.voices(*doc).into_iter().chain(self.about(*doc, DocKind::Logistics));
                sessions.into_iter().chain(voices).chain(notes).chain(come).chain([*doc]).collect()
            }
            Query::Papers { doc } => self.with_papers(*doc),
            Query::History { doc, .. } | Query::Sitting { doc, .. } | Query::Past { doc, .. } | Query::Compare { doc, .. } | Query::Apart { doc, .. } | Query::Written { doc, .. }
            | Query::AtOnce { doc } => {
                [*doc].into()
            }
            Query::Shell
            | Query::Today
            | Query::Plans
            | Query::Meetings
            | Query::People
            | Query::Device
            // It has read what it needs as it goes.
            | Query::Changes { .. }
            | Query::Undo { .. }
            | Query::Following
            | Query::Presence { .. } => BTreeSet::new(),
        }
    }

    /// What a query shows now; its documents are loaded.
    pub(super) fn view(&self, query: &Query) -> View {
        match query {
            Query::Shell => View::Shell(Box::new(self.shell_view())),
            Query::Today => View::Today(self.today_view()),
            Query::Plans => View::Plans(self.plans_view()),
            Query::Plan { doc } => self.plan_view(*doc).map_or(self.absent(*doc), |view| View::Plan(Box::new(view))),
            Query::PlanVersion { doc, version } if self.plan_row(*doc).is_some() => {
                View::PlanVersion(self.plan_version(*doc, *version))
            }
            Query::PlanVersion { doc, .. } => self.absent(*doc),
            Query::Project { doc } => {
                self.project_view(*doc).map_or(self.absent(*doc), |view| View::Project(Box::new(view)))
            }
            Query::Meetings => View::Meetings(self.meetings_view()),
            Query::Meeting { doc } => {
                self.meeting_view(*doc).map_or(self.absent(*doc), |view| View::Meeting(Box::new(view)))
            }
            Query::People => View::People(self.people_view()),
            Query::Device => View::Device(self.device_view()),
            Query::Presence { doc } => View::Presence(self.presence_view(*doc)),
            Query::Papers { doc } => self.papers_view(*doc).map_or(self.absent(*doc), View::Papers),
            Query::History { doc, record, most } => {
                self.history_view(*doc, *record, *most).map_or(self.absent(*doc), View::History)
            }
            Query::Sitting { doc, record, id } => {
                self.sitting_view(*doc, *record, *id).map_or(self.absent(*doc), View::Sitting)
            }
            Query::AtOnce { doc } => View::AtOnce(self.at_once(*doc)),
            Query::Written { doc, at } => View::Written(self.written(*doc, at)),
            Query::Apart { doc, at } => View::Apart(self.standing_values(*doc, at)),
            Query::Undo { of } => View::Undo(self.undo_view(*of)),
            Query::Past { doc, id } => View::Past(self.past_view(*doc, *id)),
            Query::Compare { doc, record, before, after } => {
                self.differences(*doc, *record, (*before, *after)).map_or(self.absent(*doc), View::Compare)
            }
            Query::Following => View::Following(self.following_view()),
            Query::Changes { since, of } => {
                View::Changes(Box::new(self.changes_view(*since, *of, &self.changed(*since, *of))))
            }
        }
    }

    fn absent(&self, doc: DocId) -> View {
        let behind = self.position.number < self.position.head || self.position.head == 0;
        let coming = self.position.missing.contains(&doc) || (self.account.is_some() && behind);
        View::Absent { loading: coming }
    }

    /// Whether a view may have changed.
    pub(super) fn concerns(&self, dirty: &Dirty, subscribed: &Subscribed) -> bool {
        let kinds = |kinds: &[DocKind]| {
            let kind = |doc: &DocId| self.entry(*doc).map(|entry| entry.kind);
            dirty.seen || dirty.docs.iter().any(|doc| kind(doc).is_some_and(|kind| kinds.contains(&kind)))
        };
        let needed = || dirty.seen || !dirty.docs.is_disjoint(&subscribed.needs);
        dirty.all
            || match &subscribed.query {
                Query::Shell | Query::Device => dirty.shell,
                Query::Changes { .. } | Query::Following => dirty.shell || !dirty.docs.is_empty(),
                Query::Today => {
                    let listed = [
                        DocKind::Project,
                        DocKind::Draft,
                        DocKind::Meeting,
                        DocKind::Plan,
                        DocKind::Session,
                        DocKind::Voice,
                    ];
                    kinds(&listed)
                }
                Query::Plans => kinds(&[DocKind::Plan, DocKind::Project]),
                Query::Plan { doc } => {
                    // A project that left the plan is still in its table.
                    let shown = |other: DocId| match &subscribed.shown {
                        Some(View::Plan(view)) => view.rows.iter().any(|row| row.doc == other),
                        Some(_) | None => false,
                    };
                    let said = |other: DocId| self.plan_of(other) == Some(*doc) || self.says_of_plan(*doc, other);
                    needed() || dirty.docs.iter().any(|other| said(*other) || shown(*other))
                }
                Query::Project { doc } => {
                    let plan = self.plan_of(*doc);
                    // Those with which it is one, or may become one.
                    let asked = match &subscribed.shown {
                        Some(View::Project(view)) => {
                            view.comments.iter().filter_map(|said| said.merge.as_ref()).collect()
                        }
                        Some(_) | None => Vec::new(),
                    };
                    let merges = |other: DocId| {
                        asked.iter().any(|merge| merge.other == other)
                            || self.merged_into(*doc) == Some(other)
                            || self.project_row(other).is_some_and(|row| row.merged_into == Some(*doc))
                    };
                    needed() || dirty.docs.iter().any(|other| Some(*other) == plan || merges(*other))
                }
                Query::PlanVersion { doc, .. } => {
                    needed() || dirty.docs.iter().any(|other| self.plan_of(*other) == Some(*doc))
                }
                Query::Meetings => kinds(&[DocKind::Meeting, DocKind::Session, DocKind::Register]),
                // What came up to it, what became of its own decisions, and of its actions, stands elsewhere.
                Query::Meeting { .. } => {
                    needed()
                        || kinds(&[
                            DocKind::Meeting,
                            DocKind::Session,
                            DocKind::Voice,
                            DocKind::Plan,
                            DocKind::Logistics,
                        ])
                }
                Query::Presence { doc } => dirty.company || (dirty.docs.contains(doc) && self.has_carets(*doc)),
                Query::Papers { .. } => dirty.files || needed(),
                Query::Undo { .. } => dirty.undo,
                Query::History { .. }
                | Query::Sitting { .. }
                | Query::Past { .. }
                | Query::Compare { .. }
                | Query::Apart { .. }
                | Query::Written { .. } => needed(),
                // Until the person has read it.
                Query::AtOnce { .. } => needed() || kinds(&[DocKind::Person]),
                Query::People => dirty.shell || kinds(&[DocKind::Register]),
            }
    }

    /// Documents of a kind about a subject.
    pub(super) fn about(&self, subject: DocId, kind: DocKind) -> Vec<DocId> {
        let about =
            self.catalogue.docs.iter().filter(|(_, entry)| entry.kind == kind && entry.subject == Some(subject));
        about.map(|(doc, _)| *doc).collect()
    }

    /// What parties say about a subject.
    pub(super) fn voices(&self, subject: DocId) -> Vec<DocId> {
        self.about(subject, DocKind::Voice)
    }

    pub(super) fn plan_of(&self, doc: DocId) -> Option<DocId> {
        match &self.rows.get(&doc)?.shown {
            Shown::Project(row) => Some(row.plan),
            Shown::Plan(_)
            | Shown::Meeting(_)
            | Shown::Session { .. }
            | Shown::Register(_)
            | Shown::Unlisted
            | Shown::Voice(_)
            | Shown::Draft(_)
            | Shown::Person(_) => None,
        }
    }

    /// What the registers describe.
    fn registers(&self) -> impl Iterator<Item = &RegisterRow> {
        self.rows.values().filter_map(|row| match &row.shown {
            Shown::Register(register) => Some(&**register),
            Shown::Plan(_)
            | Shown::Project(_)
            | Shown::Meeting(_)
            | Shown::Session { .. }
            | Shown::Unlisted
            | Shown::Voice(_)
            | Shown::Draft(_)
            | Shown::Person(_) => None,
        })
    }

    /// A party's name; its code where no register says more.
    pub(super) fn party_name(&self, code: &PartyCode) -> String {
        let named = self.registers().flat_map(|register| &register.parties).find(|party| party.code == *code);
        named.map(|party| party.name.clone()).filter(|name| !name.is_empty()).unwrap_or_else(|| code.to_string())
    }

    /// A document's title, as far as its row knows it.
    pub(super) fn title(&self, doc: DocId) -> String {
        match self.rows.get(&doc).map(|row| &row.shown) {
            Some(Shown::Plan(row)) => row.card.title.clone(),
            Some(Shown::Project(row)) => row.title.clone(),
            Some(Shown::Meeting(row)) => row.title.clone(),
            Some(Shown::Session { meeting: Some(meeting), .. }) if *meeting != doc => self.title(*meeting),
            Some(Shown::Draft(row)) => row.title.clone(),
            Some(Shown::Session { .. } | Shown::Register(_) | Shown::Unlisted | Shown::Voice(_) | Shown::Person(_))
            | None => {
                let subject = self.entry(doc).and_then(|entry| entry.subject).filter(|subject| *subject != doc);
                subject.map(|subject| self.subject_title(subject)).unwrap_or_default()
            }
        }
    }

    fn subject_title(&self, doc: DocId) -> String {
        match self.rows.get(&doc).map(|row| &row.shown) {
            Some(Shown::Plan(row)) => row.card.title.clone(),
            Some(Shown::Project(row)) => row.title.clone(),
            Some(Shown::Meeting(row)) => row.title.clone(),
            Some(Shown::Draft(row)) => row.title.clone(),
            Some(Shown::Session { .. } | Shown::Register(_) | Shown::Unlisted | Shown::Voice(_) | Shown::Person(_))
            | None => String::new(),
        }
    }
}
