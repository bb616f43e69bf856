//! This page: its title, focus, look and address.

use std::{cell::Cell, time::Duration};

use leptos::{
    leptos_dom::helpers::TimeoutHandle,
    prelude::{queue_microtask, request_animation_frame, set_timeout, set_timeout_with_handle},
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, HtmlDialogElement, HtmlElement, HtmlInputElement, HtmlTextAreaElement};

thread_local! {
    static TITLE: Cell<Option<TimeoutHandle>> = const { Cell::new(None) };
}

/// The document's title, once the page is drawn. The last that is said here or to [`set_title`] counts.
pub fn set_title_later(title: String) {
    let waits = set_timeout_with_handle(move || set_title(&title), DRAWN).ok();
    if let Some(before) = TITLE.replace(waits) {
        before.clear();
    }
}

/// The document's title.
pub fn set_title(title: &str) {
    if let Some(waits) = TITLE.take() {
        waits.clear();
    }
    if let Some(document) = super::document() {
        document.set_title(title);
    }
}

/// Which page this is, for style and print.
pub fn set_page(name: &str) {
    if let Some(body) = super::document().and_then(|document| document.body()) {
        let _ = body.set_attribute("data-page", name);
    }
}

/// Sets an attribute of the whole document, or takes it away.
pub fn set_root(attribute: &str, value: Option<&str>) {
    let Some(root) = super::document().and_then(|document| document.document_element()) else { return };
    let _ = match value {
        Some(value) => root.set_attribute(attribute, value),
        None => root.remove_attribute(attribute),
    };
}

/// The element with an id.
#[must_use]
pub fn by_id(id: &str) -> Option<HtmlElement> {
    super::document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// Scrolls the row that an element is in sideways, until all of the element is seen, and nothing else.
pub fn show_in_row(element: &HtmlElement) {
    let Some(row) = element.parent_element().and_then(|row| row.dyn_into::<HtmlElement>().ok()) else { return };
    let from = element.offset_left() - row.offset_left();
    let beyond = from + element.offset_width() - row.client_width();
    if from < row.scroll_left() {
        row.set_scroll_left(from);
    } else if beyond > row.scroll_left() {
        row.set_scroll_left(beyond);
    }
}

/// Takes an element out of the page.
pub fn remove(id: &str) {
    if let Some(element) = by_id(id) {
        element.remove();
    }
}

/// Puts the focus on an element.
pub fn focus(element: &HtmlElement) {
    let _ = element.focus();
}

/// What a new page does not show at once waits so long: on a slow device everything that the browser does is on one processor, and
/// what was drawn goes through several of its processes before it is seen.
pub const DRAWN: Duration = Duration::from_millis(150);

/// Does something so long after this frame has been painted: the next begins when it is.
pub fn once_drawn(pause: Duration, work: impl FnOnce() + 'static) {
    request_animation_frame(move || request_animation_frame(move || set_timeout(work, pause)));
}

/// Puts the focus on the element that a selector finds first.
pub fn focus_first(selector: &str) {
    let found = super::document().and_then(|document| document.query_selector(selector).ok().flatten());
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Puts the focus on the element with an id, if it is there.
pub fn focus_id(id: &str) {
    if let Some(element) = by_id(id) {
        focus(&element);
    }
}

/// Puts the focus on the element with an id as soon as it is drawn: what was just written comes back in a moment.
pub fn focus_soon(id: &str) {
    const FRAMES: u32 = 240;
    fn look(id: String, left: u32) {
        match by_id(&id) {
            Some(element) => focus(&element),
            None if left > 0 => request_animation_frame(move || look(id, left - 1)),
            None => {}
        }
    }
    look(id.to_owned(), FRAMES);
}

/// Gives focus and caret back to the element that has them now, if drawing a list anew takes them from it.
pub fn keep_focus() {
    let active = || super::document().and_then(|document| document.active_element());
    let Some(element) = active().filter(|element| !element.id().is_empty()) else { return };
    let caret = element.dyn_ref::<HtmlTextAreaElement>().and_then(selection);
    let id = element.id();
    let give_back = move || {
        if active().is_some_and(|now| now.tag_name() != "BODY") {
            return;
        }
        let Some(element) = by_id(&id) else { return };
        focus(&element);
        if let (Some(area), Some((start, end))) = (element.dyn_ref::<HtmlTextAreaElement>(), caret) {
            let _ = area.set_selection_range(start, end);
        }
    };
    // At once, before another key comes; and where the list is drawn later, with the next frame.
    queue_microtask(give_back.clone());
    request_animation_frame(give_back);
}

/// A drag begins: what is seen under the pointer is the element with this id.
pub fn begin_drag(event: &DragEvent, id: &str) {
    let Some(transfer) = event.data_transfer() else { return };
    // A drag without data does not begin in every browser.
    let _ = transfer.set_data("text/plain", id);
    transfer.set_effect_allowed("move");
    if let Some(element) = by_id(id) {
        transfer.set_drag_image(&element, 16, 16);
    }
}

/// Scrolls to the top.
pub fn to_top() {
    if let Some(window) = super::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Whether the keys of undo are the page's where they were pressed: not in a dialog, and not in a line that is being written,
/// where they are the browser's. Prose that others write in too is the page's.
#[must_use]
pub fn undoes_here(event: &web_sys::KeyboardEvent) -> bool {
    let Some(element) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else {
        return true;
    };
    let within = |selector: &str| element.closest(selector).ok().flatten().is_some();
    let writing =
        within("input:not([type=checkbox]):not([readonly]), textarea:not(.input--prose):not([readonly]), select");
    !writing && !within("dialog")
}

/// Whether a popover is open now, by the event that says that it was opened or closed.
#[must_use]
pub fn is_open(event: &web_sys::Event) -> bool {
    let state = js_sys::Reflect::get(event, &JsValue::from_str("newState")).ok();
    state.and_then(|state| state.as_string()).is_some_and(|state| state == "open")
}

/// Opens a dialog as a modal one.
pub fn open_dialog(dialog: &HtmlDialogElement) {
    if !dialog.open() {
        let _ = dialog.show_modal();
    }
}

/// Closes a popover by its element's id.
pub fn close_popover(id: &str) {
    if let Some(element) = by_id(id) {
        let _ = element.hide_popover();
    }
}

/// The value of an input that an event came from.
#[must_use]
pub fn value_of(event: &web_sys::Event) -> String {
    let Some(target) = event.target() else { return String::new() };
    if let Some(input) = target.dyn_ref::<HtmlInputElement>() {
        return input.value();
    }
    if let Some(area) = target.dyn_ref::<HtmlTextAreaElement>() {
        return area.value();
    }
    // Select elements and others: by name, without another binding.
    js_sys::Reflect::get(&target, &JsValue::from_str("value"))
        .ok()
        .and_then(|value| value.as_string())
        .unwrap_or_default()
}

/// Whether the checkbox that an event came from is checked.
#[must_use]
pub fn checked_of(event: &web_sys::Event) -> bool {
    event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()).is_some_and(|input| input.checked())
}

/// Sets the checkbox that an event came from.
pub fn check(event: &web_sys::Event, checked: bool) {
    if let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
        input.set_checked(checked);
    }
}

/// Where the caret stands in a text area, or what is selected.
#[must_use]
pub fn selection(area: &HtmlTextAreaElement) -> Option<(u32, u32)> {
    Some((area.selection_start().ok()??, area.selection_end().ok()??))
}

/// Puts text into a text area and the caret where it belongs.
pub fn put_text(area: &HtmlTextAreaElement, text: &str, selection: Option<(u32, u32)>) {
    area.set_value(text);
    if let Some((start, end)) = selection {
        let _ = area.set_selection_range(start, end);
    }
}

/// What stands after `#` in the address, which is taken away at once: it may be a secret, and histories are kept.
#[must_use]
pub fn take_fragment() -> Option<String> {
    let window = super::window()?;
    let location = window.location();
    let hash = location.hash().ok()?;
    let secret = hash.strip_prefix('#').filter(|secret| !secret.is_empty())?.to_owned();
    let path = location.pathname().ok()?;
    let history = window.history().ok()?;
    let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&path));
    Some(secret)
}

/// Loads the page again.
pub fn reload() {
    if let Some(window) = super::window() {
        let _ = window.location().reload();
    }
}

/// Copies text; true when the browser let us.
pub async fn copy(text: &str) -> bool {
    let Some(window) = super::window() else { return false };
    let navigator = window.navigator();
    let there = js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard"))
        .ok()
        .is_some_and(|value| !value.is_undefined());
    there && JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}

/// Gives a text to the person as a file, among their downloads.
pub fn save(name: &str, text: &str) {
    save_as(name, "text/plain", text);
}

/// The same, of another kind of file.
pub fn save_as(name: &str, kind: &str, text: &str) {
    let Some(document) = super::document() else { return };
    let Some(link) = document.create_element("a").ok().and_then(|link| link.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    let content = String::from(js_sys::encode_uri_component(text));
    let _ = link.set_attribute("href", &format!("data:{kind};charset=utf-8,{content}"));
    let _ = link.set_attribute("download", name);
    link.click();
}

/// Opens the browser's print dialog.
pub fn print() {
    if let Some(window) = super::window() {
        let _ = window.print();
    }
}

/// A word about this browser for the name of a device, such as `Linux x86_64`; may be empty.
#[must_use]
pub fn platform_word() -> String {
    super::window().and_then(|window| window.navigator().platform().ok()).unwrap_or_default()
}

/// Calls `hidden` when the page goes out of sight: the last moment that is sure to come; `gone` when it is left; and
/// loads it anew when the browser brings it back as it was, its lines cut.
pub fn on_leave(hidden: impl Fn() + Clone + 'static, gone: impl Fn() + 'static) {
    let (Some(window), Some(document)) = (super::window(), super::document()) else { return };
    let hide = hidden.clone();
    let on_hide = Closure::<dyn FnMut(JsValue)>::new(move |_| hide());
    let on_gone = Closure::<dyn FnMut(JsValue)>::new(move |_| {
        hidden();
        gone();
    });
    let on_back = Closure::<dyn FnMut(JsValue)>::new(|event: JsValue| {
        let kept = js_sys::Reflect::get(&event, &JsValue::from_str("persisted"));
        if kept.is_ok_and(|kept| kept.is_truthy()) {
            reload();
        }
    });
    let _ = document.add_event_listener_with_callback("visibilitychange", on_hide.as_ref().unchecked_ref());
    let _ = window.add_event_listener_with_callback("pagehide", on_gone.as_ref().unchecked_ref());
    let _ = window.add_event_listener_with_callback("pageshow", on_back.as_ref().unchecked_ref());
    for listener in [on_hide, on_gone, on_back] {
        listener.into_js_value();
    }
}

/// Lets the browser ask before this page is left or loaded anew, whenever `ask` says so.
pub fn ask_before_leaving(ask: impl Fn() -> bool + 'static) {
    let Some(window) = super::window() else { return };
    let on_leave = Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
        if ask() {
            event.prevent_default();
        }
    });
    let _ = window.add_event_listener_with_callback("beforeunload", on_leave.as_ref().unchecked_ref());
    on_leave.into_js_value();
}

/// Whether the focus is where keys mean letters.
#[must_use]
pub fn typing_somewhere() -> bool {
    let Some(active) = super::document().and_then(|document| document.active_element()) else { return false };
    let ticked = active
        .dyn_ref::<HtmlInputElement>()
        .is_some_and(|input| matches!(input.type_().as_str(), "checkbox" | "radio"));
    !ticked && matches!(active.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
}

/// Moves the focus from the one of the elements that a selector finds to another, so many further. False when the focus
/// is on none of them or there is none further.
#[must_use]
pub fn move_focus(selector: &str, step: i32) -> bool {
    let Some(document) = super::document() else { return false };
    let (Some(active), Ok(all)) = (document.active_element(), document.query_selector_all(selector)) else {
        return false;
    };
    let count = i32::try_from(all.length()).unwrap_or(i32::MAX);
    let at = |index: i32| u32::try_from(index).ok().and_then(|index| all.get(index));
    let Some(here) = (0..count).find(|index| at(*index).is_some_and(|node| node.is_same_node(Some(&active)))) else {
        return false;
    };
    let Some(element) = at(here + step).and_then(|node| node.dyn_into::<HtmlElement>().ok()) else { return false };
    let _ = element.focus();
    true
}
