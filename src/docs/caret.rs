//! Where a caret stands in a text that others change: said as a position at the heads of whoever says it, and carried from
//! there to the present by what was changed since.
//!
//! Automerge's own cursors will not do: one that is of another text stops it hard, and they come from other devices.

use automerge::{ChangeHash, PatchAction, ReadDoc};

use super::{doc::Doc, read, write};
use crate::domain::At;

/// Most heads of which a caret is taken: more say that somebody makes fun of us.
const MOST: usize = 8;

impl Doc {
    /// Where a position (UTF-16 units) in a prose field at earlier heads is now: before what was typed exactly there. None where
    /// there is no such text, or where this document has not got all that was there.
    #[must_use]
    pub fn carried(&self, at: &At, heads: &[[u8; 32]], unit: u32) -> Option<u32> {
        let target = write::target(self, at.entity).ok()?;
        write::field(self, target.collection.map(|collection| collection.name), &at.field).ok()?;
        let text = read::text_object(&self.automerge, &target.record, &at.field).ok()??;
        if heads.is_empty() || heads.len() > MOST || !heads.iter().all(|head| self.has(head)) {
            return None;
        }
        let before: Vec<ChangeHash> = heads.iter().map(|head| ChangeHash(*head)).collect();
        let mut place = unit as usize;
        for patch in self.automerge.diff_obj(&text, &before, &self.automerge.get_heads(), false).ok()? {
            match patch.action {
                PatchAction::SpliceText { index, value, .. } if index < place => {
                    place += value.make_string().encode_utf16().count();
                }
                PatchAction::DeleteSeq { index, length } if index < place => {
                    place = place.saturating_sub(length).max(index);
                }
                PatchAction::SpliceText { .. } | PatchAction::DeleteSeq { .. } => {}
                PatchAction::PutMap { .. }
                | PatchAction::PutSeq { .. }
                | PatchAction::Insert { .. }
                | PatchAction::Increment { .. }
                | PatchAction::Conflict { .. }
                | PatchAction::DeleteMap { .. }
                | PatchAction::Mark { .. } => return None,
            }
        }
        u32::try_from(place.min(self.automerge.length(&text))).ok()
    }
}
