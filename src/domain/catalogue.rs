//! The workspace's catalogue: what the facts say, folded.

use super::fact::Fact;

/// All facts a device may see, folded in the hub's order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalogue {
    facts: Vec<Fact>,
}

impl Catalogue {
    /// Takes in the next fact.
    pub fn fold(&mut self, fact: &Fact) {
        self.facts.push(fact.clone());
    }
}
