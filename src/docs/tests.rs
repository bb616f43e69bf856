//! What merging must keep, for documents as people write them.

mod begin;
mod bench;
mod concurrent;
mod core;
mod project;
mod saved;
mod session;

pub use bench::*;
