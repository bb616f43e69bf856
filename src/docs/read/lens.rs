//! A document as it is, or as it was: by its own history, without a copy of it.

use automerge::{Automerge, ChangeHash, ObjId, ReadDoc, Value};

use crate::docs::error::DocsError;

/// What is read, and at which heads; none: as it is.
#[derive(Debug, Clone, Copy)]
pub(in crate::docs) struct Lens<'a> {
    pub automerge: &'a Automerge,
    pub heads: Option<&'a [ChangeHash]>,
}

impl<'a> Lens<'a> {
    /// The document as it is.
    pub const fn now(automerge: &'a Automerge) -> Self {
        Self { automerge, heads: None }
    }

    pub fn keys(&self, object: &ObjId) -> Vec<String> {
        match self.heads {
            None => self.automerge.keys(object).collect(),
            Some(heads) => self.automerge.keys_at(object, heads).collect(),
        }
    }

    pub fn get_all(&self, object: &ObjId, key: &str) -> Result<Vec<(Value<'a>, ObjId)>, DocsError> {
        Ok(match self.heads {
            None => self.automerge.get_all(object, key)?,
            Some(heads) => self.automerge.get_all_at(object, key, heads)?,
        })
    }

    pub fn text(&self, object: &ObjId) -> Result<String, DocsError> {
        Ok(match self.heads {
            None => self.automerge.text(object)?,
            Some(heads) => self.automerge.text_at(object, heads)?,
        })
    }
}
