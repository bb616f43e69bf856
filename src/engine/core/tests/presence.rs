//! Who else is in a document: told while a page asks, forgotten after silence, and to nobody who may not read it.

use super::world::{ASEC, KH, PORT, PROJECT, VN, World, code, person};
use crate::{
    domain::{Audience, DocId, DocKind, Fact, PartyCode, Writer},
    engine::{
        api::{Query, Request, View},
        core::Input,
    },
    sync::frame::Frame,
};

const SUB: u32 = 77;

impl World {
    /// What was said in passing reaches the other devices that may read the document.
    pub fn pass_on(&mut self) {
        for (by, doc, bytes) in std::mem::take(&mut self.hub.passing) {
            let from = Some(person(by).to_bytes().into());
            let others: Vec<u8> =
                self.nodes.iter().filter(|(n, node)| **n != by && node.connected).map(|(n, _)| *n).collect();
            for number in others {
                if self.hub.reads(number, doc) {
                    self.node(number).from_hub.push_back(Frame::Eph { doc, bytes: bytes.clone(), from });
                }
            }
        }
    }

    fn enter(&mut self, device: u8, doc: DocId) {
        self.request(device, Request::Subscribe { sub: SUB, query: Query::Presence { doc } });
    }

    fn leave(&mut self, device: u8) {
        self.request(device, Request::Unsubscribe { sub: SUB });
    }

    /// Who the page was last told is there.
    fn company(&mut self, device: u8) -> Vec<PartyCode> {
        let shown = self.node(device).replies.iter().rev().find_map(|reply| match reply {
            crate::engine::api::Reply::View { sub: SUB, view: View::Presence(view) } => Some(view.clone()),
            _ => None,
        });
        shown.expect("shown").here.into_iter().map(|person| person.party).collect()
    }
}

fn world() -> World {
    let mut world = World::new();
    for device in [KH, VN, ASEC] {
        world.join(device);
        world.online(device);
    }
    world
}

#[test]
fn those_who_have_a_document_open_see_each_other_until_they_leave() {
    let mut world = world();
    world.enter(KH, PROJECT);
    assert_eq!(world.company(KH), Vec::<PartyCode>::new(), "nobody, and not oneself");
    world.enter(VN, PROJECT);
    assert_eq!(world.company(KH), [code("VN")]);
    // KH's next word reaches VN, and says no more than that it is there.
    world.later(20_000);
    assert_eq!(world.company(VN), [code("KH")]);
    let written = (world.node(KH).written, world.node(VN).written);
    world.later(20_000);
    assert_eq!((world.node(KH).written, world.node(VN).written), written, "nothing of it goes to the disk");
    world.leave(VN);
    assert_eq!(world.company(KH), Vec::<PartyCode>::new(), "at once");
    // A page that is closed has left too.
    world.enter(VN, PROJECT);
    assert_eq!(world.company(KH), [code("VN")]);
    world.feed(VN, Input::Gone { port: PORT });
    world.pump();
    assert_eq!(world.company(KH), Vec::<PartyCode>::new());
}

#[test]
fn whoever_falls_silent_is_no_longer_there_and_comes_back_with_its_link() {
    let mut world = world();
    world.enter(KH, PROJECT);
    world.enter(VN, PROJECT);
    world.offline(VN);
    assert_eq!(world.company(KH), [code("VN")], "a link that breaks is no reason to leave");
    world.later(20_000);
    world.later(20_000);
    assert_eq!(world.company(KH), [code("VN")]);
    let timer = world.node(KH).engine.timer().expect("it looks again");
    assert!(timer <= world.now + 20_000);
    world.later(20_000);
    assert_eq!(world.company(KH), Vec::<PartyCode>::new(), "a minute of silence is");
    world.online(VN);
    assert_eq!(world.company(KH), [code("VN")]);
}

#[test]
fn without_a_page_that_asks_nothing_is_said() {
    let mut world = world();
    let said = |world: &mut World| world.hub.passing.len();
    world.request(KH, Request::Subscribe { sub: SUB, query: Query::Project { doc: PROJECT } });
    world.node(VN).from_hub.clear();
    world.later(60_000);
    assert_eq!(said(&mut world), 0);
    world.enter(VN, PROJECT);
    assert_eq!(world.company(VN), Vec::<PartyCode>::new(), "who only reads the page is not announced");
}

#[test]
fn who_may_not_read_a_document_is_told_nothing_of_it() {
    let mut world = world();
    let draft = DocId::from_bytes([0x61; 16]);
    world.hub.fact(&Fact::Doc {
        id: draft,
        kind: DocKind::Draft,
        subject: None,
        audience: Audience::Party(code("KH")),
        writers: vec![Writer::Party(code("KH"))],
        origin: None,
    });
    world.enter(VN, draft);
    world.enter(KH, draft);
    world.later(20_000);
    assert_eq!(world.company(VN), Vec::<PartyCode>::new());
    let here = Frame::Eph { doc: PROJECT.to_bytes().into(), bytes: vec![0x80].into(), from: Some([99; 16].into()) };
    world.enter(VN, PROJECT);
    world.node(VN).from_hub.push_back(here);
    world.pump();
    assert_eq!(world.company(VN), Vec::<PartyCode>::new(), "somebody without an appointment is nobody");
}
