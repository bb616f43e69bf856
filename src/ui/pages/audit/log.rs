//! What the hub has said of its log so far, and asking it for more.

use leptos::prelude::*;

use super::pick::Asked;
use crate::{
    domain::audit::Cursor,
    engine::api::{AuditAnswer, AuditAsk, AuditLine, Command, Done, Link},
    ui::state::{commands, toasts},
};

/// What stands where the lines do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum State {
    /// The hub is asked, or will be as soon as there is a way to it.
    #[default]
    Asking,
    /// It answered.
    Here,
    /// There is no way to it.
    Offline,
    /// It refused, in words.
    Refused(String),
}

/// The log as far as it was read.
#[derive(Clone, Copy)]
pub struct Log {
    /// What is asked for.
    pub asked: Memo<Asked>,
    /// The lines, newest first, each with a number of its own.
    pub lines: RwSignal<Vec<(u32, AuditLine)>>,
    /// Where to go on.
    pub next: RwSignal<Option<Cursor>>,
    /// How many entries the log has.
    pub head: RwSignal<u64>,
    /// What was filtered by, with its names.
    pub named: RwSignal<AuditLine>,
    /// How it stands.
    pub state: RwSignal<State>,
    /// Counts questions: an answer to an earlier one is not listened to.
    turn: StoredValue<u32>,
    /// Counts lines.
    count: StoredValue<u32>,
    waits: StoredValue<bool>,
}

impl Log {
    /// Reads it whenever something else is asked for, as soon as there is a way to the hub.
    pub fn open(asked: Memo<Asked>, link: Signal<Link>) -> Self {
        let log = Self {
            asked,
            lines: RwSignal::default(),
            next: RwSignal::default(),
            head: RwSignal::default(),
            named: RwSignal::default(),
            state: RwSignal::default(),
            turn: StoredValue::default(),
            count: StoredValue::default(),
            waits: StoredValue::default(),
        };
        Effect::new(move |before: Option<Asked>| {
            let (asked, link) = (asked.get(), link.get());
            if before.as_ref() != Some(&asked) {
                log.lines.set(Vec::new());
                log.next.set(None);
                log.named.set(AuditLine::default());
                log.state.set(State::Asking);
                log.waits.set_value(false);
            }
            let state = log.state.get_untracked();
            match link {
                Link::Live | Link::Http
                    if !log.waits.get_value() && matches!(state, State::Asking | State::Offline) =>
                {
                    log.ask(None);
                }
                Link::Offline if state == State::Asking => log.state.set(State::Offline),
                Link::Live | Link::Http | Link::Offline | Link::Connecting => {}
            }
            asked
        });
        log
    }

    /// Asks for what follows a place; none: from the newest on.
    pub fn ask(self, before: Option<Cursor>) {
        let turn = self.turn.get_value() + 1;
        self.turn.set_value(turn);
        self.waits.set_value(true);
        if self.lines.with_untracked(Vec::is_empty) {
            self.state.set(State::Asking);
        }
        let filter = self.asked.get_untracked().filter();
        commands::ask(Command::Audit(AuditAsk::Page { filter, before }), move |result| {
            // The page may be gone.
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            self.waits.set_value(false);
            match result {
                Ok(Done::Audit(answer)) => {
                    if let AuditAnswer::Page(page) = *answer {
                        let first = self.count.get_value();
                        let numbered: Vec<_> = (first..).zip(page.lines).collect();
                        self.count.set_value(first + u32::try_from(numbered.len()).unwrap_or(0));
                        self.lines.update(|lines| lines.extend(numbered));
                        self.next.set(page.next);
                        self.head.set(page.head);
                        self.named.set(*page.asked);
                        self.state.set(State::Here);
                    }
                }
                Ok(_) => {}
                // What is shown stays.
                Err(refusal) if before.is_some() => toasts::refused(&refusal),
                Err(refusal) if refusal.code == "offline" => self.state.set(State::Offline),
                Err(refusal) => self.state.set(State::Refused(toasts::words(&refusal))),
            }
        });
    }
}
