//! What the machine begins with.

use std::collections::BTreeSet;

use super::super::{Cursor, frame::Id, history::History};

/// What a device keeps between runs, and who it is.
#[derive(Debug, Clone)]
pub struct Start {
    /// The device.
    pub device: Id,
    /// Its token.
    pub token: Vec<u8>,
    /// The workspace, once welcomed.
    pub workspace: Option<Id>,
    /// All entries up to here are durable.
    pub cursor: Cursor,
    /// Documents whose content must be fetched whole.
    pub missing: BTreeSet<Id>,
    /// What it passed on its way.
    pub history: History,
    /// Changes numbered up to here are not to be told one by one, but fetched with their documents; all that there are
    /// for the highest number.
    pub apart: u64,
}
