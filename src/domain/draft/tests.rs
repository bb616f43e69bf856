//! Every way a draft can stand, and every step from there.

use super::*;
use crate::domain::id::{DeviceId, EntityId, PersonId};

const OLD: [u8; 32] = [1; 32];
const NOW: [u8; 32] = [2; 32];
const PROJECT: DocId = DocId::from_bytes([9; 16]);

/// A person's device: the first digit says whose.
fn who(device: u8) -> Origin {
    let (person, device) = (PersonId::from_bytes([device / 10; 16]), DeviceId::from_bytes([device; 16]));
    Origin { person: Some(person), device: Some(device), ..Origin::default() }
}

fn step(n: u8, by: u8, to: DraftStep, of: [u8; 32], number: Option<u64>) -> ActRecord {
    ActRecord {
        id: EntityId::from_bytes([n; 16]),
        act: Some(Act::StepDraft(Box::new(Cleared { to, of }))),
        target: None,
        term: None,
        reason: String::new(),
        origin: who(by),
        number,
    }
}

/// As it stands after these steps of person 2, when person 1 wrote what is there now.
fn after(steps: &[(DraftStep, [u8; 32])]) -> DraftState {
    let acts: Vec<_> = (1..).zip(steps).map(|(n, (to, of))| step(n, 20, *to, *of, Some(u64::from(n)))).collect();
    standing(&acts, &NOW, &who(10), None).state
}

#[test]
fn a_draft_stands_as_its_last_step_says_of_what_it_says_now() {
    use DraftStep::{Approved, Resumed, Returned, Withdrawn};
    for (steps, state) in [
        (&[][..], DraftState::Writing),
        (&[(Approved, NOW)], DraftState::Approved),
        (&[(Approved, OLD)], DraftState::Changed),
        (&[(Approved, OLD), (Approved, NOW)], DraftState::Approved),
        (&[(Approved, NOW), (Approved, OLD)], DraftState::Changed),
        (&[(Returned, NOW)], DraftState::Returned),
        (&[(Returned, OLD)], DraftState::Writing),
        (&[(Approved, NOW), (Returned, NOW)], DraftState::Returned),
        (&[(Returned, NOW), (Approved, NOW)], DraftState::Approved),
        (&[(Withdrawn, NOW)], DraftState::Withdrawn),
        (&[(Withdrawn, OLD)], DraftState::Withdrawn),
        (&[(Withdrawn, NOW), (Approved, NOW)], DraftState::Withdrawn),
        (&[(Withdrawn, NOW), (Resumed, NOW)], DraftState::Writing),
        (&[(Approved, NOW), (Withdrawn, NOW), (Resumed, NOW)], DraftState::Approved),
        (&[(Resumed, NOW), (Approved, NOW)], DraftState::Approved),
    ] {
        assert_eq!(after(steps), state, "{steps:?}");
    }
}

#[test]
fn steps_are_taken_in_the_hubs_order_and_what_waits_for_the_hub_comes_last() {
    let approved = step(1, 20, DraftStep::Approved, NOW, Some(5));
    let returned = step(2, 30, DraftStep::Returned, NOW, Some(4));
    let own = step(3, 30, DraftStep::Returned, NOW, None);
    let both = |acts: &[&ActRecord]| {
        let acts: Vec<_> = acts.iter().map(|act| (*act).clone()).collect();
        let now = standing(&acts, &NOW, &who(10), None);
        (now.state, now.by.map(|act| act.id.to_bytes()[0]))
    };
    for order in [[&approved, &returned], [&returned, &approved]] {
        assert_eq!(both(&order), (DraftState::Approved, Some(1)));
    }
    assert_eq!(both(&[&own, &approved]), (DraftState::Returned, Some(3)));
}

#[test]
fn whoever_wrote_last_is_no_second_pair_of_eyes_on_whatever_device() {
    let by = |device| standing(&[step(1, device, DraftStep::Approved, NOW, Some(1))], &NOW, &who(10), None).state;
    assert_eq!(by(20), DraftState::Approved);
    assert_eq!(by(10), DraftState::Writing, "on the same laptop");
    assert_eq!(by(11), DraftState::Writing, "on another of the same person");
    let mut unknown = step(1, 10, DraftStep::Approved, NOW, Some(1));
    unknown.origin.person = None;
    let writer = Origin { person: None, ..who(10) };
    assert_eq!(
        standing(&[unknown], &NOW, &writer, None).state,
        DraftState::Writing,
        "whose laptop it is, is not known"
    );
}

#[test]
fn what_was_submitted_stays_so_and_words_that_came_too_late_are_told() {
    let approved = [step(1, 20, DraftStep::Approved, NOW, Some(1))];
    let now = standing(&approved, &NOW, &who(10), Some(PROJECT));
    assert_eq!((now.state, now.late, now.by.as_ref()), (DraftState::Submitted, false, Some(&approved[0])));
    let late = standing(&approved, &OLD, &who(10), Some(PROJECT));
    assert_eq!((late.state, late.late), (DraftState::Submitted, true));
    let withdrawn = [approved[0].clone(), step(2, 30, DraftStep::Withdrawn, NOW, Some(2))];
    assert_eq!(standing(&withdrawn, &NOW, &who(10), Some(PROJECT)).state, DraftState::Submitted);
}

#[test]
fn every_step_from_every_state() {
    use DraftState as S;
    // What person 2 is told, and then person 1, who wrote last; each with a reason.
    let told = |state, to, by| {
        let (me, writer) = (who(by), who(10));
        check_step(state, Cleared { to, of: NOW }, &NOW, (&me, &writer), "because").map_err(BadDraft::word)
    };
    for &state in S::ALL {
        let closed = state.open().map_err(BadDraft::word);
        let own = closed.and(Err("own-words"));
        let (approves, returns, withdraws, resumes) = match state {
            S::Writing | S::Changed => (Ok(()), Ok(()), Ok(()), Err("transition")),
            S::Returned => (Ok(()), Err("transition"), Ok(()), Err("transition")),
            S::Approved => (Err("transition"), Ok(()), Ok(()), Err("transition")),
            S::Withdrawn => (closed, closed, closed, Ok(())),
            S::Submitted => (closed, closed, closed, closed),
        };
        assert_eq!(told(state, DraftStep::Approved, 20), approves, "{state}");
        assert_eq!(told(state, DraftStep::Approved, 11), approves.and(own), "{state}");
        assert_eq!(told(state, DraftStep::Returned, 20), returns, "{state}");
        assert_eq!(told(state, DraftStep::Returned, 10), returns.and(own), "{state}");
        for by in [10, 20] {
            assert_eq!(told(state, DraftStep::Withdrawn, by), withdraws, "{state}");
            assert_eq!(told(state, DraftStep::Resumed, by), resumes, "{state}");
        }
        let submits = match state {
            S::Approved => Ok(()),
            S::Writing | S::Changed | S::Returned => Err(BadDraft::NotApproved),
            S::Withdrawn => Err(BadDraft::Withdrawn),
            S::Submitted => Err(BadDraft::Submitted),
        };
        assert_eq!(state.submittable(), submits);
    }
}

#[test]
fn a_step_is_of_what_was_looked_at_and_some_say_why() {
    let told = |to, of, reason| {
        check_step(DraftState::Writing, Cleared { to, of }, &NOW, (&who(20), &who(10)), reason).map_err(BadDraft::word)
    };
    for &to in [DraftStep::Approved, DraftStep::Returned, DraftStep::Withdrawn].iter() {
        assert_eq!(told(to, OLD, "because"), Err("changed-meanwhile"));
    }
    assert_eq!(told(DraftStep::Approved, NOW, " "), Ok(()));
    assert_eq!(told(DraftStep::Returned, NOW, " "), Err("reason-missing"));
    assert_eq!(told(DraftStep::Withdrawn, NOW, ""), Err("reason-missing"));
}
