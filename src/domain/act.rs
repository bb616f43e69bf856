//! Acts: whatever carries authority. Append-only, folded in the hub's order, never in a clock's.

use serde::{Deserialize, Serialize};

use super::{
    agenda::{AgendaState, ItemState, amend::Amendment},
    comment::Settled,
    draft::Cleared,
    id::EntityId,
    meeting::{
        MeetingState, ReportState,
        dates::{FixedDates, ModeStep},
    },
    plan::{PlanState, PlanStep},
    project::{Classified, ProjectStatus, StatusStep},
    report::ReportAct,
    when::When,
};

/// What is done by authority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// Moves a plan in its life cycle.
    MovePlan(PlanState),
    /// Sets the published status of the project that the act targets (by the project document's id as an entity id).
    PublishStatus(ProjectStatus),
    /// Moves a meeting.
    MoveMeeting(MeetingState),
    /// Moves an agenda; adoption freezes its order.
    MoveAgenda(AgendaState),
    /// Moves an agenda item.
    MoveItem(ItemState),
    /// Fixes the order of an adopted agenda: its items from first to last. Written with the adoption and with every
    /// change in session; places moved since count for nothing.
    Order(Vec<EntityId>),
    /// Fixes a meeting's first day.
    FixDate(When),
    /// Moves a plan, and says at which meeting and when; an endorsement and an adoption freeze what they are about. In
    /// documents it has the word of [`Act::MovePlan`], so that a version that knows only that one reads the state.
    StepPlan(Box<PlanStep>),
    /// Gives a name to a plan and its projects as they were when the hub received this act.
    NameVersion(String),
    /// Publishes a status like [`Act::PublishStatus`], and says at which meeting and when it was decided. In documents it has
    /// the word of that one, so that a version that knows only that reads the status.
    PublishStep(Box<StatusStep>),
    /// Writes one of the Secretariat's own fields of the project that the act targets.
    Classify(Box<Classified>),
    /// Says that the question that the act targets is answered, or open again; in the voice of whoever says so.
    Settle(Settled),
    /// Takes a step with a draft, of the content that it names.
    StepDraft(Box<Cleared>),
    /// Fixes a meeting's days and times, or moves them, and says what was before. In documents it has the word of
    /// [`Act::FixDate`], so that a version that knows only that one reads the first day.
    FixDates(Box<FixedDates>),
    /// Changes how people attend a meeting.
    ChangeMode(ModeStep),
    /// Changes an adopted agenda, and says what in it. In documents it has the word of [`Act::MoveAgenda`], so that a version
    /// that knows only that one reads the state. The change itself is an edit beside it.
    AmendAgenda(Box<Amendment>),
    /// Declines the item that the act targets, which a delegation proposed for the agenda.
    DeclineItem,
    /// What is done in a report of a meeting, and about what it says.
    Report(ReportAct),
}

impl Act {
    /// The stable word of this kind of act, as documents hold it.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::MovePlan(_) | Self::StepPlan(_) => "move-plan",
            Self::PublishStatus(_) | Self::PublishStep(_) => "publish-status",
            Self::Classify(_) => "classify",
            Self::Settle(_) => "settle",
            Self::StepDraft(_) => "step-draft",
            Self::Report(what) => what.word(),
            Self::MoveMeeting(_) => "move-meeting",
            Self::MoveAgenda(_) | Self::AmendAgenda(_) => "move-agenda",
            Self::MoveItem(_) => "move-item",
            Self::Order(_) => "order",
            Self::FixDate(_) | Self::FixDates(_) => "fix-date",
            Self::ChangeMode(_) => "change-mode",
            Self::DeclineItem => "decline-item",
            Self::NameVersion(_) => "name-version",
        }
    }
}

/// An act as a document holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActRecord {
    /// Its id.
    pub id: EntityId,
    /// What is done; none when a newer version of the application wrote a kind of act this one does not know.
    pub act: Option<Act>,
    /// To what, if not the document.
    pub target: Option<EntityId>,
    /// Chair term.
    pub term: Option<u16>,
    /// Why.
    pub reason: String,
    /// Who wrote it: see [`super::record::Origin`].
    pub origin: super::record::Origin,
    /// Its place in the hub's order; none while the hub has not acknowledged it: the act is provisional.
    pub number: Option<u64>,
}

/// Acts in the order in which they take effect: the acknowledged ones by number, then the provisional ones by id.
#[must_use]
pub fn in_order(acts: &[ActRecord]) -> Vec<&ActRecord> {
    let mut acts: Vec<_> = acts.iter().collect();
    acts.sort_by_key(|act| (act.number.unwrap_or(u64::MAX), act.id));
    acts
}

/// A state folded from acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folded<T> {
    /// The state.
    pub state: T,
    /// Whether an act took part at all.
    pub moved: bool,
    /// Whether the last act that took effect still waits for the hub.
    pub provisional: bool,
    /// Acts that are listed and not applied: they could not follow the state they met.
    pub not_applied: Vec<EntityId>,
}

/// Folds acts in the order they take effect. `step` answers none for acts that are not about this state, and else the
/// state that follows, or none again where the act cannot follow. The first act about a state may set any.
#[must_use]
pub fn fold<T: Copy>(acts: &[ActRecord], start: T, step: impl Fn(T, &ActRecord) -> Option<Option<T>>) -> Folded<T>
where
    Act: Sets<T>,
{
    fold_where(acts, |_| true, start, step)
}

/// [`fold`] over the acts that `mine` picks.
#[must_use]
pub fn fold_where<T: Copy>(
    acts: &[ActRecord],
    mine: impl Fn(&ActRecord) -> bool,
    start: T,
    step: impl Fn(T, &ActRecord) -> Option<Option<T>>,
) -> Folded<T>
where
    Act: Sets<T>,
{
    let mut folded = Folded { state: start, moved: false, provisional: false, not_applied: Vec::new() };
    for act in in_order(acts).into_iter().filter(|act| mine(act)) {
        let Some(next) = step(folded.state, act) else { continue };
        let first = if folded.moved { None } else { act.act.as_ref().and_then(Sets::sets) };
        match first.or(next) {
            Some(state) => {
                folded.state = state;
                folded.moved = true;
                folded.provisional = act.number.is_none();
            }
            None => folded.not_applied.push(act.id),
        }
    }
    folded
}

/// What state an act sets, for a kind of state.
pub trait Sets<T> {
    /// The state, where the act is about that kind.
    fn sets(&self) -> Option<T>;
}

macro_rules! sets {
    ($($state:ty = $variant:ident),+ $(,)?) => { $(
        impl Sets<$state> for Act {
            fn sets(&self) -> Option<$state> {
                match self { Self::$variant(to) => Some(*to), _ => None }
            }
        }
    )+ };
}

impl Sets<PlanState> for Act {
    fn sets(&self) -> Option<PlanState> {
        match self {
            Self::MovePlan(to) => Some(*to),
            Self::StepPlan(step) => Some(step.to),
            Self::PublishStatus(_)
            | Self::MoveMeeting(_)
            | Self::MoveAgenda(_)
            | Self::MoveItem(_)
            | Self::Order(_)
            | Self::FixDate(_)
            | Self::PublishStep(_)
            | Self::NameVersion(_)
            | Self::Classify(_)
            | Self::Settle(_)
            | Self::StepDraft(_)
            | Self::FixDates(_)
            | Self::ChangeMode(_)
            | Self::AmendAgenda(_)
            | Self::DeclineItem
            | Self::Report(_) => None,
        }
    }
}

impl Sets<ProjectStatus> for Act {
    fn sets(&self) -> Option<ProjectStatus> {
        match self {
            Self::PublishStatus(to) => Some(*to),
            Self::PublishStep(step) => Some(step.to),
            Self::MovePlan(_)
            | Self::StepPlan(_)
            | Self::MoveMeeting(_)
            | Self::MoveAgenda(_)
            | Self::MoveItem(_)
            | Self::Order(_)
            | Self::FixDate(_)
            | Self::NameVersion(_)
            | Self::Classify(_)
            | Self::Settle(_)
            | Self::StepDraft(_)
            | Self::FixDates(_)
            | Self::ChangeMode(_)
            | Self::AmendAgenda(_)
            | Self::DeclineItem
            | Self::Report(_) => None,
        }
    }
}

impl Sets<AgendaState> for Act {
    fn sets(&self) -> Option<AgendaState> {
        match self {
            Self::MoveAgenda(to) => Some(*to),
            Self::AmendAgenda(_) => Some(AgendaState::AmendedInSession),
            _ => None,
        }
    }
}

impl Sets<ReportState> for Act {
    fn sets(&self) -> Option<ReportState> {
        match self {
            Self::Report(ReportAct::Step(step)) => Some(step.to),
            _ => None,
        }
    }
}

sets! {
    MeetingState = MoveMeeting,
    ItemState = MoveItem,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{meeting, record::Origin};

    fn act(id: u8, to: MeetingState, number: Option<u64>) -> ActRecord {
        let origin = Origin::default();
        let id = EntityId::from_bytes([id; 16]);
        ActRecord {
            id,
            act: Some(Act::MoveMeeting(to)),
            target: None,
            term: None,
            reason: String::new(),
            origin,
            number,
        }
    }

    #[test]
    fn acts_take_effect_in_the_hubs_order_and_what_cannot_follow_is_listed() {
        let acts = [
            act(1, MeetingState::Invited, Some(9)),
            act(2, MeetingState::DateConfirmed, Some(7)),
            act(3, MeetingState::Closed, Some(8)),
            act(4, MeetingState::DocumentsOut, None),
        ];
        let folded = meeting::state(&acts);
        assert_eq!(folded.state, MeetingState::DocumentsOut);
        assert!(folded.provisional, "the last act is not acknowledged");
        assert_eq!(folded.not_applied, [EntityId::from_bytes([3; 16])]);
    }

    #[test]
    fn the_first_act_may_record_any_state() {
        let folded = meeting::state(&[act(1, MeetingState::InSession, Some(1))]);
        assert_eq!((folded.state, folded.provisional), (MeetingState::InSession, false));
        assert_eq!(meeting::state(&[]).state, MeetingState::Proposed);
    }
}
