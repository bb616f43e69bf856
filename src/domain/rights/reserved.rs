//! Reference numbers that a device has for itself.

use super::NotYours;
use crate::domain::{
    catalogue::Catalogue,
    fact::Fact,
    id::{DeviceId, DocId},
    kind::DocKind,
    project::reference::Block,
};

/// One reservation names so many blocks at most: a plan has a handful of areas.
pub(super) const MOST_BLOCKS: usize = 50;

impl Catalogue {
    /// Whether numbers of a plan may be reserved, where `allowed` says whether by whom and for which device.
    pub(super) fn may_reserve(
        &self,
        plan: DocId,
        blocks: &[Block],
        allowed: Result<(), NotYours>,
    ) -> Result<(), NotYours> {
        let entry = self.docs.get(&plan).ok_or(NotYours::UnknownDoc)?;
        let fits = entry.kind == DocKind::Plan && blocks.iter().all(Block::fits) && !blocks.is_empty();
        if !fits || blocks.len() > MOST_BLOCKS {
            return Err(NotYours::BadShape);
        }
        // Rights before what is taken, as with a number.
        allowed?;
        let taken = |block: &Block| {
            self.reserved.iter().any(|(.., other)| other.meets(block))
                || self.numbers.values().any(|reference| block.holds(reference))
        };
        if blocks.iter().any(taken) { Err(NotYours::NumberTaken) } else { Ok(()) }
    }

    /// Whether a device may state what its person may: a number that another device has for itself is not its to give, and it
    /// reserves none for another.
    ///
    /// # Errors
    /// [`NotYours`] says why not.
    pub fn may_state_from(&self, device: DeviceId, fact: &Fact) -> Result<(), NotYours> {
        match fact {
            Fact::Number { reference, .. }
                if self.reserved.iter().any(|(of, _, block)| *of != device && block.holds(reference)) =>
            {
                Err(NotYours::NumberTaken)
            }
            Fact::Reserve { device: of, .. } if *of != device => Err(NotYours::NoRight),
            Fact::Number { .. }
            | Fact::Reserve { .. }
            | Fact::Workspace { .. }
            | Fact::Member { .. }
            | Fact::Term { .. }
            | Fact::Appoint { .. }
            | Fact::End { .. }
            | Fact::Device { .. }
            | Fact::Owner { .. }
            | Fact::Revoke { .. }
            | Fact::Doc { .. }
            | Fact::Grant { .. }
            | Fact::Ungrant { .. } => Ok(()),
        }
    }
}
