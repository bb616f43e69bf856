//! The hub's log: asked for there and then, told with names, never kept.

use super::world::{ASEC, KH, PROJECT, World, code, person};
use crate::{
    domain::{
        DocKind, PartyCode,
        audit::{Ask, COLUMNS, Cursor, Filter, Line, MOST, Page},
    },
    engine::api::{AuditAnswer, AuditAsk, Command, Done, Refusal, Reply},
};

const NEXT: Cursor = Cursor { entry: 7, denial: 0 };

fn line(number: u64) -> Line {
    Line {
        number: Some(number),
        what: Some("change".to_owned()),
        document: Some(PROJECT),
        person: Some(person(KH)),
        party: Some(code("KH")),
        received_at: 1_605_571_200_000,
        ..Line::default()
    }
}

fn told(world: &mut World, asked: &AuditAsk, page: &Page) -> AuditAnswer {
    let body = serde_json::to_vec(page).expect("JSON");
    world.node(ASEC).engine.audit_answered(asked, &body).expect("an answer")
}

#[test]
fn what_is_asked_goes_to_the_hub_there_and_then_and_nothing_of_the_answer_is_kept() {
    let mut world = World::new();
    world.join(ASEC);
    world.online(ASEC);
    let written = world.node(ASEC).writes;
    let filter = Filter { party: Some(code("KH")), ..Filter::default() };
    world.command(ASEC, Command::Audit(AuditAsk::Page { filter: filter.clone(), before: Some(NEXT) }));
    world.command(ASEC, Command::Audit(AuditAsk::File { filter: filter.clone(), before: None }));
    world.command(ASEC, Command::Audit(AuditAsk::Check { start: true }));
    let asked: Vec<(&str, String)> = world.calls.iter().rev().take(3).rev().cloned().collect();
    let ask: Ask = serde_json::from_str(&asked[0].1).expect("a question");
    assert_eq!((asked[0].0, ask.filter, ask.before), ("/v1/audit", filter, Some(NEXT)));
    let file: Ask = serde_json::from_str(&asked[1].1).expect("a question");
    assert_eq!((asked[1].0, file.before, file.limit), ("/v1/audit", None, MOST));
    assert_eq!(asked[2], ("/v1/audit/check", r#"{"start":true}"#.to_owned()));
    assert_eq!(world.node(ASEC).writes, written);
    // The hub of this test says something else: that is told, and nothing is made of it.
    let wrong =
        |reply: &Reply| matches!(reply, Reply::Done { result: Err(Refusal { code, .. }), .. } if code == "hub-error");
    assert_eq!(world.node(ASEC).replies.iter().filter(|reply| wrong(reply)).count(), 3);
    let whole = |reply: &Reply| matches!(reply, Reply::Done { result: Ok(Done::Audit(_)), .. });
    assert!(!world.node(ASEC).replies.iter().any(whole));
}

#[test]
fn lines_come_with_the_names_that_this_device_knows_and_the_file_in_pieces() {
    let mut world = World::new();
    for device in [KH, ASEC] {
        world.join(device);
        world.online(device);
    }
    world.set(KH, PROJECT, "title", "A title");
    let filter = Filter { document: Some(PROJECT), person: Some(person(KH)), ..Filter::default() };
    let withheld = Line { what: None, document: None, ..line(8) };
    let page = Page { lines: vec![line(9), withheld], next: Some(NEXT), head: 9 };
    let ask = AuditAsk::Page { filter: filter.clone(), before: None };
    let AuditAnswer::Page(shown) = told(&mut world, &ask, &page) else { panic!("a page") };
    assert_eq!((shown.next, shown.head), (Some(NEXT), 9));
    assert_eq!((shown.lines[0].kind, shown.lines[0].title.as_str()), (Some(DocKind::Project), "A title"));
    assert_eq!((shown.lines[1].kind, shown.lines[1].title.as_str()), (None, ""));
    assert_eq!(shown.asked.title, "A title");
    assert_eq!(shown.asked.line.party.as_ref().map(PartyCode::as_str), Some("KH"));
    let piece = |world: &mut World, before| match told(world, &AuditAsk::File { filter: filter.clone(), before }, &page)
    {
        AuditAnswer::File(piece) => piece,
        other => panic!("{other:?}"),
    };
    let (first, second) = (piece(&mut world, None), piece(&mut world, Some(NEXT)));
    assert_eq!((first.lines, first.next), (2, Some(NEXT)));
    assert_eq!(first.text, format!("{COLUMNS}{}", second.text), "the columns are named once");
    assert!(second.text.starts_with("9,2020-11-17T00:00:00.000Z,accepted,change,"), "{}", second.text);
    assert_eq!(second.text.matches("withheld").count(), 1);
}
