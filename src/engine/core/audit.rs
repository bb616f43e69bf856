//! The hub's log, asked for there and then: names are put to what the hub says, and nothing of it is kept.

use super::{Engine, PortId, account::day_of, calls::Kind, refuse};
use crate::{
    domain::{
        DocId, DocKind,
        audit::{Ask, COLUMNS, CheckAsk, Filter, Line, MOST, Page, Verdict},
    },
    engine::api::{
        AuditAnswer, AuditAsk, AuditFault, AuditLine, AuditPage, AuditPiece, AuditVerdict, CommandId, Refusal,
    },
};

/// Lines that a page shows at a time.
const SHOWN: u32 = 100;

impl Engine {
    /// Asks the hub.
    pub(super) fn ask_audit(&mut self, port: PortId, id: CommandId, asked: AuditAsk) {
        let lines =
            |filter: &Filter, before, limit| serde_json::to_string(&Ask { filter: filter.clone(), before, limit });
        let (path, body) = match &asked {
            AuditAsk::Page { filter, before } => ("/v1/audit", lines(filter, *before, SHOWN)),
            AuditAsk::File { filter, before } => ("/v1/audit", lines(filter, *before, MOST)),
            AuditAsk::Check { start } => ("/v1/audit/check", serde_json::to_string(&CheckAsk { start: *start })),
        };
        self.call(Kind::Audit(asked), port, id, path, body);
    }

    /// What the hub answered, with names.
    pub(super) fn audit_answered(&self, asked: &AuditAsk, body: &[u8]) -> Result<AuditAnswer, Refusal> {
        let bad = |error: serde_json::Error| refuse("hub-error", error.to_string());
        match asked {
            AuditAsk::Page { filter, .. } => {
                let Page { lines, next, head } = serde_json::from_slice(body).map_err(bad)?;
                let lines = lines.into_iter().map(|line| self.audit_line(line)).collect();
                Ok(AuditAnswer::Page(AuditPage { lines, next, head, asked: Box::new(self.audit_asked(filter)) }))
            }
            AuditAsk::File { before, .. } => {
                let Page { lines, next, .. } = serde_json::from_slice(body).map_err(bad)?;
                let mut text = before.map_or_else(|| COLUMNS.to_owned(), |_| String::new());
                text.extend(lines.iter().map(|line| line.csv(day_of(line.received_at))));
                let lines = u32::try_from(lines.len()).unwrap_or(u32::MAX);
                Ok(AuditAnswer::File(AuditPiece {
                    name: format!("mufakat-log-{}.csv", self.today()),
                    text,
                    lines,
                    next,
                }))
            }
            AuditAsk::Check { .. } => {
                let mut verdict: Verdict = serde_json::from_slice(body).map_err(bad)?;
                let told = std::mem::take(&mut verdict.told).into_iter().map(|fault| {
                    let (kind, title) = self.audit_named(fault.document);
                    AuditFault { fault, kind, title }
                });
                let told = told.collect();
                Ok(AuditAnswer::Check(AuditVerdict { verdict, told }))
            }
        }
    }

    fn audit_line(&self, line: Line) -> AuditLine {
        let (kind, title) = self.audit_named(line.document);
        let device = line.device.and_then(|device| self.catalogue.devices.get(&device));
        AuditLine { kind, title, label: device.map(|device| device.label.clone()).unwrap_or_default(), line }
    }

    /// What was filtered by, as a line.
    fn audit_asked(&self, filter: &Filter) -> AuditLine {
        let by = filter.person.and_then(|person| self.catalogue.spoke_for(person, self.today()));
        self.audit_line(Line {
            document: filter.document,
            person: filter.person,
            device: filter.device,
            party: by.map(|by| by.party.clone()),
            role: by.map(|by| by.role.to_string()),
            ..Line::default()
        })
    }

    fn audit_named(&self, doc: Option<DocId>) -> (Option<DocKind>, String) {
        let Some(doc) = doc else { return (None, String::new()) };
        (self.entry(doc).map(|entry| entry.kind), self.title(doc))
    }
}
