//! The media release: written beside the report, cleared by the Chair, and no part of what is adopted.

use super::{
    report::{SOM, agree, begun, meeting, report, session, shown, step, tell, type_in, write},
    world::{ASEC, KH, VN, World},
};
use crate::{
    domain::{
        At, Edit, EntityId, Place, Value,
        meeting::ReportState,
        report::{AgreeStep, Answered, SuggestionKind},
    },
    engine::api::{AgreedView, Command, ReportCommand},
};

const RELEASE: [(&str, &str); 1] = [("kind", "release")];

fn standing(world: &mut World, number: u8, paragraph: EntityId) -> AgreedView {
    let lines = shown(world, number, SOM).lines;
    lines.into_iter().find(|line| line.id == paragraph).expect("a paragraph").standing
}

#[test]
fn the_chair_clears_the_release_and_a_later_word_opens_it_again() {
    let mut world = begun(&[KH, VN, ASEC]);
    let id = write(&mut world, ASEC, SOM, "a", &RELEASE, "Draft release");
    assert_eq!(agree(&mut world, VN, SOM, id), Err("not-a-writer".to_owned()));
    assert_eq!(agree(&mut world, ASEC, SOM, id), Err("not-a-writer".to_owned()), "the Secretariat writes it");
    assert_eq!(agree(&mut world, KH, SOM, id), Ok(()));
    assert_eq!(agree(&mut world, KH, SOM, id), Err("no-change".to_owned()));
    for device in [KH, VN, ASEC] {
        let view = shown(&mut world, device, SOM);
        assert_eq!(view.release.standing, [(1, id)], "on {device}");
        assert_eq!((view.clears, view.agreed, view.of), (device == KH, 0, 0), "no paragraph of the report");
        assert!(matches!(standing(&mut world, device, id), AgreedView::Agreed(_)), "on {device}");
    }
    world.offline(ASEC);
    type_in(&mut world, ASEC, SOM, id, "Draft release", " changed").expect("typed apart");
    world.online(ASEC);
    for device in [KH, VN, ASEC] {
        assert!(matches!(standing(&mut world, device, id), AgreedView::Changed { .. }), "on {device}");
    }
    // That it is not cleared the Secretariat may say too.
    let of = shown(&mut world, ASEC, SOM).lines[0].of;
    let reopen = ReportCommand::Agree { paragraph: id, to: AgreeStep::Reopened, of };
    assert_eq!(report(&mut world, ASEC, SOM, reopen), Ok(()));
    assert_eq!(standing(&mut world, VN, id), AgreedView::Open);
}

#[test]
fn the_release_is_no_part_of_the_report_and_is_written_after_it_is_adopted() {
    let mut world = begun(&[KH, VN, ASEC]);
    let said = write(&mut world, KH, SOM, "a", &[("kind", "decision"), ("verb", "AGREED")], "Draft decision");
    let before = write(&mut world, KH, SOM, "b", &RELEASE, "Draft release");
    agree(&mut world, KH, SOM, said).expect("agreed");
    for to in [ReportState::Shown, ReportState::Agreed, ReportState::Adopted] {
        step(&mut world, KH, SOM, to).unwrap_or_else(|why| panic!("{to}: {why}"));
    }
    let after = write(&mut world, ASEC, SOM, "c", &RELEASE, "Draft of after");
    let suggestion = world.command_id();
    let (kind, text) = (SuggestionKind::Amend, "Draft of long after".to_owned());
    let suggest = |id, paragraph, text: &str| ReportCommand::Suggest { id, paragraph, kind, text: text.to_owned() };
    report(&mut world, VN, SOM, suggest(suggestion, after, &text)).expect("it goes on being suggested to");
    let late = world.command_id();
    let answer = report(&mut world, VN, SOM, suggest(late, said, "Too late"));
    assert_eq!(answer, Err("report-adopted".to_owned()), "to the report nothing is suggested any more");
    let what = ReportCommand::Answer { suggestion, to: Answered::Accepted, reason: String::new() };
    report(&mut world, ASEC, SOM, what).expect("taken");
    type_in(&mut world, ASEC, SOM, before, "Draft release", ", longer").expect("the release is not adopted with it");
    agree(&mut world, KH, SOM, after).expect("cleared");
    for device in [KH, VN, ASEC] {
        let view = shown(&mut world, device, SOM);
        assert_eq!(view.release.standing, [(1, before), (2, after)], "on {device}");
        let adopted = view.adopted.expect("adopted");
        assert!(adopted.later.is_empty(), "nothing was added to the report on {device}");
        assert_eq!(adopted.parts.iter().map(|part| part.lines.len()).sum::<usize>(), 1);
        assert_eq!(view.parts.iter().map(|part| part.standing.len()).sum::<usize>(), 1);
        assert_eq!(meeting(&mut world, device, SOM).points.len(), 1, "one decision on {device}");
    }
    // Neither becomes the other once the report is adopted.
    for (id, kind) in [(before, "decision"), (said, "release")] {
        let at = At { entity: Some(id), field: "kind".to_owned() };
        let edit = Edit::Set { at, value: Value::from(kind), seen: Vec::new() };
        let answer = tell(&mut world, KH, Command::Edit { doc: session(SOM), edit });
        assert_eq!(answer, Err("report-adopted".to_owned()), "to {kind}");
    }
    for kinds in [&["discussion"][..], &["release", "decision"]] {
        let place = Some(Place { parent: None, key: "d".to_owned() });
        let fields = kinds.iter().map(|kind| ("kind".to_owned(), Value::from(*kind))).collect();
        let texts = vec![("text".to_owned(), "Too late".to_owned())];
        let add = Edit::Add { to: "paragraphs".to_owned(), id: world.command_id(), place, fields, texts };
        let answer = tell(&mut world, KH, Command::Edit { doc: session(SOM), edit: add });
        assert_eq!(answer, Err("report-adopted".to_owned()), "{kinds:?}");
    }
}

#[test]
fn what_is_cleared_is_cleared_among_what_stood_there() {
    let mut world = begun(&[KH, VN, ASEC]);
    let [a, b, c] = ["a", "b", "c"].map(|key| write(&mut world, ASEC, SOM, key, &RELEASE, key));
    let clear = |world: &mut World, all: &[EntityId]| {
        for id in all {
            agree(world, KH, SOM, *id).expect("cleared");
        }
    };
    let open = |world: &mut World| {
        [KH, VN, ASEC].map(|device| {
            let lines = shown(world, device, SOM).lines;
            lines.iter().filter(|line| matches!(line.standing, AgreedView::Changed { .. })).count()
        })
    };
    clear(&mut world, &[a, b, c]);
    assert_eq!(open(&mut world), [0; 3]);
    let withdraw = Edit::Withdraw { id: b, reason: String::new() };
    tell(&mut world, ASEC, Command::Edit { doc: session(SOM), edit: withdraw }).expect("withdrawn");
    assert_eq!(open(&mut world), [3; 3], "without the second the others may say something else");
    clear(&mut world, &[a, c]);
    let place = Place { parent: None, key: "Z".to_owned() };
    tell(&mut world, ASEC, Command::Edit { doc: session(SOM), edit: Edit::Move { id: c, place } }).expect("moved");
    let view = shown(&mut world, VN, SOM);
    assert_eq!(view.release.standing, [(1, c), (2, a)]);
    let stands = |id| view.lines.iter().find(|line| line.id == id).map(|line| line.standing.clone());
    assert!(
        matches!(stands(a), Some(AgreedView::Changed { .. })) && matches!(stands(c), Some(AgreedView::Changed { .. }))
    );
}

#[test]
fn a_delegation_suggests_words_for_the_release_and_the_secretariat_takes_them() {
    let mut world = begun(&[KH, VN, ASEC]);
    let id = write(&mut world, ASEC, SOM, "a", &RELEASE, "Draft release");
    let suggestion = world.command_id();
    let text = "Draft release of three days".to_owned();
    let what = ReportCommand::Suggest { id: suggestion, paragraph: id, kind: SuggestionKind::Amend, text };
    report(&mut world, VN, SOM, what).expect("suggested");
    let what = ReportCommand::Answer { suggestion, to: Answered::Accepted, reason: String::new() };
    report(&mut world, ASEC, SOM, what).expect("taken");
    let view = meeting(&mut world, KH, SOM);
    let record = &view.sessions[0].snapshot.collection("paragraphs")[0];
    assert_eq!(record.text("text"), "Draft release of three days");
}
