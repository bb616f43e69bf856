//! Numbers that a device reserved: given where there is no network, and by no other device.

use super::{
    projects::{AREA, ASEC2, SECOND, begun, number, references, tell},
    world::{ASEC, KH, PLAN, PROJECT, World},
};
use crate::{domain::DocId, engine::api::Command};

fn reserve(count: u32) -> Command {
    Command::ReserveNumbers { plan: PLAN, count }
}

fn given(world: &mut World, device: u8, project: DocId) -> String {
    let next = world.project(device, project).next_reference.expect("offered");
    tell(world, device, number(project, &next)).expect("given");
    next
}

#[test]
fn numbers_reserved_while_linked_are_given_apart_without_a_clash() {
    for (first, second) in [(ASEC, ASEC2), (ASEC2, ASEC)] {
        let mut world = begun(&[KH, ASEC, ASEC2]);
        for project in [PROJECT, SECOND] {
            world.set(KH, project, "area", &AREA.to_string());
        }
        assert_eq!(tell(&mut world, KH, reserve(3)), Err("not-a-writer".to_owned()));
        assert_eq!(world.plan(KH).reserved, None, "not theirs");
        world.offline(ASEC);
        assert_eq!(tell(&mut world, ASEC, reserve(3)), Err("offline".to_owned()));
        world.online(ASEC);
        assert_eq!(tell(&mut world, ASEC, reserve(3)), Ok(()));
        let left = world.plan(ASEC).reserved.expect("numbers");
        let blocks = vec![("ACCSM-2125-PA5-01".to_owned(), 3), ("ACCSM-2125-01".to_owned(), 3)];
        assert_eq!((left.blocks, left.provisional), (blocks, false));
        assert_eq!(world.plan(ASEC2).reserved.expect("numbers").blocks, [], "of another device");
        for device in [ASEC, ASEC2] {
            world.offline(device);
        }
        let theirs = tell(&mut world, ASEC2, number(SECOND, "accsm-2125-pa5-2"));
        assert_eq!(theirs, Err("number-taken".to_owned()));
        assert_eq!(given(&mut world, ASEC, PROJECT), "ACCSM-2125-PA5-01");
        assert_eq!(given(&mut world, ASEC2, SECOND), "ACCSM-2125-PA5-04");
        let left = world.plan(ASEC).reserved.expect("numbers").blocks;
        assert_eq!(left[0], ("ACCSM-2125-PA5-02".to_owned(), 2));
        world.online(first);
        world.online(second);
        let both = ["ACCSM-2125-PA5-01", "ACCSM-2125-PA5-04"].map(|reference| Some(reference.to_owned()));
        for device in [KH, ASEC, ASEC2] {
            assert_eq!(references(&mut world, device), both, "on {device}");
            assert_eq!(world.shell(device).refused, [], "on {device}");
        }
        // The next block begins above all of it.
        assert_eq!(tell(&mut world, ASEC2, reserve(2)), Ok(()));
        assert_eq!(world.plan(ASEC2).reserved.expect("numbers").blocks[0], ("ACCSM-2125-PA5-05".to_owned(), 2));
    }
}

#[test]
fn a_number_given_before_its_device_heard_of_the_reservation_is_refused_and_another_is_offered() {
    let mut world = begun(&[KH, ASEC, ASEC2]);
    world.set(KH, SECOND, "area", &AREA.to_string());
    world.offline(ASEC2);
    assert_eq!(given(&mut world, ASEC2, SECOND), "ACCSM-2125-PA5-01");
    assert_eq!(tell(&mut world, ASEC, reserve(3)), Ok(()));
    world.online(ASEC2);
    let refused = world.shell(ASEC2).refused;
    assert_eq!(refused.iter().map(|told| told.why.as_str()).collect::<Vec<_>>(), ["number-taken"]);
    assert_eq!(given(&mut world, ASEC2, SECOND), "ACCSM-2125-PA5-04");
    world.crash(ASEC);
    assert_eq!(world.plan(ASEC).reserved.expect("numbers").blocks[0].1, 3, "it is on the disk");
}
