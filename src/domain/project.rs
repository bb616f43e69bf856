//! Projects of a work plan.

use super::kind::words;

words! {
    /// The status of a project.
    ProjectStatus {
        /// Put forward by its lead.
        Proposed = "PROPOSED",
        /// Before a meeting.
        UnderConsideration = "UNDER_CONSIDERATION",
        /// In the plan.
        Included = "INCLUDED",
        /// Dated and prepared.
        Planned = "PLANNED",
        /// Being carried out.
        Ongoing = "ONGOING",
        /// Done.
        Completed = "COMPLETED",
        /// Put off, with a reason and a new date.
        Postponed = "POSTPONED",
        /// Sent back to its lead.
        Returned = "RETURNED",
        /// Taken back by its lead.
        Withdrawn = "WITHDRAWN",
        /// Not taken into the plan.
        NotIncluded = "NOT_INCLUDED",
        /// Goes on as a new project of the next plan.
        CarriedOver = "CARRIED_OVER",
        /// Given up.
        Cancelled = "CANCELLED",
        /// Goes on in another project.
        Merged = "MERGED",
    }
    /// What is counted: sources say projects, activities, initiatives and programmes.
    ProjectKind {
        /// A project.
        Project = "project",
        /// A single activity.
        Activity = "activity",
        /// An initiative.
        Initiative = "initiative",
        /// A programme.
        Programme = "programme",
    }
}
