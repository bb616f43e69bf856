//! The conversation with the engine: who subscribed to what, which commands wait for an answer, which texts are open.
//!
//! An engine that dies is noticed by its silence; a new one is told everything again. Nothing is dropped until it is
//! answered.

mod subscriptions;

pub use self::subscriptions::{GLANCE, expect, leave, more, release, subscribe, table};

use std::{cell::RefCell, collections::BTreeMap, rc::Rc, time::Duration};

use leptos::prelude::*;

use crate::{
    domain::{At, DocId},
    engine::api::{Command, CommandId, Done, Query, Refusal, Reply, Request, Say, Sub, TextSession, View},
    ui::{
        platform::{
            self, clock,
            engine::{Heard, Line},
            page,
        },
        state::{shared, table::Table},
    },
};

/// How it stands between this page and the engine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// The engine is being started.
    Starting,
    /// It answers.
    Ready,
    /// It fell silent; another one is being started.
    Silent,
    /// It is of another build.
    OtherBuild,
    /// It stopped and cannot go on; why, for a log.
    Failed(String),
}

/// What comes for a text session.
pub enum TextNews {
    /// A view of the text.
    Text { version: u32, after: u32, text: String },
    /// The session cannot go on.
    Ended(Refusal),
    /// The engine is gone: the session is opened anew.
    Lost,
}

/// Called with a command's result.
pub type Answer = Box<dyn FnOnce(Result<Done, Refusal>)>;

struct Subscription {
    sub: Sub,
    users: u32,
    view: ArcRwSignal<Option<View>>,
    table: Option<Table>,
}

struct OpenText {
    doc: DocId,
    at: At,
    heard: Rc<dyn Fn(TextNews)>,
}

#[derive(Default)]
struct Link {
    line: Option<Line>,
    ready: bool,
    next: u32,
    subscriptions: BTreeMap<Query, Subscription>,
    commands: BTreeMap<CommandId, (Command, Option<Answer>)>,
    texts: BTreeMap<TextSession, OpenText>,
    flushes: Vec<Box<dyn FnOnce()>>,
    /// When the oldest unanswered ping was sent.
    asked: Option<u64>,
    /// How often in a row an engine that fell silent, or never got ready, was replaced.
    replaced: u32,
}

/// How often the engine is asked whether it is there, and how long it may take to answer.
const HEARTBEAT: Duration = Duration::from_secs(4);
const PATIENCE_MS: u64 = 14_000;
/// A dead engine is replaced so often in a row; then the person is told.
const REPLACEMENTS: u32 = 3;
/// What could not be loaded closes about a second later, and is tried anew after this, then after twice and three times as long.
const LOAD_AGAIN: Duration = Duration::from_millis(1_500);

thread_local! {
    static LINK: RefCell<Link> = RefCell::default();
}

fn with<R>(work: impl FnOnce(&mut Link) -> R) -> R {
    LINK.with_borrow_mut(work)
}

impl Link {
    fn say(&self, request: &Request) {
        if let Some(line) = self.line.as_ref().filter(|_| self.ready) {
            line.send(request);
        }
    }

    fn number(&mut self) -> u32 {
        self.next += 1;
        self.next
    }
}

/// Connects, and watches that the engine answers.
pub fn open() {
    connect();
    if set_interval_with_handle(beat, HEARTBEAT).is_err() {
        platform::log("heartbeat");
    }
    page::on_leave(super::commands::flush_typing, || with(|link| link.say(&Request::Bye)));
}

fn connect() {
    match Line::open(heard) {
        Ok(line) => with(|link| link.line = Some(line)),
        Err(why) => shared().line.set(State::Failed(why)),
    }
}

fn beat() {
    let dead = with(|link| {
        if !link.ready {
            return false;
        }
        let now = clock::now();
        match link.asked {
            // A page in the background or a sleeping laptop may wake long after it asked: ask again first.
            Some(since) if now.saturating_sub(since) > 10 * PATIENCE_MS => link.asked = None,
            Some(since) => return now.saturating_sub(since) > PATIENCE_MS,
            None => {}
        }
        link.asked = Some(now);
        let n = link.number();
        link.say(&Request::Ping { n });
        false
    });
    if dead {
        replace();
    }
}

fn texts_lost() {
    let texts = with(|link| link.texts.values().map(|text| Rc::clone(&text.heard)).collect::<Vec<_>>());
    for heard in texts {
        heard(TextNews::Lost);
    }
}

fn replace() {
    let hopeless = with(|link| {
        (link.line, link.ready, link.asked) = (None, false, None);
        link.replaced += 1;
        link.replaced > REPLACEMENTS
    });
    texts_lost();
    if hopeless {
        shared().line.set(State::Failed(String::new()));
    } else {
        shared().line.set(State::Silent);
        connect();
    }
}

// An engine that never got ready is loaded anew: its files were cut off with the page before, or by the network.
// One that stopped at work may do so again at once, so that is left to the person.
fn failed(why: String) {
    platform::log(&why);
    // It may say so twice.
    let Some(line) = with(|link| link.line.take()) else { return };
    let loading = shared().line.with_untracked(|state| matches!(state, State::Starting | State::Silent));
    let times = with(|link| {
        link.ready = false;
        link.replaced += 1;
        (loading && link.replaced <= REPLACEMENTS).then_some(link.replaced)
    });
    let Some(times) = times else { return shared().line.set(State::Failed(why)) };
    shared().line.set(State::Silent);
    set_timeout(
        move || {
            drop(line);
            // Another tab may have started a new version meanwhile.
            if shared().line.with_untracked(|state| *state == State::Silent) {
                connect();
            }
        },
        LOAD_AGAIN * times,
    );
}

fn heard(news: Heard) {
    match news {
        Heard::Ready => welcome(),
        Heard::OtherBuild => {
            with(|link| link.ready = false);
            shared().line.set(State::OtherBuild);
        }
        Heard::Failed(why) => failed(why),
        Heard::Closing => closing(),
        Heard::Closed => super::version::engine_closed(),
        Heard::Reply(reply) => answered(reply),
    }
}

// Another tab, or this one, starts a new version: what fields hold back goes to the engine while it still listens, and
// then nothing is taken any more.
fn closing() {
    super::commands::flush_typing();
    with(|link| {
        if let Some(line) = &link.line {
            line.said_all();
        }
        link.ready = false;
    });
    texts_lost();
    shared().line.set(State::OtherBuild);
    super::version::starting();
}

// Everything this page wants, told to an engine that has just begun to listen.
fn welcome() {
    with(|link| {
        link.ready = true;
        link.asked = None;
        for (query, subscription) in &link.subscriptions {
            link.say(&Request::Subscribe { sub: subscription.sub, query: query.clone() });
        }
        for (id, (command, _)) in &link.commands {
            link.say(&Request::Command { id: *id, command: command.clone() });
        }
        for (session, text) in &link.texts {
            link.say(&Request::OpenText { session: *session, doc: text.doc, at: text.at.clone() });
        }
        if !link.flushes.is_empty() {
            link.say(&Request::Flush);
        }
    });
    shared().line.set(State::Ready);
}

fn answered(reply: Reply) {
    match reply {
        Reply::View { sub, view } => show(sub, view),
        Reply::Rows { sub, head, changed, gone } => {
            let Some((view, table)) = find(sub) else { return };
            if let Some(table) = table {
                table.patch(changed, &gone);
            }
            if let Some(head) = head {
                view.set(Some(View::Plan(head)));
            }
        }
        Reply::Done { id, result } => {
            let waiting = with(|link| link.commands.remove(&id));
            if let Some((_, Some(answer))) = waiting {
                answer(result);
            }
        }
        Reply::Text { session, version, after, text } => tell(session, TextNews::Text { version, after, text }),
        Reply::TextEnded { session, why } => tell(session, TextNews::Ended(why)),
        Reply::Pong { .. } => with(|link| {
            link.asked = None;
            link.replaced = 0;
        }),
        Reply::Flushed => {
            for then in with(|link| std::mem::take(&mut link.flushes)) {
                then();
            }
        }
    }
}

fn find(sub: Sub) -> Option<(ArcRwSignal<Option<View>>, Option<Table>)> {
    with(|link| {
        let found = link.subscriptions.values().find(|subscription| subscription.sub == sub)?;
        Some((found.view.clone(), found.table.clone()))
    })
}

fn show(sub: Sub, mut view: View) {
    let Some((signal, table)) = find(sub) else { return };
    if let (View::Plan(plan), Some(table)) = (&mut view, table) {
        table.replace(std::mem::take(&mut plan.rows));
    }
    signal.set(Some(view));
}

fn tell(session: TextSession, news: TextNews) {
    if let Some(heard) = with(|link| link.texts.get(&session).map(|text| Rc::clone(&text.heard))) {
        heard(news);
    }
}

/// Sends a command; it is sent again to every new engine until it is answered.
pub fn command(id: CommandId, command: Command, answer: Option<Answer>) {
    with(|link| {
        link.say(&Request::Command { id, command: command.clone() });
        link.commands.insert(id, (command, answer));
    });
}

/// Opens a text.
pub fn open_text(doc: DocId, at: At, heard: Rc<dyn Fn(TextNews)>) -> TextSession {
    with(|link| {
        let session = link.number();
        link.say(&Request::OpenText { session, doc, at: at.clone() });
        link.texts.insert(session, OpenText { doc, at, heard });
        session
    })
}

/// Says something about an open text.
pub fn say_text(request: &Request) {
    with(|link| link.say(request));
}

/// Says something in passing; nobody answers.
pub fn pass(doc: DocId, say: Say) {
    with(|link| link.say(&Request::Say { doc, say }));
}

/// Closes a text.
pub fn close_text(session: TextSession) {
    with(|link| {
        link.texts.remove(&session);
        link.say(&Request::CloseText { session });
    });
}

/// Calls `then` once everything is durable.
pub fn flush(then: impl FnOnce() + 'static) {
    with(|link| {
        link.flushes.push(Box::new(then));
        link.say(&Request::Flush);
    });
}

/// Asks an engine of another build to close.
pub fn take_over() {
    with(|link| {
        if let Some(line) = &link.line {
            line.take_over();
        }
    });
}

/// How it stands with the engine.
pub fn state() -> State {
    shared().line.get()
}
