//! The domain's rights in the words of the protocol: who may append what, who may receive what.
//!
//! Every byte a device gets and every entry it brings passes here. Rights are facts and a day, nothing else.

use std::sync::Arc;

use crate::{
    domain::{Catalogue, Date, DeviceId, DocId, Fact, PersonId},
    sync::{
        frame::Id,
        hub::{Clearance, Effect, Policy},
    },
};

/// The person of a device that has its rights.
#[must_use]
pub fn person_of(catalogue: &Catalogue, device: Id) -> Option<PersonId> {
    let device = catalogue.devices.get(&DeviceId::from_bytes(*device))?;
    (!device.revoked).then_some(device.person)
}

/// Whose entries are judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trust {
    /// A device's: by its person's rights.
    Rights,
    /// The hub's own, decided before.
    Own,
}

/// Who may append, on a day, while a batch grows.
#[derive(Debug)]
pub struct Admission {
    catalogue: Arc<Catalogue>,
    on: Date,
    trust: Trust,
}

impl Admission {
    /// On top of what is committed.
    #[must_use]
    pub const fn new(catalogue: Arc<Catalogue>, on: Date) -> Self {
        Self { catalogue, on, trust: Trust::Rights }
    }

    /// For the hub's own entries, whoever's name they carry.
    #[must_use]
    pub fn trusted(self) -> Self {
        Self { trust: Trust::Own, ..self }
    }

    /// The catalogue with what was admitted so far.
    #[must_use]
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// The catalogue with what was admitted, to hold once the batch is committed.
    #[must_use]
    pub fn into_catalogue(self) -> Arc<Catalogue> {
        self.catalogue
    }

    fn allows(&self, device: Option<Id>, fact: &Fact) -> Result<(), &'static str> {
        if self.repeats(fact) {
            return Err("exists");
        }
        let (Trust::Rights, Some(device)) = (self.trust, device) else { return Ok(()) };
        let person = person_of(&self.catalogue, device).ok_or("revoked")?;
        let from = DeviceId::from_bytes(*device);
        let may = self.catalogue.may_state(person, fact, self.on);
        may.and_then(|()| self.catalogue.may_state_from(from, fact)).map_err(|not| not.word())
    }

    /// Whether the fact names as new what is there already: it would take a number and say nothing.
    fn repeats(&self, fact: &Fact) -> bool {
        match fact {
            // Said again it begins an epoch; only the hub itself may say it.
            Fact::Workspace { stated, .. } => *stated == 0 && self.catalogue.workspace.is_some(),
            Fact::Appoint { id, .. } => self.catalogue.appointments.contains_key(id),
            Fact::Device { id, .. } => self.catalogue.devices.contains_key(id),
            Fact::Owner { device, .. } => self.catalogue.owners.contains_key(device),
            Fact::Grant { id, .. } => self.catalogue.grants.contains_key(id) || self.catalogue.ended.contains_key(id),
            Fact::Revoke { device } => self.catalogue.devices.get(device).is_some_and(|device| device.revoked),
            Fact::Member { .. }
            | Fact::Term { .. }
            | Fact::End { .. }
            | Fact::Doc { .. }
            | Fact::Ungrant { .. }
            | Fact::Reserve { .. }
            | Fact::Number { .. } => false,
        }
    }

    /// Whether what is given back was said before what is in force now: it would bring back what was changed since.
    fn is_outdated(&self, fact: &Fact) -> bool {
        let since = match fact {
            Fact::Member { id, stated, .. } => self.catalogue.members.get(id).map(|now| (now.stated, *stated)),
            Fact::Term { ordinal, framework, stated, .. } => {
                self.catalogue.terms.get(&(*framework, *ordinal)).map(|now| (now.stated, *stated))
            }
            Fact::Workspace { .. }
            | Fact::Appoint { .. }
            | Fact::End { .. }
            | Fact::Device { .. }
            | Fact::Owner { .. }
            | Fact::Revoke { .. }
            | Fact::Doc { .. }
            | Fact::Grant { .. }
            | Fact::Ungrant { .. }
            | Fact::Reserve { .. }
            | Fact::Number { .. } => None,
        };
        since.is_some_and(|(now, then)| now > then)
    }
}

impl Clearance for Admission {
    fn reads(&self, device: Id, doc: Id) -> bool {
        Sight::new(Arc::clone(&self.catalogue), self.on).reads(device, doc)
    }

    fn sees(&self, device: Id, fact: &[u8]) -> bool {
        Sight::new(Arc::clone(&self.catalogue), self.on).sees(device, fact)
    }
}

impl Policy for Admission {
    fn judge(&self, device: Option<Id>, body: &[u8]) -> Result<Effect, &'static str> {
        let fact = Fact::from_bytes(body).map_err(|_| "malformed")?;
        self.allows(device, &fact)?;
        Ok(effect(&fact))
    }

    fn recall(&self, body: &[u8]) -> Result<Effect, &'static str> {
        let fact = Fact::from_bytes(body).map_err(|_| "malformed")?;
        match (self.repeats(&fact), self.is_outdated(&fact)) {
            (true, _) => Err("exists"),
            (false, true) => Err("superseded"),
            (false, false) => Ok(effect(&fact)),
        }
    }

    fn fold(&mut self, body: &[u8]) {
        if let Ok(fact) = Fact::from_bytes(body) {
            Arc::make_mut(&mut self.catalogue).fold(&fact);
        }
    }

    fn may_write(&self, device: Id, doc: Id) -> bool {
        self.trust == Trust::Own
            || person_of(&self.catalogue, device)
                .is_some_and(|person| self.catalogue.may_write(person, DocId::from_bytes(*doc), self.on))
    }
}

/// What a fact does to the protocol's bookkeeping.
#[must_use]
pub fn effect(fact: &Fact) -> Effect {
    match fact {
        Fact::Doc { id, .. } => Effect::Makes(id.to_bytes().into()),
        Fact::Workspace { .. }
        | Fact::Member { .. }
        | Fact::Term { .. }
        | Fact::Appoint { .. }
        | Fact::End { .. }
        | Fact::Device { .. }
        | Fact::Owner { .. }
        | Fact::Revoke { .. }
        | Fact::Grant { .. }
        | Fact::Ungrant { .. }
        | Fact::Reserve { .. }
        | Fact::Number { .. } => Effect::Other,
    }
}

/// Who may receive, as of some facts and a day.
#[derive(Debug, Clone)]
pub struct Sight {
    catalogue: Arc<Catalogue>,
    on: Date,
}

impl Sight {
    /// As of these.
    #[must_use]
    pub const fn new(catalogue: Arc<Catalogue>, on: Date) -> Self {
        Self { catalogue, on }
    }
}

impl Clearance for Sight {
    fn reads(&self, device: Id, doc: Id) -> bool {
        let doc = self.catalogue.docs.get(&DocId::from_bytes(*doc));
        person_of(&self.catalogue, device)
            .zip(doc)
            .is_some_and(|(person, doc)| self.catalogue.may_read(person, doc, self.on))
    }

    fn sees(&self, device: Id, fact: &[u8]) -> bool {
        person_of(&self.catalogue, device)
            .zip(Fact::from_bytes(fact).ok())
            .is_some_and(|(person, fact)| self.catalogue.may_see(person, &fact, self.on))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{EntityId, Framework, party::MembershipStatus};

    #[test]
    fn what_is_given_back_does_not_undo_what_was_said_later() {
        let member = |to: Option<&str>, stated| Fact::Member {
            id: EntityId::from_bytes([1; 16]),
            party: "VN".parse().expect("a code"),
            framework: Framework::Accsm,
            status: MembershipStatus::Member,
            from: None,
            to: to.map(|day| day.parse().expect("a day")),
            stated,
        };
        let term = |handed: &str, stated| Fact::Term {
            ordinal: 23,
            framework: Framework::Accsm,
            party: "VN".parse().expect("a code"),
            effective_from: None,
            effective_to: None,
            handed_over: Some(handed.parse().expect("a day")),
            stated,
        };
        let mut catalogue = Catalogue::default();
        for fact in [member(Some("2025-12-31"), 20), term("2024-08-01", 20)] {
            catalogue.fold(&fact);
        }
        let admission = Admission::new(Arc::new(catalogue), "2026-03-01".parse().expect("a day"));
        for (fact, judged) in [
            (member(None, 10), Err("superseded")),
            (member(None, 30), Ok(Effect::Other)),
            (term("2024-07-01", 10), Err("superseded")),
            (term("2024-07-01", 30), Ok(Effect::Other)),
        ] {
            assert_eq!(admission.recall(&fact.to_bytes()), judged, "{fact:?}");
        }
    }
}
