//! Parties and their dated memberships.
//!
//! Which parties there are is data, never a list in code: ASEAN had ten members until 26 October 2025 and has eleven since.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::kind::{BadWord, words};

/// A party's short code as ASEAN documents write it, for example `KH`, `VN` or `ASEC`: two to eight capital letters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct PartyCode(String);

impl PartyCode {
    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The ASEAN Secretariat.
    #[must_use]
    pub fn secretariat() -> Self {
        Self("ASEC".to_owned())
    }
}

impl fmt::Display for PartyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for PartyCode {
    type Err = BadWord;

    fn from_str(text: &str) -> Result<Self, BadWord> {
        let good = (2..=8).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_uppercase());
        if good { Ok(Self(text.to_owned())) } else { Err(BadWord(text.to_owned())) }
    }
}

impl From<PartyCode> for String {
    fn from(code: PartyCode) -> Self {
        code.0
    }
}

impl TryFrom<String> for PartyCode {
    type Error = BadWord;

    fn try_from(text: String) -> Result<Self, BadWord> {
        text.parse()
    }
}

words! {
    /// What a party is.
    PartyKind {
        /// A Member State of ASEAN.
        MemberState = "MEMBER_STATE",
        /// China, Japan or the Republic of Korea.
        PlusThree = "PLUS_THREE",
        /// A dialogue partner.
        DialoguePartner = "DIALOGUE_PARTNER",
        /// The ASEAN Secretariat.
        Secretariat = "SECRETARIAT",
        /// An international organisation.
        InternationalOrg = "INTERNATIONAL_ORG",
    }
    /// How a party takes part in a framework.
    MembershipStatus {
        /// A full member, part of every consensus.
        Member = "MEMBER",
        /// Attends; speaks by leave of the Chair.
        Observer = "OBSERVER",
        /// A partner country.
        Partner = "PARTNER",
        /// A guest of single events.
        Guest = "GUEST",
    }
}

/// Sorts as ASEAN seats: Member States in the English alphabetical order of their names (ASEAN Charter, article 31, has the
/// same basis for the Chair), then the Plus Three, dialogue partners and organisations, the Secretariat at the Chair's side
/// last. `key` gives a party's kind and the name it sorts by.
pub fn protocol_order<T>(parties: &mut [T], key: impl Fn(&T) -> (Option<PartyKind>, String)) {
    parties.sort_by_cached_key(|party| {
        let (kind, name) = key(party);
        let rank = match kind {
            Some(PartyKind::MemberState) => 0,
            Some(PartyKind::PlusThree) => 1,
            Some(PartyKind::DialoguePartner) => 2,
            Some(PartyKind::InternationalOrg) => 3,
            None => 4,
            Some(PartyKind::Secretariat) => 5,
        };
        (rank, name.to_lowercase())
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timor_leste_sits_between_thailand_and_viet_nam() {
        use PartyKind::{MemberState as M, PlusThree as P, Secretariat as S};
        let mut parties = [
            (S, "ASEAN Secretariat"),
            (M, "Viet Nam"),
            (P, "China"),
            (M, "Timor-Leste"),
            (M, "Thailand"),
            (M, "Lao PDR"),
        ];
        protocol_order(&mut parties, |(kind, name)| (Some(*kind), (*name).to_owned()));
        let names: Vec<_> = parties.iter().map(|(_, name)| *name).collect();
        assert_eq!(names, ["Lao PDR", "Thailand", "Timor-Leste", "Viet Nam", "China", "ASEAN Secretariat"]);
    }

    #[test]
    fn a_code_is_capital_letters() {
        for bad in ["", "K", "kh", "K1", "ABCDEFGHI", "ក"] {
            assert!(bad.parse::<PartyCode>().is_err(), "{bad}");
        }
        assert_eq!("ASEC".parse(), Ok(PartyCode::secretariat()));
    }
}
