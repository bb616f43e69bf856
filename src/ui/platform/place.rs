//! Where the window is scrolled to when a new page is drawn, and the focus that goes to its heading.

use std::cell::Cell;

use leptos::prelude::{request_animation_frame, window_event_listener_untyped};
use web_sys::{FocusOptions, HtmlElement};

thread_local! {
    // So many have given the window its place, for this frame and the next.
    static GIVEN: Cell<u32> = const { Cell::new(0) };
}

/// Going back and forward, the place is the browser's to give. Called before the router listens.
pub fn watch() {
    let _ = window_event_listener_untyped("popstate", |_| keep());
}

/// The window has its place: a page that is drawn now does not take it to its top.
pub fn keep() {
    GIVEN.set(GIVEN.get() + 1);
    request_animation_frame(|| request_animation_frame(|| GIVEN.set(GIVEN.get().saturating_sub(1))));
}

/// In the frame that draws a page: the window is taken to its top, or to the section that its address names, and the focus to its
/// heading. Both have the page laid out, which takes a slow device longest, and in this frame it is anyway.
pub fn arrive(heading: HtmlElement) {
    request_animation_frame(move || {
        let given = GIVEN.get() > 0;
        let section = if given { None } else { section() };
        if let Some(section) = &section {
            section.scroll_into_view();
        } else if !given {
            super::page::to_top();
        }
        let options = FocusOptions::new();
        options.set_prevent_scroll(given || section.is_some());
        let _ = heading.focus_with_options(&options);
    });
}

fn section() -> Option<web_sys::Element> {
    let hash = super::window()?.location().hash().ok()?;
    let id = hash.strip_prefix('#').filter(|id| !id.is_empty())?;
    super::document()?.get_element_by_id(id)
}
