//! Days proposed for a meeting: what parties answer apart, and what it comes to. Scenario 26 of domain.md.

use super::{
    meetings::{MEETING, called, item, tell, view},
    world::{ASEC, KH, VN, World},
};
use crate::{
    domain::{
        At, Edit, Value,
        meeting::options::{Answer, PROPOSED, Says, WHY},
    },
    engine::api::{Command, DateAnswer, DateOption},
};

/// A second device of Cambodia.
const KH2: u8 = 11;
const ALL: [u8; 4] = [KH, KH2, VN, ASEC];

fn propose(world: &mut World, number: u8, n: u8, days: &str) -> Result<(), String> {
    let at = At::root(&format!("{PROPOSED}:{}", item(n)));
    let edit = Edit::Set { at, value: Value::from(days), seen: Vec::new() };
    tell(world, number, Command::Edit { doc: MEETING, edit })
}

fn answer(world: &mut World, number: u8, n: u8, says: Option<Answer>, why: &str) -> Result<(), String> {
    tell(world, number, Command::AnswerDates { meeting: MEETING, option: item(n), answer: says })?;
    if why.is_empty() {
        return Ok(());
    }
    let doc = own(world, number, n).doc;
    let at = At::root(&format!("{WHY}:{}", item(n)));
    tell(world, number, Command::Edit { doc, edit: Edit::Set { at, value: Value::from(why), seen: Vec::new() } })
}

fn own(world: &mut World, number: u8, n: u8) -> DateAnswer {
    let view = view(world, number, MEETING);
    let mut options = view.dates.options.into_iter();
    let option = options.find(|option| option.id == item(n)).expect("a proposal");
    option.answers.into_iter().find(|said| Some(&said.party) == view.delegations.own.as_ref()).expect("an answer")
}

fn options(world: &mut World, number: u8) -> Vec<DateOption> {
    view(world, number, MEETING).dates.options
}

/// What parties say of one proposal: party, answer, reason.
fn said(world: &mut World, number: u8, n: u8) -> Vec<(String, Says, String)> {
    let option = options(world, number).into_iter().find(|option| option.id == item(n)).expect("a proposal");
    option.answers.into_iter().map(|said| (said.party.to_string(), said.says, said.why.join("; "))).collect()
}

fn one(party: &str, says: Answer, why: &str) -> (String, Says, String) {
    (party.to_owned(), Says::One(says), why.to_owned())
}

#[test]
fn answers_given_apart_stand_beside_each_other_whichever_comes_first() {
    for order in [[KH, VN], [VN, KH]] {
        let mut world = called(&ALL);
        propose(&mut world, ASEC, 71, "2026-08-05/2026-08-07").expect("proposed");
        propose(&mut world, ASEC, 72, "2026-07-29/2026-07-31").expect("proposed");
        let days: Vec<_> = options(&mut world, VN).into_iter().map(|option| option.text).collect();
        assert_eq!(days, ["2026-07-29/2026-07-31", "2026-08-05/2026-08-07"], "the earliest first");
        world.offline(KH);
        world.offline(VN);
        answer(&mut world, KH, 71, Some(Answer::Available), "").expect("answered");
        answer(&mut world, VN, 71, Some(Answer::NotAvailable), "A holiday").expect("answered");
        assert_eq!(said(&mut world, VN, 71), [one("VN", Answer::NotAvailable, "A holiday")], "before anything is sent");
        for device in order {
            world.online(device);
        }
        for device in ALL {
            let both = [one("KH", Answer::Available, ""), one("VN", Answer::NotAvailable, "A holiday")];
            assert_eq!(said(&mut world, device, 71), both, "on {device}");
            assert_eq!(said(&mut world, device, 72), [], "another proposal is another question");
            assert_eq!((world.shell(device).refused.len(), world.shell(device).unsent), (0, 0), "on {device}");
        }
        // They come free after all.
        answer(&mut world, VN, 71, Some(Answer::Available), "").expect("answered");
        assert_eq!(said(&mut world, KH, 71)[1].1, Says::One(Answer::Available));
        answer(&mut world, VN, 71, None, "").expect("taken back");
        assert_eq!(said(&mut world, KH, 71).len(), 1, "what is taken back is not an answer");
    }
}

#[test]
fn two_officers_of_one_party_who_differ_leave_it_unclear_until_one_answers_again() {
    for (first, second) in [(KH, KH2), (KH2, KH)] {
        let mut world = called(&ALL);
        propose(&mut world, ASEC, 71, "2026-08-05/2026-08-07").expect("proposed");
        world.offline(KH);
        world.offline(KH2);
        answer(&mut world, KH, 71, Some(Answer::Available), "").expect("answered");
        answer(&mut world, KH2, 71, Some(Answer::NotAvailable), "").expect("answered");
        world.online(first);
        world.online(second);
        for device in ALL {
            let unclear = ("KH".to_owned(), Says::Unclear, String::new());
            assert_eq!(said(&mut world, device, 71), [unclear], "nobody's answer wins, on {device}");
        }
        answer(&mut world, first, 71, Some(Answer::NotAvailable), "").expect("answered");
        for device in ALL {
            assert_eq!(said(&mut world, device, 71), [one("KH", Answer::NotAvailable, "")], "on {device}");
        }
    }
}

#[test]
fn two_reasons_written_apart_are_both_shown_and_stay_until_somebody_chooses() {
    let mut world = called(&ALL);
    propose(&mut world, ASEC, 71, "2026-08-05/2026-08-07").expect("proposed");
    world.offline(KH);
    world.offline(KH2);
    for (device, why) in [(KH, "A holiday"), (KH2, "An election")] {
        answer(&mut world, device, 71, Some(Answer::NotAvailable), why).expect("answered");
    }
    world.online(KH);
    world.online(KH2);
    // A later answer says nothing of the reasons.
    answer(&mut world, KH, 71, Some(Answer::NotAvailable), "").expect("answered");
    for device in ALL {
        let mut why = options(&mut world, device)[0].answers[0].why.clone();
        why.sort();
        assert_eq!(why, ["A holiday", "An election"], "on {device}");
    }
}

#[test]
fn days_are_proposed_by_who_may_fix_them_and_answered_only_while_they_are_proposed() {
    let mut world = called(&ALL);
    assert_eq!(propose(&mut world, VN, 71, "2026-08-05/2026-08-07"), Err("not-a-writer".to_owned()));
    assert_eq!(answer(&mut world, VN, 71, Some(Answer::Available), ""), Err("unknown-entity".to_owned()));
    propose(&mut world, KH, 71, "2026-08-05/2026-08-07").expect("the chair's");
    answer(&mut world, VN, 71, Some(Answer::Available), "").expect("answered");
    propose(&mut world, KH, 71, "").expect("taken back");
    assert_eq!(options(&mut world, VN), []);
    assert_eq!(answer(&mut world, VN, 71, Some(Answer::NotAvailable), ""), Err("unknown-entity".to_owned()));
    propose(&mut world, ASEC, 71, "2026-08-05/2026-08-07").expect("proposed again");
    assert_eq!(said(&mut world, KH, 71), [one("VN", Answer::Available, "")], "what was answered is there");
    propose(&mut world, ASEC, 71, "").expect("taken back");
    // What a later version writes is shown as it stands.
    propose(&mut world, KH, 72, "after Ramadan").expect("proposed");
    let shown = options(&mut world, VN);
    assert_eq!((shown[0].days, shown[0].text.as_str()), (None, "after Ramadan"));
}
