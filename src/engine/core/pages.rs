//! Pages: their subscriptions, and what of them must be shown anew.

use std::collections::{BTreeMap, BTreeSet};

use super::{Engine, PortId, views::table::Changes};
use crate::{
    domain::{DocId, DocKind},
    engine::api::{Command, Query, Reply, Request, Sub, View},
};

/// What changed since pages were last shown anything.
#[derive(Debug, Default)]
pub(super) struct Dirty {
    /// Everything may have.
    pub all: bool,
    /// The header.
    pub shell: bool,
    /// How far other parties are.
    pub seen: bool,
    /// Who is in a document with us.
    pub company: bool,
    /// Where the bytes of papers are.
    pub files: bool,
    /// What can be taken back.
    pub undo: bool,
    /// These documents, or where their words are.
    pub docs: BTreeSet<DocId>,
}

impl Dirty {
    pub fn is_clean(&self) -> bool {
        !self.all && !self.shell && !self.seen && !self.company && !self.files && !self.undo && self.docs.is_empty()
    }
}

#[derive(Debug)]
pub(super) struct Subscribed {
    pub query: Query,
    pub shown: Option<View>,
    /// Documents the view was made from.
    pub needs: BTreeSet<DocId>,
    pub due: bool,
}

/// What is told from a document's changes is made anew no more often than this, in milliseconds: in a meeting something comes
/// with every key.
const TOLD_PAUSE: u64 = 2_000;

/// Whether a view is told from all changes of a document.
const fn is_told(query: &Query) -> bool {
    matches!(
        query,
        Query::History { .. }
            | Query::Sitting { .. }
            | Query::Apart { .. }
            | Query::AtOnce { .. }
            | Query::Written { .. }
    )
}

/// All pages.
#[derive(Debug, Default)]
pub(super) struct Pages {
    /// When something was last told from a document's changes, and whether something waits for the next time.
    told_at: u64,
    told_waits: bool,
    pub subscribed: BTreeMap<(PortId, Sub), Subscribed>,
    /// The day views were made on: rights and what is past change at midnight.
    pub day: u64,
}

/// A request that waits for documents.
#[derive(Debug)]
pub(super) struct Waiting {
    pub port: PortId,
    pub request: Request,
    pub needs: BTreeSet<DocId>,
}

impl Engine {
    /// Carries out a request, or keeps it until its documents are loaded. Requests about one document keep their order.
    pub(super) fn request(&mut self, port: PortId, request: Request) {
        let needs = self.needs_of(port, &request);
        let behind = self.waiting.iter().any(|other| other.port == port && !other.needs.is_disjoint(&needs));
        let early = !self.opened && matches!(request, Request::Command { .. } | Request::OpenText { .. });
        if early || behind || !self.ready(&needs) {
            self.waiting.push(Waiting { port, request, needs });
        } else {
            self.carry_out(port, request);
        }
    }

    /// Carries out what waited and need not wait any more. Says whether anything was.
    pub(super) fn resume_waiting(&mut self) -> bool {
        if !self.opened {
            return false;
        }
        let mut moved = false;
        let mut blocked: BTreeSet<(PortId, DocId)> = BTreeSet::new();
        for waiting in std::mem::take(&mut self.waiting) {
            // What a document is needed for may only be known now that the store is open.
            let needs = self.needs_of(waiting.port, &waiting.request);
            let behind = needs.iter().any(|doc| blocked.contains(&(waiting.port, *doc)));
            if behind || !self.ready(&needs) {
                blocked.extend(needs.iter().map(|doc| (waiting.port, *doc)));
                self.waiting.push(Waiting { needs, ..waiting });
            } else {
                moved = true;
                self.carry_out(waiting.port, waiting.request);
            }
        }
        moved
    }

    fn needs_of(&self, port: PortId, request: &Request) -> BTreeSet<DocId> {
        if matches!(request, Request::Command { command: Command::Export, .. }) {
            return self.rows.keys().copied().collect();
        }
        let doc = match request {
            Request::Command {
                command:
                    Command::Edit { doc, .. }
                    | Command::Part { doc, .. }
                    | Command::PutAside { doc }
                    | Command::BringBack { doc, .. },
                ..
            }
            | Request::OpenText { doc, .. } => Some(*doc),
            Request::Command { command: Command::Comment { subject, .. }, .. } => self.own_voice(*subject),
            Request::Command { command: Command::Ask { subject, .. }, .. } => self.own_voice(*subject),
            Request::Command { command: Command::SuggestMerge { project, into, .. }, .. } => {
                return [project, into].into_iter().filter_map(|subject| self.own_voice(*subject)).collect();
            }
            Request::Command { command: Command::Settle { subject, .. } | Command::Agree { subject, .. }, .. } => {
                return self.voices(*subject).into_iter().chain([*subject]).collect();
            }
            Request::Command { command: Command::Report { session, .. }, .. } => {
                return self.report_needs(*session).collect();
            }
            Request::Command { command: Command::AdvancePlan { plan, to, .. }, .. } => {
                let frozen = to.freezes().then(|| self.projects_of(*plan));
                return frozen.into_iter().flatten().chain([*plan]).collect();
            }
            Request::Command { command: Command::SetFate { project: doc, .. }, .. }
            | Request::Command { command: Command::SetPen { plan: doc, .. }, .. }
            | Request::Command { command: Command::CarryOver { project: doc, .. }, .. }
            | Request::Command { command: Command::CreatePlan { previous: doc, .. }, .. }
            | Request::Command { command: Command::FixDates { meeting: doc, .. }, .. }
            | Request::Command { command: Command::ChangeMode { meeting: doc, .. }, .. }
            | Request::Command { command: Command::AmendAgenda { session: doc, .. }, .. }
            | Request::Command { command: Command::SubmitDraft { draft: doc }, .. } => Some(*doc),
            Request::Command {
                command: Command::FollowMeeting { previous, .. } | Command::MeetBeside { of: previous, .. },
                ..
            } => {
                return self.about(*previous, DocKind::Session).into_iter().chain([*previous]).collect();
            }
            Request::Command {
                command:
                    Command::ProposeItem { session, .. }
                    | Command::TakeProposal { session, .. }
                    | Command::DeclineProposal { session, .. }
                    | Command::Annotate { session, .. },
                ..
            } => {
                let notes = self.about(*session, DocKind::Annotation);
                return self.voices(*session).into_iter().chain(notes).chain([*session]).collect();
            }
            Request::Command { command: Command::AddDelegate { meeting, .. }, .. } => self.own_voice(*meeting),
            Request::Command { command: Command::AnswerDates { meeting, .. }, .. } => {
                return self.own_voice(*meeting).into_iter().chain([*meeting]).collect();
            }
            Request::Command { command: Command::OpenLogistics { meeting }, .. } => {
                return self.told_before(*meeting).into_iter().chain(self.own_logistics(*meeting)).collect();
            }
            Request::Command { command: Command::AddPaper { doc, .. }, .. } => Some(*doc),
            Request::Command { command: Command::HoldPack { meeting, .. }, .. } => return self.with_papers(*meeting),
            Request::Command { command: Command::Undo { of, again, .. }, .. } => return self.undo_needs(*of, *again),
            Request::Command { command: Command::MarkRead { .. } | Command::Follow { .. }, .. } => {
                return self.notes_needed();
            }
            Request::Command { command: Command::OfferAgain { command }, .. } => self.refused_doc(*command),
            Request::EditText { session, .. } | Request::CloseText { session } => {
                self.text_doc(port, *session).or_else(|| self.text_doc_waiting(port, *session))
            }
            Request::Command { .. }
            | Request::Subscribe { .. }
            | Request::Unsubscribe { .. }
            | Request::More { .. }
            | Request::Say { .. }
            | Request::Ping { .. }
            | Request::Flush
            | Request::Bye => None,
        };
        doc.into_iter().collect()
    }

    fn text_doc_waiting(&self, port: PortId, session: u32) -> Option<DocId> {
        self.waiting.iter().find_map(|waiting| match waiting.request {
            Request::OpenText { session: other, doc, .. } if waiting.port == port && other == session => Some(doc),
            _ => None,
        })
    }

    fn carry_out(&mut self, port: PortId, request: Request) {
        match request {
            Request::Subscribe { sub, query } => {
                let subscribed = Subscribed { query, shown: None, needs: BTreeSet::new(), due: true };
                self.pages.subscribed.insert((port, sub), subscribed);
            }
            Request::Unsubscribe { sub } => {
                let gone = self.pages.subscribed.remove(&(port, sub));
                if gone.is_some_and(|gone| super::news::asked(&gone.query).is_some()) {
                    self.forget_news();
                }
            }
            Request::More { sub } => self.news_more((port, sub)),
            Request::Command { id, command } => self.command(port, id, command),
            Request::OpenText { session, doc, at } => self.open_text(port, session, doc, at),
            Request::EditText { session, n, version, splices } => self.edit_text(port, session, n, version, &splices),
            Request::CloseText { session } => self.close_text(port, session),
            Request::Say { doc, say } => self.say_in_passing(doc, say),
            Request::Ping { n } => self.reply(port, Reply::Pong { n }),
            Request::Flush => {
                self.commit_texts();
                self.save_undos(true);
                self.catch_up();
                self.journal.after.replies.push((port, Reply::Flushed));
            }
            Request::Bye => self.gone(port),
        }
    }

    /// A page is gone: what was typed there is kept.
    pub(super) fn gone(&mut self, port: PortId) {
        self.close_texts_of(port);
        self.save_undos(true);
        self.adding_ended(port);
        self.catch_up();
        self.pages.subscribed.retain(|(other, _), _| *other != port);
        self.forget_news();
        // Its commands are still carried out: they were said before it went.
        self.waiting.retain(|waiting| waiting.port != port || matches!(waiting.request, Request::Command { .. }));
    }

    /// Documents that must stay loaded: those shown, typed in, or about to be.
    pub(super) fn needed(&self) -> BTreeSet<DocId> {
        let shown = self.pages.subscribed.values().flat_map(|subscribed| subscribed.needs.iter().copied());
        let waiting = self.waiting.iter().flat_map(|waiting| waiting.needs.iter().copied());
        shown.chain(waiting).chain(self.text_docs()).chain(self.lately.docs()).chain(self.arriving()).collect()
    }

    /// Shows every page what changed for it.
    pub(super) fn show(&mut self) {
        let day = self.clock() / super::clock::DAY;
        if self.pages.day != day {
            self.pages.day = day;
            self.dirty.all = true;
        }
        self.find_joined();
        self.save_undos(false);
        self.news_go_on();
        self.tell_ahead();
        let dirty = std::mem::take(&mut self.dirty);
        let rests = self.now < self.pages.told_at + TOLD_PAUSE && !dirty.all;
        if self.pages.told_waits && !rests {
            self.pages.told_waits = false;
            self.pages.subscribed.values_mut().filter(|one| is_told(&one.query)).for_each(|one| one.due = true);
        }
        let mut waits = false;
        let keys: Vec<(PortId, Sub)> = self
            .pages
            .subscribed
            .iter()
            .filter(|(_, subscribed)| {
                let concerned = !dirty.is_clean() && self.concerns(&dirty, subscribed);
                let later = concerned && rests && !subscribed.due && is_told(&subscribed.query);
                waits |= later;
                subscribed.due || (concerned && !later)
            })
            .map(|(key, _)| *key)
            .collect();
        self.pages.told_waits |= waits;
        for key in keys {
            if dirty.all || dirty.seen || self.is_told_beside(key, &dirty.docs) || !self.show_rows(key, &dirty.docs) {
                self.show_one(key);
            }
        }
    }

    /// Whether one of these documents says something that a plan's page shows beside its rows.
    fn is_told_beside(&self, key: (PortId, Sub), docs: &BTreeSet<DocId>) -> bool {
        match self.pages.subscribed.get(&key).map(|subscribed| &subscribed.query) {
            Some(Query::Plan { doc }) => docs.iter().any(|other| self.says_of_plan(*doc, *other)),
            Some(_) | None => false,
        }
    }

    /// Shows a plan's page the rows that changed. False where the view must be made anew.
    fn show_rows(&mut self, key: (PortId, Sub), docs: &BTreeSet<DocId>) -> bool {
        let Some(subscribed) = self.pages.subscribed.get_mut(&key) else { return false };
        if subscribed.due || !matches!(subscribed.shown, Some(View::Plan(_))) {
            return false;
        }
        let (needs, shown) = (subscribed.needs.clone(), subscribed.shown.take());
        let Some(View::Plan(mut view)) = shown else { return false };
        // What is shown stays while the plan is loaded.
        let changes = self.ready(&needs).then(|| self.refresh_plan(&mut view, docs)).flatten();
        if let Some(subscribed) = self.pages.subscribed.get_mut(&key) {
            subscribed.shown = Some(View::Plan(view));
        }
        let Some(changes) = changes else { return false };
        if let Some(reply) = changes.reply(key.1) {
            self.reply(key.0, reply);
        }
        true
    }

    /// When what waits is told.
    pub(super) fn told_timer(&self) -> Option<u64> {
        self.pages.told_waits.then_some(self.pages.told_at + TOLD_PAUSE)
    }

    fn show_one(&mut self, key: (PortId, Sub)) {
        let Some(query) = self.pages.subscribed.get(&key).map(|subscribed| subscribed.query.clone()) else { return };
        if let Some(asked) = super::news::asked(&query).filter(|_| self.opened && self.amiss.is_certain()) {
            self.show_changes(key, asked);
            return;
        }
        let needs = self.view_needs(&query);
        // The header can be shown while another engine has the store: it says so.
        let told = query == Query::Shell && self.notice.is_some();
        let ready = told || (self.opened && self.amiss.is_certain() && self.ready(&needs));
        if let (true, Query::History { doc, .. } | Query::Sitting { doc, .. } | Query::Apart { doc, .. }) =
            (ready, &query)
        {
            self.remember_story(*doc);
        }
        if let (true, Query::AtOnce { doc }) = (ready, &query) {
            self.remember_news(*doc);
        }
        if ready && is_told(&query) {
            self.pages.told_at = self.now;
        }
        let view = if ready { Some(self.view(&query)) } else { None };
        let Some(subscribed) = self.pages.subscribed.get_mut(&key) else { return };
        subscribed.needs = needs;
        subscribed.due = !ready;
        let view = match (view, &subscribed.shown) {
            (Some(view), _) => view,
            // What is shown stays while more is loaded.
            (None, Some(_)) => return,
            // Nothing can be said before the store is open.
            (None, None) if !self.opened => return,
            (None, None) => View::Absent { loading: true },
        };
        let reply = match (&subscribed.shown, &view) {
            (Some(shown), _) if *shown == view => return,
            (Some(View::Plan(shown)), View::Plan(plan)) => Changes::between(shown, plan).reply(key.1),
            (Some(_) | None, _) => None,
        };
        let reply = reply.unwrap_or_else(|| Reply::View { sub: key.1, view: view.clone() });
        subscribed.shown = Some(view);
        self.reply(key.0, reply);
    }
}
