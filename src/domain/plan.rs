//! Work plans: their life from the first draft to the close.

use super::{
    act::{Act, ActRecord, Folded, fold},
    kind::words,
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
}

/// The plan's state by its acts. The first act may set any state: a plan can be older than its record here.
#[must_use]
pub fn state(acts: &[ActRecord]) -> Folded<PlanState> {
    fold(acts, PlanState::Drafting, |state, act| match act.act {
        Some(Act::MovePlan(to)) => Some(state.next().contains(&to).then_some(to)),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_goes_forward_one_step_at_a_time_and_back_only_before_adoption() {
        for (i, &from) in PlanState::ALL.iter().enumerate() {
            for (j, &to) in PlanState::ALL.iter().enumerate() {
                let step = j == i + 1;
                let returned = to == PlanState::Drafting && (1..=3).contains(&i);
                assert_eq!(from.next().contains(&to), step || returned, "{from} to {to}");
            }
        }
    }
}
