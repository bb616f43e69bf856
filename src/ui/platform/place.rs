//! Where the window is scrolled to when a page is drawn, and the focus that goes to its heading.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
};

use leptos::prelude::{request_animation_frame, window_event_listener_untyped};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, FocusOptions, HtmlElement, ScrollRestoration};

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
    // The page that is there.
    static PAGE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Somebody goes back or forward to where they were.
struct Back {
    address: String,
    /// How far down that is, until they are there or go elsewhere.
    top: Option<f64>,
    until: u64,
    /// Whether it is on the page that is there already.
    same: bool,
    /// Whether its head has come.
    came: bool,
}

/// Remembers how far down each address was left, and takes who goes back there again. Called before the router listens.
pub fn watch() {
    PAGE.set(page());
    // What the browser remembers is of the page that was drawn when the address changed, which often is the next one.
    restores(ScrollRestoration::Manual);
    let _ = window_event_listener_untyped("pagehide", |_| restores(ScrollRestoration::Auto));
    let _ = window_event_listener_untyped("popstate", |_| back());
    let _ = window_event_listener_untyped("scroll", |_| {
        if wanted().is_none() {
            note();
        }
    });
    for name in INPUT {
        let _ = window_event_listener_untyped(name, |_| let_go());
    }
    // Who changes what a page shows may scroll nothing: what they press is heard before anything is done about it.
    let press = Closure::<dyn FnMut()>::new(note);
    if let Some(window) = super::window() {
        let heard = press.as_ref().unchecked_ref();
        let _ = window.add_event_listener_with_callback_and_bool("click", heard, true);
    }
    press.forget();
}

/// The window has its place: a page that is drawn now does not take it to its top.
pub fn keep() {
    let_go();
    GIVEN.set(GIVEN.get() + 1);
    request_animation_frame(|| request_animation_frame(|| GIVEN.set(GIVEN.get().saturating_sub(1))));
}

/// In the frame that draws a page: the window is taken to its top and the focus to its heading, or both to the section that its
/// address names. Both have the page laid out, which takes a slow device longest, and in this frame it is anyway.
pub fn arrive(heading: HtmlElement) {
    request_animation_frame(move || {
        PAGE.set(page());
        let given = came() || GIVEN.get() > 0;
        let options = FocusOptions::new();
        let section = if given { None } else { section() };
        if let Some(section) = &section {
            section.scroll_into_view();
            options.set_prevent_scroll(true);
            if section.get_attribute("tabindex").is_none() {
                let _ = section.set_attribute("tabindex", "-1");
            }
        } else if given {
            options.set_prevent_scroll(true);
        } else {
            super::page::to_top();
            note();
        }
        let element = section.and_then(|section| section.dyn_into::<HtmlElement>().ok()).unwrap_or(heading);
        let _ = element.focus_with_options(&options);
    });
}

fn back() {
    let now = page();
    let same = PAGE.replace(now.clone()) == now;
    let back = address().and_then(|address| {
        let top = LEFT.with_borrow(|left| left.get(&address).copied())?;
        Some(Back { address, top: Some(top), until: clock::now() + BACK_MS, same, came: false })
    });
    if back.is_some() {
        keep();
        request_animation_frame(step);
    }
    BACK.set(back);
}

// Until what was seen there is there again.
fn step() {
    let Some(wanted) = wanted() else { return };
    let Some(window) = super::window() else { return };
    let is_there = || (top() - wanted).abs() < 1.0;
    if !is_there() {
        window.scroll_to_with_x_and_y(0.0, wanted);
    }
    let is_page = BACK.with_borrow(|back| back.as_ref().is_some_and(|back| back.same || back.came));
    if is_page && is_there() { let_go() } else { request_animation_frame(step) }
}

// How far down somebody wants to be who goes back to this address.
fn wanted() -> Option<f64> {
    BACK.with_borrow(|back| back.as_ref().filter(|back| back.is_here())?.top)
}

// Whether the head that comes now is of the page that somebody goes back to.
fn came() -> bool {
    BACK.with_borrow_mut(|back| {
        let here = back.as_mut().filter(|back| back.is_here());
        here.is_some_and(|back| !std::mem::replace(&mut back.came, true))
    })
}

// The page that comes is still the one that was gone back to: it takes nobody to its top.
fn let_go() {
    BACK.with_borrow_mut(|back| {
        if let Some(back) = back {
            back.top = None;
        }
    });
}

impl Back {
    fn is_here(&self) -> bool {
        clock::now() < self.until && address().as_deref() == Some(&self.address)
    }
}

fn restores(how: ScrollRestoration) {
    let _ = super::window().and_then(|window| window.history().ok()?.set_scroll_restoration(how).ok());
}

fn note() {
    if let Some(address) = address() {
        LEFT.with_borrow_mut(|left| left.insert(address, top()));
    }
}

fn top() -> f64 {
    super::window().and_then(|window| window.scroll_y().ok()).unwrap_or_default()
}

fn address() -> Option<String> {
    let location = super::window()?.location();
    Some(location.pathname().ok()? + &location.search().ok()? + &location.hash().ok()?)
}

fn page() -> Option<String> {
    super::window()?.location().pathname().ok()
}

fn section() -> Option<Element> {
    let hash = super::window()?.location().hash().ok()?;
    let id = hash.strip_prefix('#').filter(|id| !id.is_empty())?;
    super::document()?.get_element_by_id(id)
}
