//! Where no stream passes: requests say everything once.

use super::world::{KH, PROJECT, VN, World};
use crate::{
    engine::core::Input,
    sync::{
        client::{Request, Transport},
        codec,
        frame::Frame,
    },
};

impl World {
    /// The hub's answer to a request, all of it at once. A poll that has nothing to say is left waiting.
    pub fn exchange(&mut self, number: u8, request: Request, body: &[u8]) -> Option<Input> {
        let frames = codec::decode_body(body, 64 << 20).expect("frames");
        let mut said = Vec::new();
        for frame in frames {
            said.extend(self.hub.hear(number, frame));
        }
        if matches!(said.first(), Some(Frame::Welcome { .. })) {
            said.extend(self.hub.log(number));
        }
        // A request is over with its answer.
        self.hub.cursors.remove(&number);
        let news = said.iter().any(|frame| !matches!(frame, Frame::Welcome { .. } | Frame::Seen { .. }));
        (request == Request::Sync || news).then(|| Input::Answer { request, body: Some(codec::encode_body(&said)) })
    }
}

#[test]
fn over_requests_a_device_reads_and_writes() {
    let mut world = World::new();
    for device in [KH, VN] {
        world.join(device);
    }
    world.node(VN).transport = Transport::Requests;
    world.online(KH);
    world.set(KH, PROJECT, "remarks", "By stream");
    world.online(VN);
    assert_eq!(world.project(VN, PROJECT).row.remarks, "By stream");
}

#[test]
fn what_a_hub_had_lost_is_asked_for_once() {
    let mut world = World::new();
    for device in [KH, VN] {
        world.join(device);
        world.online(device);
    }
    let backup = world.hub.rows.len();
    world.set(KH, PROJECT, "remarks", "Lost and brought back");
    world.offline(KH);
    world.offline(VN);
    world.hub.fall_back(backup);
    // VN brings it back, and dies before it has fetched the document anew.
    world.hub.gives = 0;
    world.online(VN);
    world.later(2_000);
    world.later(2_000);
    assert_eq!(world.hub.rows.len(), backup + 1, "brought back");
    world.offline(VN);
    world.crash(VN);
    world.hub.gives = usize::MAX;
    world.hub.wanted.clear();
    world.node(VN).transport = Transport::Requests;
    world.online(VN);
    world.later(2_000);
    let wanted = world.hub.wanted.iter().filter(|(device, doc)| (*device, *doc) == (VN, PROJECT)).count();
    assert_eq!(wanted, 1, "with the greeting, and not again when the answer comes");
    assert_eq!(world.project(VN, PROJECT).row.remarks, "Lost and brought back");
}
