//! Whether an input method is composing somewhere on the page. An element that changes its place in the document loses what
//! is being composed in it, so lists with fields in them wait until it is done.

use leptos::{ev, prelude::*};

use super::shared;

/// Listens from now on, as long as there is the page.
pub fn watch() {
    let composing = shared().composing;
    // Where its field goes away, no browser has to say that a composition has ended; a key outside of one says it too.
    let over = move || {
        if composing.get_untracked() {
            composing.set(false);
        }
    };
    let _ = window_event_listener(ev::compositionstart, move |_| composing.set(true));
    let _ = window_event_listener(ev::compositionend, move |_| over());
    let _ = window_event_listener(ev::focusin, move |_| over());
    let _ = window_event_listener(ev::keydown, move |event| {
        if !event.is_composing() {
            over();
        }
    });
}

/// What a list shows: as it was, while something is being composed.
pub fn at_rest<T>(fresh: impl Fn() -> T + Send + Sync + 'static) -> Memo<T>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let composing = shared().composing;
    Memo::new(move |before: Option<&T>| match before {
        Some(before) if composing.get() => before.clone(),
        Some(_) | None => fresh(),
    })
}
