//! Who joins, who invites, who takes a device away: decisions only, from what is known, as rows to write.
//!
//! Nothing here writes. The writer asks under its lock and commits facts and accounts in one transaction, so that an
//! invitation is used exactly when its device is in the log.

use super::{
    clock,
    refusal::Refusal,
    secret,
    secret::Secret,
    store::{AccountChange, Device, Invitation},
};
use crate::{
    domain::{Catalogue, Date, DeviceId, EntityId, Fact, PartyCode, PersonId, Role},
    sync::join::JoinRequest,
};

/// Longest name of a device, in bytes.
const LABEL_MAX: usize = 120;
/// Longest life of an invitation, in days.
pub const DAYS_MAX: u16 = 90;
const DAY: u64 = 86_400_000;

/// What a decision brings: facts for the log and changes of accounts.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Facts, in order.
    pub facts: Vec<Fact>,
    /// Changes of accounts.
    pub accounts: Vec<AccountChange>,
}

/// A join request as it reads.
#[derive(Debug, Clone)]
pub struct Join {
    /// The invitation's secret.
    pub secret: Secret,
    /// The device's public key.
    pub key: Vec<u8>,
    /// The device's name.
    pub label: String,
}

/// Who joined, and with which token.
#[derive(Debug)]
pub struct Admitted {
    /// The device.
    pub device: DeviceId,
    /// Its person.
    pub person: PersonId,
    /// Its party.
    pub party: PartyCode,
    /// Its role.
    pub role: Role,
    /// Its token: told once.
    pub token: Secret,
}

impl Join {
    /// Reads a request.
    ///
    /// # Errors
    /// When a part of it cannot be what it should.
    pub fn read(request: &JoinRequest) -> Result<Self, Refusal> {
        let secret = Secret::parse(&request.secret).ok_or(Refusal::InvitationUnknown)?;
        let key = secret::public_key(&request.public_key)
            .ok_or_else(|| Refusal::Malformed("public_key is no uncompressed P-256 point in base64url".to_owned()))?;
        let label = request.label.trim().to_owned();
        if label.len() > LABEL_MAX || label.contains(char::is_control) {
            return Err(Refusal::Malformed(format!(
                "label is longer than {LABEL_MAX} bytes or has control characters"
            )));
        }
        Ok(Self { secret, key, label })
    }

    /// Whether it may join, and what that writes. The same key with the same secret joins again under a new token.
    ///
    /// # Errors
    /// When the invitation is unknown, used or expired, or the device known or revoked.
    pub fn admit(
        self,
        invitation: Option<&Invitation>,
        devices: &[Device],
        now: u64,
    ) -> Result<(Admitted, Plan), Refusal> {
        let invitation = invitation.ok_or(Refusal::InvitationUnknown)?;
        let token = Secret::fresh()?;
        let admitted = |device, person| Admitted {
            device,
            person,
            party: invitation.party.clone(),
            role: invitation.role,
            token: token.clone(),
        };
        if let Some((key, id)) = &invitation.used_by {
            let device = devices.iter().find(|device| device.id == *id && *key == self.key);
            let device = device.ok_or(Refusal::InvitationUsed)?;
            if device.revoked {
                return Err(Refusal::Revoked);
            }
            let change = AccountChange::SetToken { device: device.id, token_hash: token.hash() };
            return Ok((admitted(device.id, device.person), Plan { facts: vec![], accounts: vec![change] }));
        }
        if invitation.expires < now {
            return Err(Refusal::InvitationExpired);
        }
        if devices.iter().any(|device| device.key == self.key) {
            return Err(Refusal::DeviceKnown);
        }
        let device = DeviceId::fresh(now, secret::random()?);
        let mut facts = Vec::new();
        let person = match invitation.person {
            Some(person) => person,
            None => {
                let (id, person) = (EntityId::fresh(now, secret::random()?), PersonId::fresh(now, secret::random()?));
                let (party, role, from) = (invitation.party.clone(), invitation.role, clock::day(now));
                facts.push(Fact::Appoint { id, person, party, role, from, to: None });
                person
            }
        };
        facts.push(Fact::Device { id: device, person, label: self.label.clone() });
        let row = Device {
            id: device,
            person,
            key: self.key.clone(),
            token_hash: token.hash(),
            label: self.label,
            revoked: false,
        };
        let used = AccountChange::Use { hash: invitation.hash, key: self.key, device };
        Ok((admitted(device, person), Plan { facts, accounts: vec![used, AccountChange::AddDevice(row)] }))
    }
}

/// Whom someone wants to invite.
#[derive(Debug, Clone)]
pub struct Wish {
    /// For which party.
    pub party: PartyCode,
    /// In which role.
    pub role: Role,
    /// The person whose further device it is for; none for someone new.
    pub person: Option<PersonId>,
    /// How long it stays good, in days.
    pub days: u16,
}

impl Wish {
    /// A fresh invitation: its secret, told once, and what is kept of it.
    ///
    /// # Errors
    /// When the role does not fit the party, the party is unknown, or the days are out of range.
    pub fn grant(self, catalogue: &Catalogue, now: u64) -> Result<(Secret, Invitation), Refusal> {
        let Self { party, role, person, days } = self;
        let asec = party == PartyCode::secretariat();
        if asec != (role == Role::Secretariat) {
            return Err(Refusal::Malformed("the role secretariat is for ASEC, and ASEC has no other".to_owned()));
        }
        if !asec && !catalogue.members.values().any(|member| member.party == party) {
            return Err(Refusal::PartyUnknown);
        }
        if days == 0 || days > DAYS_MAX {
            return Err(Refusal::Malformed(format!("days is not between 1 and {DAYS_MAX}")));
        }
        let secret = Secret::fresh()?;
        let expires = now + u64::from(days) * DAY;
        let kept = Invitation { hash: secret.hash(), party, role, person, expires, used_by: None };
        Ok((secret, kept))
    }

    /// Whether a person may have it: the Secretariat anyone, a focal point its own party, everyone their own further
    /// device.
    #[must_use]
    pub fn allowed(&self, catalogue: &Catalogue, by: PersonId, on: Date) -> bool {
        match self.person {
            Some(person) => {
                person == by && catalogue.appointed(by, on).any(|a| a.party == self.party && a.role == self.role)
            }
            None => {
                catalogue.is_secretariat(by, on)
                    || catalogue.appointed(by, on).any(|a| a.role == Role::FocalPoint && a.party == self.party)
            }
        }
    }
}

/// Whether a person may take a device away: the Secretariat any, a focal point its own party's, everyone their own.
#[must_use]
pub fn may_revoke(catalogue: &Catalogue, by: PersonId, owner: PersonId, on: Date) -> bool {
    by == owner
        || catalogue.is_secretariat(by, on)
        || catalogue.appointed(by, on).filter(|mine| mine.role == Role::FocalPoint).any(|mine| {
            catalogue.appointments.values().any(|theirs| theirs.person == owner && theirs.party == mine.party)
        })
}
