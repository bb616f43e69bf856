//! A register, as far as other pages need it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{int, languages, words};
use crate::domain::{EntityId, PartyCode, Snapshot, When, party::PartyKind};

/// A register, as far as other pages need it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct RegisterRow {
    /// Parties.
    pub parties: Vec<RegisterParty>,
    /// Gatherings.
    pub gatherings: Vec<RegisterGathering>,
    /// Chair terms: ordinal, chair, and its theme or else its period.
    pub terms: Vec<(u16, Option<PartyCode>, String)>,
    /// From when to when a party takes part, as exactly as the sources say: by the fact that rights rest on.
    pub memberships: BTreeMap<EntityId, (Option<When>, Option<When>)>,
}

/// A party as a register describes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RegisterParty {
    /// Code.
    pub code: PartyCode,
    /// Official English name.
    pub name: String,
    /// By language.
    pub names: Vec<(String, String)>,
    /// Kind.
    pub kind: Option<PartyKind>,
    /// Where it stands among its kind.
    pub sort: String,
    /// Names of its agencies.
    pub agencies: Vec<String>,
    /// What the record rests on.
    pub sources: Vec<String>,
}

/// A gathering as a register describes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RegisterGathering {
    /// Its entity.
    pub id: EntityId,
    /// Title.
    pub title: String,
    /// Who is in the chair, by its term.
    pub chair: Option<PartyCode>,
    /// City.
    pub city: String,
    /// First day.
    pub start: Option<When>,
}

pub(super) fn register_row(snapshot: &Snapshot) -> RegisterRow {
    let live = |name| snapshot.collection(name).iter().filter(|record| record.withdrawn.is_none());
    let parties = live("parties")
        .filter_map(|record| {
            let code: PartyCode = record.read("code")?;
            let agencies = live("agencies")
                .filter(|agency| agency.read::<PartyCode>("party").as_ref() == Some(&code))
                .map(|agency| agency.line("name").to_owned())
                .collect();
            Some(RegisterParty {
                name: record.line("name").to_owned(),
                names: languages(record, "names"),
                kind: record.read("kind"),
                sort: record.line("sort-key").to_owned(),
                agencies,
                sources: words(record, "sources"),
                code,
            })
        })
        .collect();
    let chair = |term: Option<i64>| {
        live("terms")
            .find(|record| term.is_some() && int(record, "ordinal") == term)
            .and_then(|record| record.read("chair"))
    };
    let gatherings = live("gatherings")
        .filter_map(|record| {
            Some(RegisterGathering {
                id: record.id?,
                title: record.line("title").to_owned(),
                chair: chair(int(record, "term")),
                city: record.line("city").to_owned(),
                start: record.read("start"),
            })
        })
        .collect();
    let terms = live("terms")
        .filter_map(|record| {
            let ordinal = u16::try_from(int(record, "ordinal")?).ok()?;
            let title = [record.line("theme"), record.line("period")].into_iter().find(|title| !title.is_empty());
            Some((ordinal, record.read("chair"), title.unwrap_or_default().to_owned()))
        })
        .collect();
    let memberships =
        live("memberships").filter_map(|record| Some((record.id?, (record.read("from"), record.read("to"))))).collect();
    RegisterRow { parties, gatherings, terms, memberships }
}
