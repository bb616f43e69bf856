//! Undo and redo on a page: two buttons that say what they would take back, and their keys. What others have changed since is
//! shown before it is taken back.

use leptos::{ev, prelude::*};

use crate::{
    domain::{DocId, DocKind},
    engine::api::{Command, Done, Overtaken, Query, UndoLine, UndoView},
    ui::{
        components::{
            by::by,
            change::{said, when},
            dialog::dialog,
            icon::icon,
            said::about,
        },
        i18n::{t, tr},
        platform::page,
        state::{
            commands,
            parties::{Parties, use_parties},
            toasts,
            views::{Live, use_view},
        },
    },
};

/// What of a page is under way.
#[derive(Clone, Copy)]
struct Undo {
    of: DocId,
    live: Live<UndoView>,
    parties: Signal<Parties>,
    /// What is asked: whether it is to be done again, and what others said since.
    asked: RwSignal<Option<(bool, Overtaken)>>,
    open: RwSignal<bool>,
}

/// The buttons of the page of a document: none while there is nothing to take back.
pub fn undo(of: DocId) -> AnyView {
    let undo = Undo {
        of,
        live: use_view(Query::Undo { of }),
        parties: use_parties(),
        asked: RwSignal::new(None),
        open: RwSignal::new(false),
    };
    let handle = window_event_listener(ev::keydown, move |event| {
        let again = match event.key().to_ascii_lowercase().as_str() {
            "z" => event.shift_key(),
            "y" => true,
            _ => return,
        };
        let plain = (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.is_composing();
        if plain && !event.default_prevented() && page::undoes_here(&event) && undo.line(again, true).is_some() {
            event.prevent_default();
            undo.go(again);
        }
    });
    on_cleanup(move || handle.remove());
    let button = move |again: bool| {
        let (glyph, key) = if again { ("redo", "redo-of") } else { ("undo", "undo-of") };
        move || {
            let any = undo.line(false, false).is_some() || undo.line(true, false).is_some();
            any.then(|| {
                let line = undo.line(again, false);
                let none = line.is_none();
                let words = line.map_or_else(|| tr(if again { "redo" } else { "undo" }), |line| undo.words(key, &line));
                let name = words.clone();
                view! {
                    <button type="button" class="iconbtn" aria-label=name title=words aria-disabled=none.then_some("true")
                        on:click=move |_| undo.go(again)>{icon(glyph)}</button>
                }
            })
        }
    };
    view! {
        <span class="undo" role="group" aria-label=tr("undo-group")>{button(false)}{button(true)}</span>
        {undo.question()}
    }
    .into_any()
}

impl Undo {
    fn line(self, again: bool, once: bool) -> Option<UndoLine> {
        let pick = |view: &UndoView| if again { view.redo.clone() } else { view.undo.clone() };
        if once { self.live.peek(pick) } else { self.live.get(pick) }.flatten()
    }

    fn words(self, key: &str, line: &UndoLine) -> String {
        let what = self.parties.with(|parties| about(std::slice::from_ref(&line.about), line.kind, parties));
        let what = if line.docs > 1 { t!("undo-more", what = what, count = line.docs - 1) } else { what };
        // On the page of its plan a project is said by its name.
        let other = matches!(line.kind, DocKind::Project | DocKind::Draft) && line.doc != self.of;
        let of = if other { line.title.clone() } else { String::new() };
        let what = if of.is_empty() { what } else { t!("said-member", field = of, member = what) };
        match key {
            "redo-of" => t!("redo-of", what = what),
            "undone" => t!("undone", what = what),
            "redone" => t!("redone", what = what),
            _ => t!("undo-of", what = what),
        }
    }

    /// Takes back what was done last, or does again what was taken back last.
    fn go(self, again: bool) {
        self.send(again, None);
    }

    fn send(self, again: bool, anyway: Option<crate::domain::EntityId>) {
        let Some(line) = self.line(again, true) else { return };
        let done = self.words(if again { "redone" } else { "undone" }, &line);
        commands::send(Command::Undo { of: self.of, again, anyway }, move |answer| match answer {
            Done::Overtaken(since) => {
                self.asked.set(Some((again, since)));
                self.open.set(true);
            }
            _ => toasts::say(done),
        });
    }

    /// What others have changed since, and whether it is taken back all the same.
    fn question(self) -> AnyView {
        let title = Signal::stored(tr("undo-overtaken"));
        dialog(self.open, title, move || {
            let Some((again, since)) = self.asked.get_untracked() else { return ().into_any() };
            let (kind, unit) = (since.kind, since.unit);
            let by = self.parties.with_untracked(|parties| {
                let lines = since.by.iter().flat_map(|by| &by.lines);
                let one = |line: &crate::engine::api::ChangeLine| {
                    view! {
                        <li class="stack-s">
                            <p>{by(&line.by)}</p>
                            <div class="chg-one">{said(line, kind, parties)}</div>
                            <p class="sub">{when(line)}</p>
                        </li>
                    }
                };
                lines.map(one).collect_view()
            });
            let go = move |_| {
                self.open.set(false);
                self.send(again, Some(unit));
            };
            view! {
                <p>{tr("undo-overtaken-text")}</p>
                <ul class="kept-all">{by}</ul>
                <div class="btnrow">
                    <button type="button" class="btn btn--quiet" on:click=move |_| self.open.set(false)>{tr("cancel")}</button>
                    <button type="button" class="btn btn--main" on:click=go>
                        {tr(if again { "redo-anyway" } else { "undo-anyway" })}
                    </button>
                </div>
            }
            .into_any()
        })
    }
}
