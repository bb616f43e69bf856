//! What a person sees: the Leptos front end.
//!
//! It speaks to the engine in `engine::api` only and never sees a document's bytes. `web-sys` is named in `platform`
//! alone; words for people are in the message files alone. `logic` also compiles natively, so that it can be tested.

pub mod logic;

#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod app;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod components;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod i18n;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod pages;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod platform;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod state;

#[cfg(all(feature = "ui", target_arch = "wasm32"))]
pub use app::start;
