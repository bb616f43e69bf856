//! What documents there are, who may receive them and who may write them.
//!
//! Kind and audience of a document never change: a document carries its whole history, deleted drafts included, so to
//! open something is to make a new document.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::{
    id::{DocId, PersonId},
    party::PartyCode,
};

/// An enum whose variants have stable words, used in documents, facts, the command line and message keys.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? })+) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// Every variant, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// Every word, in the same order.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// The stable word of this variant.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::domain::kind::BadWord;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text { $($word => Ok(Self::$variant),)+ _ => Err($crate::domain::kind::BadWord(text.to_owned())) }
            }
        }
    )+ };
}
pub(crate) use words;

/// A word that names nothing here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown word: {0}")]
pub struct BadWord(pub String);

words! {
    /// The kinds of documents.
    DocKind {
        /// Descriptions of parties, agencies, gatherings, chair terms and themes; one per framework.
        Register = "register",
        /// One work plan.
        Plan = "plan",
        /// One project of a plan.
        Project = "project",
        /// National work of one party before it is submitted.
        Draft = "draft",
        /// One meeting.
        Meeting = "meeting",
        /// A meeting's agenda and report for one audience.
        Session = "session",
        /// The annotated agenda of a session.
        Annotation = "annotation",
        /// What one party says about a subject.
        Voice = "voice",
        /// Accepted wording of an outcome document.
        Text = "text",
        /// One ad referendum round.
        Consultation = "consultation",
        /// One party's position in a consultation.
        Response = "response",
        /// What a party tells the host of its delegates.
        Logistics = "logistics",
        /// One person's read marks and preferences.
        Person = "person",
    }
    /// The two frameworks of cooperation.
    Framework {
        /// ASEAN Member States.
        Accsm = "ACCSM",
        /// With China, Japan and the Republic of Korea.
        AccsmPlus3 = "ACCSM+3",
    }
    /// What an appointment lets a person do for a party. The Chair is a function of a party's term, not a role.
    Role {
        /// ASEAN Secretariat.
        Secretariat = "secretariat",
        /// Focal point.
        FocalPoint = "focal-point",
        /// Senior official (SOM level).
        SeniorOfficial = "senior-official",
        /// Head of civil service (HCS level).
        Head = "head",
        /// Works only on the party's own drafts.
        Drafter = "drafter",
        /// Organising committee of a host country.
        Host = "host",
        /// Reads what observers may read.
        Observer = "observer",
    }
}

/// Serde by the text form, through `Display` and `FromStr`.
macro_rules! as_text {
    ($($name:ident),+) => { $(
        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.to_string()
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadWord;

            fn try_from(text: String) -> Result<Self, BadWord> {
                text.parse()
            }
        }
    )+ };
}
as_text!(Audience, Writer);

/// Who may receive a document. A record above a person's clearance is never sent to that person's devices.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Audience {
    /// Everyone with an account.
    Public,
    /// Members of ACCSM and the Secretariat.
    Accsm,
    /// The same and China, Japan and the Republic of Korea.
    AccsmPlus3,
    /// One party.
    Party(PartyCode),
    /// One person.
    Person(PersonId),
    /// The party in the chair in a term (its ordinal) and the Secretariat.
    Chair(u16),
    /// The host of a gathering and the Secretariat, by the gathering's id.
    Host(DocId),
    /// The parties of one meeting, by its document: those with a grant to it.
    Meeting(DocId),
}

impl fmt::Display for Audience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Public => f.write_str("public"),
            Self::Accsm => f.write_str("accsm"),
            Self::AccsmPlus3 => f.write_str("accsm_plus3"),
            Self::Party(code) => write!(f, "party:{code}"),
            Self::Person(id) => write!(f, "person:{id}"),
            Self::Chair(term) => write!(f, "chair:{term}"),
            Self::Host(id) => write!(f, "host:{id}"),
            Self::Meeting(id) => write!(f, "meeting:{id}"),
        }
    }
}

impl FromStr for Audience {
    type Err = BadWord;

    fn from_str(text: &str) -> Result<Self, BadWord> {
        let bad = || BadWord(text.to_owned());
        let (word, rest) = text.split_once(':').unwrap_or((text, ""));
        match word {
            "public" => Ok(Self::Public),
            "accsm" => Ok(Self::Accsm),
            "accsm_plus3" => Ok(Self::AccsmPlus3),
            "party" => rest.parse().map(Self::Party).map_err(|_| bad()),
            "person" => rest.parse().map(Self::Person).map_err(|_| bad()),
            "chair" => rest.parse().map(Self::Chair).map_err(|_| bad()),
            "host" => rest.parse().map(Self::Host).map_err(|_| bad()),
            "meeting" => rest.parse().map(Self::Meeting).map_err(|_| bad()),
            _ => Err(bad()),
        }
    }
}

/// Who may write a document; more writers come by grants.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Writer {
    /// The ASEAN Secretariat.
    Secretariat,
    /// The party whose chair term is in effect.
    Chair,
    /// Officers of one party.
    Party(PartyCode),
    /// One person.
    Person(PersonId),
    /// All focal points of the document's audience: the chair has opened the pen.
    FocalPoints,
}

impl fmt::Display for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Secretariat => f.write_str("secretariat"),
            Self::Chair => f.write_str("chair"),
            Self::Party(code) => write!(f, "party:{code}"),
            Self::Person(id) => write!(f, "person:{id}"),
            Self::FocalPoints => f.write_str("focal-points"),
        }
    }
}

impl FromStr for Writer {
    type Err = BadWord;

    fn from_str(text: &str) -> Result<Self, BadWord> {
        let bad = || BadWord(text.to_owned());
        match text.split_once(':') {
            Some(("party", code)) => code.parse().map(Self::Party).map_err(|_| bad()),
            Some(("person", id)) => id.parse().map(Self::Person).map_err(|_| bad()),
            Some(_) => Err(bad()),
            None => match text {
                "secretariat" => Ok(Self::Secretariat),
                "chair" => Ok(Self::Chair),
                "focal-points" => Ok(Self::FocalPoints),
                _ => Err(bad()),
            },
        }
    }
}
