//! Who else is in a document: told while a page asks, forgotten after silence, and to nobody who may not read it.

use super::world::{ASEC, KH, PORT, PROJECT, VN, World, code, person};
use crate::{
    domain::{At, Audience, DocId, DocKind, Edit, EntityId, Fact, PartyCode, Splice, Writer},
    engine::{
        api::{CaretIn, Command, FloorStep, PresenceView, Query, Request, Say, Spot, Turn, View},
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

    /// What the page was last told.
    fn presence(&mut self, device: u8) -> PresenceView {
        let shown = self.node(device).replies.iter().rev().find_map(|reply| match reply {
            crate::engine::api::Reply::View { sub: SUB, view: View::Presence(view) } => Some(view.clone()),
            _ => None,
        });
        shown.expect("shown")
    }

    /// Who the page was last told is there.
    fn company(&mut self, device: u8) -> Vec<PartyCode> {
        self.presence(device).here.into_iter().map(|person| person.party).collect()
    }

    /// A page says something, and a second passes.
    fn says(&mut self, device: u8, say: Say) {
        self.request(device, Request::Say { doc: PROJECT, say });
        self.later(1_000);
    }

    fn writes(&mut self, device: u8, base: &str, at: u32, insert: &str) {
        let splices = vec![Splice { at, delete: 0, insert: insert.to_owned() }];
        let edit = Edit::Text { at: At::root("objective"), base: base.to_owned(), splices };
        self.command(device, Command::Edit { doc: PROJECT, edit });
        self.later(1_000);
    }

    /// The list of speakers as a page shows it.
    fn floor(&mut self, device: u8) -> Vec<(PartyCode, Turn)> {
        let lead = self.presence(device).lead.expect("somebody leads");
        lead.speakers.into_iter().map(|speaker| (speaker.party, speaker.turn)).collect()
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
    world.later(50_000);
    assert_eq!(world.company(VN), [code("KH")]);
    let written = (world.node(KH).written, world.node(VN).written);
    world.later(50_000);
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
    world.later(50_000);
    world.later(50_000);
    assert_eq!(world.company(KH), [code("VN")]);
    let timer = world.node(KH).engine.timer().expect("it looks again");
    assert!(timer <= world.now + 25_000);
    world.later(25_000);
    assert_eq!(world.company(KH), Vec::<PartyCode>::new(), "two minutes of silence are");
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
    world.later(50_000);
    assert_eq!(world.company(VN), Vec::<PartyCode>::new());
    let here = Frame::Eph { doc: PROJECT.to_bytes().into(), bytes: vec![0x80].into(), from: Some([99; 16].into()) };
    world.enter(VN, PROJECT);
    world.node(VN).from_hub.push_back(here);
    world.pump();
    assert_eq!(world.company(VN), Vec::<PartyCode>::new(), "somebody without an appointment is nobody");
}

#[test]
fn others_see_where_one_is_and_the_caret_keeps_its_place() {
    let mut world = world();
    let root = EntityId::from_bytes(PROJECT.to_bytes());
    world.writes(KH, "", 0, "one three");
    for device in [KH, VN, ASEC] {
        world.enter(device, PROJECT);
    }
    let caret = |from, to| Some(CaretIn { field: "objective".to_owned(), from, to });
    world.says(KH, Say::At(Some(Spot { record: root, caret: caret(4, 9) })));
    let spot = |world: &mut World, device: u8| {
        let here = world.presence(device).here;
        here.into_iter().find(|person| person.party == code("KH")).expect("there").spot
    };
    assert_eq!(spot(&mut world, VN), Some(Spot { record: root, caret: caret(4, 9) }));
    // Words come before it: it stays with its own.
    world.writes(KH, "one three", 0, "two ");
    assert_eq!(spot(&mut world, VN), Some(Spot { record: root, caret: caret(8, 13) }));
    world.says(KH, Say::At(None));
    assert_eq!(spot(&mut world, VN), None);
}

#[test]
fn who_leads_is_followed_and_keeps_the_list_of_speakers() {
    let mut world = world();
    for device in [KH, VN, ASEC] {
        world.enter(device, PROJECT);
    }
    world.later(50_000);
    assert!(!world.presence(VN).may_lead && world.presence(KH).may_lead && world.presence(ASEC).may_lead);
    world.says(VN, Say::Lead(true));
    assert_eq!(world.presence(ASEC).lead, None, "not theirs to do");
    world.says(VN, Say::Ask(true));
    world.says(KH, Say::Lead(true));
    assert_eq!(world.floor(ASEC), [(code("VN"), Turn::Waiting)], "who asked before is on the list");
    let record = EntityId::from_bytes([5; 16]);
    world.says(KH, Say::At(Some(Spot { record, caret: None })));
    let lead = world.presence(VN).lead.expect("led");
    assert_eq!((lead.party, lead.at), (code("KH"), Some(record)));
    world.says(KH, Say::Floor(FloorStep::Give(code("VN"))));
    assert_eq!(world.floor(VN), [(code("VN"), Turn::Speaking)]);
    assert!(!world.presence(VN).asking, "it was given");
    world.later(50_000);
    let spoken = world.presence(VN).lead.expect("led").spoken.expect("speaks");
    assert!((50..=52).contains(&spoken), "{spoken}");
    // Another takes the lead: it goes on with the list, and the first leads no more.
    world.says(ASEC, Say::Lead(true));
    world.later(1_000);
    assert_eq!((world.presence(KH).leading, world.presence(ASEC).leading), (false, true));
    assert_eq!(world.floor(VN), [(code("VN"), Turn::Speaking)]);
    world.says(KH, Say::Floor(FloorStep::Clear));
    assert_eq!(world.floor(VN).len(), 1, "the list is whose who leads");
    world.says(ASEC, Say::Lead(false));
    assert_eq!(world.presence(VN).lead, None);
}

#[test]
fn two_who_take_the_lead_at_once_leave_one() {
    let mut world = world();
    for device in [KH, ASEC] {
        world.enter(device, PROJECT);
        world.request(device, Request::Say { doc: PROJECT, say: Say::Lead(true) });
    }
    world.later(50_000);
    world.later(1_000);
    let leading = [KH, ASEC].map(|device| world.presence(device).leading);
    assert_eq!(leading.iter().filter(|leads| **leads).count(), 1, "{leading:?}");
    assert_eq!(world.presence(KH).lead.map(|lead| lead.party), world.presence(ASEC).lead.map(|lead| lead.party));
}

#[test]
fn idle_it_says_little_and_in_company_words_go_sooner() {
    let mut world = world();
    world.enter(VN, PROJECT);
    world.enter(KH, PROJECT);
    world.later(50_000);
    world.hub.said = 0;
    (0..12).for_each(|_| world.later(5_000));
    assert!(world.hub.said <= 4, "two devices, a minute: {}", world.hub.said);
    // Fifty places in five seconds are told ten times.
    world.hub.said = 0;
    for n in 0..50_u8 {
        let record = EntityId::from_bytes([n; 16]);
        world.request(KH, Request::Say { doc: PROJECT, say: Say::At(Some(Spot { record, caret: None })) });
        world.later(100);
    }
    assert!(world.hub.said <= 12, "{}", world.hub.said);
}
