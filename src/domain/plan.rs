//! Work plans: their life from the first draft to the close, and who may move them from one state to the next.

use serde::{Deserialize, Serialize};

use super::{
    act::{Act, ActRecord, Sets, in_order},
    baseline::Baseline,
    id::{DocId, EntityId},
    kind::words,
    meeting::MeetingType,
    when::When,
};

words! {
    /// Where a work plan is in its life.
    PlanState {
        /// Being written.
        Drafting = "DRAFTING",
        /// With the focal points.
        Consultation = "CONSULTATION",
        /// Cleared by the focal points.
        FpCleared = "FP_CLEARED",
        /// Endorsed by the senior officials.
        SomEndorsed = "SOM_ENDORSED",
        /// Adopted by the heads of civil service.
        HcsAdopted = "HCS_ADOPTED",
        /// Being carried out.
        InForce = "IN_FORCE",
        /// After the mid-term review.
        MidTermReviewed = "MID_TERM_REVIEWED",
        /// After the final review.
        FinalReviewed = "FINAL_REVIEWED",
        /// Closed: every project has a fate.
        Closed = "CLOSED",
    }
}

impl PlanState {
    /// The states that may follow. Before adoption a plan can be returned to its authors at any stage.
    #[must_use]
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::Drafting => &[Self::Consultation],
            Self::Consultation => &[Self::FpCleared, Self::Drafting],
            Self::FpCleared => &[Self::SomEndorsed, Self::Drafting],
            Self::SomEndorsed => &[Self::HcsAdopted, Self::Drafting],
            Self::HcsAdopted => &[Self::InForce],
            Self::InForce => &[Self::MidTermReviewed],
            Self::MidTermReviewed => &[Self::FinalReviewed],
            Self::FinalReviewed => &[Self::Closed],
            Self::Closed => &[],
        }
    }

    /// Whether the plan is adopted: its totals are those of the adopted version, its text is immutable.
    #[must_use]
    pub const fn adopted(self) -> bool {
        match self {
            Self::Drafting | Self::Consultation | Self::FpCleared | Self::SomEndorsed => false,
            Self::HcsAdopted | Self::InForce | Self::MidTermReviewed | Self::FinalReviewed | Self::Closed => true,
        }
    }

    /// Whether the step to it freezes what the meeting had before it.
    #[must_use]
    pub const fn freezes(self) -> bool {
        match self {
            Self::SomEndorsed | Self::HcsAdopted => true,
            Self::Drafting
            | Self::Consultation
            | Self::FpCleared
            | Self::InForce
            | Self::MidTermReviewed
            | Self::FinalReviewed
            | Self::Closed => false,
        }
    }

    /// The meetings at which it is decided; none where any meeting, or none at all, may be named.
    #[must_use]
    pub const fn level(self) -> &'static [MeetingType] {
        use MeetingType as M;
        match self {
            Self::FpCleared => &[M::FocalPoints, M::FocalPointsPlus3, M::Preparatory],
            Self::SomEndorsed => &[M::Som, M::SomPlus3],
            Self::HcsAdopted => &[M::Hcs, M::HcsPlus3, M::HcsRetreat],
            Self::Drafting
            | Self::Consultation
            | Self::InForce
            | Self::MidTermReviewed
            | Self::FinalReviewed
            | Self::Closed => &[],
        }
    }
}

/// A step in a plan's life with what is recorded of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanStep {
    /// To which state.
    pub to: PlanState,
    /// At which meeting.
    pub meeting: Option<DocId>,
    /// When it was decided, which may be long before it is recorded.
    pub on: Option<When>,
    /// What was before the meeting, where the step freezes it.
    pub baseline: Option<Baseline>,
}

/// A version's name has so many characters at most: it stands in a list of versions.
pub const VERSION_NAME_MAX: usize = 80;

/// What an act records of a plan's step, where it is one that says more than the state.
#[must_use]
pub fn step(act: &Act) -> Option<&PlanStep> {
    match act {
        Act::StepPlan(step) => Some(step),
        Act::MovePlan(_)
        | Act::PublishStatus(_)
        | Act::MoveMeeting(_)
        | Act::MoveAgenda(_)
        | Act::MoveItem(_)
        | Act::Order(_)
        | Act::FixDate(_)
        | Act::NameVersion(_)
        | Act::PublishStep(_)
        | Act::Classify(_)
        | Act::Settle(_)
        | Act::StepDraft(_)
        | Act::FixDates(_)
        | Act::ChangeMode(_)
        | Act::AmendAgenda(_)
        | Act::DeclineItem
        | Act::Report(_) => None,
    }
}

/// An act without the manifest in it: for whoever needs to know of the step and not of every project.
#[must_use]
pub fn without_manifest(act: &ActRecord) -> ActRecord {
    let mut act = act.clone();
    if let Some(Act::StepPlan(step)) = &mut act.act
        && let Some(baseline) = &mut step.baseline
    {
        baseline.manifest.clear();
    }
    act
}

/// Why a step is listed and not applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotApplied {
    /// It could not follow the state it met: somebody else's step came first.
    Met(PlanState),
    /// It was made under a chair term that was not in effect.
    Term(u16),
}

/// A plan's life as its acts tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Life {
    /// Where it is.
    pub state: PlanState,
    /// Whether any act took part.
    pub moved: bool,
    /// Whether the last step that took effect still waits for the hub.
    pub provisional: bool,
    /// The acts that took effect, in their order, each with the state it led to.
    pub taken: Vec<(EntityId, PlanState)>,
    /// The acts that did not, and why.
    pub not_applied: Vec<(EntityId, PlanState, NotApplied)>,
}

impl Life {
    /// The act that led to where the plan stands in a state, if it passed there: after a return, only what came since.
    #[must_use]
    pub fn reached(&self, state: PlanState) -> Option<EntityId> {
        self.place_of(state).map(|at| self.taken[at].0)
    }

    fn place_of(&self, state: PlanState) -> Option<usize> {
        let begun = self.taken.iter().rposition(|(_, to)| *to == PlanState::Drafting).unwrap_or(0);
        (begun..self.taken.len()).rev().find(|at| self.taken[*at].1 == state)
    }
}

/// What a step froze.
fn frozen(act: &ActRecord) -> Option<&Baseline> {
    act.act.as_ref().and_then(step)?.baseline.as_ref()
}

/// A plan's life by its acts, in the hub's order. The first act may set any state: a plan can be older than its record
/// here. A step that freezes takes the place of the one before it to the same state where that one froze versions which were
/// not on the hub: they may never come. `in_effect` answers whether the chair term that an act names was in effect when the hub received it.
#[must_use]
pub fn life(acts: &[ActRecord], in_effect: impl Fn(&ActRecord, u16) -> bool) -> Life {
    let (state, moved, provisional) = (PlanState::Drafting, false, false);
    let mut life = Life { state, moved, provisional, taken: Vec::new(), not_applied: Vec::new() };
    for act in in_order(acts) {
        let Some(to): Option<PlanState> = act.act.as_ref().and_then(Sets::sets) else { continue };
        let again = life.place_of(to).filter(|at| {
            let before = acts.iter().find(|before| before.id == life.taken[*at].0).and_then(frozen);
            frozen(act).is_some() && before.is_some_and(|before| !before.waits.is_empty())
        });
        let why = match act.term {
            Some(term) if !in_effect(act, term) => Some(NotApplied::Term(term)),
            Some(_) | None if again.is_some() => None,
            Some(_) | None if life.moved && !life.state.next().contains(&to) => Some(NotApplied::Met(life.state)),
            Some(_) | None => None,
        };
        if let Some(why) = why {
            life.not_applied.push((act.id, to, why));
            continue;
        }
        life.provisional = act.number.is_none();
        if let Some(at) = again {
            life.taken[at].0 = act.id;
            continue;
        }
        life.state = to;
        life.moved = true;
        life.taken.push((act.id, to));
    }
    life
}

/// By whose authority somebody would move a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hand {
    /// The Secretariat's, under no chair term.
    Secretariat,
    /// The chair's whose term is in effect.
    Chair,
    /// Nobody's: a delegation that may write the plan while the chair has opened the pen, an old term.
    Nobody,
}

/// Why a step may not be taken now.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadStep {
    /// Only the chair and the Secretariat move a plan.
    #[error("only the chair in effect and the Secretariat move a plan")]
    NotYours,
    /// It cannot follow.
    #[error("this state cannot follow")]
    Transition,
    /// It must say why.
    #[error("this step needs a reason")]
    ReasonMissing,
    /// It is decided at a meeting, or says how else.
    #[error("this step names its meeting, or says how it was decided without one")]
    MeetingMissing,
    /// Such a meeting does not decide this.
    #[error("this is not decided at such a meeting")]
    WrongMeeting,
    /// Projects without a fate.
    #[error("projects have no fate yet: {0:?}")]
    WithoutFate(Vec<DocId>),
}

/// Checks a step: `meeting` is the type of the meeting it names, `open` the plan's projects without a fate.
///
/// # Errors
/// [`BadStep`] says what is wrong.
pub fn check_step(
    life: &Life,
    to: PlanState,
    hand: Hand,
    meeting: Option<Option<MeetingType>>,
    reason: &str,
    open: &[DocId],
) -> Result<(), BadStep> {
    let silent = reason.trim().is_empty();
    match hand {
        Hand::Secretariat | Hand::Chair => {}
        Hand::Nobody => return Err(BadStep::NotYours),
    }
    if life.moved && !life.state.next().contains(&to) {
        return Err(BadStep::Transition);
    }
    if to == PlanState::Drafting && life.moved && silent {
        return Err(BadStep::ReasonMissing);
    }
    match meeting {
        Some(kind) if !to.level().is_empty() && !kind.is_some_and(|kind| to.level().contains(&kind)) => {
            return Err(BadStep::WrongMeeting);
        }
        None if to.freezes() && silent => return Err(BadStep::MeetingMissing),
        Some(_) | None => {}
    }
    if to == PlanState::Closed && !open.is_empty() {
        return Err(BadStep::WithoutFate(open.to_vec()));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
