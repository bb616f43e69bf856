//! Who leads a meeting on screen, and the list of speakers. It lives on the device of whoever leads, is said in passing,
//! and the next who leads goes on with it. It decides nothing: the floor is the Chair's to give.

use minicbor::{Decode, Encode};

use crate::{
    domain::PartyCode,
    engine::api::{FloorStep, Turn},
};

/// Most delegations on the list: it must fit into what may be said in passing.
const MOST: usize = 48;

/// How it travels.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub(super) struct Lead {
    /// See [`Floor::turn`].
    #[n(0)]
    turn: u32,
    #[n(1)]
    list: Vec<Listed>,
    /// For how many seconds the one who has the floor had spoken when this was said.
    #[n(2)]
    spoken: Option<u32>,
    #[n(3)]
    limit: Option<u16>,
}

#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
struct Listed {
    #[n(0)]
    party: String,
    /// 0 waits, 1 has the floor, 2 has spoken.
    #[n(1)]
    turn: u8,
}

/// Who leads, and the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Floor {
    /// Counts up with everyone who takes the lead: the highest leads.
    pub turn: u32,
    /// The speakers, in turn.
    pub list: Vec<(PartyCode, Turn)>,
    /// Since when the one who has the floor speaks.
    since: Option<u64>,
    /// How long each may speak, in seconds.
    pub limit: Option<u16>,
}

impl Floor {
    /// Takes the lead: goes on with the list of whoever led.
    pub fn after(led: Option<&Self>) -> Self {
        let led = led.cloned().unwrap_or_default();
        Self { turn: led.turn.saturating_add(1), ..led }
    }

    /// For how many seconds the one who has the floor has spoken.
    pub fn spoken(&self, now: u64) -> Option<u32> {
        self.since.map(|since| u32::try_from(now.saturating_sub(since) / 1_000).unwrap_or(u32::MAX))
    }

    /// Where a delegation last is on the list.
    pub fn turn_of(&self, party: &PartyCode) -> Option<Turn> {
        self.list.iter().rev().find(|(one, _)| one == party).map(|(_, turn)| *turn)
    }

    /// A delegation asks for the floor, or no longer.
    pub fn asked(&mut self, party: &PartyCode, asks: bool) {
        match (asks, self.turn_of(party)) {
            (true, None | Some(Turn::Spoken)) => self.add(party.clone()),
            (false, Some(Turn::Waiting)) => self.drop(party),
            (true, Some(Turn::Waiting | Turn::Speaking)) | (false, None | Some(Turn::Speaking | Turn::Spoken)) => {}
        }
    }

    /// A step of the one who leads.
    pub fn step(&mut self, step: FloorStep, now: u64) {
        match step {
            FloorStep::Add(party) => self.asked(&party, true),
            FloorStep::Remove(party) => self.drop(&party),
            FloorStep::Give(party) => {
                self.end();
                if self.turn_of(&party) != Some(Turn::Waiting) {
                    self.add(party.clone());
                }
                if let Some(entry) = self.list.iter_mut().rev().find(|(one, _)| *one == party) {
                    entry.1 = Turn::Speaking;
                    self.since = Some(now);
                }
            }
            FloorStep::End => self.end(),
            FloorStep::Clear => (self.list, self.since) = (Vec::new(), None),
            FloorStep::Limit(limit) => self.limit = limit,
        }
    }

    fn add(&mut self, party: PartyCode) {
        if self.list.len() == MOST {
            // Who has spoken gives way.
            let spoken = self.list.iter().position(|(_, turn)| *turn == Turn::Spoken);
            let Some(spoken) = spoken else { return };
            self.list.remove(spoken);
        }
        self.list.push((party, Turn::Waiting));
    }

    fn drop(&mut self, party: &PartyCode) {
        let at = self.list.iter().rposition(|(one, _)| one == party);
        if at.is_some_and(|at| self.list.remove(at).1 == Turn::Speaking) {
            self.since = None;
        }
    }

    fn end(&mut self) {
        for (_, turn) in self.list.iter_mut().filter(|(_, turn)| *turn == Turn::Speaking) {
            *turn = Turn::Spoken;
        }
        self.since = None;
    }

    /// As it is said at this moment.
    pub fn said(&self, now: u64) -> Lead {
        let listed = |(party, turn): &(PartyCode, Turn)| Listed {
            party: party.to_string(),
            turn: match turn {
                Turn::Waiting => 0,
                Turn::Speaking => 1,
                Turn::Spoken => 2,
            },
        };
        let list = self.list.iter().map(listed).collect();
        Lead { turn: self.turn, list, spoken: self.spoken(now), limit: self.limit }
    }

    /// As it was heard. What is no party or no turn is passed over.
    pub fn heard(said: &Lead, now: u64) -> Self {
        let read = |listed: &Listed| {
            let turn = match listed.turn {
                0 => Turn::Waiting,
                1 => Turn::Speaking,
                2 => Turn::Spoken,
                _ => return None,
            };
            Some((listed.party.parse().ok()?, turn))
        };
        let list = said.list.iter().take(MOST).filter_map(read).collect();
        let since = said.spoken.map(|spoken| now.saturating_sub(u64::from(spoken) * 1_000));
        Self { turn: said.turn, list, since, limit: said.limit }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> PartyCode {
        text.parse().expect("a code")
    }

    fn list(floor: &Floor) -> Vec<(&str, Turn)> {
        floor.list.iter().map(|(party, turn)| (party.as_str(), *turn)).collect()
    }

    #[test]
    fn delegations_speak_in_turn() {
        use Turn::{Speaking, Spoken, Waiting};
        let mut floor = Floor::after(None);
        for party in ["MY", "KH", "MY"] {
            floor.asked(&code(party), true);
        }
        assert_eq!(list(&floor), [("MY", Waiting), ("KH", Waiting)], "asked twice is asked");
        floor.step(FloorStep::Give(code("KH")), 1_000);
        floor.asked(&code("KH"), false);
        assert_eq!(list(&floor), [("MY", Waiting), ("KH", Speaking)], "who speaks takes nothing back");
        assert_eq!(floor.spoken(66_500), Some(65));
        floor.step(FloorStep::Give(code("SG")), 70_000);
        assert_eq!(list(&floor), [("MY", Waiting), ("KH", Spoken), ("SG", Speaking)], "without having asked");
        floor.asked(&code("KH"), true);
        floor.asked(&code("MY"), false);
        assert_eq!(list(&floor), [("KH", Spoken), ("SG", Speaking), ("KH", Waiting)], "once more, at the end");
        floor.step(FloorStep::Remove(code("SG")), 80_000);
        assert_eq!((floor.spoken(90_000), floor.list.len()), (None, 2));
        floor.step(FloorStep::Give(code("KH")), 90_000);
        floor.step(FloorStep::End, 95_000);
        assert_eq!(list(&floor), [("KH", Spoken), ("KH", Spoken)]);
        floor.step(FloorStep::Clear, 99_000);
        assert_eq!(list(&floor), []);
    }

    #[test]
    fn who_takes_the_lead_goes_on_with_what_was_heard() {
        let mut floor = Floor::after(None);
        floor.step(FloorStep::Limit(Some(180)), 0);
        floor.step(FloorStep::Give(code("ID")), 10_000);
        floor.asked(&code("LA"), true);
        let bytes = minicbor::to_vec(floor.said(40_000)).expect("memory");
        let heard = Floor::heard(&minicbor::decode(&bytes).expect("as it was said"), 7_040_000);
        let next = Floor::after(Some(&heard));
        assert_eq!((next.turn, &next.list, next.limit), (2, &floor.list, Some(180)));
        assert_eq!(next.spoken(7_050_000), Some(40), "by the clock of whoever hears it");
    }

    #[test]
    fn a_full_list_fits_and_an_odd_one_is_passed_over() {
        let mut floor = Floor::after(None);
        for n in 0..60_u8 {
            let party = code(&format!("{}{}", char::from(b'A' + n / 26), char::from(b'A' + n % 26)));
            floor.asked(&party, true);
        }
        assert_eq!(floor.list.len(), MOST);
        assert!(minicbor::to_vec(floor.said(0)).expect("memory").len() < 700);
        let odd = |party: &str, turn| Listed { party: party.to_owned(), turn };
        let lead =
            Lead { turn: 1, list: vec![odd("no party", 0), odd("KH", 9), odd("VN", 0)], spoken: None, limit: None };
        assert_eq!(list(&Floor::heard(&lead, 0)), [("VN", Turn::Waiting)]);
    }
}
