//! Every step of a plan's life, and every reason why one is not taken.

use super::*;
use crate::domain::record::Origin;

fn entity(n: u8) -> EntityId {
    EntityId::from_bytes([n; 16])
}

fn act(id: u8, to: PlanState, term: Option<u16>, number: Option<u64>) -> ActRecord {
    let act = Some(Act::MovePlan(to));
    ActRecord { id: entity(id), act, target: None, term, reason: String::new(), origin: Origin::default(), number }
}

fn at(state: PlanState) -> Life {
    life(&[act(1, state, None, Some(1))], |_, _| true)
}

#[test]
fn a_plan_goes_forward_one_step_at_a_time_and_back_only_before_adoption() {
    for (i, &from) in PlanState::ALL.iter().enumerate() {
        for (j, &to) in PlanState::ALL.iter().enumerate() {
            let step = j == i + 1;
            let returned = to == PlanState::Drafting && (1..=3).contains(&i);
            assert_eq!(from.next().contains(&to), step || returned, "{from} to {to}");
            let checked = check_step(&at(from), to, Hand::Secretariat, None, "by letter", &[]);
            assert_eq!(checked.is_ok(), step || returned, "{from} to {to}");
        }
    }
}

#[test]
fn only_the_chair_in_effect_and_the_secretariat_move_a_plan() {
    for state in PlanState::ALL.iter().copied() {
        for &to in state.next() {
            let checked = |hand| check_step(&at(state), to, hand, None, "by letter", &[]);
            assert_eq!(checked(Hand::Chair), Ok(()));
            assert_eq!(checked(Hand::Secretariat), Ok(()));
            assert_eq!(checked(Hand::Nobody), Err(BadStep::NotYours));
        }
    }
}

#[test]
fn a_return_says_why() {
    let from = at(PlanState::FpCleared);
    let checked = |reason| check_step(&from, PlanState::Drafting, Hand::Chair, None, reason, &[]);
    assert_eq!(checked(" "), Err(BadStep::ReasonMissing));
    assert_eq!(checked("two projects overlap"), Ok(()));
}

#[test]
fn endorsement_and_adoption_name_a_meeting_of_their_level_or_say_how_else() {
    use MeetingType as M;
    for (state, to, right, wrong) in [
        (PlanState::FpCleared, PlanState::SomEndorsed, M::Som, M::Hcs),
        (PlanState::SomEndorsed, PlanState::HcsAdopted, M::HcsPlus3, M::Som),
    ] {
        let from = at(state);
        let checked = |meeting, reason| check_step(&from, to, Hand::Chair, meeting, reason, &[]);
        assert_eq!(checked(Some(Some(right)), ""), Ok(()));
        assert_eq!(checked(Some(Some(wrong)), "a reason"), Err(BadStep::WrongMeeting));
        assert_eq!(checked(Some(None), "a reason"), Err(BadStep::WrongMeeting));
        assert_eq!(checked(None, ""), Err(BadStep::MeetingMissing));
        assert_eq!(checked(None, "ad referendum"), Ok(()));
    }
    let cleared =
        |meeting| check_step(&at(PlanState::Consultation), PlanState::FpCleared, Hand::Chair, meeting, "", &[]);
    assert_eq!(cleared(None), Ok(()), "by correspondence");
    assert_eq!(cleared(Some(Some(M::Preparatory))), Ok(()));
    assert_eq!(cleared(Some(Some(M::Hcs))), Err(BadStep::WrongMeeting));
    let reviewed =
        check_step(&at(PlanState::InForce), PlanState::MidTermReviewed, Hand::Chair, Some(Some(M::Som)), "", &[]);
    assert_eq!(reviewed, Ok(()), "any meeting may review");
}

#[test]
fn a_plan_is_not_closed_while_a_project_has_no_fate() {
    let open = [DocId::from_bytes([7; 16])];
    let checked = |open: &[DocId]| {
        check_step(&at(PlanState::FinalReviewed), PlanState::Closed, Hand::Secretariat, None, "", open)
    };
    assert_eq!(checked(&open), Err(BadStep::WithoutFate(open.to_vec())));
    assert_eq!(checked(&[]), Ok(()));
    // Nor is a plan without a record closed as the first thing said of it.
    let unheard = life(&[], |_, _| true);
    assert!(check_step(&unheard, PlanState::Closed, Hand::Secretariat, None, "", &open).is_err());
}

#[test]
fn steps_take_effect_in_the_hubs_order_and_what_cannot_follow_is_listed_with_what_it_met() {
    let acts = [
        act(1, PlanState::FpCleared, None, Some(9)),
        act(2, PlanState::Consultation, None, Some(7)),
        act(3, PlanState::Closed, None, Some(8)),
        act(4, PlanState::SomEndorsed, None, None),
    ];
    let life = life(&acts, |_, _| true);
    assert_eq!((life.state, life.provisional), (PlanState::SomEndorsed, true));
    assert_eq!(life.not_applied, [(entity(3), PlanState::Closed, NotApplied::Met(PlanState::Consultation))]);
    assert_eq!(life.taken.iter().map(|(act, _)| *act).collect::<Vec<_>>(), [entity(2), entity(1), entity(4)]);
}

#[test]
fn the_first_step_may_record_any_state() {
    let folded = life(&[act(1, PlanState::InForce, None, Some(1))], |_, _| true);
    assert_eq!((folded.state, folded.provisional), (PlanState::InForce, false));
    assert_eq!(life(&[], |_, _| true).state, PlanState::Drafting);
}

#[test]
fn a_step_under_a_term_that_is_not_in_effect_is_listed_and_not_applied() {
    let acts = [
        act(1, PlanState::Consultation, Some(22), Some(1)),
        act(2, PlanState::FpCleared, Some(21), Some(2)),
        act(3, PlanState::FpCleared, None, Some(3)),
    ];
    let life = life(&acts, |_, term| term == 22);
    assert_eq!(life.state, PlanState::FpCleared);
    assert_eq!(life.not_applied, [(entity(2), PlanState::FpCleared, NotApplied::Term(21))]);
    assert_eq!(life.reached(PlanState::FpCleared), Some(entity(3)));
}

#[test]
fn after_a_return_the_steps_before_it_are_no_longer_done() {
    let acts = [
        act(1, PlanState::Consultation, None, Some(1)),
        act(2, PlanState::FpCleared, None, Some(2)),
        act(3, PlanState::Drafting, None, Some(3)),
        act(4, PlanState::Consultation, None, Some(4)),
    ];
    let life = life(&acts, |_, _| true);
    assert_eq!(life.reached(PlanState::FpCleared), None);
    assert_eq!(life.reached(PlanState::Consultation), Some(entity(4)));
}

fn froze(id: u8, to: PlanState, waits: usize, number: u64) -> ActRecord {
    let baseline = Baseline::new(Vec::new(), vec![(DocId::from_bytes([7; 16]), [7; 32]); waits]);
    let step = PlanStep { to, meeting: None, on: None, baseline: Some(baseline) };
    ActRecord { act: Some(Act::StepPlan(Box::new(step))), ..act(id, to, None, Some(number)) }
}

#[test]
fn what_waited_for_a_version_is_frozen_once_more_and_what_did_not_is_not() {
    use PlanState as S;
    for waits in [1, 0] {
        let acts = [
            act(1, S::SomEndorsed, None, Some(1)),
            froze(2, S::HcsAdopted, waits, 2),
            act(3, S::InForce, None, Some(3)),
            froze(4, S::HcsAdopted, 0, 4),
            froze(5, S::HcsAdopted, 0, 5),
        ];
        let life = life(&acts, |_, _| true);
        assert_eq!(life.state, S::InForce, "where it stands is the same");
        let (stands, aside) = if waits == 1 { (4, vec![5]) } else { (2, vec![4, 5]) };
        assert_eq!(life.reached(S::HcsAdopted), Some(entity(stands)), "{waits}");
        let left: Vec<_> = life.not_applied.iter().map(|(act, ..)| *act).collect();
        assert_eq!(left, aside.into_iter().map(entity).collect::<Vec<_>>(), "{waits}");
    }
    // By an old chair it counts for nothing, and after a return there is nothing to freeze again.
    let old = ActRecord { term: Some(22), ..froze(4, S::HcsAdopted, 0, 4) };
    let acts = [act(1, S::SomEndorsed, None, Some(1)), froze(2, S::HcsAdopted, 1, 2), old];
    assert_eq!(life(&acts, |_, term| term == 23).reached(S::HcsAdopted), Some(entity(2)));
    let acts = [froze(1, S::SomEndorsed, 1, 1), act(2, S::Drafting, None, Some(2)), froze(3, S::SomEndorsed, 0, 3)];
    assert_eq!(life(&acts, |_, _| true).not_applied.len(), 1);
}
