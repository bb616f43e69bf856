//! Parties, officers, devices: who is who by the facts, described by the registers.

use std::collections::BTreeMap;

use super::super::{Engine, rows::RegisterParty};
use crate::{
    domain::{Date, DocId, PartyCode, PersonId, Role, When, party::PartyKind},
    engine::api::{DeviceLine, OfficerView, PartyView, PeopleView, UnseenLine},
};

/// Protocol order of kinds: members, Plus Three, partners, the Secretariat last.
const fn rank(kind: Option<PartyKind>) -> u8 {
    match kind {
        Some(PartyKind::MemberState) => 0,
        Some(PartyKind::PlusThree) => 1,
        Some(PartyKind::DialoguePartner) => 2,
        Some(PartyKind::InternationalOrg) => 3,
        None => 4,
        Some(PartyKind::Secretariat) => 5,
    }
}

/// The day that rights go by, or what a register says instead where that means the same time less exactly: no source may
/// say more than `May 2023`.
fn as_told(day: Option<Date>, told: Option<When>) -> Option<When> {
    let day = day?;
    let same = told.filter(|told| {
        let (first, last) = told.bounds();
        first <= day && day <= last
    });
    Some(same.unwrap_or(When::Day(day)))
}

impl Engine {
    pub(super) fn people_view(&self) -> PeopleView {
        let mut described: BTreeMap<PartyCode, &RegisterParty> = BTreeMap::new();
        for party in self.registers().flat_map(|register| &register.parties) {
            described.entry(party.code.clone()).or_insert(party);
        }
        let by_facts = self.catalogue.members.values().map(|member| &member.party);
        let by_office = self.catalogue.appointments.values().map(|appointment| &appointment.party);
        let codes: std::collections::BTreeSet<PartyCode> =
            described.keys().chain(by_facts).chain(by_office).cloned().collect();
        let mut parties: Vec<(u8, String, PartyView)> = codes
            .into_iter()
            .map(|code| {
                let known = described.get(&code).copied();
                let view = self.party_view(code, known);
                let sort = known.map(|party| party.sort.clone()).filter(|sort| !sort.is_empty());
                (rank(view.kind), sort.unwrap_or_else(|| view.name.clone()), view)
            })
            .collect();
        parties.sort_by(|a, b| (a.0, &a.1, &a.2.code).cmp(&(b.0, &b.1, &b.2.code)));
        let mut unseen = self.unseen();
        let parties = parties.into_iter().map(|(_, _, mut view)| {
            view.unseen =
                unseen.remove(&view.code).map(|docs| docs.into_iter().map(|doc| self.unseen_line(doc)).collect());
            view
        });
        let parties: Vec<PartyView> = parties.collect();
        let invite_for = self.invite_for(&parties);
        PeopleView { parties, may_invite: !invite_for.is_empty(), invite_for }
    }

    fn unseen_line(&self, doc: DocId) -> UnseenLine {
        UnseenLine { doc, kind: self.entry(doc).map(|entry| entry.kind), title: self.title(doc) }
    }

    /// The Secretariat invites for every party, a focal point for its own.
    fn invite_for(&self, parties: &[PartyView]) -> Vec<PartyCode> {
        if self.is_secretariat() {
            return parties.iter().map(|party| party.code.clone()).collect();
        }
        let Some(person) = self.person() else { return Vec::new() };
        let speaks = self.catalogue.appointed(person, self.today()).filter(|by| by.role == Role::FocalPoint);
        let own = speaks.map(|appointment| appointment.party.clone());
        own.collect::<std::collections::BTreeSet<_>>().into_iter().collect()
    }

    fn party_view(&self, code: PartyCode, known: Option<&RegisterParty>) -> PartyView {
        let catalogue = &self.catalogue;
        let memberships = catalogue
            .members
            .iter()
            .filter(|(_, member)| member.party == code)
            .map(|(id, member)| {
                let told = self.registers().find_map(|register| register.memberships.get(id)).copied();
                let (from, to) = told.unwrap_or_default();
                (member.framework, member.status, as_told(member.from, from), as_told(member.to, to))
            })
            .collect();
        let terms = catalogue.terms.iter().filter(|(_, term)| term.party == code).map(|(term, _)| *term).collect();
        let mut officers: Vec<OfficerView> = catalogue
            .appointments
            .values()
            .filter(|appointment| appointment.party == code)
            .map(|appointment| OfficerView {
                person: appointment.person,
                role: appointment.role,
                from: appointment.from,
                to: appointment.to,
                devices: self.devices(appointment.person),
            })
            .collect();
        officers.sort_by_key(|officer| (officer.role, officer.from, officer.person));
        PartyView {
            name: known
                .map(|party| party.name.clone())
                .filter(|name| !name.is_empty())
                .unwrap_or_else(|| code.to_string()),
            names: known.map(|party| party.names.clone()).unwrap_or_default(),
            kind: known.and_then(|party| party.kind),
            agencies: known.map(|party| party.agencies.clone()).unwrap_or_default(),
            memberships,
            terms,
            officers,
            heard_at: self.contact.get(&code).copied(),
            unseen: None,
            sources: known.map(|party| party.sources.clone()).unwrap_or_default(),
            code,
        }
    }

    /// Whether the person here is a focal point of the other's party.
    fn is_focal_point_of(&self, other: PersonId) -> bool {
        let Some(person) = self.person() else { return false };
        let mut appointed = self.catalogue.appointed(person, self.today());
        appointed.any(|mine| {
            let theirs = || self.catalogue.appointments.values().filter(|theirs| theirs.person == other);
            mine.role == Role::FocalPoint && theirs().any(|theirs| theirs.party == mine.party)
        })
    }

    fn devices(&self, person: PersonId) -> Vec<DeviceLine> {
        let me = self.account.as_ref();
        let own = me.is_some_and(|account| account.person == person);
        let devices = self.catalogue.devices.iter().filter(|(_, device)| device.person == person);
        devices
            .map(|(id, device)| DeviceLine {
                id: *id,
                label: device.label.clone(),
                revoked: device.revoked,
                this: me.is_some_and(|account| account.device == *id),
                may_revoke: !device.revoked && (own || self.is_secretariat() || self.is_focal_point_of(person)),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_no_more_exact_than_what_is_told_of_it() {
        let day = Date::new(2023, 5, 1);
        let may = Some(When::Month(2023, 5));
        assert_eq!(as_told(day, may), may);
        assert_eq!(as_told(day, Some(When::Month(2023, 6))), day.map(When::Day), "a register that tells another time");
        assert_eq!(as_told(day, None), day.map(When::Day));
        assert_eq!(as_told(None, may), None, "rights know of no beginning");
    }
}
