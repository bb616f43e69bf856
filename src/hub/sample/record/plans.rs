//! Work plans and the projects that the sources name.

use serde::Deserialize;

use super::Tongues;
use crate::domain::{
    Framework, PartyCode, When,
    meeting::Mode,
    project::{ProjectKind, ProjectStatus},
};

/// `plans.json`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlansFile {
    /// Work plans.
    pub plans: Vec<Plan>,
    /// Projects.
    pub projects: Vec<Project>,
}

/// What a plan calls the entries of its classification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Taxonomy {
    /// Priority areas.
    PriorityAreas,
    /// Thematic areas.
    ThematicAreas,
}

/// An entry of a plan's classification.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// Its code in the plan.
    pub code: String,
    /// Title.
    pub title: Tongues,
}

/// What a published total counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Unit {
    /// Projects.
    Projects,
    /// Activities.
    Activities,
}

impl Unit {
    /// The word people read.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Projects => "projects",
            Self::Activities => "activities",
        }
    }
}

/// A total as published at adoption.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Total {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: Unit,
    /// Ids of the sources.
    pub source: Vec<String>,
}

/// A step in a plan's life.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// When.
    pub date: When,
    /// In which meeting.
    pub meeting: Option<String>,
    /// Ids of the sources.
    pub source: Vec<String>,
}

sourced! {
    /// A work plan.
    Plan {
        /// Its name in this record.
        id: String,
        /// Its framework.
        framework: Framework,
        /// Title.
        title: Tongues,
        /// First year.
        from: When,
        /// Last year.
        to: When,
        /// The plan before.
        previous: Option<String>,
        /// The plan after.
        next: Option<String>,
        /// Goal.
        goal: Option<Tongues>,
        /// Enablers.
        #[serde(default)]
        enablers: Vec<Tongues>,
        /// What its classification is called.
        taxonomy: Taxonomy,
        /// Its classification.
        areas: Vec<Area>,
        /// The total published at adoption.
        published_total: Option<Total>,
        /// Its adoption.
        adopted: Option<Step>,
        /// Its being carried out.
        in_force: Option<Step>,
        /// Its final review.
        reviewed: Option<Step>,
        /// Counts published while it ran.
        #[serde(default)]
        progress: Vec<Progress>,
        /// More.
        note: Option<String>,
    }
    /// A count of progress.
    Progress {
        /// For which date.
        as_of: When,
        /// Of one area only.
        area: Option<String>,
        /// Completed.
        completed: u32,
        /// Planned.
        planned: Option<u32>,
        /// Whether it is a round number.
        #[serde(default)]
        approximate: bool,
    }
    /// A project, activity, initiative or programme of a plan.
    Project {
        /// Its name in this record.
        id: String,
        /// Its plan.
        plan: String,
        /// Title.
        title: Tongues,
        /// Leads, the first one leading.
        leads: Vec<PartyCode>,
        /// What it is.
        kind: ProjectKind,
        /// One line for the table.
        remarks: String,
        /// Code of its area in the plan's classification.
        area: Option<String>,
        /// The lead's agency.
        agency: Option<String>,
        /// Partners.
        #[serde(default)]
        partners: Vec<PartyCode>,
        /// Status evidenced.
        status: Option<ProjectStatus>,
        /// The date the status speaks for.
        status_as_of: Option<When>,
        /// The project it carries on.
        carried_from: Option<String>,
        /// Planned start.
        planned_start: Option<When>,
        /// Planned end.
        planned_end: Option<When>,
        /// Actual start.
        actual_start: Option<When>,
        /// Actual end.
        actual_end: Option<When>,
        /// Where.
        venue: Option<String>,
        /// How people attended.
        mode: Option<Mode>,
        /// Dated events of it.
        #[serde(default)]
        activities: Vec<Activity>,
        /// What was reported about it.
        #[serde(default)]
        reports: Vec<Report>,
        /// Documents of it.
        #[serde(default)]
        documents: Vec<Document>,
    }
    /// A dated event of a project.
    Activity {
        /// Its name in this record.
        id: String,
        /// What it is: a word of the schema.
        kind: Option<String>,
        /// Title.
        title: Tongues,
        /// Planned start.
        planned_start: Option<When>,
        /// Planned end.
        planned_end: Option<When>,
        /// Actual start.
        actual_start: Option<When>,
        /// Actual end.
        actual_end: Option<When>,
        /// Where.
        venue: Option<String>,
        /// How people attended.
        mode: Option<Mode>,
        /// Status evidenced.
        status: Option<ProjectStatus>,
        /// More.
        note: Option<String>,
    }
    /// What a party, or the news, reported at a date.
    Report {
        /// Which party's.
        party: PartyCode,
        /// The date it speaks for.
        as_of: When,
        /// The meeting it was made for.
        meeting: Option<String>,
        /// What it says.
        text: Tongues,
    }
    /// A document of a project.
    Document {
        /// Title.
        title: String,
        /// When.
        date: Option<When>,
        /// More.
        note: Option<String>,
    }
}
