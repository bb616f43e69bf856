//! What the one writer is asked to do.

use tokio::sync::oneshot;

use super::{Who, turns::Turn};
use crate::{
    domain::DeviceId,
    hub::{
        accounts::{Admitted, ComeBack, Join, Wish},
        refusal::Refusal,
        secret::Secret,
    },
    sync::{
        frame::{Frame, Id, Item},
        hub::{Offered, Past},
    },
};

/// Where an answer is waited for.
pub type Answer<T> = oneshot::Sender<Result<T, Refusal>>;

/// What the writer is asked to do.
pub enum Job {
    /// Append what a device offers.
    Append { who: Who, req: u32, offered: Offer, turn: Turn, answer: Answer<Frame> },
    /// Append the hub's own entries, all or none.
    Own { runs: Vec<Own>, answer: Answer<()> },
    /// Let a device join.
    Join { join: Join, answer: Answer<Admitted> },
    /// Know a device again.
    ComeBack { back: Box<ComeBack>, answer: Answer<()> },
    /// Make an invitation.
    Invite { by: Option<Who>, wish: Wish, answer: Answer<Secret> },
    /// Take a device's rights away.
    Revoke { by: Option<Who>, device: DeviceId, answer: Answer<()> },
    /// Take in what another program appended.
    Look { answer: Answer<()> },
}

/// What a device offers.
#[derive(Debug, Clone)]
pub enum Offer {
    /// Words of its own.
    Push(Vec<Offered>),
    /// What the hub lost, its own and others'.
    Return(Vec<(Offered, Past)>),
}

impl Offer {
    /// How many entries.
    pub fn len(&self) -> usize {
        match self {
            Self::Push(offered) => offered.len(),
            Self::Return(brought) => brought.len(),
        }
    }

    /// Each entry, to be judged again.
    pub fn offered_mut(&mut self) -> Vec<&mut Offered> {
        match self {
            Self::Push(offered) => offered.iter_mut().collect(),
            Self::Return(brought) => brought.iter_mut().map(|(offered, _)| offered).collect(),
        }
    }
}

/// Entries that the hub appends by itself, under a device's name where one wrote them.
#[derive(Debug, Clone)]
pub struct Own {
    /// Whose; none for the hub's own.
    pub device: Option<Id>,
    /// What.
    pub items: Vec<Item>,
}
