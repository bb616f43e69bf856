//! Reference numbers of projects: stated as facts by the Secretariat, and taken by the hub once.

use std::collections::BTreeSet;

use super::{Engine, outbox::Body, refuse, rows::Shown};
use crate::{
    domain::{DocId, Fact, project::reference},
    engine::api::{CommandId, ProjectRow, Refusal},
};

impl Engine {
    /// Gives a project its number. It shows at once and is provisional until the hub has taken it: somebody else of the
    /// Secretariat may have given the same number, or this project another one, and then that one stands.
    pub(super) fn assign_number(&mut self, command: CommandId, project: DocId, number: &str) -> Result<(), Refusal> {
        let reference = number.trim().to_owned();
        if !reference::fits(&reference) {
            return Err(refuse("bad-value", "no reference number"));
        }
        let fact = Fact::Number { doc: project, reference };
        self.may_state(&fact).map_err(|why| refuse(why.word(), why.to_string()))?;
        let bytes = fact.to_bytes();
        self.queue(command, project, Fact::hash(&bytes), BTreeSet::new(), Body::Fact { fact, bytes });
        self.recatalogue();
        Ok(())
    }

    /// The number that this person would give a project; none where it has one, or it is not theirs to give.
    pub(super) fn next_reference(&self, project: &ProjectRow) -> Option<String> {
        if self.catalogue.numbers.contains_key(&project.doc) || !self.is_secretariat() {
            return None;
        }
        let plan = self.plan_row(project.plan)?;
        let area = plan.areas.iter().find(|(id, ..)| Some(*id) == project.area).map_or("", |(_, code, _)| code);
        let prefix = reference::prefix(plan.card.framework, plan.card.from, plan.card.to, area);
        Some(reference::next(&prefix, self.catalogue.numbers.values().map(String::as_str)))
    }

    /// Another project that has a project's number. The hub gives none twice; but one that it gave, lost and was given back has
    /// a number of before, and so may a project that was numbered meanwhile. Both are kept.
    pub(super) fn same_number(&self, project: DocId) -> Option<DocId> {
        let own = self.catalogue.numbers.get(&project)?;
        let same = self.catalogue.numbers.iter().find(|(doc, other)| **doc != project && reference::same(own, other));
        same.map(|(doc, _)| *doc)
    }

    /// Whether a project's number waits for the hub.
    pub(super) fn reference_provisional(&self, project: DocId) -> bool {
        self.catalogue.numbers.contains_key(&project) && !self.acknowledged.numbers.contains_key(&project)
    }

    /// A project's row, if it is here.
    pub(super) fn project_row(&self, doc: DocId) -> Option<&ProjectRow> {
        match &self.rows.get(&doc)?.shown {
            Shown::Project(row) => Some(row),
            Shown::Plan(_)
            | Shown::Meeting(_)
            | Shown::Session { .. }
            | Shown::Register(_)
            | Shown::Unlisted
            | Shown::Draft(_) => None,
        }
    }
}
