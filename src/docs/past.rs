//! A document as it was: with some of its changes, and without those that came after them.
//!
//! Nothing of it is kept, and a change counts only together with all that it builds on.

use std::collections::BTreeSet;

use automerge::ChangeHash;

use super::{
    doc::{Doc, Hash},
    error::DocsError,
    genesis,
};
use crate::domain::Snapshot;

impl Doc {
    /// What it said when only the changes that `here` picks were in it; none where nobody had written anything. `order` is
    /// as for [`Doc::snapshot`].
    ///
    /// # Errors
    /// [`DocsError::Automerge`] when the document's containers are not what they must be.
    pub fn past(
        &self,
        here: &dyn Fn(&Hash) -> bool,
        order: &dyn Fn(&Hash) -> Option<u64>,
    ) -> Result<Option<Snapshot>, DocsError> {
        let (mut within, mut heads) = (BTreeSet::new(), BTreeSet::new());
        let mut written = false;
        for change in self.automerge.get_changes_meta(&[]) {
            let fixed = genesis::is_fixed(self.kind, &change.hash.0);
            if (fixed || here(&change.hash.0)) && change.deps.iter().all(|dep| within.contains(dep)) {
                for dep in &change.deps {
                    heads.remove(dep);
                }
                within.insert(change.hash);
                heads.insert(change.hash);
                written |= !fixed;
            }
        }
        if !written {
            return Ok(None);
        }
        let heads: Vec<ChangeHash> = heads.into_iter().collect();
        self.at(&heads, order).map(Some)
    }

    /// What it said at these heads.
    pub(super) fn at(&self, heads: &[ChangeHash], order: &dyn Fn(&Hash) -> Option<u64>) -> Result<Snapshot, DocsError> {
        super::read::snapshot(self, Some(heads), order)
    }
}
