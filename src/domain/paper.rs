//! Papers: files of a meeting, of which a document says everything but the bytes. Those are kept beside it, under the
//! document and their SHA-256, and whoever may read the document may have them.
//!
//! A paper is a few scalars of the document itself, `paper:ID` and others of the same id, because collections of a document
//! stand in its first change. What a file is, is told by its bytes ([`look`]), never by its name.

pub mod look;

use std::{collections::BTreeSet, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::{
    edit::{At, Edit},
    id::EntityId,
    kind::words,
    record::{Record, Value},
};

/// What a file weighs at most, in bytes, unless a hub says otherwise.
pub const MOST: u64 = 25 << 20;

words! {
    /// The kinds of files that a paper may be.
    PaperKind {
        /// Portable Document Format.
        Pdf = "pdf",
        /// A Word document without macros.
        Docx = "docx",
        /// An Excel workbook without macros.
        Xlsx = "xlsx",
        /// A PowerPoint presentation without macros.
        Pptx = "pptx",
        /// An OpenDocument text.
        Odt = "odt",
        /// An OpenDocument spreadsheet.
        Ods = "ods",
        /// A PNG image.
        Png = "png",
        /// A JPEG image.
        Jpeg = "jpeg",
        /// A WebP image.
        Webp = "webp",
        /// Plain text in UTF-8, also comma-separated values.
        Text = "text",
    }
}

impl PaperKind {
    /// The media type under which it is handed out.
    #[must_use]
    pub const fn media(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
            Self::Text => "text/plain; charset=utf-8",
        }
    }

    /// Whether a browser shows it by itself.
    #[must_use]
    pub const fn opens(self) -> bool {
        match self {
            Self::Pdf | Self::Png | Self::Jpeg | Self::Webp | Self::Text => true,
            Self::Docx | Self::Xlsx | Self::Pptx | Self::Odt | Self::Ods => false,
        }
    }
}

/// SHA-256 of a file; as text 64 hexadecimal digits in lower case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FileHash(pub [u8; 32]);

/// A text that is no hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a SHA-256 in hexadecimal")]
pub struct BadHash;

impl fmt::Display for FileHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for FileHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FileHash({self})")
    }
}

impl FromStr for FileHash {
    type Err = BadHash;

    fn from_str(text: &str) -> Result<Self, BadHash> {
        let digits = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if text.len() != 64 || !digits {
            return Err(BadHash);
        }
        let mut hash = [0; 32];
        for (byte, at) in hash.iter_mut().zip((0..).step_by(2)) {
            *byte = u8::from_str_radix(&text[at..at + 2], 16).map_err(|_| BadHash)?;
        }
        Ok(Self(hash))
    }
}

/// What a document says of one paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Its id.
    pub id: EntityId,
    /// The file.
    pub hash: FileHash,
    /// Its size, in bytes.
    pub size: u64,
    /// What it is.
    pub kind: PaperKind,
    /// What its file was called where it was added.
    pub name: String,
    /// What it is called here.
    pub title: String,
    /// The agenda item it belongs to; none: to all of it.
    pub item: Option<EntityId>,
    /// The language it is written in (BCP 47); may be empty.
    pub language: String,
    /// Why it was withdrawn; none while it stands.
    pub withdrawn: Option<String>,
}

/// Names of the fields; each is followed by a colon and the paper's id.
pub const FIELDS: [&str; 6] = ["paper", "paper-name", "paper-title", "paper-item", "paper-language", "paper-withdrawn"];

fn member(field: &str, id: EntityId) -> String {
    format!("{field}:{id}")
}

impl Paper {
    /// The edit that makes it: one change. Carried out again it changes nothing.
    #[must_use]
    pub fn add(&self) -> Edit {
        let line = |field: &str, text: &str| (member(field, self.id), Value::from(text));
        let mut fields = vec![
            line("paper", &format!("{} {} {}", self.hash, self.size, self.kind)),
            line("paper-name", &self.name),
            line("paper-title", &self.title),
        ];
        fields.extend(self.item.map(|item| line("paper-item", &item.to_string())));
        if !self.language.is_empty() {
            fields.push(line("paper-language", &self.language));
        }
        Edit::Begin { fields, texts: Vec::new() }
    }

    /// The edit that withdraws it, or with no reason brings it back.
    #[must_use]
    pub fn withdraw(id: EntityId, reason: Option<&str>, seen: Vec<Value>) -> Edit {
        let value = reason.map_or(Value::Empty, Value::from);
        Edit::Set { at: At::root(&member("paper-withdrawn", id)), value, seen }
    }

    /// The field that holds its title.
    #[must_use]
    pub fn title_field(id: EntityId) -> String {
        member("paper-title", id)
    }

    /// The field that holds its language.
    #[must_use]
    pub fn language_field(id: EntityId) -> String {
        member("paper-language", id)
    }

    fn read(root: &Record, id: EntityId) -> Option<Self> {
        let said = |field: &str| root.fields.get(&member(field, id)).map(|held| &held.value);
        let line = |field: &str| said(field).and_then(Value::as_str).unwrap_or_default().to_owned();
        let file = line("paper");
        let mut parts = file.split(' ');
        let hash = parts.next()?.parse().ok()?;
        let size = parts.next()?.parse().ok()?;
        // A kind of file that only a later version knows is not shown by this one.
        let kind = parts.next()?.parse().ok()?;
        Some(Self {
            id,
            hash,
            size,
            kind,
            name: line("paper-name"),
            title: line("paper-title"),
            item: said("paper-item").and_then(Value::as_str).and_then(|item| item.parse().ok()),
            language: line("paper-language"),
            withdrawn: match said("paper-withdrawn") {
                Some(Value::Str(reason)) => Some(reason.clone()),
                Some(Value::Empty | Value::Bool(_) | Value::Int(_)) | None => None,
            },
        })
    }
}

/// The papers of a document, oldest first; withdrawn ones included.
#[must_use]
pub fn papers(root: &Record) -> Vec<Paper> {
    let ids: BTreeSet<EntityId> =
        root.fields.keys().filter_map(|name| name.strip_prefix("paper:")?.parse().ok()).collect();
    ids.into_iter().filter_map(|id| Paper::read(root, id)).collect()
}

#[cfg(test)]
mod tests;
