//! Work plans.

use super::kind::words;

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
