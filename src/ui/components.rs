//! The parts that pages are made of. Their classes and shapes are those of the style sheets; their words are messages.
//!
//! Small things are functions that return an erased view, so that a page does not grow with every use of one.

pub mod ask;
pub mod by;
pub mod carets;
pub mod change;
pub mod claims;
pub mod comments;
pub mod dialog;
pub mod doc_link;
pub mod drafts;
pub mod empty;
pub mod field;
pub mod follow;
pub mod head;
pub mod held;
pub mod history;
pub mod icon;
pub mod marks;
pub mod meetings;
pub mod newer;
pub mod notice;
pub mod papers;
pub mod pieces;
pub mod points;
pub mod refused;
pub mod said;
pub mod shell;
pub mod tabs;
pub mod undo;
