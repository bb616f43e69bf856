//! Reference numbers of projects: stated as facts by the Secretariat, and taken by the hub once.

use std::collections::BTreeSet;

use super::{Engine, outbox::Body, refuse, rows::Shown};
use crate::{
    domain::{
        DocId, Fact,
        project::reference::{self, Block},
    },
    engine::api::{CommandId, ProjectRow, Refusal, ReservedView},
};

/// A reservation in words, for who reads that it was refused.
pub(super) fn told(blocks: &[Block]) -> String {
    let told = |block: &Block| {
        let Block { prefix, first, last } = block;
        format!("{} – {}", reference::number(prefix, *first), reference::number(prefix, *last))
    };
    blocks.iter().map(told).collect::<Vec<_>>().join(", ")
}

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
        let given: Vec<&str> = self.catalogue.numbers.values().map(String::as_str).collect();
        // First what nobody else can give meanwhile.
        let own = self.own_blocks(project.plan).filter(|block| reference::same(&block.prefix, &prefix));
        let own = own.flat_map(|block| block.free(&given)).next();
        Some(own.unwrap_or_else(|| reference::number(&prefix, self.above(&prefix))))
    }

    /// The running number above all that were given or reserved with a prefix.
    fn above(&self, prefix: &str) -> u32 {
        let given = self.catalogue.numbers.values().map(String::as_str);
        reference::next(prefix, given, self.catalogue.reserved.iter().map(|(.., block)| block))
    }

    /// The numbers of a plan that this device has for itself, as far as the hub said so.
    fn own_blocks(&self, plan: DocId) -> impl Iterator<Item = &Block> {
        let own = self.account.as_ref().map(|account| account.device);
        let mine = move |(device, of, _): &&(_, DocId, Block)| Some(*device) == own && *of == plan;
        self.acknowledged.reserved.iter().filter(mine).map(|(.., block)| block)
    }

    /// What is left of them.
    pub(super) fn reserved(&self, plan: DocId) -> Option<ReservedView> {
        if !self.is_secretariat() {
            return None;
        }
        let given: Vec<&str> = self.catalogue.numbers.values().map(String::as_str).collect();
        let left = |block: &Block| {
            let mut free = block.free(&given);
            Some((free.next()?, u32::try_from(free.count()).ok()?.saturating_add(1)))
        };
        let blocks = self.own_blocks(plan).filter_map(left).collect();
        Some(ReservedView { blocks, provisional: self.catalogue.reserved.len() > self.acknowledged.reserved.len() })
    }

    /// Reserves the next numbers of every area of a plan for this device. Not queued: without the hub nothing is reserved.
    pub(super) fn reserve_numbers(&mut self, command: CommandId, plan: DocId, count: u32) -> Result<(), Refusal> {
        if self.welcomed.is_none() {
            return Err(refuse("offline", "numbers are reserved at the hub"));
        }
        let device = self.account.as_ref().map(|account| account.device);
        let device = device.ok_or_else(|| refuse("not-joined", "no account"))?;
        let row = self.plan_row(plan).ok_or_else(|| refuse("unknown-document", plan.to_string()))?;
        let areas = row.areas.iter().map(|(_, code, _)| code.as_str()).chain([""]);
        let mut blocks: Vec<Block> = Vec::new();
        for area in areas {
            let prefix = reference::prefix(row.card.framework, row.card.from, row.card.to, area);
            let first = self.above(&prefix);
            // Two areas with one code have one block.
            if !blocks.iter().any(|block| reference::same(&block.prefix, &prefix)) {
                blocks.push(Block { prefix, first, last: first.saturating_add(count.max(1) - 1) });
            }
        }
        let fact = Fact::Reserve { device, plan, blocks };
        self.may_state(&fact).map_err(|why| refuse(why.word(), why.to_string()))?;
        let bytes = fact.to_bytes();
        self.queue(command, plan, Fact::hash(&bytes), BTreeSet::new(), Body::Fact { fact, bytes });
        self.recatalogue();
        Ok(())
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
            | Shown::Voice(_)
            | Shown::Draft(_)
            | Shown::Person(_) => None,
        }
    }
}
