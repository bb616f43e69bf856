//! Clocks that somebody sets.

use super::world::{KH, PROJECT, VN, World};
use crate::{
    domain::{At, Splice},
    engine::api::Request,
};

const WEEK: u64 = 7 * 86_400_000;

#[test]
fn what_waits_goes_on_when_the_clock_is_set_back() {
    let mut world = World::new();
    for device in [KH, VN] {
        world.join(device);
        world.online(device);
    }
    world.request(KH, Request::OpenText { session: 4, doc: PROJECT, at: At::root("objective") });
    let splices = vec![Splice { at: 0, delete: 0, insert: "before the clock was set".to_owned() }];
    world.request(KH, Request::EditText { session: 4, n: 1, version: 1, splices });
    world.now -= WEEK;
    world.later(1);
    world.later(600);
    let text = |world: &mut World| world.project(VN, PROJECT).snapshot.root.text("objective").to_owned();
    assert_eq!(text(&mut world), "before the clock was set");

    // A hub that is not there is dialled again after a pause, not after a week.
    world.offline(KH);
    world.set(KH, PROJECT, "title", "Said in the past");
    world.now -= WEEK;
    world.later(1);
    world.later(120_000);
    world.online(KH);
    world.later(120_000);
    assert_eq!(world.title(VN, PROJECT), "Said in the past");
    assert_eq!(world.shell(KH).held, [], "it is not old");
}
