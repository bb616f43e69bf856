//! Delegations: who comes to a meeting for each party, in which order they sit and are called, and what only the host has to know.
//!
//! A party's list stands in its own voice on the meeting (`delegates`): nobody else writes it, and its size is how many stand in it.
//! When its people arrive and what they eat stands in a document of kind `logistics` that the party writes for the host and that
//! nobody else ever receives: see [`super::rights::logistics_id`].

use std::iter::Sum;

use serde::{Deserialize, Serialize};

use super::{
    catalogue::{Catalogue, within},
    kind::{Framework, words},
    meeting::{Mode, dates::Clock},
    party::{MembershipStatus, PartyCode},
    record::{Record, Value},
    when::Date,
};

words! {
    /// What somebody is in a delegation, in the order of its list.
    Part {
        /// Speaks for the party.
        Head = "head",
        /// Speaks for it where the head does not: in the Chair's delegation, while the head is in the chair.
        Alternate = "alternate",
        /// Anybody else.
        Member = "member",
    }
    /// Where a delegation sits, in the order in which delegations are called.
    Seat {
        /// In the chair, apart from the others; an alternate speaks for its country.
        Chair = "chair",
        /// A member of ACCSM on that day.
        Member = "member",
        /// China, Japan or the Republic of Korea.
        PlusThree = "plus-three",
        /// An observer, a dialogue partner or a guest.
        Guest = "guest",
        /// The ASEAN Secretariat, at the Chair's side.
        Secretariat = "secretariat",
    }
}

/// What the host has to know of each delegate: fields of a `logistics` document, each with a member by the delegate's id.
pub const LOGISTICS: [&str; 7] = ["arrival", "arrival-by", "departure", "departure-by", "stay", "diet", "needs"];

/// Those of them that are a moment: see [`moment`].
pub const MOMENTS: [&str; 2] = ["arrival", "departure"];

/// Where a party sits at a meeting on a day.
#[must_use]
pub fn seat(catalogue: &Catalogue, party: &PartyCode, chair: Option<&PartyCode>, on: Date) -> Seat {
    let is = |framework, status| catalogue.status(party, framework, on) == Some(status);
    if chair == Some(party) {
        Seat::Chair
    } else if *party == PartyCode::secretariat() {
        Seat::Secretariat
    } else if is(Framework::Accsm, MembershipStatus::Member) {
        Seat::Member
    } else if is(Framework::AccsmPlus3, MembershipStatus::Partner) {
        Seat::PlusThree
    } else {
        Seat::Guest
    }
}

/// Sorts as ASEAN seats and calls delegations: the Chair's apart, then by the English alphabetical order of names among those who
/// sit alike. `key` gives the seat and the name.
pub fn seating<T>(delegations: &mut [T], key: impl Fn(&T) -> (Seat, String)) {
    delegations.sort_by_cached_key(|one| {
        let (seat, name) = key(one);
        (seat, name.to_lowercase())
    });
}

/// The parties that are expected at a meeting on a day: members, with ACCSM+3 its partners, and the Secretariat.
#[must_use]
pub fn expected(catalogue: &Catalogue, framework: Framework, on: Date) -> Vec<PartyCode> {
    let partners = catalogue.members.values().filter(|member| {
        framework == Framework::AccsmPlus3
            && member.framework == framework
            && member.status == MembershipStatus::Partner
            && within(on, member.from, member.to)
    });
    let partners = partners.map(|member| member.party.clone());
    let mut parties: Vec<_> = catalogue.members_on(Framework::Accsm, on).into_iter().chain(partners).collect();
    parties.push(PartyCode::secretariat());
    parties.sort();
    parties.dedup();
    parties
}

/// What somebody is; a member where nothing is said.
#[must_use]
pub fn part(delegate: &Record) -> Part {
    delegate.read("part").unwrap_or(Part::Member)
}

/// A list as it is read: heads, alternates, members, each in the order of their places; withdrawn ones are not in it.
#[must_use]
pub fn people(delegates: &[Record]) -> Vec<Record> {
    let mut people: Vec<_> = delegates.iter().filter(|one| one.withdrawn.is_none()).cloned().collect();
    people.sort_by_key(part);
    people
}

/// What is not right in a list, and whoever wrote it should see. Nothing is dropped for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Nobody leads it.
    NoHead,
    /// More than one person does: two officers said so apart.
    Heads(usize),
    /// A name stands in it twice: two officers added the same person apart, or two people have one name.
    Twice(String),
}

/// What is not right in a list.
#[must_use]
pub fn faults(people: &[Record]) -> Vec<Fault> {
    let heads = people.iter().filter(|one| part(one) == Part::Head).count();
    let mut faults = match heads {
        _ if people.is_empty() => Vec::new(),
        0 => vec![Fault::NoHead],
        1 => Vec::new(),
        heads => vec![Fault::Heads(heads)],
    };
    let alike = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    for (at, one) in people.iter().enumerate() {
        let name = alike(one.line("name"));
        let same = |other: &&Record| alike(other.line("name")) == name;
        // Told once, at the second of them.
        if !name.is_empty() && people[..at].iter().filter(same).count() == 1 {
            faults.push(Fault::Twice(one.line("name").trim().to_owned()));
        }
    }
    faults
}

/// The field that says that a delegate attended on a day: a member of `attended`.
#[must_use]
pub fn attended(day: Date) -> String {
    format!("attended:{day}")
}

/// The field of a meeting that says that a delegation answered the roll call of a day: a member of `present`.
#[must_use]
pub fn present(day: Date, party: &PartyCode) -> String {
    format!("present:{day}/{party}")
}

/// Whether a record says yes in a field.
#[must_use]
pub fn says(record: &Record, field: &str) -> bool {
    record.fields.get(field).is_some_and(|held| held.value == Value::Bool(true))
}

/// How many come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Delegations with anybody.
    pub delegations: usize,
    /// People.
    pub people: usize,
    /// Who come to the venue.
    pub in_person: usize,
    /// Who come by video.
    pub online: usize,
    /// Who do both.
    pub hybrid: usize,
    /// Of whom that is not said.
    pub unsaid: usize,
    /// Who attended on the day asked about.
    pub present: usize,
}

impl Totals {
    /// Of one delegation: its own list counts; where it has none, the size that the meeting's record says. Who says nothing of how
    /// they attend does it as the meeting is held, unless that is in both ways.
    #[must_use]
    pub fn of(people: &[Record], recorded: usize, held: Option<Mode>, day: Option<Date>) -> Self {
        let count = if people.is_empty() { recorded } else { people.len() };
        let mut totals = Self { delegations: usize::from(count > 0), people: count, ..Self::default() };
        let held = held.filter(|mode| *mode != Mode::Hybrid);
        if people.is_empty() {
            *totals.by_mode(held) = count;
        }
        for one in people {
            *totals.by_mode(one.read("mode").or(held)) += 1;
            totals.present += usize::from(day.is_some_and(|day| says(one, &attended(day))));
        }
        totals
    }

    const fn by_mode(&mut self, mode: Option<Mode>) -> &mut usize {
        match mode {
            Some(Mode::InPerson) => &mut self.in_person,
            Some(Mode::Online) => &mut self.online,
            Some(Mode::Hybrid) => &mut self.hybrid,
            None => &mut self.unsaid,
        }
    }
}

impl Sum for Totals {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, one| Self {
            delegations: sum.delegations + one.delegations,
            people: sum.people + one.people,
            in_person: sum.in_person + one.in_person,
            online: sum.online + one.online,
            hybrid: sum.hybrid + one.hybrid,
            unsaid: sum.unsaid + one.unsaid,
            present: sum.present + one.present,
        })
    }
}

/// A day, and a time on the clocks of the venue where one is said, as `2026-08-03` or `2026-08-03 14:30`: the form in which it is
/// kept, so that text sorts as time does. None for anything else.
#[must_use]
pub fn moment(text: &str) -> Option<String> {
    let mut words = text.split_whitespace();
    let day: Date = words.next()?.parse().ok()?;
    let clock = words.next().map(str::parse::<Clock>).transpose().ok()?;
    match (clock, words.next()) {
        (_, Some(_)) => None,
        (Some(clock), None) => Some(format!("{day} {clock}")),
        (None, None) => Some(day.to_string()),
    }
}

#[cfg(test)]
mod tests;
