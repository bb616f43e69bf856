//! One session of the meeting: what its agenda and report show, and under which authority one acts on it.

use leptos::prelude::*;

use crate::{
    domain::{Act, Audience, DocId, DocKind, EntityId, Place, Record, Role, Value, rights::framework_of},
    engine::api::{CommentView, Mark, MeetingView, SessionView},
    ui::{
        components::field::Subject,
        i18n::{t, tr},
        state::commands,
    },
};

use super::Here;

/// A session of the page's meeting.
#[derive(Clone, Copy)]
pub struct Session {
    /// The meeting.
    pub here: Here,
    /// The session's document.
    pub doc: DocId,
}

fn find(view: &MeetingView, doc: DocId) -> Option<&SessionView> {
    view.sessions.iter().find(|session| session.doc == doc)
}

impl Session {
    /// A part of it, as a signal that changes only when the part does.
    pub fn part<R>(self, pick: impl Fn(&SessionView) -> R + Send + Sync + 'static) -> Signal<R>
    where
        R: Clone + Default + PartialEq + Send + Sync + 'static,
    {
        self.here.live.part(move |view| find(view, self.doc).map(&pick).unwrap_or_default())
    }

    /// What it shows now.
    pub fn peek<R>(self, pick: impl FnOnce(&SessionView) -> R) -> Option<R> {
        self.here.live.peek(|view| find(view, self.doc).map(pick)).flatten()
    }

    /// A record of one of its collections.
    pub fn record(self, collection: &'static str, id: EntityId) -> Signal<Record> {
        self.part(move |session| {
            let records = session.snapshot.collection(collection);
            records.iter().find(|record| record.id == Some(id)).cloned().unwrap_or_default()
        })
    }

    /// Where a record's words are.
    pub fn mark(self, id: EntityId) -> Signal<Mark> {
        // What is not listed yet was just written here.
        Signal::derive(move || {
            let mark = self.here.live.get(|view| find(view, self.doc)?.marks.get(&id).copied());
            mark.flatten().unwrap_or(Mark::Device)
        })
    }

    /// Whether I may write it.
    pub fn may_write(self) -> Signal<bool> {
        self.part(|session| session.may_write)
    }

    /// A record as fields know it.
    pub fn subject(self, collection: &'static str, id: EntityId) -> Subject {
        Subject {
            doc: self.doc,
            kind: DocKind::Session,
            entity: Some((collection, id)),
            record: self.record(collection, id),
            may_write: self.may_write(),
            mark: self.mark(id),
        }
    }

    /// Comments on the session itself, or on one of its records.
    pub fn comments(self, about: Option<EntityId>) -> Signal<Vec<CommentView>> {
        let root = EntityId::from_bytes(self.doc.to_bytes());
        self.part(move |session| {
            let here = |comment: &&CommentView| match about {
                Some(id) => comment.about == Some(id),
                None => comment.about.is_none() || comment.about == Some(root),
            };
            session.comments.iter().filter(here).cloned().collect()
        })
    }

    /// Whether acts of authority are mine to do: the Chair's and the Secretariat's. Others may hold a pen.
    pub fn presides(self) -> Signal<bool> {
        let audience = self.part(|session| Some(session.audience.clone()));
        let mine = self.here.shell.part(|shell| {
            shell.me.as_ref().map(|me| {
                (me.role == Role::Secretariat, me.chair_of.iter().map(|(framework, _)| *framework).collect::<Vec<_>>())
            })
        });
        let may_write = self.may_write();
        Memo::new(move |_| {
            let (Some(audience), Some((secretariat, chair))) = (audience.get(), mine.get()) else { return false };
            may_write.get() && (secretariat || chair.contains(&framework_of(&audience)))
        })
        .into()
    }

    /// The chair term under which I act; none for the Secretariat.
    pub fn term(self) -> Option<u16> {
        let framework = self.peek(|session| framework_of(&session.audience))?;
        super::acts::term(self.here, framework)
    }

    /// Does an act of authority.
    pub fn act(self, act: Act, target: Option<EntityId>, reason: String) {
        super::acts::act(self.doc, act, target, self.term(), reason);
    }

    /// Adds a record; its id is returned at once.
    pub fn add(self, to: &str, place: Place, fields: Vec<(String, Value)>, texts: Vec<(String, String)>) -> EntityId {
        commands::add(self.doc, to, Some(place), fields, texts)
    }
}

/// The sessions, by document.
pub fn sessions(here: Here) -> Signal<Vec<DocId>> {
    here.live.part(|view| view.sessions.iter().map(|session| session.doc).collect::<Vec<_>>())
}

/// An audience in words.
pub fn audience_words(audience: &Audience) -> String {
    match audience {
        Audience::Public => tr("audience-public"),
        Audience::Accsm => tr("audience-accsm"),
        Audience::AccsmPlus3 => tr("audience-accsm-plus3"),
        Audience::Party(code) => t!("audience-party", party = code.as_str()),
        Audience::Person(_) => tr("audience-person"),
        Audience::Chair(_) => tr("audience-chair"),
        Audience::Host(_) => tr("audience-host"),
        Audience::Meeting(_) => tr("audience-meeting"),
    }
}
