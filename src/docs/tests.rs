//! What merging must keep, for documents as people write them.

mod begin;
pub(super) mod bench;
mod caret;
mod concurrent;
mod core;
mod meetings;
mod pairs;
mod project;
mod report;
mod saved;
mod session;

pub use bench::*;
