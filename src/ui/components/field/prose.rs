//! Running prose in a text area: an editing session while it has the focus, merged with what others type.

use std::time::Duration;

use leptos::{html, prelude::*};

use crate::ui::{
    components::carets::Carets,
    i18n::tr,
    logic::splice,
    platform::{clock, page},
    state::{
        texts::{OpenText, Show},
        toasts,
    },
};

use super::{Bound, Control, met::met, written_mark, wrote::wrote};

/// How long an older view may not take the place of what was just typed and left.
const SETTLE_MS: u64 = 2_000;

pub(super) fn mark(bound: Bound) -> AnyView {
    view! { {written_mark(bound.touched, bound.subject.mark)}{met(bound)}{wrote(bound)} }.into_any()
}

pub(super) fn prose(control: Control, rows: u8) -> AnyView {
    let bound = control.bound;
    let name = bound.name.get_value();
    let words = Memo::new(move |_| bound.subject.record.with(|record| record.text(&name).to_owned()));
    if control.aria.is_none() {
        // A field with its label in sight is one field for writers and readers, only without an edge.
        return area(control, words.into(), rows);
    }
    (move || {
        if bound.may_write.get() { area(control.clone(), words.into(), rows) } else { read_only(words.into()) }
    })
    .into_any()
}

fn read_only(words: Signal<String>) -> AnyView {
    view! {
        <div class="field-ro prose">
            {move || {
                let text = words.get();
                if text.is_empty() {
                    view! { <span class="quiet">{tr("not-reported")}</span> }.into_any()
                } else {
                    text.lines().map(|line| view! { <p>{line.to_owned()}</p> }.into_any()).collect_view().into_any()
                }
            }}
        </div>
    }
    .into_any()
}

fn area(control: Control, words: Signal<String>, rows: u8) -> AnyView {
    let Control { bound, id, aria, described, width, .. } = control;
    let node = NodeRef::<html::Textarea>::new();
    let at = bound.at();
    let open = StoredValue::new_local(None::<OpenText>);
    let left = StoredValue::new_local(0_u64);
    // What the field shows, as far as its session or the document knows, and whether an input method is composing in it.
    let shown = StoredValue::new_local(String::new());
    let composing = StoredValue::new_local(false);
    let carets = Carets::of(bound);
    // For the others: where this person is, and over which words their carets lie.
    let stands = move || {
        let Some((carets, area)) = carets.zip(node.try_get_untracked().flatten()) else { return };
        carets.shows(&area.value());
        if open.with_value(Option::is_some) {
            carets.told(page::selection(&area));
        }
    };

    let put = move |text: &str| {
        let Some(area) = node.try_get_untracked().flatten() else { return };
        let old = area.value();
        shown.set_value(text.to_owned());
        if old == text {
            return;
        }
        let selection = page::selection(&area)
            .map(|(start, end)| (splice::caret(&old, text, start), splice::caret(&old, text, end)));
        page::put_text(&area, text, selection);
        if let Some(carets) = carets {
            carets.shows(text);
        }
    };
    Effect::new(move |_| {
        let text = words.get();
        if node.get().is_none() || open.with_value(Option::is_some) {
            return;
        }
        let wait = SETTLE_MS.saturating_sub(clock::now().saturating_sub(left.get_value()));
        if wait == 0 {
            put(&text);
        } else {
            // Just left: the view may be older than what was typed. Look again when it has had its time.
            set_timeout(
                move || {
                    if open.with_value(Option::is_none) {
                        put(&words.get_untracked());
                    }
                },
                Duration::from_millis(wait),
            );
        }
    });

    let begin = {
        let at = at.clone();
        move || {
            let here = node.try_get_untracked().flatten().is_some();
            if !here || open.with_value(Option::is_some) || !bound.may_write.get_untracked() {
                return;
            }
            // Where it begins with what was just written, that is no part of what it begins on.
            let text = OpenText::open(bound.subject.doc, at.clone(), &shown.get_value(), move |show| match show {
                Show::Text(text) => put(&text),
                Show::Ended(why) => {
                    open.set_value(None);
                    toasts::refused(&why);
                }
            });
            text.composition(composing.get_value());
            open.set_value(Some(text));
            stands();
        }
    };
    let typed = {
        let begin = begin.clone();
        move || {
            // Some input methods and password helpers write without a focus event.
            begin();
            let Some(area) = node.try_get_untracked().flatten() else { return };
            let now = area.value();
            open.with_value(|open| {
                if let Some(open) = open {
                    if open.text() != now {
                        bound.touched.set(true);
                    }
                    open.typed(&now);
                }
            });
            shown.set_value(now);
            stands();
        }
    };
    let compose = move |now: bool| {
        composing.try_update_value(|composing| *composing = now);
        open.try_with_value(|open| {
            if let Some(open) = open {
                open.composition(now);
            }
        });
    };
    let end = move || {
        // What waited for the end of a composition is heard before the session is over.
        compose(false);
        if let Some(session) = open.try_update_value(Option::take).flatten() {
            left.set_value(clock::now());
            session.close();
            if let Some(carets) = carets {
                carets.told(None);
            }
        }
    };
    on_cleanup(end);
    let (typed_last, typed_end) = (typed.clone(), typed.clone());
    let class = format!("input input--prose {width}");
    let laid = carets.map(|carets| carets.view(class.clone()));
    let field = view! {
        <textarea
            class=class
            id=id
            node_ref=node
            rows=rows
            readonly=move || !bound.may_write.get()
            aria-label=aria
            aria-describedby=described
            placeholder=tr("not-reported")
            on:focus=move |_| begin()
            on:input=move |_| typed()
            on:keyup=move |_| stands()
            on:pointerup=move |_| stands()
            on:compositionstart=move |_| compose(true)
            on:compositionend=move |_| {
                typed_end();
                compose(false);
            }
            on:blur=move |_| {
                if open.with_value(Option::is_some) {
                    typed_last();
                }
                end();
            }
        ></textarea>
    };
    match laid {
        Some(laid) => view! { <div class="writing">{field}{laid}</div> }.into_any(),
        None => field.into_any(),
    }
}
