//! Who this device is: what joining brought, and what it keeps of it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    domain::{Date, DeviceId, DocId, PartyCode, PersonId, Role, WorkspaceId, base64url},
    engine::api::wire,
    sync::join::Joined,
};

/// The shapes in which [`Account`], [`Position`] and what was heard of others are stored. Counted up when one changes, and
/// the old one is then read too.
const ACCOUNT: u8 = 1;
const POSITION: u8 = 1;
pub(super) const SEEN: u8 = 1;
/// The shape of the moments at which parties were last heard.
pub(super) const CONTACT: u8 = 1;

/// What the store keeps of the device. The token stays here: pages never see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// Its name.
    pub name: String,
    /// Whether it is the sample record.
    pub sample: bool,
    /// This device.
    pub device: DeviceId,
    /// The person.
    pub person: PersonId,
    /// For which party.
    pub party: PartyCode,
    /// In which role.
    pub role: Role,
    /// The bearer token, base64url.
    pub token: String,
    /// The incarnation under which changes are written: counted up whenever the last change is in doubt.
    pub incarnation: u32,
    /// Why the hub will have no more of this device, if so.
    pub barred: Option<String>,
}

/// An answer of the hub that makes no sense.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the hub's answer cannot be read: {0}")]
pub struct BadAnswer(pub String);

impl TryFrom<Joined> for Account {
    type Error = BadAnswer;

    fn try_from(joined: Joined) -> Result<Self, BadAnswer> {
        let bad = |what: &str| BadAnswer(what.to_owned());
        Ok(Self {
            workspace: joined.workspace.parse().map_err(|_| bad("workspace"))?,
            name: joined.name,
            sample: joined.sample,
            device: joined.device.parse().map_err(|_| bad("device"))?,
            person: joined.person.parse().map_err(|_| bad("person"))?,
            party: joined.party.parse().map_err(|_| bad("party"))?,
            role: joined.role.parse().map_err(|_| bad("role"))?,
            token: joined.token,
            incarnation: 0,
            barred: None,
        })
    }
}

impl Account {
    /// The bytes for the store.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        wire::keep(ACCOUNT, self)
    }

    /// From the store; none when the bytes are not an account.
    #[must_use]
    pub fn decode(value: &[u8]) -> Option<Self> {
        wire::kept(ACCOUNT, value).ok()
    }

    /// The bytes of the token.
    #[must_use]
    pub fn token_bytes(&self) -> Option<Vec<u8>> {
        base64url::decode(&self.token)
    }
}

/// What the store keeps under [`super::store::meta::CURSOR`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// The cursor's number.
    pub number: u64,
    /// The stamp there.
    pub stamp: [u8; 8],
    /// When the hub last compared rights.
    pub as_of: u64,
    /// Documents whose content must be fetched whole.
    pub missing: BTreeSet<DocId>,
    /// Documents this device may no longer receive.
    pub lost: BTreeSet<DocId>,
    /// The hub's newest number when last heard.
    pub head: u64,
}

impl Position {
    /// The bytes for the store.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        wire::keep(POSITION, self)
    }

    /// From the store; none when the bytes are no position.
    #[must_use]
    pub fn decode(value: &[u8]) -> Option<Self> {
        wire::kept(POSITION, value).ok()
    }
}

/// The day of a moment, in universal time: rights are dated by day.
#[must_use]
pub fn day_of(millis: u64) -> Date {
    // Days since 1970 to a civil date, by the usual shift of the year's start to March.
    let days = i64::try_from(millis / 86_400_000).unwrap_or(0) + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let parts = (i16::try_from(year), u8::try_from(month), u8::try_from(day));
    match parts {
        (Ok(year), Ok(month), Ok(day)) => Date { year, month, day },
        (Err(_), _, _) | (_, Err(_), _) | (_, _, Err(_)) => Date { year: 9999, month: 12, day: 31 },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_moments() {
        for (millis, day) in [
            (0, "1970-01-01"),
            (951_782_399_999, "2000-02-28"),
            (951_782_400_000, "2000-02-29"),
            (1_605_571_200_000, "2020-11-17"),
            (1_735_689_599_999, "2024-12-31"),
        ] {
            assert_eq!(day_of(millis).to_string(), day);
        }
    }
}
