//! What a file is, by its bytes as they pass by. Nothing is unpacked: a packed office document is known by the names of its
//! parts, and one that carries macros is none.

use super::PaperKind;

/// Bytes at the beginning that tell most kinds apart.
const HEAD: usize = 96;
/// The longest name that is looked for, less one: so much of a piece may belong to a name that goes on in the next.
const OVERLAP: usize = 48;

/// What is looked for in packed documents.
const NAMES: [(&[u8], Seen); 6] = [
    (b"word/document.xml", Seen::Word),
    (b"xl/workbook.xml", Seen::Excel),
    (b"ppt/presentation.xml", Seen::PowerPoint),
    (b"application/vnd.oasis.opendocument.text", Seen::OpenText),
    (b"application/vnd.oasis.opendocument.spreadsheet", Seen::OpenSheet),
    (b"vbaProject.bin", Seen::Macros),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Seen {
    Word,
    Excel,
    PowerPoint,
    OpenText,
    OpenSheet,
    Macros,
}

/// A look at a file, piece by piece.
#[derive(Debug, Clone)]
pub struct Look {
    head: Vec<u8>,
    /// The end of what passed.
    last: Vec<u8>,
    seen: Vec<Seen>,
    /// Whether all of it so far is text, but for `cut`: a character that the end of a piece cut.
    text: bool,
    cut: Vec<u8>,
}

impl Default for Look {
    fn default() -> Self {
        Self { head: Vec::new(), last: Vec::new(), seen: Vec::new(), text: true, cut: Vec::new() }
    }
}

impl Look {
    /// Takes in the next piece.
    pub fn feed(&mut self, piece: &[u8]) {
        let lacking = HEAD.saturating_sub(self.head.len()).min(piece.len());
        self.head.extend_from_slice(&piece[..lacking]);
        if self.text {
            self.read(piece);
        }
        if self.is_packed() {
            self.search(piece);
        }
    }

    fn is_packed(&self) -> bool {
        self.head.starts_with(b"PK\x03\x04")
    }

    fn read(&mut self, piece: &[u8]) {
        let mut bytes = std::mem::take(&mut self.cut);
        bytes.extend_from_slice(piece);
        let (whole, rest) = match std::str::from_utf8(&bytes) {
            Ok(text) => (text, &[][..]),
            Err(error) if error.error_len().is_none() => {
                let (whole, rest) = bytes.split_at(error.valid_up_to());
                (std::str::from_utf8(whole).unwrap_or_default(), rest)
            }
            Err(_) => {
                self.text = false;
                return;
            }
        };
        self.text = !whole.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}'));
        self.cut = rest.to_vec();
    }

    fn search(&mut self, piece: &[u8]) {
        // Of a large piece only its beginning can go on from what passed before.
        let begins = piece.len().min(OVERLAP);
        let mut seam = std::mem::take(&mut self.last);
        seam.extend_from_slice(&piece[..begins]);
        for (name, what) in NAMES {
            let is_in = |bytes: &[u8]| bytes.windows(name.len()).any(|part| part == name);
            if !self.seen.contains(&what) && (is_in(&seam) || is_in(piece)) {
                self.seen.push(what);
            }
        }
        let last = if piece.len() >= OVERLAP { piece } else { &seam };
        self.last = last[last.len().saturating_sub(OVERLAP)..].to_vec();
    }

    /// What it is, once all of it has passed; none for what no paper may be.
    #[must_use]
    pub fn kind(&self) -> Option<PaperKind> {
        if self.head.is_empty() {
            return None;
        }
        if self.is_packed() {
            if self.seen.contains(&Seen::Macros) {
                return None;
            }
            // What is embedded in a document comes after its own beginning.
            return match self.seen.as_slice() {
                [Seen::Word, ..] => Some(PaperKind::Docx),
                [Seen::Excel, ..] => Some(PaperKind::Xlsx),
                [Seen::PowerPoint, ..] => Some(PaperKind::Pptx),
                // A template of a text, or a master document, says more behind the same words.
                [Seen::OpenText, ..] if self.mimetype(b"application/vnd.oasis.opendocument.textPK") => {
                    Some(PaperKind::Odt)
                }
                [Seen::OpenSheet, ..] if self.mimetype(b"application/vnd.oasis.opendocument.spreadsheetPK") => {
                    Some(PaperKind::Ods)
                }
                _ => None,
            };
        }
        let is_webp = self.head.starts_with(b"RIFF") && self.head.get(8..12) == Some(b"WEBP");
        match () {
            () if self.head.starts_with(b"%PDF-") => Some(PaperKind::Pdf),
            () if self.head.starts_with(b"\x89PNG\r\n\x1a\n") => Some(PaperKind::Png),
            () if self.head.starts_with(b"\xff\xd8\xff") => Some(PaperKind::Jpeg),
            () if is_webp => Some(PaperKind::Webp),
            () if self.text && self.cut.is_empty() && !self.is_markup() => Some(PaperKind::Text),
            () => None,
        }
    }

    /// An OpenDocument file says first what it is: a part called `mimetype`, not packed, right behind its head of 38 bytes.
    fn mimetype(&self, words: &[u8]) -> bool {
        let said = self.head.get(38..).unwrap_or_default();
        // The head holds the beginning of it.
        self.head.get(30..38) == Some(b"mimetype") && said.iter().zip(words).all(|(a, b)| a == b)
    }

    /// Text that a program would take for a page or a picture with scripts in it.
    fn is_markup(&self) -> bool {
        let text = String::from_utf8_lossy(&self.head).trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase();
        ["<!doctype", "<html", "<svg", "<?xml", "<script", "#!"].iter().any(|start| text.starts_with(start))
    }
}
