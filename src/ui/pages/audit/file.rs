//! The log as a file: collected piece by piece, so that a poor link costs one piece and not all of it.

use std::time::Duration;

use leptos::prelude::*;

use super::log::{Log, State};
use crate::{
    domain::audit::{Cursor, Filter},
    engine::api::{AuditAnswer, AuditAsk, Command, Done},
    ui::{
        components::icon::icon,
        i18n::{t, tr},
        platform::files::Parts,
        state::{commands, toasts},
    },
};

/// How often a piece is asked for again before the person is told.
const TRIES: u32 = 5;
/// After how long.
const PAUSE: Duration = Duration::from_secs(3);

/// The button, and how far it is.
pub fn save(log: Log) -> AnyView {
    let lines = RwSignal::new(None::<u32>);
    let here = move || log.state.with(|state| *state == State::Here);
    let begin = move |_| {
        lines.set(Some(0));
        let filter = log.asked.get_untracked().filter();
        Collected { parts: Parts::default(), filter, before: None, lines, tries: 0 }.next();
    };
    let far = move || lines.get().filter(|count| *count > 0).map(|count| t!("audit-saving", count = count));
    view! {
        <button type="button" class="btn" disabled=move || lines.get().is_some() || !here() on:click=begin>
            {icon("download")}
            {tr("audit-save")}
        </button>
        <span class="quiet audit-saving" role="status">{far}</span>
    }
    .into_any()
}

struct Collected {
    parts: Parts,
    filter: Filter,
    before: Option<Cursor>,
    lines: RwSignal<Option<u32>>,
    tries: u32,
}

impl Collected {
    fn next(mut self) {
        let ask = AuditAsk::File { filter: self.filter.clone(), before: self.before };
        commands::ask(Command::Audit(ask), move |result| {
            // The page may be gone.
            let Some(lines) = self.lines.try_get_untracked() else { return };
            match result {
                Ok(Done::Audit(answer)) => {
                    let AuditAnswer::File(piece) = *answer else { return };
                    self.parts.push(piece.text.as_bytes());
                    self.tries = 0;
                    self.before = piece.next;
                    match piece.next {
                        Some(_) => {
                            self.lines.set(Some(lines.unwrap_or(0) + piece.lines));
                            self.next();
                        }
                        None => {
                            self.lines.set(None);
                            self.parts.save("text/csv", &piece.name);
                            toasts::say_key("audit-saved");
                        }
                    }
                }
                Ok(_) => self.lines.set(None),
                Err(refusal) => {
                    let later = matches!(refusal.code.as_str(), "too-fast" | "busy" | "offline");
                    if later && self.tries < TRIES {
                        self.tries += 1;
                        set_timeout(move || self.next(), PAUSE);
                    } else {
                        self.lines.set(None);
                        toasts::refused(&refusal);
                    }
                }
            }
        });
    }
}
