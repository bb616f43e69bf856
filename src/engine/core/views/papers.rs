//! The papers of a meeting: what its documents say of them, and where their bytes are.

use std::collections::BTreeSet;

use super::super::{Engine, files::FileKey};
use crate::{
    domain::{DocId, DocKind, paper::papers, schema},
    engine::api::{PaperCard, PapersOf, PapersView},
};

impl Engine {
    /// The documents whose papers are a meeting's: its own, and its sessions'.
    pub(in crate::engine::core) fn with_papers(&self, meeting: DocId) -> BTreeSet<DocId> {
        self.about(meeting, DocKind::Session).into_iter().chain([meeting]).collect()
    }

    pub(super) fn papers_view(&self, meeting: DocId) -> Option<PapersView> {
        let mut sessions: Vec<_> =
            self.about(meeting, DocKind::Session).into_iter().filter_map(|doc| self.papers_of(doc)).collect();
        sessions.sort_by(|a, b| (&a.audience, a.doc).cmp(&(&b.audience, b.doc)));
        let mut groups = vec![self.papers_of(meeting)?];
        groups.append(&mut sessions);
        Some(PapersView { groups, kept: self.is_pack(meeting) })
    }

    fn papers_of(&self, doc: DocId) -> Option<PapersOf> {
        let snapshot = self.documents.get(doc)?.snapshot();
        let card = |paper: crate::domain::paper::Paper| {
            let key = FileKey { doc, hash: paper.hash };
            PaperCard { place: self.file_place(key), kept: self.file_kept(key), paper }
        };
        Some(PapersOf {
            doc,
            audience: self.entry(doc)?.audience.clone(),
            may_write: snapshot.schema <= schema::CURRENT && self.may_write(doc),
            papers: papers(&snapshot.root).into_iter().map(card).collect(),
        })
    }
}
