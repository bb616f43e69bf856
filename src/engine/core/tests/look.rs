//! What a page would see and do, in one line each.

use super::{
    node::Node,
    world::{PLAN, PORT, World, date, doc_of, item, party_of},
};
use crate::{
    domain::{At, Date, DocId, DocKind, Edit, EntityId, Fact, Framework, Value, Writer, party::MembershipStatus},
    engine::{
        api::{Command, CommandId, Mark, PlanView, ProjectView, Query, Refusal, Reply, Request, ShellView, View, Wait},
        core::Input,
    },
    sync::{
        frame::{Frame, Item},
        hub::Row,
    },
};

impl World {
    /// A copy of a device's profile is opened elsewhere, offline: the same device twice. Answers its number.
    pub fn copy(&mut self, number: u8) -> u8 {
        let copy = number + 100;
        let disk = self.node(number).disk.clone();
        self.nodes.insert(copy, Node::start(copy, disk));
        let contents = Box::new(self.node(copy).contents());
        self.feed(copy, Input::Opened { contents, volatile: false });
        self.pump();
        copy
    }

    /// A party's membership ended yesterday: the hub says so.
    pub fn leaves(&mut self, device: u8) {
        self.leaves_at(device, 1);
    }

    /// The same, stated then.
    pub fn leaves_at(&mut self, device: u8, stated: u64) {
        self.is_member_until(device, Some(date("2025-12-31")), stated);
    }

    /// A party that left is a member again.
    pub fn comes_back(&mut self, device: u8) {
        self.is_member_until(device, None, 2);
    }

    fn is_member_until(&mut self, device: u8, to: Option<Date>, stated: u64) {
        self.hub.fact(&Fact::Member {
            id: EntityId::from_bytes([device; 16]),
            party: party_of(device),
            framework: Framework::Accsm,
            status: MembershipStatus::Member,
            from: None,
            to,
            stated,
        });
    }

    /// A later version of the application writes in a document.
    pub fn newer_schema(&mut self, id: DocId, kind: DocKind) {
        let of = |row: &&Row| matches!(&row.item, Item::Change { doc, .. } if doc_of(doc) == id);
        let bodies = self.hub.rows.iter().filter(of).filter_map(|row| match &row.item {
            Item::Change { body, .. } => body.as_ref().map(|body| body.to_vec()),
            Item::Fact { .. } => None,
        });
        let bodies: Vec<Vec<u8>> = bodies.collect();
        let doc = crate::docs::Doc::load(kind, bodies.iter().map(Vec::as_slice)).expect("loads");
        let change = crate::docs::future::upgrade(&doc);
        self.hub.push(None, 0, vec![item(id, change.hash, &change.bytes)]);
    }

    /// A meeting that begins on a day.
    pub fn meeting(&mut self, id: DocId, start: &str) {
        start.clone_into(&mut self.starts);
        self.document(id, DocKind::Meeting, None, vec![Writer::Secretariat]);
    }

    /// The hub says that a device may no longer receive a document.
    pub fn lose(&mut self, number: u8, doc: DocId) {
        let cursor = self.hub.cursors[&number];
        let lost = vec![doc.to_bytes().into()];
        let (from, to, stamp, entries) = (cursor.number, cursor.number, cursor.stamp, Vec::new());
        let as_of = cursor.as_of + 1;
        self.node(number).from_hub.push_back(Frame::Log { from, to, stamp, entries, lost, as_of, apart: Vec::new() });
        self.pump();
    }

    pub fn command(&mut self, number: u8, command: Command) -> CommandId {
        let id = self.command_id();
        self.feed(number, Input::Request { port: PORT, request: Request::Command { id, command } });
        self.pump();
        id
    }

    pub fn set(&mut self, number: u8, doc: DocId, field: &str, value: &str) -> CommandId {
        let edit = Edit::Set { at: At::root(field), value: Value::from(value), seen: Vec::new() };
        self.command(number, Command::Edit { doc, edit })
    }

    pub fn request(&mut self, number: u8, request: Request) {
        self.feed(number, Input::Request { port: PORT, request });
        self.pump();
    }

    /// What a query shows right now.
    pub fn see(&mut self, number: u8, query: Query) -> View {
        self.node(number).replies.clear();
        self.request(number, Request::Subscribe { sub: 999, query });
        let view = self.node(number).replies.iter().rev().find_map(|reply| match reply {
            Reply::View { sub: 999, view } => Some(view.clone()),
            _ => None,
        });
        self.request(number, Request::Unsubscribe { sub: 999 });
        view.expect("a view")
    }

    /// The same of what is told a few documents at a time, to its end.
    pub fn see_all(&mut self, number: u8, query: Query) -> View {
        self.node(number).replies.clear();
        self.request(number, Request::Subscribe { sub: 998, query });
        for _ in 0..3 {
            self.request(number, Request::More { sub: 998 });
            self.later(1);
        }
        let view = self.node(number).replies.iter().rev().find_map(|reply| match reply {
            Reply::View { sub: 998, view } => Some(view.clone()),
            _ => None,
        });
        self.request(number, Request::Unsubscribe { sub: 998 });
        view.expect("a view")
    }

    /// What waits on somebody's *Today*: the page and how many.
    pub fn waits(&mut self, number: u8, what: Wait) -> Vec<(DocId, u32)> {
        match self.see(number, Query::Today) {
            View::Today(today) => {
                today.waits.iter().filter(|wait| wait.what == what).map(|wait| (wait.doc, wait.count)).collect()
            }
            other => panic!("not today: {other:?}"),
        }
    }

    pub fn plan(&mut self, number: u8) -> PlanView {
        match self.see(number, Query::Plan { doc: PLAN }) {
            View::Plan(view) => *view,
            other => panic!("not a plan: {other:?}"),
        }
    }

    pub fn project(&mut self, number: u8, doc: DocId) -> ProjectView {
        match self.see(number, Query::Project { doc }) {
            View::Project(view) => *view,
            other => panic!("not a project: {other:?}"),
        }
    }

    pub fn shell(&mut self, number: u8) -> ShellView {
        match self.see(number, Query::Shell) {
            View::Shell(view) => *view,
            other => panic!("not the header: {other:?}"),
        }
    }

    pub fn title(&mut self, number: u8, doc: DocId) -> String {
        self.project(number, doc).row.title
    }

    pub fn mark(&mut self, number: u8, doc: DocId) -> Mark {
        self.project(number, doc).row.mark
    }

    /// The newest version of a text that a page was sent.
    pub fn text_version(&mut self, number: u8, session: u32) -> u32 {
        let sent = self.node(number).replies.iter().rev().find_map(|reply| match reply {
            Reply::Text { session: of, version, .. } if *of == session => Some(*version),
            _ => None,
        });
        sent.expect("a text was sent")
    }

    /// How a command was answered, if it was.
    pub fn done(&mut self, number: u8, command: CommandId) -> Option<Result<(), Refusal>> {
        self.node(number).replies.iter().find_map(|reply| match reply {
            Reply::Done { id, result } if *id == command => Some(result.clone().map(|_| ())),
            _ => None,
        })
    }
}
