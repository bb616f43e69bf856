//! Calls that need the hub there and then: joining, inviting, taking a device away, reading its log. They are never queued.

use std::collections::BTreeMap;

use super::{CallId, Engine, Output, PortId, account::Account, refuse};
use crate::{
    domain::DeviceId,
    engine::api::{AuditAsk, CommandId, Done, Invitee, Refusal, Reply},
    sync::join::{InviteRequest, Invited, JoinRequest, Joined, Problem, RevokeRequest},
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Join,
    Invite,
    Revoke,
    /// With what was asked for.
    Audit(AuditAsk),
}

/// Calls under way.
#[derive(Debug, Default)]
pub(super) struct Calls {
    next: CallId,
    open: BTreeMap<CallId, (Kind, PortId, CommandId)>,
    joined: Option<(Box<Account>, PortId, CommandId)>,
}

impl Calls {
    /// The number of the next call.
    pub const fn number(&mut self) -> CallId {
        self.next += 1;
        self.next - 1
    }
}

impl Engine {
    /// Whether this device is joining just now.
    pub(super) fn is_joining(&self) -> bool {
        self.calls.joined.is_some() || self.calls.open.values().any(|(kind, ..)| *kind == Kind::Join)
    }

    pub(super) fn call(
        &mut self,
        kind: Kind,
        port: PortId,
        id: CommandId,
        path: &'static str,
        body: Result<String, serde_json::Error>,
    ) {
        let token = match kind {
            Kind::Join => None,
            Kind::Invite | Kind::Revoke | Kind::Audit(_) => self.account.as_ref().map(|account| account.token.clone()),
        };
        if token.is_none() && kind != Kind::Join {
            self.refuse_command(port, id, refuse("not-joined", "no account"));
            return;
        }
        match body {
            Ok(body) => {
                let call = self.calls.number();
                self.calls.open.insert(call, (kind, port, id));
                self.out.push(Output::Call { call, path, token, body });
            }
            Err(error) => self.refuse_command(port, id, refuse("bad-value", error.to_string())),
        }
    }

    fn refuse_command(&mut self, port: PortId, id: CommandId, why: Refusal) {
        self.reply(port, Reply::Done { id, result: Err(why) });
    }

    /// Joins by an invitation. A device that belongs to a workspace does not join another.
    pub(super) fn join(&mut self, port: PortId, id: CommandId, secret: String, label: String) {
        if self.calls.joined.is_some() || self.calls.open.values().any(|(kind, ..)| *kind == Kind::Join) {
            self.refuse_command(port, id, refuse("busy", "joining already"));
            return;
        }
        if self.settings.public_key.is_empty() {
            self.refuse_command(port, id, refuse("no-key", "this browser gives no keys at this address"));
            return;
        }
        let request = JoinRequest { secret, public_key: self.settings.public_key.clone(), label };
        self.call(Kind::Join, port, id, "/v1/join", serde_json::to_string(&request));
    }

    /// Makes an invitation.
    pub(super) fn invite(&mut self, port: PortId, id: CommandId, whom: &Invitee, days: u16) {
        let (party, role, person) = match (whom, &self.account) {
            (Invitee::Someone { party, role }, _) => (party, role, None),
            (Invitee::Myself, Some(own)) => (&own.party, &own.role, Some(own.person.to_string())),
            (Invitee::Myself, None) => {
                self.refuse_command(port, id, refuse("not-joined", "this device belongs to nobody yet"));
                return;
            }
        };
        let request = InviteRequest { party: party.to_string(), role: role.to_string(), days, person };
        self.call(Kind::Invite, port, id, "/v1/invitations", serde_json::to_string(&request));
    }

    /// Takes a device's rights away.
    pub(super) fn revoke_device(&mut self, port: PortId, id: CommandId, device: DeviceId) {
        let request = RevokeRequest { device: device.to_string() };
        self.call(Kind::Revoke, port, id, "/v1/devices/revoke", serde_json::to_string(&request));
    }

    /// The answer to a call.
    pub(super) fn called(&mut self, call: CallId, answer: Option<(u16, Vec<u8>)>) {
        if self.comeback_answered(call, answer.as_ref()) {
            return;
        }
        let Some((kind, port, id)) = self.calls.open.remove(&call) else { return };
        let Some((status, body)) = answer else {
            self.refuse_command(port, id, refuse("offline", "the hub cannot be reached"));
            return;
        };
        if !(200..300).contains(&status) {
            let why = serde_json::from_slice::<Problem>(&body).map_or_else(
                |_| refuse("hub-error", format!("status {status}")),
                |problem| Refusal { code: problem.code, detail: problem.message },
            );
            self.refuse_command(port, id, why);
            return;
        }
        match kind {
            Kind::Join => self.join_answered(port, id, &body),
            Kind::Invite => {
                let result = match serde_json::from_slice::<Invited>(&body) {
                    Ok(invited) => {
                        Ok(Done::Invitation { link: format!("{}/join#{}", self.settings.hub, invited.secret) })
                    }
                    Err(error) => Err(refuse("hub-error", error.to_string())),
                };
                self.reply(port, Reply::Done { id, result });
            }
            Kind::Revoke => self.reply(port, Reply::Done { id, result: Ok(Done::Durable) }),
            Kind::Audit(asked) => {
                let result = self.audit_answered(&asked, &body).map(|answer| Done::Audit(Box::new(answer)));
                self.reply(port, Reply::Done { id, result });
            }
        }
    }

    fn join_answered(&mut self, port: PortId, id: CommandId, body: &[u8]) {
        let joined = serde_json::from_slice::<Joined>(body).map_err(|error| error.to_string());
        match joined.and_then(|joined| Account::try_from(joined).map_err(|error| error.to_string())) {
            Ok(account) => {
                let elsewhere = self.account.as_ref().is_some_and(|own| own.workspace != account.workspace);
                if elsewhere {
                    self.refuse_command(
                        port,
                        id,
                        refuse("other-workspace", "this device belongs to another workspace"),
                    );
                    return;
                }
                self.out.push(Output::OpenStore(account.workspace));
                self.opened = false;
                self.calls.joined = Some((Box::new(account), port, id));
            }
            Err(error) => self.refuse_command(port, id, refuse("hub-error", error)),
        }
    }

    /// The store that joining asked for is open: the device is kept there, and only then the page is told.
    pub(super) fn joined_on_opening(&mut self) {
        let Some((account, port, id)) = self.calls.joined.take() else { return };
        let mut account = *account;
        if let Some(known) = self.account.as_ref().filter(|known| known.device == account.device) {
            // The store may be older than the last change of this device: it writes under another name.
            account.incarnation = known.incarnation + 1;
        }
        self.account = Some(account);
        self.notice = self.volatile.then_some("notice-memory-only");
        self.keep_account();
        self.keep_position();
        self.answer_command(port, id, Ok(Done::Durable));
    }
}
