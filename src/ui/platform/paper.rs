//! Paper: what the browser prints instead of the page. It is made when printing begins, at once and without waiting for
//! anything, and stands in no page that a person looks at.

use std::cell::Cell;

use leptos::prelude::{on_cleanup, window_event_listener_untyped};
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement};

/// The id of what is printed.
const ID: &str = "paper";
/// The property by which `print.css` knows the line at the foot of every sheet.
const FOOT: &str = "--paper-foot";

thread_local! {
    static NOTES: Cell<bool> = const { Cell::new(false) };
}

/// A piece of a paper.
pub enum Node {
    /// Words.
    Text(String),
    /// An element: its name, its class, the language of its words where that is another, and what is in it.
    Element(&'static str, &'static str, String, Vec<Node>),
}

/// An element.
#[must_use]
pub fn el(name: &'static str, class: &'static str, inside: Vec<Node>) -> Node {
    Node::Element(name, class, String::new(), inside)
}

/// An element of words alone.
#[must_use]
pub fn words(name: &'static str, class: &'static str, words: impl Into<String>) -> Node {
    el(name, class, vec![Node::Text(words.into())])
}

/// Whenever this page is printed, `make` makes what is printed, until the calling component ends. It is told whether the
/// notes that not everybody has are wanted on it, and answers the line at the foot of every sheet and the paper.
pub fn on_print(make: impl Fn(bool) -> Option<(String, Vec<Node>)> + 'static) {
    let handle = window_event_listener_untyped("beforeprint", move |_| {
        clear();
        if let Some((foot, nodes)) = make(NOTES.get()) {
            put(&foot, &nodes);
        }
    });
    on_cleanup(move || {
        handle.remove();
        clear();
    });
}

/// Opens the browser's print dialog for the paper with its notes.
pub fn print_with_notes() {
    NOTES.set(true);
    super::page::print();
    NOTES.set(false);
}

fn clear() {
    super::page::remove(ID);
    if let Some(root) = root() {
        let _ = root.style().remove_property(FOOT);
    }
}

fn root() -> Option<HtmlElement> {
    super::document()?.document_element()?.dyn_into().ok()
}

fn put(foot: &str, nodes: &[Node]) {
    let Some(document) = super::document() else { return };
    let (Some(body), Ok(paper)) = (document.body(), document.create_element("article")) else { return };
    paper.set_id(ID);
    draw(&document, &paper, nodes);
    let _ = body.append_child(&paper);
    // A string of CSS.
    let quoted: String = foot.chars().filter(|c| !matches!(c, '"' | '\\' | '\n')).collect();
    if let Some(root) = root() {
        let _ = root.style().set_property(FOOT, &format!("\"{quoted}\""));
    }
}

fn draw(document: &Document, into: &Element, nodes: &[Node]) {
    for node in nodes {
        match node {
            Node::Text(text) => {
                let _ = into.append_with_str_1(text);
            }
            Node::Element(name, class, language, inside) => {
                let Ok(element) = document.create_element(name) else { continue };
                element.set_class_name(class);
                if !language.is_empty() {
                    let _ = element.set_attribute("lang", language);
                }
                draw(document, &element, inside);
                let _ = into.append_child(&element);
            }
        }
    }
}
