//! The record as its files hold it: plain structs, one reading, errors with file and line.
//!
//! Unknown fields are errors: a misspelt field must not vanish silently.

use std::collections::BTreeMap;

use serde::{Deserialize, de::DeserializeOwned};

use super::SampleError;

/// Defines record structs: their own fields, and the three that say where a record comes from.
macro_rules! sourced {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty,)+ })+) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, serde::Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $kind,)+
            /// Ids of the sources.
            pub source: Vec<String>,
            /// Whether something in it is concluded from the sources, not said by them.
            #[serde(default)]
            pub inferred: bool,
            /// What is inferred, or where the sources disagree or end.
            pub source_note: Option<String>,
        }

        impl $crate::hub::sample::record::Sourced for $name {
            fn source(&self) -> &[String] {
                &self.source
            }

            fn inferred(&self) -> bool {
                self.inferred
            }

            fn source_note(&self) -> Option<&str> {
                self.source_note.as_deref()
            }
        }
    )+ };
}

pub mod meetings;
pub mod parties;
pub mod plans;
pub mod terms;

/// A record that says where it comes from.
pub trait Sourced {
    /// Ids of the sources.
    fn source(&self) -> &[String];
    /// Whether something in it is inferred.
    fn inferred(&self) -> bool;
    /// What is inferred, or where the sources disagree or end.
    fn source_note(&self) -> Option<&str>;
}

/// A text by language tag (BCP 47). English is canonical.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Tongues(pub BTreeMap<String, String>);

impl Tongues {
    /// The canonical English; empty where it is missing, which [`super::check`] refuses.
    pub fn english(&self) -> &str {
        self.0.get("en").map_or("", String::as_str)
    }

    /// The other languages.
    pub fn others(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter(|(tag, _)| *tag != "en").map(|(tag, text)| (tag.as_str(), text.as_str()))
    }
}

/// How much of a source was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Extent {
    /// All of it.
    Whole,
    /// Its opening.
    Opening,
    /// There is no text to read: general knowledge.
    None,
}

/// Where records come from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its name in this record.
    pub id: String,
    /// What a reader is shown.
    pub text: String,
    /// The day it was published, where it says.
    pub date: Option<crate::domain::Date>,
    /// Its address, where the whole of it is known.
    pub url: Option<String>,
    /// How much of it was read.
    pub read: Extent,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourcesFile {
    sources: Vec<Source>,
}

/// The whole record.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Where it comes from.
    pub sources: Vec<Source>,
    /// Parties, memberships, agencies, officers.
    pub people: parties::PartiesFile,
    /// Chair terms and gatherings.
    pub terms: terms::TermsFile,
    /// Work plans and projects.
    pub plans: plans::PlansFile,
    /// Meetings and outcome documents.
    pub meetings: meetings::MeetingsFile,
}

fn read<T: DeserializeOwned>(file: &'static str, text: &str) -> Result<T, SampleError> {
    serde_json::from_str(text).map_err(|cause| SampleError::Json { file, cause })
}

impl Record {
    /// Reads the record that is part of the binary, and checks that it holds together.
    pub fn embedded() -> Result<Self, SampleError> {
        let record = Self {
            sources: read::<SourcesFile>("sources.json", include_str!("record/sources.json"))?.sources,
            people: read("parties.json", include_str!("record/parties.json"))?,
            terms: read("terms.json", include_str!("record/terms.json"))?,
            plans: read("plans.json", include_str!("record/plans.json"))?,
            meetings: read("meetings.json", include_str!("record/meetings.json"))?,
        };
        super::check::check(&record)?;
        Ok(record)
    }

    /// What a reader is shown for a source.
    pub fn source_text(&self, id: &str) -> Option<&str> {
        self.sources.iter().find(|source| source.id == id).map(|source| source.text.as_str())
    }
}
