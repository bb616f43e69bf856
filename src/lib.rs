//! Mufakat: offline-first work plans and meetings for ACCSM.
pub mod domain;
#[cfg(feature = "docs")]
pub mod docs;
pub mod sync;
pub mod engine;
#[cfg(feature = "hub")]
pub mod hub;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
pub mod ui;
