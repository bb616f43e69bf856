//! The browser: the only place of this room that names `web-sys`, `js-sys` and `gloo`.
//!
//! Everything here is small and does one thing for its callers; a browser that lacks something is answered with `None`
//! or a quiet nothing, never with a panic.

pub mod clock;
pub mod engine;
pub mod files;
pub mod grid;
pub mod install;
pub mod net;
pub mod notify;
pub mod page;
pub mod paper;
pub mod place;
pub mod prefs;
pub mod records;
pub mod update;
pub mod zone;

use wasm_bindgen::JsValue;

/// Says something to whoever has the browser's console open.
pub fn log(words: &str) {
    web_sys::console::warn_1(&JsValue::from_str(words));
}

/// Runs a future on the browser's own queue.
pub fn spawn(future: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(future);
}

fn window() -> Option<web_sys::Window> {
    web_sys::window()
}

fn document() -> Option<web_sys::Document> {
    window()?.document()
}
