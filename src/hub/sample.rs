//! The sample workspace: the public record of ACCSM, so that a first start shows real plans and meetings.
//!
//! The record is data (`sample/record/*.json`, part of the binary); this room reads it, proves that it holds together and
//! turns it into facts and documents. Ids derive from the record's own names, so that two starts give the same workspace.
//! Nothing is said here that no source says: what is inferred is marked so, what is not known stays empty.

mod check;
mod facts;
mod ids;
mod load;
mod meeting;
mod plan;
mod project;
mod record;
mod register;
mod sheet;
#[cfg(test)]
mod tests;

pub use load::{Sample, SampleDocument, load};

use crate::{
    docs::DocsError,
    domain::{DocId, DocKind},
};

/// Why the sample record cannot be used. Each is a mistake in the record, not in a person's data.
#[derive(Debug, thiserror::Error)]
pub enum SampleError {
    /// A file is not what its structs say.
    #[error("sample record {file}: {cause}")]
    Json {
        /// Which file.
        file: &'static str,
        /// What is wrong and where.
        #[source]
        cause: serde_json::Error,
    },
    /// A record names no source.
    #[error("{record} names no source")]
    NoSource {
        /// Which record.
        record: String,
    },
    /// A record is marked as inferred and does not say what is.
    #[error("{record} is inferred and has no source note")]
    NoReason {
        /// Which record.
        record: String,
    },
    /// A record names something that is not in the record.
    #[error("{record} names {what} {id}, which is not in the record")]
    Unknown {
        /// Which record.
        record: String,
        /// What kind of thing it names.
        what: &'static str,
        /// The name.
        id: String,
    },
    /// Two records have one name.
    #[error("{what} {id} is in the record twice")]
    Twice {
        /// What kind of thing.
        what: &'static str,
        /// The name.
        id: String,
    },
    /// A span of time ends before it begins, or lies outside the life of the cooperation.
    #[error("{record} has dates that make no sense")]
    Dates {
        /// Which record.
        record: String,
    },
    /// A document cannot hold what the record says of it.
    #[error("sample {kind} {id}: {cause}")]
    Docs {
        /// Its kind.
        kind: DocKind,
        /// Its id.
        id: DocId,
        /// Why not.
        #[source]
        cause: DocsError,
    },
    /// A title has no canonical English.
    #[error("{record} has no English title")]
    NoEnglish {
        /// Which record.
        record: String,
    },
}
