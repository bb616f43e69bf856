//! Documents: the domain's edits and projections on Automerge, which only this room names.
//!
//! An edit becomes exactly one change; a snapshot shows everything that merging left standing, concurrent values
//! included. This room reads no clock, draws no random number and must never drop or hide what somebody wrote.

mod actor;
mod caret;
mod doc;
mod error;
pub mod fold;
pub mod genesis;
mod intake;
mod merge;
mod past;
mod pieces;
mod read;
mod retell;
pub mod scan;
mod sound;
mod story;
pub mod text;
mod touch;
mod track;
mod undo;
mod valid;
mod write;
mod writers;

pub use actor::{Actor, Author};
pub use doc::{Applied, Doc, Made, Stored, Waiting};
pub use error::DocsError;
pub use merge::{carry, three_way};
pub use pieces::pieces;
pub use retell::retold;
pub use story::{Deed, Said, Step, TextId};
pub use undo::Undoing;
pub use writers::Words;

#[cfg(test)]
pub(crate) mod future;
#[cfg(test)]
mod tests;
