//! What a page would see and do, in one line each.

use super::world::{PORT, World};
use crate::{
    domain::{At, DocId, Edit, Value},
    engine::{
        api::{Command, CommandId, Mark, ProjectView, Query, Refusal, Reply, Request, ShellView, View},
        core::Input,
    },
};

impl World {
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

    pub fn project(&mut self, number: u8, doc: DocId) -> ProjectView {
        match self.see(number, Query::Project { doc }) {
            View::Project(view) => *view,
            other => panic!("not a project: {other:?}"),
        }
    }

    pub fn shell(&mut self, number: u8) -> ShellView {
        match self.see(number, Query::Shell) {
            View::Shell(view) => view,
            other => panic!("not the header: {other:?}"),
        }
    }

    pub fn title(&mut self, number: u8, doc: DocId) -> String {
        self.project(number, doc).row.title
    }

    pub fn mark(&mut self, number: u8, doc: DocId) -> Mark {
        self.project(number, doc).row.mark
    }

    /// How a command was answered, if it was.
    pub fn done(&mut self, number: u8, command: CommandId) -> Option<Result<(), Refusal>> {
        self.node(number).replies.iter().find_map(|reply| match reply {
            Reply::Done { id, result } if *id == command => Some(result.clone().map(|_| ())),
            _ => None,
        })
    }
}
