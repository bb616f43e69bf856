//! Chair terms and gatherings.

use serde::Deserialize;

use super::Tongues;
use crate::domain::{PartyCode, When, meeting::Mode};

/// `terms.json`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TermsFile {
    /// Chair terms, in order.
    pub terms: Vec<Term>,
    /// Gatherings, in order.
    pub gatherings: Vec<Gathering>,
}

/// The years of a term as one source gives them; sources differ.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// The years.
    pub text: String,
    /// Ids of the sources.
    pub source: Vec<String>,
}

/// Another wording of a title.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alias {
    /// Language tag (BCP 47).
    pub tag: String,
    /// The wording.
    pub text: String,
    /// Ids of the sources.
    pub source: Vec<String>,
}

/// Something that happened, or was planned, in a term.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyDate {
    /// What.
    pub what: String,
    /// First day.
    pub from: When,
    /// Last day.
    pub to: Option<When>,
    /// Where.
    pub place: Option<String>,
    /// More.
    pub note: Option<String>,
    /// Ids of the sources.
    pub source: Vec<String>,
}

/// A party that receives a meeting, by an agency.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Host {
    /// Which party.
    pub party: PartyCode,
    /// Its agency.
    pub agency: String,
}

/// Something a gathering was to deal with.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Business {
    /// What.
    pub title: Tongues,
}

sourced! {
    /// A chair term.
    Term {
        /// Its ordinal in ACCSM.
        ordinal: u16,
        /// Its ordinal in ACCSM+3: data, not the other minus fifteen.
        plus_three_ordinal: Option<u16>,
        /// In the chair.
        party: PartyCode,
        /// Its years as published.
        #[serde(default)]
        published: Vec<Published>,
        /// Its beginning, as exactly as the sources agree.
        from: Option<When>,
        /// Its end.
        to: Option<When>,
        /// When the chair was handed over to this party; the effect may come later.
        handed_over_at: Option<When>,
        /// In which meeting.
        handover_meeting: Option<String>,
        /// When it took effect, where a source says so.
        effective_from: Option<When>,
        /// Theme.
        theme: Option<Tongues>,
        /// Other wordings of the theme.
        #[serde(default)]
        theme_aliases: Vec<Alias>,
        /// What happened in it.
        #[serde(default)]
        key_dates: Vec<KeyDate>,
        /// More.
        note: Option<String>,
    }
    /// A gathering: meetings held together under one title.
    Gathering {
        /// Its name in this record.
        id: String,
        /// The chair term.
        term: u16,
        /// Title.
        title: Tongues,
        /// First day.
        from: When,
        /// Last day.
        to: When,
        /// How people attended.
        mode: Option<Mode>,
        /// City.
        city: Option<String>,
        /// Hosts.
        #[serde(default)]
        hosts: Vec<Host>,
        /// What it was to deal with.
        #[serde(default)]
        business: Vec<Business>,
        /// More.
        note: Option<String>,
    }
}
