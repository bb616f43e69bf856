//! The local-first engine: documents, outbox, local store, queries and commands.
//!
//! Outside `engine::web` it is sans-IO. The order of an edit is fixed: apply, show, make durable, and only then send.

pub mod api;
#[cfg(feature = "docs")]
pub mod core;
#[cfg(all(feature = "engine", target_arch = "wasm32"))]
pub mod web;
