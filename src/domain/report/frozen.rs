//! An adopted report: which words in which versions, under which numbers, and by whom.
//!
//! The manifest is canonical CBOR that stands in the act and is never written anew; its SHA-256 is the root. It keeps the
//! words themselves, so that whoever has the act can show and print what was adopted.

use minicbor::{Decode, Encode, bytes::ByteArray};

use super::{Annex, Hash, ParagraphKind, ReportAct, of_act, state};
use crate::domain::{
    act::{ActRecord, in_order},
    baseline::Baseline,
    canon,
    id::{DocId, EntityId},
    meeting::Verb,
    paper::FileHash,
    party::PartyCode,
    record::Record,
    when::When,
};

/// A manifest longer than this, in bytes, does not fit into one change.
pub const MANIFEST_MAX: usize = 160 << 10;

/// What was frozen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
pub struct Manifest {
    /// The documents: the session, and the voices of the parties whose words are in it.
    #[n(0)]
    pub docs: Vec<Written>,
    /// The text.
    #[n(1)]
    pub parts: Vec<FrozenPart>,
    /// Who adopted it, or to whom it was sent.
    #[n(2)]
    by: Vec<String>,
    /// The names of what is annexed to it, after the list of delegates and the agenda.
    #[n(3)]
    annexes: Vec<String>,
    /// The files of those that are papers; none where there is none, so that what was frozen before reads alike.
    #[n(4)]
    files: Option<Vec<AnnexedFile>>,
}

/// The file of an annex.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
struct AnnexedFile {
    /// Its place among the names.
    #[n(0)]
    at: u32,
    /// The paper.
    #[n(1)]
    paper: EntityId,
    /// SHA-256 of the file.
    #[n(2)]
    hash: ByteArray<32>,
}

/// A document in one version.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Written {
    /// Which.
    #[n(0)]
    pub doc: DocId,
    /// Its heads.
    #[n(1)]
    pub heads: Vec<ByteArray<32>>,
    /// SHA-256 of the canonical CBOR of its projection.
    #[n(2)]
    pub digest: ByteArray<32>,
}

impl Written {
    /// A document in the version that its heads name.
    #[must_use]
    pub fn new(doc: DocId, mut heads: Vec<Hash>, digest: Hash) -> Self {
        heads.sort_unstable();
        Self { doc, heads: heads.into_iter().map(ByteArray::from).collect(), digest: digest.into() }
    }
}

/// What was adopted under one item.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct FrozenPart {
    /// The item; none before the first.
    #[n(0)]
    pub item: Option<EntityId>,
    /// Its number.
    #[n(1)]
    pub number: String,
    /// Its title.
    #[n(2)]
    pub title: String,
    /// The paragraphs.
    #[n(3)]
    pub lines: Vec<FrozenLine>,
}

/// One paragraph as it was adopted.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct FrozenLine {
    /// Which.
    #[n(0)]
    pub id: EntityId,
    /// Its number.
    #[n(1)]
    pub number: u32,
    #[n(2)]
    kind: String,
    #[n(3)]
    verb: String,
    /// Its text.
    #[n(4)]
    pub text: String,
    #[n(5)]
    party: Option<String>,
    #[n(6)]
    due: Option<String>,
    #[n(7)]
    of: ByteArray<32>,
    #[n(8)]
    owner: Option<String>,
    /// The paragraph of an earlier report that it carries on.
    #[n(9)]
    pub carries: Option<EntityId>,
}

impl FrozenLine {
    /// A paragraph of the session, or of the voice of its `owner`.
    #[must_use]
    pub fn new(number: u32, id: EntityId, record: &Record, owner: Option<&PartyCode>) -> Self {
        let said = |field: &str| Some(record.line(field).to_owned()).filter(|text| !text.is_empty());
        let kind = said("kind").unwrap_or_else(|| match owner {
            Some(_) => ParagraphKind::Intervention.word().to_owned(),
            None => ParagraphKind::Discussion.word().to_owned(),
        });
        Self {
            id,
            number,
            kind,
            verb: record.line("verb").to_owned(),
            text: record.text("text").to_owned(),
            party: owner.map(ToString::to_string).or_else(|| said("party")),
            due: said("due"),
            of: canon::paragraph(record).into(),
            owner: owner.map(ToString::to_string),
            carries: record.read("carries"),
        }
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self) -> ParagraphKind {
        self.kind.parse().unwrap_or(ParagraphKind::Discussion)
    }

    /// Its verb.
    #[must_use]
    pub fn verb(&self) -> Option<Verb> {
        self.verb.parse().ok()
    }

    /// Its party.
    #[must_use]
    pub fn party(&self) -> Option<PartyCode> {
        self.party.as_deref()?.parse().ok()
    }

    /// By when.
    #[must_use]
    pub fn due(&self) -> Option<When> {
        self.due.as_deref()?.parse().ok()
    }

    /// The party whose own words it is.
    #[must_use]
    pub fn owner(&self) -> Option<PartyCode> {
        self.owner.as_deref()?.parse().ok()
    }

    /// The hash of what it says.
    #[must_use]
    pub fn of(&self) -> Hash {
        self.of.into()
    }
}

impl Manifest {
    /// What is to be frozen.
    #[must_use]
    pub fn new(docs: Vec<Written>, parts: Vec<FrozenPart>, by: &[PartyCode], annexes: Vec<Annex>) -> Self {
        let file = |(at, annex): (u32, &Annex)| {
            let (paper, hash) = annex.file?;
            Some(AnnexedFile { at, paper, hash: hash.0.into() })
        };
        let files: Vec<_> = (0..).zip(&annexes).filter_map(file).collect();
        Self {
            docs,
            parts,
            by: by.iter().map(ToString::to_string).collect(),
            annexes: annexes.into_iter().map(|annex| annex.name).collect(),
            files: Some(files).filter(|files| !files.is_empty()),
        }
    }

    /// Its bytes, with the heads that the hub has not acknowledged.
    #[must_use]
    pub fn freeze(&self, waits: Vec<(DocId, Hash)>) -> Baseline {
        // Writing to memory cannot fail.
        Baseline { manifest: minicbor::to_vec(self).unwrap_or_default(), waits }
    }

    /// From its bytes.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        minicbor::decode(bytes).ok()
    }

    /// Who adopted it.
    #[must_use]
    pub fn by(&self) -> Vec<PartyCode> {
        self.by.iter().filter_map(|code| code.parse().ok()).collect()
    }

    /// What is annexed to it, after the list of delegates and the agenda.
    #[must_use]
    pub fn annexes(&self) -> Vec<Annex> {
        let file = |at: u32| {
            let file = self.files.iter().flatten().find(|file| file.at == at)?;
            Some((file.paper, FileHash(file.hash.into())))
        };
        (0..).zip(&self.annexes).map(|(at, name)| Annex { name: name.clone(), file: file(at) }).collect()
    }

    /// All paragraphs.
    pub fn lines(&self) -> impl Iterator<Item = &FrozenLine> {
        self.parts.iter().flat_map(|part| &part.lines)
    }
}

/// The act that froze the report, and what it froze: the first that took effect. None while nothing is frozen.
#[must_use]
pub fn frozen(acts: &[ActRecord]) -> Option<(&ActRecord, &Baseline)> {
    let folded = state(acts);
    if !folded.state.frozen() {
        return None;
    }
    in_order(acts).into_iter().filter(|act| !folded.not_applied.contains(&act.id)).find_map(|act| match of_act(act)? {
        ReportAct::Step(step) => Some((act, step.frozen.as_ref()?)),
        _ => None,
    })
}
