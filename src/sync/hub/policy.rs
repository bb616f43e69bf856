//! What the protocol asks of the layer that knows the domain.

use super::super::frame::Id;

/// What a fact does to the protocol's own bookkeeping.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It makes this document exist.
    Makes(Id),
    /// Nothing the protocol keeps account of.
    Other,
}

/// Who may append what, and who may know what is there already: an answer must not say more than a log would. One value serves one [`super::Batch`]: it starts from the committed facts and takes in those
/// admitted to the batch.
pub trait Policy: Clearance {
    /// Judges a fact offered by a device (none: the hub itself).
    ///
    /// # Errors
    ///
    /// The stable word why it may not stand: `malformed`, `not-entitled`, …
    fn judge(&self, device: Option<Id>, body: &[u8]) -> Result<Effect, &'static str>;

    /// Judges a fact that this hub once took and lost: not by rights, only whether it reads and still says something.
    ///
    /// # Errors
    /// The stable word why it may not stand.
    fn recall(&self, body: &[u8]) -> Result<Effect, &'static str>;

    /// A fact that was judged well is in the batch: it counts for whatever follows there.
    fn fold(&mut self, body: &[u8]);

    /// Whether a device may write a document now.
    fn may_write(&self, device: Id, doc: Id) -> bool;
}

/// Who may receive what, as of one number and one time.
pub trait Clearance {
    /// Whether a device may receive a document's content and the fact that it exists.
    fn reads(&self, device: Id, doc: Id) -> bool;

    /// Whether a device may receive a fact that makes no document.
    fn sees(&self, device: Id, fact: &[u8]) -> bool;
}
