//! Parties, their dated memberships, agencies and the officers that the sources name.

use serde::Deserialize;

use crate::domain::{
    Framework, PartyCode, When,
    party::{MembershipStatus, PartyKind},
};

/// `parties.json`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartiesFile {
    /// Parties.
    pub parties: Vec<Party>,
    /// Memberships.
    pub memberships: Vec<Membership>,
    /// Agencies.
    pub agencies: Vec<Agency>,
    /// Officers.
    pub officers: Vec<Officer>,
}

/// A name in a language of the country.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Native {
    /// Language tag (BCP 47).
    pub tag: String,
    /// The name.
    pub name: String,
}

/// What a membership is in. ASEAN's own is data only: rights rest on the two frameworks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Body {
    /// ASEAN itself.
    #[serde(rename = "ASEAN")]
    Asean,
    /// ACCSM.
    #[serde(rename = "ACCSM")]
    Accsm,
    /// ACCSM+3.
    #[serde(rename = "ACCSM+3")]
    AccsmPlus3,
}

impl Body {
    /// The framework it is, if it is one.
    pub const fn framework(self) -> Option<Framework> {
        match self {
            Self::Asean => None,
            Self::Accsm => Some(Framework::Accsm),
            Self::AccsmPlus3 => Some(Framework::AccsmPlus3),
        }
    }

    /// Its name as people write it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Asean => "ASEAN",
            Self::Accsm => "ACCSM",
            Self::AccsmPlus3 => "ACCSM+3",
        }
    }
}

sourced! {
    /// A party.
    Party {
        /// Its code.
        code: PartyCode,
        /// Its English name as ASEAN writes it.
        name: String,
        /// Its names in its own languages, where certain.
        #[serde(default)]
        native: Vec<Native>,
        /// What it is.
        kind: PartyKind,
    }
    /// A party's part in a body, from one date to another.
    Membership {
        /// Whose.
        party: PartyCode,
        /// In what.
        framework: Body,
        /// As what.
        status: MembershipStatus,
        /// Since when.
        from: Option<When>,
        /// Until when.
        to: Option<When>,
        /// On what it rests.
        basis: Option<String>,
    }
    /// A national agency, or the Secretariat.
    Agency {
        /// Its name in this record.
        id: String,
        /// Whose.
        party: PartyCode,
        /// Its name.
        name: String,
        /// Its short name.
        abbreviation: Option<String>,
        /// Its names in the country's own languages.
        #[serde(default)]
        native: Vec<Native>,
    }
    /// An officer, as public news named him or her on a date.
    Officer {
        /// Its name in this record.
        id: String,
        /// Whose.
        party: PartyCode,
        /// In which agency.
        agency: String,
        /// The name as the source writes it.
        name: String,
        /// The language the source writes it in.
        tag: String,
        /// The name in Latin letters, where the source uses others.
        latin: Option<String>,
        /// Honorific.
        honorific: Option<String>,
        /// Office.
        title: String,
        /// The date the source speaks for.
        as_of: When,
    }
}
