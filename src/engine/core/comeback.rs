//! A hub that fell back to a state from before this device joined does not know it any more. It is shown what it said
//! then: the facts with its code on them, and a signature by this device's key. No person has to do anything.

use super::{CallId, Engine, Output, facts::Seal};
use crate::{
    domain::{Fact, base64url},
    sync::{
        join::{ReturnRequest, VouchedFact},
        proof::return_text,
    },
};

/// How far it is.
#[derive(Debug, Default, PartialEq)]
pub(super) enum ComeBack {
    /// Nothing is asked.
    #[default]
    Idle,
    /// The key is asked to sign this request.
    Signing(CallId, Box<ReturnRequest>),
    /// The hub is asked.
    Asked(CallId),
    /// It was asked and said no, or could not be asked: not again before it has known this device.
    Tried,
}

impl Engine {
    /// The hub does not know this device. True when it is asked to.
    pub(super) fn come_back(&mut self) -> bool {
        let (Some(account), true) = (&self.account, self.comeback == ComeBack::Idle) else { return false };
        let Some(token) = base64url::decode(&account.token) else { return false };
        let mut facts = Vec::new();
        let mut joined = false;
        for (body, seal) in self.all_facts() {
            let Some(Seal { device: None, mac: Some(mac), .. }) = seal else { continue };
            let own = match Fact::from_bytes(body) {
                Ok(Fact::Device { id, .. }) => {
                    joined |= id == account.device;
                    id == account.device
                }
                Ok(Fact::Appoint { person, .. }) => person == account.person,
                Ok(_) | Err(_) => false,
            };
            if let (true, Ok(text)) = (own, String::from_utf8(body.to_vec())) {
                facts.push(VouchedFact { fact: text, mac: base64url::encode(&mac[..]) });
            }
        }
        if !joined {
            return false;
        }
        let (workspace, device) = (account.workspace.to_bytes().into(), account.device.to_bytes().into());
        let text = return_text(&workspace, &device, &Fact::hash(&token).into(), self.clock());
        let request =
            ReturnRequest { device: account.device.to_string(), facts, time: self.clock(), signature: String::new() };
        let call = self.signing.next_call();
        self.comeback = ComeBack::Signing(call, Box::new(request));
        self.out.push(Output::Sign { call, texts: vec![text] });
        true
    }

    /// A signature came. False when it was not for this.
    pub(super) fn comeback_signed(&mut self, call: CallId, signatures: Option<&[[u8; 64]]>) -> bool {
        let ComeBack::Signing(asked, request) = &self.comeback else { return false };
        if *asked != call {
            return false;
        }
        let signed = signatures.and_then(|signatures| signatures.first()).map(|signature| base64url::encode(signature));
        let body = signed.and_then(|signature| {
            let request = ReturnRequest { signature, ..(**request).clone() };
            serde_json::to_string(&request).ok()
        });
        let token = self.account.as_ref().map(|account| account.token.clone());
        match body {
            Some(body) => {
                let call = self.calls.number();
                self.comeback = ComeBack::Asked(call);
                self.out.push(Output::Call { call, path: "/v1/return", token, body });
            }
            None => self.comeback_failed("unauthorised"),
        }
        true
    }

    /// The hub answered. False when it was not asked this.
    pub(super) fn comeback_answered(&mut self, call: CallId, answer: Option<&(u16, Vec<u8>)>) -> bool {
        if self.comeback != ComeBack::Asked(call) {
            return false;
        }
        match answer {
            Some((200..=299, _)) => {
                self.comeback = ComeBack::Tried;
                self.reconnect();
            }
            // It could not be reached, or is in trouble: the next greeting will ask again.
            None | Some((500..=599, _)) => {
                self.comeback = ComeBack::Idle;
                self.reconnect();
            }
            Some((_, body)) => {
                let why = serde_json::from_slice::<crate::sync::join::Problem>(body);
                let code = why.map_or_else(|_| "unauthorised".to_owned(), |problem| problem.code);
                self.comeback_failed(if code == "revoked" { "revoked" } else { "unauthorised" });
            }
        }
        true
    }

    fn comeback_failed(&mut self, code: &str) {
        self.comeback = ComeBack::Tried;
        self.barred(code);
    }
}
