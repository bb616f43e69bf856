//! Where the window is scrolled to when a page is drawn, and the focus that goes to its heading.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
};

use leptos::{
    leptos_dom::helpers::WindowListenerHandle,
    prelude::{request_animation_frame, window_event_listener_untyped},
};
use web_sys::{FocusOptions, HtmlElement};

use super::clock;

/// What a page shows may come in several parts: so long the window is taken to where it was left.
const BACK_MS: u64 = 3_000;
/// Who does any of these wants to be elsewhere.
const INPUT: [&str; 4] = ["wheel", "touchmove", "keydown", "pointerdown"];

thread_local! {
    // So many have given the window its place, for this frame and the next.
    static GIVEN: Cell<u32> = const { Cell::new(0) };
    // How far down each address was left.
    static LEFT: RefCell<BTreeMap<String, f64>> = const { RefCell::new(BTreeMap::new()) };
    static BACK: RefCell<Option<Back>> = const { RefCell::new(None) };
}

/// Somebody goes back or forward to where they were.
struct Back {
    address: String,
    top: f64,
    until: u64,
    /// Whether the page has come.
    arrived: bool,
    listens: [WindowListenerHandle; 4],
}

/// Remembers how far down each address was left, and takes who goes back there again. Called before the router listens.
pub fn watch() {
    let _ = window_event_listener_untyped("popstate", |_| back());
    let _ = window_event_listener_untyped("scroll", |_| {
        if !is_back() {
            note(top());
        }
    });
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
        let given = is_back() || GIVEN.get() > 0;
        let section = if given { None } else { section() };
        if let Some(section) = &section {
            section.scroll_into_view();
        } else if !given {
            super::page::to_top();
            note(0.0);
        }
        let options = FocusOptions::new();
        options.set_prevent_scroll(given || section.is_some());
        let _ = heading.focus_with_options(&options);
        BACK.with_borrow_mut(|back| {
            if let Some(back) = back {
                back.arrived = true;
            }
        });
    });
}

fn back() {
    stay();
    let Some(address) = address() else { return };
    let top = LEFT.with_borrow(|left| left.get(&address).copied()).unwrap_or_default();
    let listens = INPUT.map(|name| window_event_listener_untyped(name, |_| stay()));
    BACK.set(Some(Back { address, top, until: clock::now() + BACK_MS, arrived: false, listens }));
    request_animation_frame(step);
}

// Until what was seen there is there again.
fn step() {
    if !is_back() {
        return stay();
    }
    let Some((wanted, arrived)) = BACK.with_borrow(|back| back.as_ref().map(|back| (back.top, back.arrived))) else {
        return;
    };
    if (top() - wanted).abs() >= 1.0
        && let Some(window) = super::window()
    {
        window.scroll_to_with_x_and_y(0.0, wanted);
    }
    if arrived && (top() - wanted).abs() < 1.0 { stay() } else { request_animation_frame(step) }
}

// Whether somebody is on the way back to this address.
fn is_back() -> bool {
    BACK.with_borrow(|back| {
        back.as_ref().is_some_and(|back| clock::now() < back.until && Some(&back.address) == address().as_ref())
    })
}

fn stay() {
    if let Some(back) = BACK.take() {
        back.listens.into_iter().for_each(WindowListenerHandle::remove);
    }
}

fn note(top: f64) {
    if let Some(address) = address() {
        LEFT.with_borrow_mut(|left| left.insert(address, top));
    }
}

fn top() -> f64 {
    super::window().and_then(|window| window.scroll_y().ok()).unwrap_or_default()
}

fn address() -> Option<String> {
    let location = super::window()?.location();
    Some(location.pathname().ok()? + &location.search().ok()? + &location.hash().ok()?)
}

fn section() -> Option<web_sys::Element> {
    let hash = super::window()?.location().hash().ok()?;
    let id = hash.strip_prefix('#').filter(|id| !id.is_empty())?;
    super::document()?.get_element_by_id(id)
}
