//! What a device and the hub say to each other outside the frames: joining, inviting, taking a device away.
//!
//! Plain JSON over HTTP, ids and words as text, because this room knows nothing of what they stand for. `POST /v1/join`
//! carries no token; the others carry `Authorization: Bearer TOKEN`. Every refusal is a [`Problem`] under a 4xx or 5xx status.

use serde::{Deserialize, Serialize};

/// Body of `POST /v1/join`. Sending it again with the same key gives the same answer: a lost reply burns nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinRequest {
    /// The invitation's secret, as it stood in the link's fragment.
    pub secret: String,
    /// The device's public key: an uncompressed P-256 point (65 bytes), base64url without padding.
    pub public_key: String,
    /// What the person calls this device.
    pub label: String,
}

/// Answer to [`JoinRequest`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joined {
    /// Id of the workspace.
    pub workspace: String,
    /// Its name.
    pub name: String,
    /// Whether it is the sample record.
    #[serde(default)]
    pub sample: bool,
    /// Id the hub gave this device.
    pub device: String,
    /// Id of the person.
    pub person: String,
    /// Code of the party the person acts for.
    pub party: String,
    /// Word of the role.
    pub role: String,
    /// The device's bearer token: 32 bytes, base64url without padding.
    pub token: String,
}

/// Body of `POST /v1/invitations`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteRequest {
    /// Code of the party.
    pub party: String,
    /// Word of the role.
    pub role: String,
    /// Days the invitation stays good.
    pub days: u16,
    /// Id of the person whose further device it is for: only oneself. None for someone new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
}

/// Answer to [`InviteRequest`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    /// The secret that the link's fragment carries; the hub keeps only its hash.
    pub secret: String,
}

/// Body of `POST /v1/devices/revoke`; the answer has no body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevokeRequest {
    /// Id of the device.
    pub device: String,
}

/// Body of `POST /v1/return`, with the device's token in `Authorization`: a device that a hub does not know any more,
/// because it fell back to an older state, asks to be known again. Doing it again changes nothing; the answer has no body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnRequest {
    /// Id of the device.
    pub device: String,
    /// The fact that this device joined, and that its person is appointed, each with the hub's code.
    pub facts: Vec<VouchedFact>,
    /// When it is asked: milliseconds since 1970 by the device's clock.
    pub time: u64,
    /// The device's signature over [`super::proof::return_text`], base64url without padding.
    pub signature: String,
}

/// A fact of the hub's own with the hub's code on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VouchedFact {
    /// The fact's bytes, which are text.
    pub fact: String,
    /// The code, base64url without padding.
    pub mac: String,
}

/// Why the hub refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// A stable word, such as `invitation-unknown`, `invitation-used`, `invitation-expired`, `unauthorised`, `forbidden`.
    pub code: String,
    /// A sentence for a log.
    pub message: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_older_hub_that_says_nothing_of_samples_is_understood() {
        let text = r#"{"workspace":"w","name":"n","device":"d","person":"p","party":"KH","role":"head","token":"t"}"#;
        let joined: Joined = serde_json::from_str(text).expect("reads");
        assert!(!joined.sample);
    }
}
