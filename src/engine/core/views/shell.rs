//! The header and this device.

use std::collections::BTreeMap;

use super::super::{Engine, outbox::State};
use crate::{
    domain::DocKind,
    engine::api::{DeviceView, Kept, Me, ShellView},
};

/// So many entries behind, a device is still being filled.
const FAR: u64 = 50;

impl Engine {
    pub(super) fn shell_view(&self) -> ShellView {
        let (workspace, sample) = match (&self.catalogue.workspace, &self.account) {
            (Some((_, name, sample)), _) => (name.clone(), *sample),
            (None, Some(account)) => (account.name.clone(), account.sample),
            (None, None) => (String::new(), false),
        };
        ShellView {
            me: self.me(),
            kept: match (self.opened, self.only_in_memory()) {
                (false, _) => Kept::Opening,
                (true, false) => Kept::Disk,
                (true, true) => Kept::Memory,
            },
            workspace,
            sample,
            link: self.link_shown(),
            unsent: u32::try_from(self.outbox.len()).unwrap_or(u32::MAX),
            refused: self.refused_edits(),
            held: self.held_edits(),
            unread: self.unread(),
            follows: self.follows().to_vec(),
            followed: self.followed_until(),
            loading: self.loading(),
            progress: self.progress(),
            damaged: u32::try_from(self.amiss.documents()).unwrap_or(u32::MAX),
            notice: self.notice.or_else(|| self.behind()).map(str::to_owned),
            last_contact: self.last_contact,
        }
    }

    fn me(&self) -> Option<Me> {
        let account = self.account.as_ref()?;
        let today = self.today();
        let chair_of = crate::domain::Framework::ALL
            .iter()
            .filter_map(|framework| Some((*framework, self.catalogue.chair(*framework, today)?)))
            .filter(|(_, (_, term))| term.party == account.party)
            .map(|(framework, (ordinal, _))| (framework, ordinal))
            .collect();
        Some(Me {
            person: account.person,
            device: account.device,
            party_name: self.party_name(&account.party),
            party: account.party.clone(),
            role: account.role,
            chair_of,
        })
    }

    /// Documents still to come: missing ones, and one at least while far behind the hub's log.
    fn loading(&self) -> u32 {
        let far = self.position.head == 0 || self.position.number + FAR < self.position.head;
        let missing = u32::try_from(self.position.missing.len()).unwrap_or(u32::MAX);
        missing.max(u32::from(self.account.is_some() && far))
    }

    pub(super) fn device_view(&self) -> DeviceView {
        let mut documents: BTreeMap<DocKind, u32> = BTreeMap::new();
        for row in self.rows.values() {
            *documents.entry(row.kind).or_default() += 1;
        }
        let chunks: u64 = self.rows.values().map(|row| row.snapshot + row.tail).sum();
        let own = self.outbox.iter().filter(|entry| entry.state != State::Pending).map(|entry| entry.bytes().len());
        DeviceView {
            documents,
            bytes: chunks + u64::try_from(own.sum::<usize>()).unwrap_or(0),
            cursor: self.position.number,
            head: self.position.head,
            hub: self.settings.hub.clone(),
            build: self.settings.build.clone(),
        }
    }
}
