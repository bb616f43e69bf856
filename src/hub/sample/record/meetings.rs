//! Meetings with their agendas and delegations, and the outcome documents they dealt with.

use serde::Deserialize;

use super::{
    Tongues,
    terms::{Alias, Host},
};
use crate::domain::{
    Framework, PartyCode, When,
    agenda::{ExpectedAction, ItemKind},
    meeting::{MeetingState, MeetingType, Mode, Verb},
};

/// `meetings.json`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeetingsFile {
    /// Meetings, in order.
    pub meetings: Vec<Meeting>,
    /// Outcome documents.
    pub statements: Vec<Statement>,
}

/// Who chaired.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chair {
    /// The party in the chair.
    pub party: PartyCode,
    /// The officer, where a source names one.
    pub officer: Option<String>,
    /// The officer's role.
    pub role: Option<String>,
    /// Whether it is concluded from the chair term.
    #[serde(default)]
    pub inferred: bool,
}

/// Someone in a delegation.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// The officer, where a source names one.
    pub officer: Option<String>,
    /// The role.
    pub role: String,
}

/// How much an agenda in this record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AgendaForm {
    /// The numbered agenda, whole.
    Numbered,
    /// Topics that a source reports.
    Topics,
}

/// An agenda item.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Item {
    /// Title.
    pub title: Tongues,
    /// What it is about.
    pub kind: ItemKind,
    /// What the meeting was asked to do, where a source says so.
    pub action: Option<ExpectedAction>,
    /// Documents before the meeting.
    #[serde(default)]
    pub documents: Vec<String>,
    /// What is odd in the source.
    pub source_note: Option<String>,
}

/// What came of a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// What.
    pub text: String,
    /// The verb, where a source uses one.
    pub action: Option<Verb>,
    /// The plan it is about.
    pub plan: Option<String>,
    /// The chair term it is about.
    pub term: Option<u16>,
    /// Ids of the sources.
    pub source: Vec<String>,
}

/// What an outcome document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StatementKind {
    /// A statement.
    Statement,
    /// Guidelines.
    Guidelines,
}

/// The level an outcome document is meant for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Level {
    /// Heads of Civil Service.
    Hcs,
}

/// A title an outcome document had at a date: titles change while they are negotiated.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Title {
    /// Language tag (BCP 47).
    pub tag: String,
    /// The title.
    pub text: String,
    /// The date the source speaks for.
    pub as_of: When,
    /// Ids of the sources.
    pub source: Vec<String>,
}

/// Something that happened to an outcome document.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// When.
    pub when: When,
    /// In which meeting.
    pub meeting: Option<String>,
    /// What.
    pub what: String,
    /// Ids of the sources.
    pub source: Vec<String>,
}

sourced! {
    /// A meeting.
    Meeting {
        /// Its name in this record; never its title, which sources change.
        id: String,
        /// Its gathering.
        gathering: String,
        /// What kind.
        kind: MeetingType,
        /// Its framework.
        framework: Framework,
        /// Its number among meetings of its kind, where a source gives one.
        ordinal: Option<u16>,
        /// First day.
        from: Option<When>,
        /// Last day.
        to: Option<When>,
        /// How far it came, as far as a source tells.
        state: Option<MeetingState>,
        /// How people attended.
        mode: Option<Mode>,
        /// City.
        city: Option<String>,
        /// Chair.
        chair: Option<Chair>,
        /// Hosts.
        #[serde(default)]
        hosts: Vec<Host>,
        /// Who opened it.
        opened_by: Option<String>,
        /// The meeting of the same series before it.
        after: Option<String>,
        /// The meeting it reports to.
        reports_to: Option<String>,
        /// The meeting of the other framework beside it.
        parallel: Option<String>,
        /// Title.
        title: Tongues,
        /// Delegations, as far as named.
        #[serde(default)]
        delegations: Vec<Delegation>,
        /// Agenda.
        agenda: Option<Agenda>,
        /// What came of it.
        #[serde(default)]
        outcomes: Vec<Outcome>,
        /// The outcome document it dealt with.
        statement: Option<String>,
        /// What went on beside it.
        #[serde(default)]
        side_events: Vec<String>,
        /// Other names that sources give it.
        #[serde(default)]
        aliases: Vec<Alias>,
        /// More.
        note: Option<String>,
    }
    /// A delegation to a meeting.
    Delegation {
        /// Whose.
        party: PartyCode,
        /// How many persons.
        size: Option<u32>,
        /// Its head.
        head: Option<Member>,
        /// A member named, not said to be its head.
        member: Option<Member>,
        /// More.
        note: Option<String>,
    }
    /// An agenda.
    Agenda {
        /// How much of it is known.
        form: AgendaForm,
        /// Its items, in order.
        items: Vec<Item>,
    }
    /// An outcome document.
    Statement {
        /// Its name in this record.
        id: String,
        /// What it is.
        kind: StatementKind,
        /// Who proposed it.
        proposer: Option<PartyCode>,
        /// Who is to adopt it.
        target_level: Level,
        /// Its titles, oldest first.
        titles: Vec<Title>,
        /// What happened to it.
        #[serde(default)]
        history: Vec<Event>,
        /// When it was adopted.
        adopted: Option<When>,
    }
}
