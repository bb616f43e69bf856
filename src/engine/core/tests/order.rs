//! Apply, show, make durable, and only then send.

use super::world::{ASEC, KH, NOON, PORT, PROJECT, VN, World};
use crate::{
    domain::{At, Edit, Value},
    engine::{
        api::{Command, Mark, Query, Reply, Request, View},
        core::{
            Input,
            store::{Store, StoreError},
        },
    },
};

#[test]
fn an_edit_is_shown_then_written_then_said_to_be_done_then_sent() {
    let mut world = World::new();
    world.join(KH);
    world.online(KH);
    world.request(KH, Request::Subscribe { sub: 1, query: Query::Project { doc: PROJECT } });
    world.node(KH).hold_disk = true;
    world.node(KH).replies.clear();
    world.node(KH).left.clear();

    let command = world.set(KH, PROJECT, "title", "Shown at once");
    let shown = |reply: &Reply, mark: Mark| match reply {
        Reply::View { sub: 1, view: View::Project(view) } => view.row.title == "Shown at once" && view.row.mark == mark,
        _ => false,
    };
    assert!(world.node(KH).replies.iter().any(|reply| shown(reply, Mark::Pending)), "shown before it is written");
    assert_eq!(world.done(KH, command), None, "not done before it is written");
    assert!(world.node(KH).left.is_empty(), "not sent before it is written");
    let before = world.hub.rows.len();

    world.node(KH).hold_disk = false;
    world.disk(KH, Ok(()));
    assert!(world.node(KH).replies.iter().any(|reply| shown(reply, Mark::Device)), "on this device");
    assert_eq!(world.done(KH, command), Some(Ok(())));
    world.pump();
    assert_eq!(world.hub.rows.len(), before + 1);
    assert_eq!(world.mark(KH, PROJECT), Mark::Hub, "nobody else is there to have seen it");
    assert_eq!(world.shell(KH).unsent, 0);
}

#[test]
fn what_comes_during_a_flush_goes_together_in_the_next() {
    let mut world = World::new();
    world.join(KH);
    world.online(KH);
    world.offline(KH);
    world.node(KH).hold_disk = true;
    let first = world.set(KH, PROJECT, "title", "one");
    let second = world.set(KH, PROJECT, "title", "two");
    let third = world.set(KH, PROJECT, "title", "three");
    world.disk(KH, Ok(()));
    assert_eq!(world.done(KH, first), Some(Ok(())));
    assert_eq!(world.done(KH, second), None);
    assert_eq!(world.node(KH).stored(Store::Outbox), 1);
    world.disk(KH, Ok(()));
    assert_eq!((world.done(KH, second), world.done(KH, third)), (Some(Ok(())), Some(Ok(()))));
    assert_eq!(world.node(KH).stored(Store::Outbox), 3);
    assert!(world.node(KH).writing.is_none(), "and nothing more");
}

#[test]
fn a_crash_before_the_flush_loses_only_what_was_pending() {
    let mut world = World::new();
    world.join(KH);
    world.online(KH);
    world.offline(KH);
    let kept = world.set(KH, PROJECT, "title", "kept");
    assert_eq!(world.done(KH, kept), Some(Ok(())));
    world.node(KH).hold_disk = true;
    let lost = world.set(KH, PROJECT, "title", "lost");
    assert_eq!(world.done(KH, lost), None);
    world.crash(KH);
    assert_eq!(world.title(KH, PROJECT), "kept");
    assert_eq!(world.mark(KH, PROJECT), Mark::Device);
    assert_eq!(world.shell(KH).unsent, 1);
    // The page says again what was not answered; what was carried out is only answered.
    let again = |world: &mut World, id, value: &str| {
        let edit = Edit::Set { at: At::root("title"), value: Value::from(value), seen: Vec::new() };
        let command = Command::Edit { doc: PROJECT, edit };
        world.request(KH, Request::Command { id, command });
    };
    again(&mut world, kept, "kept");
    assert_eq!(world.done(KH, kept), Some(Ok(())));
    assert_eq!(world.shell(KH).unsent, 1, "not carried out twice");
    again(&mut world, lost, "lost");
    assert_eq!(world.title(KH, PROJECT), "lost");
    world.online(KH);
    assert_eq!(world.shell(KH).unsent, 0);
}

#[test]
fn an_acknowledgement_that_was_lost_is_repeated() {
    let mut world = World::new();
    world.join(KH);
    world.online(KH);
    world.node(KH).hold_disk = true;
    world.set(KH, PROJECT, "title", "twice offered");
    world.disk(KH, Ok(()));
    // Sent and taken; the device dies before it could write the acknowledgement.
    let rows = world.hub.rows.len();
    world.crash(KH);
    assert_eq!(world.shell(KH).unsent, 1);
    world.online(KH);
    assert_eq!(world.hub.rows.len(), rows, "the hub has it once");
    assert_eq!(world.shell(KH).unsent, 0);
    assert_eq!(world.title(KH, PROJECT), "twice offered");
}

#[test]
fn seen_is_earned_by_a_durable_cursor() {
    let mut world = World::new();
    for device in [KH, VN, ASEC] {
        world.join(device);
        world.online(device);
    }
    world.node(VN).hold_disk = true;
    world.set(KH, PROJECT, "title", "for all");
    world.tell_seen();
    assert_eq!(world.mark(KH, PROJECT), Mark::Seen { delegations: 1 }, "Viet Nam has it, not on its disk");
    world.node(VN).hold_disk = false;
    world.pump();
    world.tell_seen();
    assert_eq!(world.mark(KH, PROJECT), Mark::Seen { delegations: 2 });
    assert_eq!(world.title(VN, PROJECT), "for all");
}

#[test]
fn a_full_disk_is_told_and_tried_again() {
    let mut world = World::new();
    world.join(KH);
    world.online(KH);
    world.node(KH).hold_disk = true;
    world.node(KH).left.clear();
    let command = world.set(KH, PROJECT, "title", "no room");
    world.disk(KH, Err(StoreError::Quota));
    assert_eq!(world.shell(KH).notice.as_deref(), Some("notice-storage-full"));
    assert_eq!(world.mark(KH, PROJECT), Mark::Pending);
    assert_eq!(world.done(KH, command), None);
    assert!(world.node(KH).left.is_empty());
    world.node(KH).replies.clear();
    world.later(3_100);
    world.disk(KH, Ok(()));
    world.node(KH).hold_disk = false;
    world.pump();
    assert_eq!(world.done(KH, command), Some(Ok(())));
    assert_eq!(world.shell(KH).notice, None);
}

#[test]
fn a_flush_answers_when_everything_is_durable_and_a_ping_at_once() {
    let mut world = World::new();
    world.join(KH);
    world.online(KH);
    world.node(KH).hold_disk = true;
    world.set(KH, PROJECT, "title", "before a reload");
    world.node(KH).replies.clear();
    world.request(KH, Request::Flush);
    world.request(KH, Request::Ping { n: 7 });
    assert_eq!(world.node(KH).replies, [Reply::Pong { n: 7 }]);
    world.disk(KH, Ok(()));
    world.disk(KH, Ok(()));
    assert!(world.node(KH).replies.contains(&Reply::Flushed));
    world.node(KH).replies.clear();
    world.node(KH).hold_disk = false;
    world.pump();
    world.request(KH, Request::Flush);
    assert_eq!(world.node(KH).replies, [Reply::Flushed], "at once when nothing waits");
}

#[test]
fn what_a_page_says_before_the_store_is_open_waits_for_it() {
    let mut world = World::new();
    world.join(KH);
    world.online(KH);
    let contents = Box::new(world.node(KH).contents());
    world.crash(KH);
    let fresh = crate::engine::core::Engine::new(crate::engine::core::Settings {
        seed: [99; 32],
        hub: String::new(),
        build: String::new(),
        public_key: String::new(),
    });
    world.node(KH).engine = fresh;
    let command = world.set(KH, PROJECT, "title", "early");
    assert_eq!(world.done(KH, command), None);
    world.feed(KH, Input::Opened { contents, volatile: false });
    world.pump();
    assert_eq!(world.done(KH, command), Some(Ok(())));
    assert_eq!(world.title(KH, PROJECT), "early");
    assert!(world.now > NOON && PORT == 1);
}
