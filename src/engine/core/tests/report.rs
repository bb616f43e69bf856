//! A report among several people: agreed, adopted, suggested to.

use super::world::{ASEC, KH, VN, World, code};
use crate::{
    domain::{
        Act, At, Audience, DocId, Edit, EntityId, Framework, Place, Splice, Value,
        meeting::{MeetingType, ReportState},
        report::{AgreeStep, Answered, ParagraphKind, ReportAct, SuggestionKind},
        rights::session_id,
    },
    engine::api::{
        AgreedView, Command, MeetingView, ParagraphView, Query, ReportCommand, ReportView, SessionView, View, Wait,
    },
};

pub const SOM: DocId = DocId::from_bytes([0x51; 16]);
pub const HCS: DocId = DocId::from_bytes([0x52; 16]);

pub fn session(meeting: DocId) -> DocId {
    session_id(meeting, &Audience::Accsm)
}

pub fn tell(world: &mut World, number: u8, command: Command) -> Result<(), String> {
    let id = world.command(number, command);
    world.done(number, id).expect("answered").map_err(|refusal| refusal.code)
}

pub fn report(world: &mut World, number: u8, meeting: DocId, what: ReportCommand) -> Result<(), String> {
    tell(world, number, Command::Report { session: session(meeting), what })
}

pub fn link(world: &mut World, meeting: DocId, field: &str, to: DocId) {
    let value = Value::Str(to.to_string());
    let edit = Edit::Set { at: At::root(field), value, seen: Vec::new() };
    tell(world, KH, Command::Edit { doc: meeting, edit }).expect("linked");
}

/// A senior officials' meeting that reports to a heads' meeting; the chair is KH.
pub fn begun(devices: &[u8]) -> World {
    let mut world = World::new();
    for &device in devices {
        world.join(device);
        world.online(device);
    }
    for (doc, meeting, start) in [(SOM, MeetingType::Som, "2026-03-03"), (HCS, MeetingType::Hcs, "2026-03-05")] {
        let (title, start) = (format!("Meeting {}", meeting.word()), start.parse().ok());
        let command = Command::CreateMeeting { doc, framework: Framework::Accsm, meeting, title, start };
        tell(&mut world, KH, command).expect("called");
    }
    link(&mut world, SOM, "reports-to", HCS);
    world
}

pub fn meeting(world: &mut World, number: u8, doc: DocId) -> MeetingView {
    match world.see(number, Query::Meeting { doc }) {
        View::Meeting(view) => *view,
        other => panic!("not a meeting: {other:?}"),
    }
}

fn sitting(world: &mut World, number: u8, doc: DocId) -> SessionView {
    let mut view = meeting(world, number, doc);
    assert_eq!(view.sessions.len(), 1);
    view.sessions.remove(0)
}

pub fn shown(world: &mut World, number: u8, doc: DocId) -> ReportView {
    sitting(world, number, doc).report
}

fn line(world: &mut World, number: u8, doc: DocId, paragraph: EntityId) -> ParagraphView {
    shown(world, number, doc).lines.into_iter().find(|line| line.id == paragraph).expect("a paragraph")
}

pub fn write(world: &mut World, number: u8, doc: DocId, key: &str, fields: &[(&str, &str)], text: &str) -> EntityId {
    let id = world.command_id();
    let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value))).collect();
    let place = Some(Place { parent: None, key: key.to_owned() });
    let texts = vec![("text".to_owned(), text.to_owned())];
    let edit = Edit::Add { to: "paragraphs".to_owned(), id, place, fields, texts };
    tell(world, number, Command::Edit { doc: session(doc), edit }).expect("written");
    id
}

pub fn agree(world: &mut World, number: u8, doc: DocId, paragraph: EntityId) -> Result<(), String> {
    let of = line(world, number, doc, paragraph).of;
    report(world, number, doc, ReportCommand::Agree { paragraph, to: AgreeStep::Agreed, of })
}

pub fn type_in(
    world: &mut World,
    number: u8,
    doc: DocId,
    paragraph: EntityId,
    base: &str,
    insert: &str,
) -> Result<(), String> {
    let at = u32::try_from(base.len()).expect("short");
    let splices = vec![Splice { at, delete: 0, insert: insert.to_owned() }];
    let edit = Edit::Text { at: At::of(paragraph, "text"), base: base.to_owned(), splices };
    tell(world, number, Command::Edit { doc: session(doc), edit })
}

fn text(world: &mut World, number: u8, doc: DocId, paragraph: EntityId) -> String {
    let snapshot = sitting(world, number, doc).snapshot;
    let record = snapshot.collection("paragraphs").iter().find(|record| record.id == Some(paragraph)).cloned();
    record.expect("a paragraph").text("text").to_owned()
}

pub fn step(world: &mut World, number: u8, doc: DocId, to: ReportState) -> Result<(), String> {
    let by = vec![code("KH"), code("VN")];
    report(world, number, doc, ReportCommand::Step { to, by, reason: String::new() })
}

#[test]
fn the_chair_and_the_secretariat_agree_paragraphs_and_nobody_else() {
    let mut world = begun(&[KH, VN, ASEC]);
    let first = write(&mut world, KH, SOM, "a", &[("kind", "discussion")], "Draft one");
    let second = write(&mut world, ASEC, SOM, "b", &[("kind", "discussion")], "Draft two");
    let empty = write(&mut world, ASEC, SOM, "c", &[("kind", "discussion")], " ");
    assert_eq!(agree(&mut world, VN, SOM, first), Err("not-a-writer".to_owned()));
    assert_eq!(agree(&mut world, KH, SOM, empty), Err("bad-value".to_owned()));
    assert_eq!(agree(&mut world, KH, SOM, first), Ok(()));
    assert_eq!(agree(&mut world, KH, SOM, first), Err("no-change".to_owned()));
    assert_eq!(agree(&mut world, ASEC, SOM, second), Ok(()));
    let stale = ReportCommand::Agree { paragraph: first, to: AgreeStep::Agreed, of: [0; 32] };
    assert_eq!(report(&mut world, KH, SOM, stale), Err("changed-meanwhile".to_owned()));
    let view = shown(&mut world, VN, SOM);
    assert_eq!((view.agreed, view.of, view.presides), (2, 3, false));
    let AgreedView::Agreed(by) = line(&mut world, VN, SOM, first).standing else { panic!("agreed") };
    assert_eq!((by.party, by.provisional), (Some(code("KH")), false));
    let of = line(&mut world, KH, SOM, first).of;
    let reopen = ReportCommand::Agree { paragraph: first, to: AgreeStep::Reopened, of };
    assert_eq!(report(&mut world, KH, SOM, reopen), Ok(()));
    assert_eq!(line(&mut world, VN, SOM, first).standing, AgreedView::Open);
}

#[test]
fn a_paragraph_agreed_here_and_edited_there_is_not_agreed_whichever_comes_first_and_says_who_changed_it() {
    for agreed_first in [true, false] {
        let mut world = begun(&[KH, VN, ASEC]);
        let id = write(&mut world, KH, SOM, "a", &[("kind", "discussion")], "Draft");
        world.offline(KH);
        world.offline(ASEC);
        agree(&mut world, KH, SOM, id).expect("agreed here");
        let AgreedView::Agreed(by) = line(&mut world, KH, SOM, id).standing else { panic!("agreed") };
        assert!(by.provisional, "the hub has not said so");
        type_in(&mut world, ASEC, SOM, id, "Draft", " changed").expect("typed there");
        for device in if agreed_first { [KH, ASEC] } else { [ASEC, KH] } {
            world.online(device);
        }
        for device in [KH, VN, ASEC] {
            assert_eq!(text(&mut world, device, SOM, id), "Draft changed", "on {device}");
            let AgreedView::Changed { agreed, changed } = line(&mut world, device, SOM, id).standing else {
                panic!("changed on {device}")
            };
            assert_eq!(agreed.party, Some(code("KH")));
            if agreed_first {
                let by = changed.expect("it was typed last");
                assert_eq!(by.party, Some(code("ASEC")), "on {device}");
                assert!(by.at > 0 && !by.provisional, "on {device}");
            }
            assert_eq!(shown(&mut world, device, SOM).agreed, 0);
        }
        assert_eq!(agree(&mut world, KH, SOM, id), Ok(()));
        assert_eq!(shown(&mut world, VN, SOM).agreed, 1);
    }
}

#[test]
fn two_rapporteurs_write_in_one_paragraph_apart_and_both_are_there() {
    let mut world = begun(&[KH, VN, ASEC]);
    let id = write(&mut world, KH, SOM, "a", &[("kind", "discussion")], "Draft");
    world.offline(KH);
    world.offline(ASEC);
    type_in(&mut world, KH, SOM, id, "Draft", " of the chair").expect("typed");
    type_in(&mut world, ASEC, SOM, id, "", "Words of the Secretariat. ").expect("typed");
    world.online(ASEC);
    world.online(KH);
    for device in [KH, VN, ASEC] {
        assert_eq!(text(&mut world, device, SOM, id), "Words of the Secretariat. Draft of the chair", "on {device}");
    }
}

#[test]
fn an_adopted_report_keeps_its_words_and_later_ones_are_shown_beside_it() {
    let mut world = begun(&[KH, VN, ASEC]);
    let first = write(&mut world, KH, SOM, "a", &[("kind", "discussion"), ("verb", "NOTED")], "Draft one");
    let own = world.command_id();
    let place = Place { parent: None, key: "b".to_owned() };
    let (kind, words) = (ParagraphKind::Intervention, "Draft words of Viet Nam".to_owned());
    let speak = ReportCommand::Speak { id: own, item: None, kind, place, text: words };
    assert_eq!(report(&mut world, VN, SOM, speak), Ok(()));
    let last = write(&mut world, ASEC, SOM, "c", &[("kind", "decision"), ("verb", "AGREED")], "Draft three");
    assert_eq!(step(&mut world, VN, SOM, ReportState::Shown), Err("not-a-writer".to_owned()));
    assert_eq!(step(&mut world, KH, SOM, ReportState::Adopted), Err("transition".to_owned()));
    assert_eq!(step(&mut world, KH, SOM, ReportState::Shown), Ok(()));
    agree(&mut world, KH, SOM, first).expect("agreed");
    assert_eq!(step(&mut world, KH, SOM, ReportState::Agreed), Err("not-all-agreed".to_owned()));
    agree(&mut world, KH, SOM, last).expect("agreed");
    assert_eq!(step(&mut world, KH, SOM, ReportState::Agreed), Ok(()));
    let before = shown(&mut world, KH, SOM).parts[0].standing.clone();
    assert_eq!(before, [(1, first), (2, own), (3, last)], "a party's own words have their number too");

    // The Secretariat types on while the chair adopts what is on the screen.
    world.offline(ASEC);
    type_in(&mut world, ASEC, SOM, first, "Draft one", " and later").expect("typed");
    assert_eq!(step(&mut world, KH, SOM, ReportState::Adopted), Ok(()));
    world.online(ASEC);
    for device in [KH, VN, ASEC] {
        let report = shown(&mut world, device, SOM);
        assert_eq!((report.state.state, report.state.provisional), (ReportState::Adopted, false), "on {device}");
        let adopted = report.adopted.expect("adopted");
        let lines: Vec<_> = adopted.parts.iter().flat_map(|part| &part.lines).collect();
        assert_eq!(lines.iter().map(|line| line.number).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!((lines[0].text.as_str(), lines[1].text.as_str()), ("Draft one", "Draft words of Viet Nam"));
        assert_eq!((lines[1].own, lines[1].party.clone()), (true, Some(code("VN"))));
        assert_eq!((adopted.by, adopted.said.party), (vec![code("KH"), code("VN")], Some(code("KH"))));
        assert_eq!((adopted.later, adopted.waits, adopted.root.len()), (vec![first], 0, 64), "on {device}");
        assert_eq!(text(&mut world, device, SOM, first), "Draft one and later", "no word is lost");
    }
    assert_eq!(world.shell(ASEC).refused, []);
    // After that it is corrected, and not edited, also by the party whose words they are.
    assert_eq!(type_in(&mut world, KH, SOM, last, "Draft three", "!"), Err("report-adopted".to_owned()));
    let voice = sitting(&mut world, VN, SOM).report.spoken[0].doc;
    let edit = Edit::Withdraw { id: own, reason: String::new() };
    assert_eq!(tell(&mut world, VN, Command::Edit { doc: voice, edit }), Err("report-adopted".to_owned()));
    assert_eq!(agree(&mut world, KH, SOM, first), Err("report-adopted".to_owned()));
    let correct = |reads: &str| ReportCommand::Correct {
        paragraph: Some(last),
        reads: reads.to_owned(),
        reason: "a slip".to_owned(),
    };
    assert_eq!(report(&mut world, VN, SOM, correct("Draft 3")), Err("not-a-writer".to_owned()));
    assert_eq!(report(&mut world, KH, SOM, correct(" ")), Err("bad-value".to_owned()));
    assert_eq!(report(&mut world, KH, SOM, correct("Draft 3")), Ok(()));
    let view = shown(&mut world, VN, SOM);
    assert_eq!((view.corrections[0].paragraph, view.corrections[0].reads.as_str()), (Some((last, 3)), "Draft 3"));
    assert_eq!(step(&mut world, KH, SOM, ReportState::Final), Ok(()));
    assert!(shown(&mut world, VN, SOM).adopted.is_some());
    let manifests = sitting(&mut world, VN, SOM).snapshot.acts;
    let whole = manifests.iter().any(|act| match &act.act {
        Some(Act::Report(ReportAct::Step(step))) => {
            step.frozen.as_ref().is_some_and(|frozen| !frozen.manifest.is_empty())
        }
        _ => false,
    });
    assert!(!whole, "a page gets no manifest");
}

#[test]
fn of_two_adoptions_made_apart_the_first_to_arrive_counts_and_an_adoption_waits_for_the_words_in_it() {
    let mut world = begun(&[KH, VN, ASEC]);
    let id = write(&mut world, KH, SOM, "a", &[("kind", "discussion")], "Draft");
    agree(&mut world, KH, SOM, id).expect("agreed");
    for to in [ReportState::Shown, ReportState::Agreed] {
        step(&mut world, KH, SOM, to).expect("moved");
    }
    world.offline(KH);
    world.offline(ASEC);
    type_in(&mut world, KH, SOM, id, "Draft", " of the chair").expect("typed");
    agree(&mut world, KH, SOM, id).expect("agreed");
    step(&mut world, KH, SOM, ReportState::Adopted).expect("here");
    let own = shown(&mut world, KH, SOM);
    assert!(own.state.provisional);
    assert_eq!(own.adopted.expect("adopted").waits, 1, "its words are not on the hub");
    step(&mut world, ASEC, SOM, ReportState::AdReferendum).expect("here");
    world.crash(KH);
    assert_eq!(shown(&mut world, KH, SOM).state.state, ReportState::Adopted, "and after a restart");
    world.online(KH);
    world.online(ASEC);
    for device in [KH, VN, ASEC] {
        let report = shown(&mut world, device, SOM);
        assert_eq!((report.state.state, report.state.provisional), (ReportState::Adopted, false), "on {device}");
        assert_eq!(report.adopted.expect("adopted").parts[0].lines[0].text, "Draft of the chair");
        let aside: Vec<_> = report.steps.iter().filter(|step| step.not_applied).map(|step| step.to).collect();
        assert_eq!(aside, [ReportState::AdReferendum], "on {device}");
    }
}

#[test]
fn a_suggestion_is_its_partys_own_and_taking_it_writes_its_words_beside_what_others_type() {
    let mut world = begun(&[KH, VN, ASEC]);
    let id = write(&mut world, KH, SOM, "a", &[("kind", "discussion")], "Draft words on the plan");
    let (mine, other) = (world.command_id(), world.command_id());
    let suggest = |id: EntityId, paragraph, text: &str| ReportCommand::Suggest {
        id,
        paragraph,
        kind: SuggestionKind::Amend,
        text: text.to_owned(),
    };
    assert_eq!(report(&mut world, VN, SOM, suggest(mine, id, "Draft words on the plan")), Err("no-change".to_owned()));
    assert_eq!(report(&mut world, VN, SOM, suggest(mine, id, "Draft words on the new plan")), Ok(()));
    assert_eq!(report(&mut world, VN, SOM, suggest(other, id, "Other draft words")), Ok(()));
    let waits = |world: &mut World| [KH, VN, ASEC].map(|number| world.waits(number, Wait::Suggestions));
    assert_eq!(waits(&mut world), [vec![(SOM, 2)], vec![], vec![(SOM, 2)]], "for who presides");
    assert_eq!(text(&mut world, KH, SOM, id), "Draft words on the plan", "nobody's words change by it");
    let answer = |suggestion, to| ReportCommand::Answer { suggestion, to, reason: String::new() };
    assert_eq!(report(&mut world, VN, SOM, answer(mine, Answered::Accepted)), Err("not-a-writer".to_owned()));
    world.offline(ASEC);
    type_in(&mut world, ASEC, SOM, id, "", "First: ").expect("typed");
    assert_eq!(report(&mut world, KH, SOM, answer(mine, Answered::Accepted)), Ok(()));
    world.online(ASEC);
    for device in [KH, VN, ASEC] {
        assert_eq!(text(&mut world, device, SOM, id), "First: Draft words on the new plan", "on {device}");
        let suggestions = line(&mut world, device, SOM, id).suggestions;
        assert_eq!(suggestions[0].party, code("VN"));
        let answer = suggestions[0].answer.clone().map(|(to, by)| (to, by.party));
        assert_eq!(answer, Some((Answered::Accepted, Some(code("KH")))), "on {device}");
        assert!(suggestions[1].outdated && suggestions[1].answer.is_none());
        assert_eq!(suggestions[1].mine, device == VN, "on {device}");
    }
    assert_eq!(report(&mut world, KH, SOM, answer(mine, Answered::Declined)), Err("transition".to_owned()));
    assert_eq!(report(&mut world, KH, SOM, answer(other, Answered::Declined)), Ok(()));
    assert_eq!(waits(&mut world), [vec![], vec![], vec![]]);
    let gone = world.command_id();
    let delete = ReportCommand::Suggest { id: gone, paragraph: id, kind: SuggestionKind::Delete, text: String::new() };
    assert_eq!(report(&mut world, VN, SOM, delete), Ok(()));
    assert_eq!(report(&mut world, ASEC, SOM, answer(gone, Answered::Accepted)), Ok(()));
    assert_eq!(shown(&mut world, VN, SOM).parts[0].gone, [id], "withdrawn, and kept");
}

#[test]
fn an_intervention_is_its_owners_own_and_stands_in_its_place() {
    let mut world = begun(&[KH, VN, ASEC]);
    let before = write(&mut world, KH, SOM, "b", &[("kind", "discussion")], "Draft");
    let after = write(&mut world, KH, SOM, "f", &[("kind", "discussion")], "Draft");
    let id = world.command_id();
    let speak = |kind, text: &str| ReportCommand::Speak {
        id,
        item: None,
        kind,
        place: Place { parent: None, key: "d".to_owned() },
        text: text.to_owned(),
    };
    assert_eq!(report(&mut world, VN, SOM, speak(ParagraphKind::Decision, "x")), Err("bad-value".to_owned()));
    assert_eq!(report(&mut world, VN, SOM, speak(ParagraphKind::Reservation, " ")), Err("bad-value".to_owned()));
    assert_eq!(report(&mut world, VN, SOM, speak(ParagraphKind::Reservation, "Draft reservation")), Ok(()));
    for device in [KH, VN, ASEC] {
        let view = shown(&mut world, device, SOM);
        assert_eq!(view.parts[0].standing, [(1, before), (2, id), (3, after)], "on {device}");
        assert_eq!((view.spoken[0].party.clone(), view.spoken[0].mine), (code("VN"), device == VN));
        assert_eq!((view.agreed, view.of), (0, 2), "nobody agrees a party's own words for it");
    }
    let voice = shown(&mut world, KH, SOM).spoken[0].doc;
    let edit = Edit::Withdraw { id, reason: String::new() };
    assert_eq!(tell(&mut world, KH, Command::Edit { doc: voice, edit: edit.clone() }), Err("not-a-writer".to_owned()));
    assert_eq!(tell(&mut world, VN, Command::Edit { doc: voice, edit }), Ok(()));
    assert_eq!(shown(&mut world, KH, SOM).parts[0].standing, [(1, before), (2, after)]);
}
