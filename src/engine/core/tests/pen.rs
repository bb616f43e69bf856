//! The pen of a plan: who may open it, what it lets others do, and that it closes.

use super::world::{ASEC, KH, PLAN, PROJECT, VN, World};
use crate::engine::api::{Command, PenView};

fn set_pen(world: &mut World, number: u8, open: bool) -> Result<(), String> {
    let command = world.command(number, Command::SetPen { plan: PLAN, open });
    world.done(number, command).expect("answered").map_err(|refusal| refusal.code)
}

fn write(world: &mut World, number: u8, title: &str) -> Result<(), String> {
    let command = world.set(number, PLAN, "title", title);
    world.done(number, command).expect("answered").map_err(|refusal| refusal.code)
}

fn everyone() -> World {
    let mut world = World::new();
    for device in [KH, VN, ASEC] {
        world.join(device);
        world.online(device);
    }
    world
}

#[test]
fn the_chair_opens_the_pen_for_a_round_and_closes_it() {
    let mut world = everyone();
    assert_eq!(write(&mut world, VN, "Not yet"), Err("not-a-writer".to_owned()));
    assert_eq!(world.plan(VN).pen, PenView { open: false, provisional: false, may: false });
    assert_eq!(set_pen(&mut world, VN, true), Err("not-a-writer".to_owned()));
    assert_eq!(set_pen(&mut world, KH, true), Ok(()));
    world.later(61_000);
    assert_eq!(world.plan(KH).pen, PenView { open: true, provisional: false, may: true });
    assert_eq!(write(&mut world, VN, "By Viet Nam"), Ok(()));
    world.later(61_000);
    assert_eq!(world.plan(KH).card.title, "By Viet Nam");
    let theirs = world.set(VN, PROJECT, "title", "Not theirs");
    assert!(world.done(VN, theirs).expect("answered").is_err(), "a project stays its lead's");
    assert_eq!(set_pen(&mut world, ASEC, false), Ok(()), "the Secretariat closes what the chair opened");
    world.later(61_000);
    assert_eq!(write(&mut world, VN, "Too late"), Err("not-a-writer".to_owned()));
    assert!(!world.plan(VN).may_write);
}

#[test]
fn what_is_opened_offline_waits_for_the_hub_and_what_was_opened_twice_apart_is_closed_at_once() {
    let mut world = everyone();
    world.offline(KH);
    world.offline(ASEC);
    assert_eq!((set_pen(&mut world, KH, true), set_pen(&mut world, ASEC, true)), (Ok(()), Ok(())));
    assert_eq!(world.plan(KH).pen, PenView { open: true, provisional: true, may: true });
    assert!(!world.plan(VN).pen.open, "nobody else has heard of it");
    world.online(KH);
    world.online(ASEC);
    world.later(61_000);
    assert_eq!(world.plan(KH).pen, PenView { open: true, provisional: false, may: true });
    world.offline(KH);
    assert_eq!(set_pen(&mut world, KH, false), Ok(()));
    assert_eq!(world.plan(KH).pen, PenView { open: false, provisional: true, may: true });
    world.online(KH);
    world.later(61_000);
    assert_eq!(world.plan(VN).pen, PenView { open: false, provisional: false, may: false });
}
