//! Records on the page: which one somebody turned to, and how to bring one into sight.

use leptos::prelude::request_animation_frame;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::place;

const LED: &str = "data-led";

/// The ids of the records around what an event came from, the innermost first. The heading of an item in the report
/// stands for the item.
#[must_use]
pub fn around(event: &web_sys::Event) -> Vec<String> {
    let mut element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let mut ids = Vec::new();
    while let Some(record) = element.and_then(|element| element.closest("[data-record], [id^=ri-]").ok().flatten()) {
        let named = || record.id().strip_prefix("ri-").map(str::to_owned);
        ids.extend(record.get_attribute("data-record").or_else(named));
        element = record.parent_element();
    }
    ids
}

/// Whether an event came from a field of prose, which says for itself where the caret is.
#[must_use]
pub fn is_prose(event: &web_sys::Event) -> bool {
    event.target().is_some_and(|target| target.has_type::<web_sys::HtmlTextAreaElement>())
}

/// Whether an event came from something that is typed in.
#[must_use]
pub fn is_typed_in(event: &web_sys::Event) -> bool {
    let Some(element) = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok()) else { return false };
    matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT") || element.is_content_editable()
}

fn find(id: &str) -> Option<Element> {
    // An item may be drawn in a list beside the paper: the place in the report counts.
    let document = super::document()?;
    let selectors = [format!(".report #ri-{id}"), format!("main [data-record=\"{id}\"]")];
    selectors.iter().find_map(|selector| document.query_selector(selector).ok().flatten())
}

/// Marks the record at which the one who leads is, and no other.
pub fn mark_led(id: Option<&str>) {
    let Some(document) = super::document() else { return };
    if let Ok(marked) = document.query_selector_all(&format!("[{LED}]")) {
        for at in 0..marked.length() {
            if let Some(element) = marked.get(at).and_then(|node| node.dyn_into::<Element>().ok()) {
                let _ = element.remove_attribute(LED);
            }
        }
    }
    if let Some(element) = id.and_then(find) {
        let _ = element.set_attribute(LED, "");
    }
}

/// Brings a record into sight, as soon as it is drawn.
pub fn show(id: &str) {
    const FRAMES: u32 = 240;
    fn look(id: String, left: u32) {
        match find(&id) {
            Some(element) => {
                let options = ScrollIntoViewOptions::new();
                options.set_block(ScrollLogicalPosition::Center);
                place::keep();
                element.scroll_into_view_with_scroll_into_view_options(&options);
                mark_led(Some(&id));
            }
            None if left > 0 => request_animation_frame(move || look(id, left - 1)),
            None => {}
        }
    }
    look(id.to_owned(), FRAMES);
}
