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
    domain::{Catalogue, Date, DeviceId, EntityId, Fact, PartyCode, PersonId, Role, WorkspaceId},
    sync::{
        frame::Item,
        join::{JoinRequest, ReturnRequest, VouchedFact},
        proof, signature,
    },
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
        let key = signature::public_key(&request.public_key)
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
        facts.push(Fact::Device {
            id: device,
            person,
            label: self.label.clone(),
            key: Some(signature::key_text(&self.key)),
        });
        facts.push(Fact::Owner { device, person });
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

/// A device that this hub does not know any more, as it asks to be known again.
#[derive(Debug, Clone)]
pub struct ComeBack {
    device: DeviceId,
    person: PersonId,
    label: String,
    key: Vec<u8>,
    token_hash: [u8; 32],
    /// Its own fact and its person's appointments, each with what its code must prove.
    facts: Vec<(Fact, Item)>,
}

impl ComeBack {
    /// Reads a request and checks that the holder of the key in it made it.
    ///
    /// # Errors
    /// When it does not read, says nothing of the device, or is not signed by it.
    pub fn read(request: &ReturnRequest, token: &Secret, workspace: WorkspaceId) -> Result<Self, Refusal> {
        let malformed = |what: &str| Refusal::Malformed(what.to_owned());
        let device: DeviceId = request.device.parse().map_err(|_| malformed("device is no id"))?;
        let (mut own, mut facts) = (None, Vec::new());
        for VouchedFact { fact: body, mac } in &request.facts {
            let fact = Fact::from_bytes(body.as_bytes()).map_err(|_| malformed("a fact does not read"))?;
            let mac = signature::bytes::<16>(mac).ok_or_else(|| malformed("a code does not read"))?;
            let hash = Fact::hash(body.as_bytes()).into();
            let item = Item::Fact { hash, body: body.clone().into_bytes().into(), mac: Some(mac.into()) };
            if let Fact::Device { id, person, label, key: Some(key) } = &fact
                && *id == device
            {
                own = signature::public_key(key).map(|key| (*person, label.clone(), key));
            }
            facts.push((fact, item));
        }
        let (person, label, key) = own.ok_or_else(|| malformed("it does not say which device"))?;
        let token_hash = token.hash();
        let (place, id) = (workspace.to_bytes().into(), device.to_bytes().into());
        let text = proof::return_text(&place, &id, &token_hash.into(), request.time);
        let signed = signature::bytes::<64>(&request.signature).ok_or_else(|| malformed("signature does not read"))?;
        if !signature::signed(&key, &text, &signed) {
            return Err(Refusal::Unauthorised);
        }
        Ok(Self { device, person, label, key, token_hash, facts })
    }

    /// Which device.
    #[must_use]
    pub const fn device(&self) -> DeviceId {
        self.device
    }

    /// Whether it is known again, and what that writes. `took` says whether this hub once put its code on a fact.
    ///
    /// # Errors
    /// When a code is not this hub's, the person was never appointed, or the device was revoked.
    pub fn admit(
        self,
        took: impl Fn(&Item) -> bool,
        catalogue: &Catalogue,
        known: Option<&Device>,
    ) -> Result<Plan, Refusal> {
        if !self.facts.iter().all(|(_, item)| took(item)) {
            return Err(Refusal::Unauthorised);
        }
        if let Some(known) = known {
            return match (known.revoked, known.token_hash == self.token_hash) {
                (true, _) => Err(Refusal::Revoked),
                (false, true) => Ok(Plan::default()),
                // It joined again since, and has another token.
                (false, false) => Err(Refusal::Unauthorised),
            };
        }
        if catalogue.devices.get(&self.device).is_some_and(|device| device.revoked) {
            return Err(Refusal::Revoked);
        }
        let of_person = |fact: &Fact| matches!(fact, Fact::Appoint { person, .. } if *person == self.person);
        let appointed = catalogue.appointments.values().any(|by| by.person == self.person);
        if !appointed && !self.facts.iter().any(|(fact, _)| of_person(fact)) {
            return Err(Refusal::Unauthorised);
        }
        let is_new = |fact: &Fact| match fact {
            Fact::Appoint { id, .. } => of_person(fact) && !catalogue.appointments.contains_key(id),
            Fact::Device { id, .. } => *id == self.device && !catalogue.devices.contains_key(id),
            _ => false,
        };
        // A person is appointed before their device joins.
        let mut facts: Vec<Fact> = self.facts.iter().map(|(fact, _)| fact.clone()).filter(is_new).collect();
        facts.sort_by_key(|fact| matches!(fact, Fact::Device { .. }));
        if !catalogue.owners.contains_key(&self.device) {
            facts.push(Fact::Owner { device: self.device, person: self.person });
        }
        let row = Device {
            id: self.device,
            person: self.person,
            key: self.key,
            token_hash: self.token_hash,
            label: self.label,
            revoked: false,
        };
        Ok(Plan { facts, accounts: vec![AccountChange::AddDevice(row)] })
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
