//! The record's part of the catalogue: memberships and chair terms, with whole days as rights need them.
//!
//! Sources give years and months; where a day is needed the first or last one is taken. Terms follow one another without a
//! gap or an overlap: at any instant one party is in the chair.

use super::{
    ids,
    record::{Record, parties::Membership, terms::Term},
};
use crate::domain::{Date, EntityId, Fact, Framework, PartyCode, Role, When};

/// The membership's entity in the register, and its fact.
pub fn membership_id(membership: &Membership) -> EntityId {
    let (body, party, status) = (membership.framework.word(), membership.party.as_str(), membership.status.word());
    ids::entity("membership", &format!("{body} {party} {status}"))
}

/// Who enters the record: a person of the Secretariat, on a device that nobody can sign in from.
pub fn author() -> [Fact; 3] {
    let (person, party) = (ids::person(), PartyCode::secretariat());
    let from = Date::of_millis(ids::COMPILED_MILLIS);
    [
        Fact::Appoint {
            id: ids::entity("appointment", "secretariat"),
            person,
            party,
            role: Role::Secretariat,
            from,
            to: None,
        },
        Fact::Device { id: ids::device(), person, label: "Public record".to_owned(), key: None },
        Fact::Owner { device: ids::device(), person },
    ]
}

/// Memberships in the two frameworks. One ends the day before the same party's next one begins.
pub fn memberships(record: &Record) -> Vec<Fact> {
    let all = &record.people.memberships;
    let first = |membership: &Membership| membership.from.map(|from| from.bounds().0);
    let fact = |membership: &Membership| {
        let framework = membership.framework.framework()?;
        let next = all
            .iter()
            .filter(|other| other.party == membership.party && other.framework == membership.framework)
            .filter_map(first)
            .filter(|begins| Some(*begins) > first(membership))
            .min();
        Some(Fact::Member {
            id: membership_id(membership),
            party: membership.party.clone(),
            framework,
            status: membership.status,
            from: first(membership),
            stated: 0,
            to: next.map(day_before).or_else(|| membership.to.map(|to| to.bounds().1)),
        })
    };
    all.iter().filter_map(fact).collect()
}

/// Chair terms of both frameworks. A term takes effect on the day a source gives, else with its published years but not
/// before it was handed over; it ends the day before the next one. The last known one stays until another is entered.
pub fn terms(record: &Record) -> Vec<Fact> {
    let terms = &record.terms.terms;
    let mut facts = Vec::new();
    for (at, term) in terms.iter().enumerate() {
        let next = terms.get(at + 1).and_then(begins);
        let last = at + 1 == terms.len();
        let end = if last { None } else { next.map(day_before).or_else(|| term.to.map(|to| to.bounds().1)) };
        let ordinals = [(Framework::Accsm, Some(term.ordinal)), (Framework::AccsmPlus3, term.plus_three_ordinal)];
        for (framework, ordinal) in ordinals {
            let Some(ordinal) = ordinal else { continue };
            facts.push(Fact::Term {
                ordinal,
                framework,
                party: term.party.clone(),
                effective_from: begins(term),
                effective_to: end,
                handed_over: term.handed_over_at.and_then(day),
                stated: 0,
            });
        }
    }
    facts
}

fn begins(term: &Term) -> Option<Date> {
    if let Some(from) = term.effective_from {
        return Some(from.bounds().0);
    }
    let from = term.from?.bounds().0;
    Some(term.handed_over_at.and_then(day).map_or(from, |handed_over| from.max(handed_over)))
}

/// The day, where it is one.
const fn day(when: When) -> Option<Date> {
    match when {
        When::Day(day) => Some(day),
        When::Year(_) | When::Quarter(..) | When::Month(..) => None,
    }
}

fn day_before(date: Date) -> Date {
    let Date { year, month, day } = date;
    if let Some(before) = Date::new(year, month, day.wrapping_sub(1)) {
        return before;
    }
    let (year, month) = if month == 1 { (year - 1, 12) } else { (year, month - 1) };
    When::Month(year, month).bounds().1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Catalogue, party::MembershipStatus};

    fn date(text: &str) -> Date {
        text.parse().expect("a day")
    }

    fn catalogue() -> Catalogue {
        let record = Record::embedded().expect("the record holds together");
        let mut catalogue = Catalogue::default();
        for fact in memberships(&record).iter().chain(&terms(&record)) {
            catalogue.fold(fact);
        }
        catalogue
    }

    #[test]
    fn the_day_before_crosses_months_and_years() {
        for (day, before) in [("2021-01-01", "2020-12-31"), ("2024-03-01", "2024-02-29"), ("2020-11-18", "2020-11-17")]
        {
            assert_eq!(day_before(date(day)), date(before));
        }
    }

    #[test]
    fn one_party_is_in_the_chair_at_any_instant() {
        let catalogue = catalogue();
        let chairs = [
            ("2002-06-01", "VN", 11),
            ("2006-01-01", "KH", 13),
            ("2018-12-31", "SG", 19),
            ("2019-01-01", "TH", 20),
            ("2020-12-31", "TH", 20),
            ("2021-01-01", "VN", 21),
            ("2022-08-05", "VN", 21),
            ("2023-05-09", "BN", 22),
            ("2024-08-06", "BN", 22),
            ("2024-08-07", "KH", 23),
            ("2026-06-01", "KH", 23),
        ];
        for (on, party, ordinal) in chairs {
            let (found, term) = catalogue.chair(Framework::Accsm, date(on)).expect(on);
            assert_eq!((found, term.party.as_str()), (ordinal, party), "{on}");
            let running = catalogue
                .terms
                .iter()
                .filter(|((framework, _), _)| *framework == Framework::Accsm)
                .filter(|(_, term)| term.from.is_some_and(|from| from <= date(on)))
                .filter(|(_, term)| term.to.is_none_or(|to| date(on) <= to));
            assert_eq!(running.count(), 1, "{on}");
        }
        let (found, term) = catalogue.chair(Framework::AccsmPlus3, date("2022-08-03")).expect("a chair");
        assert_eq!((found, term.party.as_str()), (6, "VN"));
    }

    #[test]
    fn members_are_those_of_the_day() {
        let catalogue = catalogue();
        let on = date("2026-01-01");
        assert_eq!(catalogue.members_on(Framework::Accsm, on).len(), 10, "ACCSM has not admitted an eleventh yet");
        assert_eq!(catalogue.members_on(Framework::AccsmPlus3, on).len(), 13);
        let status = |code: &str, day| catalogue.status(&code.parse().expect("a code"), Framework::Accsm, date(day));
        assert_eq!(status("KH", "2000-06-01"), Some(MembershipStatus::Observer));
        assert_eq!(status("KH", "2001-01-01"), Some(MembershipStatus::Member));
        assert_eq!(status("TL", "2023-04-30"), None);
        assert_eq!(status("TL", "2023-05-01"), Some(MembershipStatus::Observer));
        assert_eq!(status("CN", "2022-08-03"), None);
    }
}
