//! Decisions and actions: what goes up to the next meeting and comes back, and what parties are to do.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{ActionStatus, Hash, Outcome, ParagraphKind, Recorded, ReportAct, of_act};
use crate::domain::{
    act::{ActRecord, in_order},
    canon,
    id::EntityId,
    meeting::Verb,
    party::PartyCode,
    record::Record,
    when::{Date, When},
};

use super::FrozenLine;

/// A decision or an action, as its report says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// The paragraph.
    pub id: EntityId,
    /// Its number, where it is frozen; else it follows from the order of the report.
    pub number: Option<u32>,
    /// Decision or action.
    pub kind: ParagraphKind,
    /// The verb.
    pub verb: Option<Verb>,
    /// The words.
    pub text: String,
    /// Who is to act.
    pub party: Option<PartyCode>,
    /// By when.
    pub due: Option<When>,
    /// The paragraph of an earlier report that it carries on.
    pub carries: Option<EntityId>,
    /// The hash of what it says.
    pub of: Hash,
    /// Whether it was withdrawn.
    pub withdrawn: bool,
}

impl Point {
    /// Of a paragraph that is one.
    #[must_use]
    pub fn of(record: &Record) -> Option<Self> {
        let kind = record.read("kind")?;
        matters(kind).then_some(())?;
        Some(Self {
            id: record.id?,
            number: None,
            kind,
            verb: record.read("verb"),
            text: record.text("text").to_owned(),
            party: record.read("party"),
            due: record.read("due"),
            carries: record.read("carries"),
            of: canon::paragraph(record),
            withdrawn: record.withdrawn.is_some(),
        })
    }

    /// Of an adopted paragraph that is one.
    #[must_use]
    pub fn adopted(line: &FrozenLine) -> Option<Self> {
        let kind = line.kind();
        matters(kind).then(|| Self {
            id: line.id,
            number: Some(line.number),
            kind,
            verb: line.verb(),
            text: line.text.clone(),
            party: line.party(),
            due: line.due(),
            carries: line.carries,
            of: line.of(),
            withdrawn: false,
        })
    }

    /// Whether it goes up to the meeting that its own reports to.
    #[must_use]
    pub fn rises(&self) -> bool {
        self.kind == ParagraphKind::Decision && self.verb == Some(Verb::Endorsed) && !self.withdrawn
    }
}

const fn matters(kind: ParagraphKind) -> bool {
    match kind {
        ParagraphKind::Decision | ParagraphKind::Action => true,
        ParagraphKind::Discussion
        | ParagraphKind::Reservation
        | ParagraphKind::Intervention
        | ParagraphKind::Release => false,
    }
}

/// The first of a chain of paragraphs that carry each other on, by what each carries on. A circle, which only hands apart
/// can make, is named by the least of it.
#[must_use]
pub fn first_of(id: EntityId, carries: &BTreeMap<EntityId, EntityId>) -> EntityId {
    let (mut now, mut passed) = (id, BTreeSet::new());
    while let Some(before) = carries.get(&now) {
        if !passed.insert(now) {
            return passed.into_iter().filter(|id| in_circle(*id, carries)).min().unwrap_or(now);
        }
        now = *before;
    }
    now
}

fn in_circle(id: EntityId, carries: &BTreeMap<EntityId, EntityId>) -> bool {
    let mut now = id;
    for _ in 0..carries.len() {
        match carries.get(&now) {
            Some(before) if *before == id => return true,
            Some(before) => now = *before,
            None => return false,
        }
    }
    false
}

/// What became of a decision, and by which act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recording {
    /// What.
    pub outcome: Outcome,
    /// The act that took effect last.
    pub by: Option<(ActRecord, Recorded)>,
    /// Acts that are listed and not applied: somebody else's came first.
    pub not_applied: Vec<EntityId>,
}

/// What became of a decision at the meeting to which it went up, by the acts there on any of the paragraphs that are this
/// decision. The first in the hub's order counts until it is taken back.
#[must_use]
pub fn result(acts: &[ActRecord], decision: &BTreeSet<EntityId>) -> Recording {
    let mut now = Recording { outcome: Outcome::Pending, by: None, not_applied: Vec::new() };
    for act in in_order(acts) {
        let Some(ReportAct::Record(recorded)) = of_act(act) else { continue };
        if !act.target.is_some_and(|target| decision.contains(&target)) {
            continue;
        }
        if now.outcome.next().contains(&recorded.to) {
            now.outcome = recorded.to;
            now.by = Some((act.clone(), *recorded));
        } else {
            now.not_applied.push(act.id);
        }
    }
    now
}

/// How an action stands by what its party said last of any of the paragraphs that are this action. What others say of it
/// counts for nothing.
#[must_use]
pub fn progress(
    said: &[(PartyCode, ActRecord)],
    action: &BTreeSet<EntityId>,
    party: Option<&PartyCode>,
) -> (ActionStatus, Option<ActRecord>) {
    let mine = said.iter().filter(|(by, act)| Some(by) == party && act.target.is_some_and(|it| action.contains(&it)));
    let last = mine
        .filter_map(|(_, act)| match of_act(act)? {
            ReportAct::Progress(to) => Some((*to, act)),
            _ => None,
        })
        .max_by_key(|(_, act)| (act.number.unwrap_or(u64::MAX), act.id));
    last.map_or((ActionStatus::Open, None), |(to, act)| (to, Some(act.clone())))
}

/// Whether an action is late.
#[must_use]
pub fn overdue(due: Option<When>, status: ActionStatus, today: Date) -> bool {
    status != ActionStatus::Done && due.is_some_and(|due| due.bounds().1 < today)
}
