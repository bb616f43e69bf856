//! One line of text, or what is written as one: numbers, dates, addresses, money.
//!
//! It is saved when it is left, and after a short pause while typing. What comes from elsewhere meanwhile is shown beside
//! the field, never in it.

use std::time::Duration;

use leptos::{html, prelude::*};

use crate::{
    domain::record::Value,
    ui::{
        components::icon::icon,
        i18n::{t, tr},
        platform::page,
        state::commands,
    },
};

use super::{Codec, Control, next_number};

/// How long a pause in typing saves what was typed.
const PAUSE: Duration = Duration::from_millis(700);
/// Who types on without a pause has what makes sense so far saved this often: a power cut takes no more.
const LONGEST: Duration = Duration::from_millis(900);

/// What is being typed.
#[derive(Default)]
struct Typing {
    /// The values that stood there when typing began; none while nothing is typed.
    seen: Option<Vec<Value>>,
    /// The last value that this field wrote: seen again, it is no news.
    wrote: Option<Value>,
    /// Whether an input method is composing: what it has so far is not yet what the person means.
    composing: bool,
    pause: Option<TimeoutHandle>,
    longest: Option<TimeoutHandle>,
}

/// Where a line is written: an input, or a text area where a long line shall be seen whole.
#[derive(Clone, Copy)]
struct Writing {
    line: NodeRef<html::Input>,
    lines: NodeRef<html::Textarea>,
}

impl Writing {
    fn drawn(self) -> bool {
        self.line.get().is_some() || self.lines.get().is_some()
    }

    fn text(self) -> Option<String> {
        let line = self.line.try_get_untracked().flatten().map(|element| element.value());
        // What is pasted may have breaks; a line has none.
        line.or_else(|| {
            self.lines.try_get_untracked().flatten().map(|element| element.value().replace(['\r', '\n'], " "))
        })
    }

    fn put(self, text: &str) {
        if let Some(element) = self.line.get_untracked() {
            element.set_value(text);
        }
        if let Some(element) = self.lines.get_untracked() {
            element.set_value(text);
        }
    }

    fn focus(self) {
        if let Some(element) = self.line.get_untracked() {
            page::focus(&element);
        }
        if let Some(element) = self.lines.get_untracked() {
            page::focus(&element);
        }
    }
}

pub(super) fn text(control: Control, codec: Codec) -> AnyView {
    let may_write = control.bound.may_write;
    if control.aria.is_none() {
        // A field with its label in sight is one field for writers and readers, only without an edge.
        return input(control, codec);
    }
    (move || if may_write.get() { input(control.clone(), codec) } else { read_only(&control, codec) }).into_any()
}

fn read_only(control: &Control, codec: Codec) -> AnyView {
    let held = control.bound.held;
    view! {
        <div class="field-ro">
            {move || {
                let text = held.with(|held| (codec.show)(&held.value));
                if text.is_empty() {
                    view! { <span class="quiet">{tr("not-reported")}</span> }.into_any()
                } else {
                    text.into_any()
                }
            }}
        </div>
    }
    .into_any()
}

fn input(control: Control, codec: Codec) -> AnyView {
    let Control { bound, id, aria, described, width, wrap } = control;
    let node = Writing { line: NodeRef::new(), lines: NodeRef::new() };
    let typing = StoredValue::new_local(Typing::default());
    let error = RwSignal::new(None::<&'static str>);
    let missed = RwSignal::new(None::<Value>);

    Effect::new(move |_| {
        let value = bound.held.with(|held| held.value.clone());
        if !node.drawn() {
            return;
        }
        let typed = typing.with_value(|typing| typing.seen.is_some() || typing.composing);
        if typed {
            let known = typing.with_value(|typing| {
                let began_on = typing.seen.as_ref().and_then(|seen| seen.first());
                typing.wrote.as_ref() == Some(&value) || began_on == Some(&value)
            });
            if !known {
                missed.set(Some(value));
            }
        } else {
            // What stands there may say the same in other words: a space at its end, a date in another form. It is left
            // to the person who is typing, and tidied when they go.
            let says = node.text().map(|text| (codec.read)(&text));
            if says != Some(Ok(value.clone())) {
                node.put(&(codec.show)(&value));
            }
        }
    });

    let save = move || {
        let Some(text) = node.text() else { return };
        let Some(seen) = typing
            .try_update_value(|typing| {
                for timer in [typing.pause.take(), typing.longest.take()].into_iter().flatten() {
                    timer.clear();
                }
                typing.seen.clone()
            })
            .flatten()
        else {
            return;
        };
        match (codec.read)(&text) {
            Err(key) => error.set(Some(key)),
            Ok(value) => {
                error.set(None);
                typing.update_value(|typing| {
                    typing.seen = None;
                    typing.wrote = Some(value.clone());
                });
                if seen.first() != Some(&value) {
                    bound.write_over(value, seen);
                }
            }
        }
    };
    let composing = move || typing.try_with_value(|typing| typing.composing).unwrap_or_default();
    let save_unless_composing = move || {
        if !composing() {
            save();
        }
    };
    // A half-typed date makes no sense yet, and is no mistake while it is being typed.
    let save_if_readable = move || {
        typing.try_update_value(|typing| typing.longest = None);
        if !composing() && node.text().is_some_and(|text| (codec.read)(&text).is_ok()) {
            save();
        }
    };
    let typed = move || {
        typing.update_value(|typing| {
            if typing.seen.is_none() {
                typing.seen = Some(bound.seen());
            }
            if let Some(pause) = typing.pause.take() {
                pause.clear();
            }
            typing.pause = set_timeout_with_handle(save_unless_composing, PAUSE).ok();
            if typing.longest.is_none() {
                typing.longest = set_timeout_with_handle(save_if_readable, LONGEST).ok();
            }
        });
    };
    // From its beginning to its end a composition is typing: nothing else is put into the field meanwhile.
    let compose = move |now: bool| {
        typing.update_value(|typing| typing.composing = now);
        typed();
    };
    let leave = move |_| {
        save();
        if let Some(Ok(value)) = node.text().map(|text| (codec.read)(&text)) {
            node.put(&(codec.show)(&value));
        }
    };
    let number = next_number();
    commands::typing(number, save);
    on_cleanup(move || {
        save();
        commands::done_typing(number);
    });

    // In a row of fields the column says it; how to write it concerns only who may.
    let empty = move || tr(if bound.may_write.get() { codec.empty } else { "not-reported" });
    let placeholder = aria.is_none().then_some(empty);
    let error_id = format!("{id}-error");
    let described_by = {
        let error_id = error_id.clone();
        move || if error.get().is_some() { Some(error_id.clone()) } else { described.clone() }
    };
    let class = format!("input {width}");
    let invalid = move || error.get().map(|_| "true");
    let control = if wrap {
        view! {
            <textarea
                class=class
                id=id
                node_ref=node.lines
                rows="1"
                autocomplete="off"
                placeholder=placeholder
                readonly=move || !bound.may_write.get()
                aria-label=aria
                aria-invalid=invalid
                aria-describedby=described_by
                on:input=move |_| typed()
                on:compositionstart=move |_| compose(true)
                on:compositionend=move |_| compose(false)
                on:change=move |_| save()
                on:blur=leave
                on:keydown=move |event| {
                    if event.key() == "Enter" && !event.is_composing() {
                        event.prevent_default();
                        save();
                    }
                }
            ></textarea>
        }
        .into_any()
    } else {
        view! {
            <input
                class=class
                id=id
                node_ref=node.line
                type="text"
                inputmode=codec.mode
                autocomplete="off"
                placeholder=placeholder
                readonly=move || !bound.may_write.get()
                aria-label=aria
                aria-invalid=invalid
                aria-describedby=described_by
                on:input=move |_| typed()
                on:compositionstart=move |_| compose(true)
                on:compositionend=move |_| compose(false)
                on:change=move |_| save()
                on:blur=leave
            />
        }
        .into_any()
    };
    view! {
        {control}
        {move || {
            error
                .get()
                .map(|key| view! { <span class="error" id=error_id.clone()>{icon("warn")}{tr(key)}</span> })
        }}
        {move || {
            missed
                .get()
                .map(|value| {
                    let words = (codec.show)(&value);
                    view! {
                        <span class="hint" role="status">
                            {t!("missed", value = words)}
                            " "
                            <button type="button" class="kept" on:click=move |_| {
                                missed.set(None);
                                node.put(&(codec.show)(&value));
                                node.focus();
                                typing.update_value(|typing| typing.seen = None);
                                bound.write(value.clone());
                            }>{tr("missed-use")}</button>
                        </span>
                    }
                })
        }}
    }
    .into_any()
}
