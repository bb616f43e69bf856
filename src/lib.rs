//! Mufakat: offline-first work plans and meetings for ACCSM.
#[cfg(feature = "docs")]
pub mod docs;
pub mod domain;
pub mod engine;
#[cfg(feature = "hub")]
pub mod hub;
pub mod sync;
#[cfg(any(test, all(feature = "ui", target_arch = "wasm32")))]
pub mod ui;
