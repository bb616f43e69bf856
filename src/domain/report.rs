//! Reports of meetings: numbered paragraphs in the order of the agenda, agreed one by one, adopted as they stood, and what
//! was decided in them.
//!
//! The number of a paragraph is derived and its id is its identity. Whatever carries authority is an act that names the hash
//! of the words it is about, so that no later word is ever agreed, adopted or decided by it.

mod agreed;
mod annexes;
mod frozen;
mod outline;
mod points;

use serde::{Deserialize, Serialize};

use super::{
    act::{Act, ActRecord, Folded, fold},
    baseline::Baseline,
    id::{DocId, EntityId},
    kind::words,
    meeting::{MeetingType, ReportState},
};

pub use agreed::{Agreed, Hash, agreed, answer, stands};
pub use annexes::{Annex, annexes};
pub use frozen::{FrozenLine, FrozenPart, MANIFEST_MAX, Manifest, Written, frozen};
pub use outline::{Entry, Part, is_release, items, outline};
pub use points::{Point, Recording, first_of, overdue, progress, result};

words! {
    /// What a paragraph is.
    ParagraphKind {
        /// What was discussed.
        Discussion = "discussion",
        /// What was decided.
        Decision = "decision",
        /// What a party is to do.
        Action = "action",
        /// What a party reserved.
        Reservation = "reservation",
        /// What a party said.
        Intervention = "intervention",
        /// A paragraph of the media release: no part of the report, and cleared by the Chair.
        Release = "release",
    }
    /// What is said of a paragraph by authority.
    AgreeStep {
        /// It is agreed as it stands.
        Agreed = "AGREED",
        /// It is open again.
        Reopened = "REOPENED",
    }
    /// Who decides at a meeting.
    Level {
        /// Focal points.
        FocalPoints = "focal-points",
        /// Senior officials.
        SeniorOfficials = "senior-officials",
        /// Heads of civil service.
        Heads = "heads",
    }
    /// What became of a decision at the meeting that it went up to.
    Outcome {
        /// Nothing yet.
        Pending = "PENDING",
        /// Adopted.
        Adopted = "ADOPTED",
        /// Noted.
        Noted = "NOTED",
        /// Adopted with changes.
        Amended = "AMENDED",
        /// Sent back.
        Returned = "RETURNED",
    }
    /// How an action stands, by its party.
    ActionStatus {
        /// Nothing is said of it.
        Open = "OPEN",
        /// Begun.
        Ongoing = "ONGOING",
        /// Done.
        Done = "DONE",
    }
    /// What was answered to a suggestion.
    Answered {
        /// Its words were taken.
        Accepted = "ACCEPTED",
        /// They were not.
        Declined = "DECLINED",
    }
    /// What a party suggests of a paragraph.
    SuggestionKind {
        /// Other words.
        Amend = "amend",
        /// To leave it out.
        Delete = "delete",
    }
}

impl Level {
    /// The level of a meeting; none where it decides nothing for ACCSM.
    #[must_use]
    pub const fn of(meeting: MeetingType) -> Option<Self> {
        use MeetingType as M;
        match meeting {
            M::FocalPoints | M::FocalPointsPlus3 | M::Preparatory => Some(Self::FocalPoints),
            M::Som | M::SomPlus3 => Some(Self::SeniorOfficials),
            M::Hcs | M::HcsPlus3 | M::HcsRetreat => Some(Self::Heads),
            M::GoodGovernanceForum | M::PstiHeads | M::Workshop | M::Special => None,
        }
    }
}

impl Outcome {
    /// What may follow. What was recorded in error is taken back first.
    #[must_use]
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::Pending => &[Self::Adopted, Self::Noted, Self::Amended, Self::Returned],
            Self::Adopted | Self::Noted | Self::Amended | Self::Returned => &[Self::Pending],
        }
    }

    /// Whether the decision still waits for something.
    #[must_use]
    pub const fn open(self) -> bool {
        match self {
            Self::Pending | Self::Returned => true,
            Self::Adopted | Self::Noted | Self::Amended => false,
        }
    }
}

impl ReportState {
    /// Whether its text is what was adopted, or sent to be adopted.
    #[must_use]
    pub const fn frozen(self) -> bool {
        match self {
            Self::Drafting | Self::Shown | Self::Agreed => false,
            Self::Adopted | Self::AdReferendum | Self::Final => true,
        }
    }

    /// Whether every paragraph must be agreed first.
    #[must_use]
    pub const fn needs_all_agreed(self) -> bool {
        match self {
            Self::Drafting | Self::Shown | Self::Final => false,
            Self::Agreed | Self::Adopted | Self::AdReferendum => true,
        }
    }

    /// Whether the step to it freezes the text.
    #[must_use]
    pub const fn freezes(self) -> bool {
        match self {
            Self::Drafting | Self::Shown | Self::Agreed | Self::Final => false,
            Self::Adopted | Self::AdReferendum => true,
        }
    }
}

/// What is said of a paragraph, and of which words of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// What.
    pub to: AgreeStep,
    /// SHA-256 of what the paragraph said ([`super::canon::paragraph`]).
    pub of: Hash,
}

/// A step in the life of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportStep {
    /// To which state.
    pub to: ReportState,
    /// What was before the meeting, where the step freezes it: the manifest is a [`Manifest`].
    pub frozen: Option<Baseline>,
}

/// What a meeting made of a decision that came up to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// What.
    pub to: Outcome,
    /// The session in whose report the decision stands.
    pub from: DocId,
    /// SHA-256 of what it said.
    pub of: Hash,
}

/// By which decision a step in a plan's life or a published status was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecidedBy {
    /// At which meeting.
    pub meeting: DocId,
    /// The paragraph of its report.
    pub paragraph: EntityId,
}

/// What is done by authority in a report and about what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReportAct {
    /// Says of the paragraph that the act targets that it is agreed, or open again.
    Agree(Agreement),
    /// Moves the report.
    Step(ReportStep),
    /// Answers the suggestion that the act targets.
    Answer(Answered),
    /// Records what became of the decision that the act targets.
    Record(Recorded),
    /// Says how the action that the act targets stands, in the voice of its party.
    Progress(ActionStatus),
    /// Corrects an adopted report by the words that are to be read; the target is the paragraph, if it is one.
    Correct(String),
    /// Says, in a plan, by which decision the step or the published status was decided that the act targets.
    Decide(DecidedBy),
}

impl ReportAct {
    /// The stable word of this kind of act, as documents hold it.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Agree(_) => "agree-paragraph",
            Self::Step(_) => "move-report",
            Self::Answer(_) => "answer-suggestion",
            Self::Record(_) => "record-result",
            Self::Progress(_) => "report-action",
            Self::Correct(_) => "correct-report",
            Self::Decide(_) => "name-decision",
        }
    }

    /// What it says, for whoever is to read it again.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Agree(agreement) => agreement.to.to_string(),
            Self::Step(step) => step.to.to_string(),
            Self::Answer(to) => to.to_string(),
            Self::Record(recorded) => recorded.to.to_string(),
            Self::Progress(to) => to.to_string(),
            Self::Correct(reads) => reads.clone(),
            Self::Decide(_) => String::new(),
        }
    }
}

/// What an act does in a report, where it is one of these.
#[must_use]
pub fn of_act(act: &ActRecord) -> Option<&ReportAct> {
    match act.act.as_ref()? {
        Act::Report(what) => Some(what),
        _ => None,
    }
}

/// The report's state by the session's acts; the first may set any.
#[must_use]
pub fn state(acts: &[ActRecord]) -> Folded<ReportState> {
    fold(acts, ReportState::Drafting, |state, act| match of_act(act) {
        Some(ReportAct::Step(step)) => Some(state.next().contains(&step.to).then_some(step.to)),
        _ => None,
    })
}

/// An act without the manifest in it: for whoever needs to know of the step and not of every word.
#[must_use]
pub fn without_manifest(act: &ActRecord) -> ActRecord {
    let mut act = act.clone();
    if let Some(Act::Report(ReportAct::Step(ReportStep { frozen: Some(frozen), .. }))) = &mut act.act {
        frozen.manifest.clear();
    }
    act
}

/// By which decision each step of a plan and each published status was decided: the last that was named for it counts.
#[must_use]
pub fn decided(acts: &[ActRecord]) -> std::collections::BTreeMap<EntityId, DecidedBy> {
    let named = |act: &ActRecord| match of_act(act)? {
        ReportAct::Decide(by) => Some((act.target?, *by)),
        _ => None,
    };
    super::act::in_order(acts).into_iter().filter_map(named).collect()
}

#[cfg(test)]
mod tests;
