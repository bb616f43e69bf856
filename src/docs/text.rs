//! An editing session of one prose field: a page types on what it shows while changes arrive from elsewhere.
//!
//! The page numbers its edits from 1 and says on which version of the text each was made. Versions are texts the session
//! sent; the page shows a version unless it has made edits that the version does not contain, which it then ignores for
//! good. So an edit numbered n on version v was made on v's text and the page's own edits before n, and the session
//! follows, unit by unit, where each unit of that view went. It waits for nobody, and it never rewrites what a page typed.

use std::collections::VecDeque;

use automerge::{ChangeHash, ObjId, PatchAction, ReadDoc};

use super::{
    actor::Author,
    doc::{Doc, Made},
    error::DocsError,
    merge, read,
    scan::Limits,
    track::Track,
    write,
};
use crate::domain::{At, Edit, Splice, schema::FieldKind};

/// A text for the page to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Counts up from 1 with every text.
    pub version: u32,
    /// The number of the page's last edit it contains.
    pub after: u32,
    /// The text.
    pub text: String,
}

/// A text the page may be typing on, and where its units went since.
#[derive(Debug, Clone)]
struct View {
    version: u32,
    to_now: Track,
}

/// The session. It holds no document: each call gets the one it was opened on.
#[derive(Debug, Clone)]
pub struct TextSession {
    at: At,
    record: ObjId,
    /// None while the record has no such text: the first commit makes it.
    object: Option<ObjId>,
    /// The document's state that `stored` is of.
    heads: Vec<ChangeHash>,
    /// The text in the document.
    stored: Vec<u16>,
    /// The text with the batch.
    now: Vec<u16>,
    /// From `stored` to `now`: what is typed and not yet committed.
    batch: Track,
    /// What the page may show; the oldest first.
    views: VecDeque<View>,
    version: u32,
    edits: u32,
    committed: Option<Edit>,
}

impl TextSession {
    /// Opens a prose field; the text is version 1.
    ///
    /// # Errors
    /// [`DocsError::UnknownEntity`], [`DocsError::UnknownField`], [`DocsError::NewerSchema`].
    pub fn open(doc: &Doc, at: At) -> Result<(Self, Shown), DocsError> {
        doc.writable()?;
        let target = write::target(doc, at.entity)?;
        let field = write::field(doc, target.collection.map(|collection| collection.name), &at.field)?;
        if field.kind != FieldKind::Prose || field.name != at.field {
            return Err(DocsError::UnknownField(at.field));
        }
        let object = read::text_object(&doc.automerge, &target.record, &at.field)?;
        let text = text_of(doc, object.as_ref())?;
        let stored: Vec<u16> = text.encode_utf16().collect();
        let batch = Track::identity(stored.len());
        let session = Self {
            at,
            record: target.record,
            object,
            heads: doc.automerge.get_heads(),
            now: stored.clone(),
            stored,
            views: VecDeque::from([View { version: 1, to_now: batch.clone() }]),
            batch,
            version: 1,
            edits: 0,
            committed: None,
        };
        Ok((session, Shown { version: 1, after: 0, text }))
    }

    /// The field it edits.
    #[must_use]
    pub const fn at(&self) -> &At {
        &self.at
    }

    /// The text as it is now, what is typed and not yet committed included.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf16_lossy(&self.now)
    }

    /// The last commit as an edit that can be run again on another state of the document.
    #[must_use]
    pub const fn committed(&self) -> Option<&Edit> {
        self.committed.as_ref()
    }

    /// Whether something is typed and not yet committed.
    #[must_use]
    pub fn is_dirty(&self) -> bool {
        !self.batch.is_identity()
    }

    /// Takes edit `n` of the page, made on `version` and the page's own edits before `n`; splices are each on the result
    /// of the one before. An edit already taken is ignored, so a page may send one again.
    ///
    /// # Errors
    /// [`DocsError::OutOfTurn`] when edits are missing before it, [`DocsError::UnknownVersion`] when the page cannot be
    /// showing that version, [`DocsError::BadSplice`], [`DocsError::TooLarge`]. Nothing is taken then.
    pub fn edit(&mut self, n: u32, version: u32, splices: &[Splice]) -> Result<(), DocsError> {
        if n <= self.edits {
            return Ok(());
        }
        if n != self.edits + 1 {
            return Err(DocsError::OutOfTurn { expected: self.edits + 1, got: n });
        }
        let unknown = DocsError::UnknownVersion(version);
        let mut view = self.views.iter().find(|view| view.version == version).cloned().ok_or(unknown)?;
        let mut now = self.now.clone();
        let mut batch = self.batch.clone();
        for splice in splices {
            for one in on_now(&mut view.to_now, splice)? {
                merge::splice(&mut now, &one)?;
                batch.splice(one.at as usize, one.delete as usize, one.insert.encode_utf16().count());
            }
        }
        if u64::try_from(batch.size()).is_ok_and(|size| size > Limits::default().ops) {
            return Err(DocsError::TooLarge);
        }
        self.now = now;
        self.batch = batch;
        self.edits = n;
        // Earlier views are left behind; later ones lack this edit, so the page ignores them when they arrive.
        self.views = VecDeque::from([view]);
        Ok(())
    }

    /// Writes what was typed since the last commit as one change; none when that comes to nothing.
    ///
    /// # Errors
    /// [`DocsError::NewerSchema`], [`DocsError::ActorBehind`]; what was typed is kept for another try.
    pub fn commit(&mut self, doc: &mut Doc, author: &Author) -> Result<Option<Made>, DocsError> {
        self.catch_up(doc)?;
        if self.now == self.stored {
            self.batch = Track::identity(self.stored.len());
            return Ok(None);
        }
        doc.writable()?;
        let splices = self.batch.onto(&self.now, &Track::identity(self.stored.len()));
        let plan = match &self.object {
            Some(object) => write::Plan::splicing(self.at.entity, object.clone(), splices.clone()),
            None => write::Plan::making(self.at.entity, self.record.clone(), self.at.field.clone(), self.text()),
        };
        let made = doc.commit(&plan, author)?;
        let base = String::from_utf16_lossy(&self.stored);
        self.committed = Some(Edit::Text { at: self.at.clone(), base, splices });
        self.object = read::text_object(&doc.automerge, &self.record, &self.at.field)?;
        self.heads = doc.automerge.get_heads();
        self.stored.clone_from(&self.now);
        self.batch = Track::identity(self.stored.len());
        Ok(Some(made))
    }

    /// The text to send to the page, when it is not what the page shows. To be asked after changes arrived, and once
    /// more when the page has rested after an edit: a text sent before that edit was ignored.
    ///
    /// # Errors
    /// [`DocsError::Automerge`].
    pub fn remote_changed(&mut self, doc: &Doc) -> Result<Option<Shown>, DocsError> {
        self.catch_up(doc)?;
        if self.views.back().is_none_or(|view| view.to_now.is_identity()) {
            return Ok(None);
        }
        self.version += 1;
        self.views.push_back(View { version: self.version, to_now: Track::identity(self.now.len()) });
        Ok(Some(Shown { version: self.version, after: self.edits, text: self.text() }))
    }

    /// Follows the document to its present state.
    fn catch_up(&mut self, doc: &Doc) -> Result<(), DocsError> {
        let heads = doc.automerge.get_heads();
        if heads == self.heads {
            return Ok(());
        }
        let object = read::text_object(&doc.automerge, &self.record, &self.at.field)?;
        let text = text_of(doc, object.as_ref())?;
        let stored: Vec<u16> = text.encode_utf16().collect();
        if stored != self.stored {
            let exact = match (&object, &self.object) {
                // A document built anew may lack the state this session knew.
                (Some(object), Some(before)) if object == before && self.heads.iter().all(|head| doc.has(&head.0)) => {
                    self.patched(doc, object, &heads, &stored)?
                }
                (Some(_), Some(_) | None) | (None, Some(_) | None) => None,
            };
            let theirs = exact.unwrap_or_else(|| merge::compare(&String::from_utf16_lossy(&self.stored), &text));
            let splices = self.batch.onto(&self.now, &theirs);
            let mut now = stored.clone();
            let mut batch = Track::identity(stored.len());
            for splice in &splices {
                merge::splice(&mut now, splice)?;
                batch.splice(splice.at as usize, splice.delete as usize, splice.insert.encode_utf16().count());
            }
            let step = self.batch.across(&theirs, &batch);
            for view in &mut self.views {
                view.to_now = view.to_now.then(&step);
            }
            self.stored = stored;
            self.now = now;
            self.batch = batch;
        }
        self.object = object;
        self.heads = heads;
        Ok(())
    }

    /// What became of the stored text, exactly, by Automerge's patches; none when they do not lead to `stored`.
    fn patched(
        &self,
        doc: &Doc,
        object: &ObjId,
        heads: &[ChangeHash],
        stored: &[u16],
    ) -> Result<Option<Track>, DocsError> {
        let mut units = self.stored.clone();
        let mut track = Track::identity(units.len());
        for patch in doc.automerge.diff_obj(object, &self.heads, heads, false)? {
            let splice = match patch.action {
                PatchAction::SpliceText { index, value, .. } => super::track::splice_of(index, 0, value.make_string()),
                PatchAction::DeleteSeq { index, length } => super::track::splice_of(index, length, String::new()),
                PatchAction::PutMap { .. }
                | PatchAction::PutSeq { .. }
                | PatchAction::Insert { .. }
                | PatchAction::Increment { .. }
                | PatchAction::Conflict { .. }
                | PatchAction::DeleteMap { .. }
                | PatchAction::Mark { .. } => return Ok(None),
            };
            if merge::splice(&mut units, &splice).is_err() {
                return Ok(None);
            }
            track.splice(splice.at as usize, splice.delete as usize, splice.insert.encode_utf16().count());
        }
        Ok((units == stored).then_some(track))
    }
}

fn text_of(doc: &Doc, object: Option<&ObjId>) -> Result<String, DocsError> {
    Ok(object.map(|object| doc.automerge.text(object)).transpose()?.unwrap_or_default())
}

/// A splice on the view as splices on the text now, from right to left; the view goes along.
fn on_now(view: &mut Track, splice: &Splice) -> Result<Vec<Splice>, DocsError> {
    let (at, delete) = (splice.at as usize, splice.delete as usize);
    let end = at.checked_add(delete).filter(|end| *end <= view.base());
    let Some(end) = end else { return Err(DocsError::BadSplice { at: splice.at, delete: splice.delete }) };
    let splices = view.spliced(at, end, splice.insert.clone());
    view.splice_both(at, delete, splice.insert.encode_utf16().count());
    Ok(splices)
}
