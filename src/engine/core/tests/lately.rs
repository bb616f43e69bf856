//! What goes to the disk later must never be missed: after a crash it is made anew, and until then nothing is said that the
//! disk does not bear out.

use super::world::{KH, PROJECT, VN, World};
use crate::engine::{
    api::{Mark, Query, Request, View},
    core::{
        account::Position,
        store::{Store, meta, open},
    },
};

/// How far a disk is.
fn cursor(world: &mut World, number: u8) -> u64 {
    let value = &world.node(number).disk[&(Store::Meta, meta::CURSOR.to_owned())];
    Position::decode(open(value).expect("whole")).expect("a position").number
}

fn writing() -> World {
    let mut world = World::new();
    world.join(KH);
    world.online(KH);
    world.later(120_000);
    world
}

#[test]
fn acknowledgements_and_rows_go_together_and_cost_no_transaction_of_their_own() {
    let mut world = writing();
    let (at, before) = (cursor(&mut world, KH), world.node(KH).writes);
    for n in 0..20 {
        world.set(KH, PROJECT, "remarks", &format!("number {n}"));
        assert_eq!(world.mark(KH, PROJECT), Mark::Hub, "said at once");
    }
    assert_eq!(world.node(KH).writes - before, 20, "one transaction for each edit");
    assert_eq!((world.node(KH).stored(Store::Outbox), cursor(&mut world, KH)), (20, at));
    world.later(60_000);
    assert_eq!(
        (world.node(KH).stored(Store::Outbox), cursor(&mut world, KH)),
        (0, at + 20),
        "nobody wrote for a minute"
    );
    assert_eq!(world.node(KH).writes - before, 21, "and one for all that followed");
}

#[test]
fn after_a_crash_nothing_is_shown_of_before_the_newest_words_and_the_hub_is_asked_what_it_has() {
    let mut world = writing();
    for n in 0..3 {
        world.set(KH, PROJECT, "title", &format!("number {n}"));
    }
    let (rows, at) = (world.hub.rows.len(), cursor(&mut world, KH));
    world.crash(KH);
    world.request(KH, Request::Subscribe { sub: 7, query: Query::Plan { doc: super::world::PLAN } });
    let titles = world.node(KH).replies.iter().filter_map(|reply| match reply {
        crate::engine::api::Reply::View { view: View::Plan(plan), .. } => Some(plan.rows[0].title.clone()),
        _ => None,
    });
    let titles: Vec<String> = titles.collect();
    assert_eq!(titles, ["number 2"], "never the row of before");
    assert_eq!(world.mark(KH, PROJECT), Mark::Device, "no more than the disk bears out");
    assert_eq!(world.shell(KH).unsent, 3);
    world.online(KH);
    assert_eq!(world.hub.rows.len(), rows, "it has them all");
    assert_eq!((world.mark(KH, PROJECT), world.shell(KH).unsent), (Mark::Hub, 0));
    world.later(120_000);
    assert_eq!((world.node(KH).stored(Store::Outbox), cursor(&mut world, KH) > at), (0, true));
    world.crash(KH);
    assert_eq!((world.title(KH, PROJECT).as_str(), world.mark(KH, PROJECT)), ("number 2", Mark::Hub));
}

#[test]
fn what_came_from_others_is_kept_at_once_and_all_before_it_with_it() {
    let mut world = writing();
    world.join(VN);
    world.online(VN);
    world.set(KH, PROJECT, "remarks", "acknowledged");
    assert_eq!(world.node(KH).stored(Store::Outbox), 1);
    let doc = crate::domain::DocId::from_bytes([0x77; 16]);
    world.document(doc, crate::domain::DocKind::Project, Some(super::world::PLAN), vec![]);
    world.later(1);
    assert_eq!(world.node(KH).stored(Store::Outbox), 0, "no cursor without what was acknowledged before it");
    assert_eq!(cursor(&mut world, KH), u64::try_from(world.hub.rows.len()).expect("few"));
}

#[test]
fn a_page_that_goes_and_a_link_that_breaks_leave_nothing_for_later() {
    let mut world = writing();
    world.set(KH, PROJECT, "remarks", "one");
    world.request(KH, Request::Flush);
    assert_eq!(world.node(KH).stored(Store::Outbox), 0);
    world.set(KH, PROJECT, "remarks", "two");
    assert_eq!(world.node(KH).stored(Store::Outbox), 1);
    world.offline(KH);
    assert_eq!(world.node(KH).stored(Store::Outbox), 0);
}

#[test]
fn a_store_of_a_version_that_wrote_every_row_at_once_is_trusted_and_a_damaged_note_is_not() {
    let mut world = writing();
    world.offline(KH);
    world.set(KH, PROJECT, "title", "Not yet sent");
    world.request(KH, Request::Flush);
    let rows = (Store::Meta, meta::ROWS.to_owned());
    for (note, reads) in [(None, 0), (Some(vec![0xff, 0]), 1)] {
        match note {
            None => drop(world.node(KH).disk.remove(&rows)),
            Some(note) => drop(world.node(KH).disk.insert(rows.clone(), note)),
        }
        world.crash(KH);
        assert_eq!(world.node(KH).reads.len(), reads);
        world.see(KH, Query::Plans);
    }
}
