//! What work plans and projects show. Rows are what tables need; a page of one project gets the whole snapshot.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ActivityRow, CommentView, DecisionLink, DraftCard, DraftView, Mark, NamedVersion, PenView, WideRow};
use crate::domain::{
    DocId, EntityId, Framework, PartyCode, Snapshot, When,
    baseline::Line,
    plan::{NotApplied, PlanState},
    project::{self, Fate, ProjectKind, ProjectStatus, SecretariatField},
    tally::Item,
};

/// All plans.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlansView {
    /// The plans, newest period first, ACCSM before ACCSM+3.
    pub plans: Vec<PlanCard>,
}

/// A plan in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanCard {
    /// Its document.
    pub doc: DocId,
    /// Title.
    pub title: String,
    /// Framework.
    pub framework: Framework,
    /// First year.
    pub from: i16,
    /// Last year.
    pub to: i16,
    /// State.
    pub state: Standing<PlanState>,
    /// The plan it goes on from.
    pub previous: Option<DocId>,
    /// When it was adopted.
    pub adopted: Option<When>,
    /// Total published at adoption.
    pub published_total: Option<u32>,
    /// How many projects were in it when the heads adopted it, by what was frozen then.
    pub frozen_total: Option<u32>,
    /// How many are in it today, of those on this device: without the withdrawn, returned and not included ones.
    pub counted: u32,
    /// Projects on this device.
    pub here: u32,
    /// Of those, by shown status (published, or else claimed).
    pub by_status: BTreeMap<ProjectStatus, u32>,
    /// Where its words are.
    pub mark: Mark,
}

/// A state set by acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing<T> {
    /// The state.
    pub state: T,
    /// Whether the act behind it is not acknowledged by the hub yet.
    pub provisional: bool,
}

/// One plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanView {
    /// Its card.
    pub card: PlanCard,
    /// The document: goal, enablers, taxonomy (collection `areas`), acts.
    pub snapshot: Snapshot,
    /// Whether I may write the plan itself.
    pub may_write: bool,
    /// Whether I may propose a project.
    pub may_propose: bool,
    /// Its projects.
    pub rows: Vec<ProjectRow>,
    /// Where each record's words are: entities of the plan's document.
    pub marks: BTreeMap<EntityId, Mark>,
    /// The plan of the other framework for the same period, if it is here.
    pub sibling: Option<DocId>,
    /// States an act of mine may move it to now.
    pub next: Vec<PlanState>,
    /// Its life: every act that moved it or was to move it, in the order in which they take effect.
    pub life: Vec<StepView>,
    /// The projects as they were adopted; none where nothing was frozen.
    pub adopted: Option<Vec<Line>>,
    /// Who writes it.
    pub pen: PenView,
    /// Versions that were given a name.
    pub named: Vec<NamedVersion>,
    /// Reference numbers that this device reserved; none for whoever gives no numbers.
    pub reserved: Option<ReservedView>,
    /// The plan that goes on from it, if it is here, with its title.
    pub next_plan: Option<(DocId, String)>,
    /// Whether I may start that plan.
    pub may_start_next: bool,
    /// Whether I may draft a project for it with my delegation alone.
    pub may_draft: bool,
    /// What my delegation drafts for it.
    pub drafts: Vec<DraftCard>,
}

/// Reference numbers of a plan that this device reserved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReservedView {
    /// What is left of each block: the next number and how many there are.
    pub blocks: Vec<(String, u32)>,
    /// Whether a block waits for the hub: nothing is given from it yet.
    pub provisional: bool,
}

/// A step in a plan's life.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StepView {
    /// The act.
    pub act: EntityId,
    /// To which state.
    pub to: PlanState,
    /// When it was decided.
    pub on: Option<When>,
    /// At which meeting, with its title as far as it is here.
    pub meeting: Option<(DocId, String)>,
    /// By which decision of its report.
    pub decision: Option<DecisionLink>,
    /// Which party recorded it, as far as this device may know.
    pub party: Option<PartyCode>,
    /// Under which chair term; none for the Secretariat.
    pub term: Option<u16>,
    /// When it was recorded: milliseconds since 1970, by the hub once acknowledged, else by the device.
    pub at: u64,
    /// Why.
    pub reason: String,
    /// Whether it waits for the hub: itself, or a version that it froze.
    pub provisional: bool,
    /// Why it is not applied, if it is not.
    pub not_applied: Option<NotApplied>,
    /// Whether the plan has passed there and not been returned since.
    pub stands: bool,
    /// What it froze.
    pub frozen: Option<FrozenView>,
    /// Whether I may freeze it once more, because what it froze may never come to the hub.
    pub may_freeze_again: bool,
}

/// What a step froze.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenView {
    /// How many projects.
    pub count: u32,
    /// The root hash, in hexadecimal.
    pub root: String,
    /// How many versions among them the hub has not acknowledged.
    pub waits: u32,
}

/// A project in a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProjectRow {
    /// Its document.
    pub doc: DocId,
    /// Its plan.
    pub plan: DocId,
    /// Reference number, once assigned.
    pub reference: Option<String>,
    /// Title.
    pub title: String,
    /// Kind.
    pub kind: Option<ProjectKind>,
    /// Lead and co-leads, lead first.
    pub leads: Vec<PartyCode>,
    /// Entity of the plan's taxonomy.
    pub area: Option<EntityId>,
    /// Claimed statuses standing; more than one: to be decided by the lead.
    pub claimed: Vec<ProjectStatus>,
    /// Status published by the Secretariat.
    pub published: Option<Standing<ProjectStatus>>,
    /// First planned start and end ever claimed.
    pub planned: (Option<When>, Option<When>),
    /// Planned start and end now; of several standing claims the earliest made.
    pub current: (Option<When>, Option<When>),
    /// Actual start and end.
    pub actual: (Option<When>, Option<When>),
    /// Remarks.
    pub remarks: String,
    /// Progress note.
    pub note: String,
    /// When its lead last confirmed it.
    pub confirmed: Option<When>,
    /// Carried over from an earlier plan.
    pub carried_from: Option<DocId>,
    /// The project that carries it on, where it was carried over.
    pub carried_to: Option<DocId>,
    /// The project it was merged into.
    pub merged_into: Option<DocId>,
    /// Why the one status that stands was claimed.
    pub reason: String,
    /// Whether I may edit it.
    pub may_write: bool,
    /// Where its words are.
    pub mark: Mark,
    /// Its activities in their order, without the withdrawn ones.
    pub activities: Vec<ActivityRow>,
    /// Whether a status report says that it is completed: its completion report.
    pub reported: bool,
    /// What only the wider columns of a table show.
    pub wide: WideRow,
    /// The schema its document was last written with.
    pub schema: u32,
}

impl ProjectRow {
    /// What of it is counted.
    #[must_use]
    pub fn item(&self) -> Item<'_> {
        Item {
            leads: &self.leads,
            area: self.area,
            funding: self.wide.funding.trim(),
            published: self.published.map(|standing| standing.state),
            claimed: &self.claimed,
            planned: self.current,
            actual: self.actual,
            reported: self.reported,
            confirmed: self.confirmed,
        }
    }

    /// How it stands when its plan is counted or closed.
    #[must_use]
    pub fn fate(&self) -> Fate {
        project::fate(self.published.map(|standing| standing.state), &self.claimed)
    }

    /// What of it a comparison of versions shows.
    #[must_use]
    pub fn line(&self) -> Line {
        Line {
            doc: self.doc,
            title: self.title.clone(),
            leads: self.leads.clone(),
            area: self.area,
            start: self.current.0,
            end: self.current.1,
            status: self.shown(),
        }
    }

    /// The status a table shows: published; else the one claim; else none.
    #[must_use]
    pub fn shown(&self) -> Option<ProjectStatus> {
        self.published.map(|standing| standing.state).or(match self.claimed.as_slice() {
            [one] => Some(*one),
            _ => None,
        })
    }
}

/// One project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProjectView {
    /// Its row.
    pub row: ProjectRow,
    /// The document, whole: root fields, `activities`, `indicators`, `reports`, claims.
    pub snapshot: Snapshot,
    /// The plan's title.
    pub plan_title: String,
    /// The plan's taxonomy: entity, code, title.
    pub areas: Vec<(EntityId, String, String)>,
    /// The project it carries on, with its plan's title.
    pub carried_from: Option<(DocId, String)>,
    /// The project that carries it on.
    pub carried_to: Option<(DocId, String)>,
    /// The project it became one with, with its title.
    pub merged_into: Option<(DocId, String)>,
    /// The projects that became one with it.
    pub merged_from: Vec<(DocId, String)>,
    /// Co-leads that may not write it, where I may let them.
    pub without_pen: Vec<PartyCode>,
    /// What parties say about it, oldest first.
    pub comments: Vec<CommentView>,
    /// Whether I may edit it; false also for a document of a newer schema.
    pub may_write: bool,
    /// Whether I may publish its status.
    pub may_publish: bool,
    /// Whether I may comment.
    pub may_comment: bool,
    /// Where each record's words are: the root under the document's own id read as an entity id.
    pub marks: BTreeMap<EntityId, Mark>,
    /// Statuses I may claim now.
    pub next: Vec<ProjectStatus>,
    /// Every change of its status, as claimed and as published, newest first.
    pub steps: Vec<StatusStepView>,
    /// First and last year of its plan, where the plan says them.
    pub years: Option<(i16, i16)>,
    /// What the Secretariat wrote into its fields of the template, and whether that waits for the hub.
    pub classified: Vec<(SecretariatField, String, bool)>,
    /// Whether its number waits for the hub: then another one may have been given meanwhile.
    pub reference_provisional: bool,
    /// Another project with the same number: only where a hub fell back and the number was given once more meanwhile.
    pub same_number: Option<(DocId, String)>,
    /// The number that I would give it, where it has none and I may.
    pub next_reference: Option<String>,
    /// The meeting at which its sponsoring body endorsed it, with its title as far as it is here.
    pub endorsed_at: Option<(DocId, String)>,
    /// How it stands as a draft of my delegation; none for a project.
    pub draft: Option<DraftView>,
}

/// Whether a status was claimed or published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Said {
    /// By the lead.
    Claimed,
    /// By the Secretariat.
    Published,
}

/// A change of a project's status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusStepView {
    /// The claim or act.
    pub id: EntityId,
    /// Which of the two.
    pub said: Said,
    /// To which status.
    pub to: ProjectStatus,
    /// For which date, or when it was decided.
    pub on: Option<When>,
    /// At which meeting, with its title as far as it is here.
    pub meeting: Option<(DocId, String)>,
    /// By which decision of its report.
    pub decision: Option<DecisionLink>,
    /// Which party said it, as far as this device may know.
    pub party: Option<PartyCode>,
    /// When it was recorded: milliseconds since 1970, by the hub where it told, else by the device.
    pub at: u64,
    /// Why.
    pub reason: String,
    /// On what it rests.
    pub evidence: String,
    /// Whether it stands now.
    pub stands: bool,
    /// Whether it waits for the hub.
    pub provisional: bool,
    /// Whether it could not follow what it met, and was not applied.
    pub not_applied: bool,
}
