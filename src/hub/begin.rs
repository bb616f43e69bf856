//! The first entries of a workspace: the sample record whole, or the parties and chair terms that everyone knows.

use super::{
    clock,
    core::{Core, Own, fact_item, header},
    error::HubError,
    sample::{self, Sample},
    secret,
};
use crate::{
    domain::{Fact, WorkspaceId},
    sync::frame::Item,
};

/// What a workspace of one's own is called until someone names it.
const NAME: &str = "ACCSM";
/// What the sample is called.
const SAMPLE: &str = "ACCSM sample record";

/// What to begin with.
#[derive(Debug)]
pub struct Beginning(Vec<Own>);

impl Beginning {
    /// The public record of ACCSM, to try things out.
    ///
    /// # Errors
    /// When the record does not hold together.
    pub fn sample(id: WorkspaceId) -> Result<Self, HubError> {
        let sample = load()?;
        let first = Fact::Workspace { id, name: SAMPLE.to_owned(), sample: true, stated: 0 };
        let facts = std::iter::once(&first).chain(&sample.facts).map(fact_item).collect();
        let mut changes = Vec::new();
        for document in sample.documents {
            let doc = document.id.to_bytes().into();
            for body in document.changes {
                let header = header(document.kind, &body)
                    .map_err(|why| HubError::Sample(format!("a change of {}: {why}", document.id)))?;
                changes.push(Item::change(doc, header.hash.into(), body));
            }
        }
        let device = Some(sample.device.to_bytes().into());
        Ok(Self(vec![Own { device: None, items: facts }, Own { device, items: changes }]))
    }

    /// A workspace of one's own: who takes part and who is in the chair, and nothing else.
    ///
    /// # Errors
    /// When the record of these does not hold together.
    pub fn own(id: WorkspaceId) -> Result<Self, HubError> {
        let known = |fact: &&Fact| matches!(fact, Fact::Member { .. } | Fact::Term { .. });
        let first = Fact::Workspace { id, name: NAME.to_owned(), sample: false, stated: 0 };
        let items = std::iter::once(&first).chain(load()?.facts.iter().filter(known)).map(fact_item).collect();
        Ok(Self(vec![Own { device: None, items }]))
    }

    /// Appends it, whole or not at all.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn append(self, core: &Core) -> Result<(), HubError> {
        Ok(core.state(self.0).await?)
    }
}

fn load() -> Result<Sample, HubError> {
    sample::load().map_err(|error| HubError::Sample(error.to_string()))
}

/// A fresh workspace's id.
///
/// # Errors
/// When the system gives no random bytes.
pub fn id() -> Result<WorkspaceId, HubError> {
    Ok(WorkspaceId::fresh(clock::now(), secret::random()?))
}
