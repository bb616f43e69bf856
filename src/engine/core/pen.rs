//! The pen of a plan: for a round, the chair or the Secretariat lets every focal point write the plan itself, its goal and its
//! priority areas. Projects stay their leads'.

use std::collections::BTreeSet;

use super::{Engine, outbox::Body, refuse};
use crate::{
    domain::{DocId, DocKind, EntityId, Fact, Writer},
    engine::api::{CommandId, PenView, Refusal},
};

impl Engine {
    /// The grants by which a plan's pen is open: two, where two people opened it apart.
    fn pens(&self, plan: DocId) -> Vec<EntityId> {
        let grants = self.catalogue.grants.iter();
        let of_plan = grants.filter(|(_, (doc, writer))| *doc == plan && *writer == Writer::FocalPoints);
        of_plan.map(|(grant, _)| *grant).collect()
    }

    /// How the pen of a plan stands.
    pub(super) fn pen(&self, plan: DocId) -> PenView {
        let pens = self.pens(plan);
        let known = |grant: &EntityId| self.acknowledged.grants.contains_key(grant);
        let closing = self.acknowledged.grants.iter().any(|(grant, (doc, writer))| {
            *doc == plan && *writer == Writer::FocalPoints && !self.catalogue.grants.contains_key(grant)
        });
        let asked = Fact::Grant { id: EntityId::from_bytes([0; 16]), doc: plan, writer: Writer::FocalPoints };
        PenView {
            open: !pens.is_empty(),
            provisional: closing || pens.iter().any(|grant| !known(grant)),
            may: self.may_state(&asked).is_ok(),
        }
    }

    /// Opens the pen of a plan to all focal points, or closes it. As it already stands: nothing is said.
    pub(super) fn set_pen(&mut self, command: CommandId, plan: DocId, open: bool) -> Result<(), Refusal> {
        if self.entry(plan).is_none_or(|entry| entry.kind != DocKind::Plan) {
            return Err(refuse("unknown-document", plan.to_string()));
        }
        let pens = self.pens(plan);
        let facts: Vec<Fact> = match (open, pens.is_empty()) {
            (true, true) => vec![Fact::Grant { id: self.fresh_id(), doc: plan, writer: Writer::FocalPoints }],
            (false, false) => pens.into_iter().map(|grant| Fact::Ungrant { grant }).collect(),
            (true, false) | (false, true) => Vec::new(),
        };
        for fact in facts {
            self.may_state(&fact).map_err(|why| refuse(why.word(), why.to_string()))?;
            let bytes = fact.to_bytes();
            self.queue(command, plan, Fact::hash(&bytes), BTreeSet::new(), Body::Fact { fact, bytes });
        }
        self.recatalogue();
        Ok(())
    }
}
