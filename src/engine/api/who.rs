//! Who did something.

use serde::{Deserialize, Serialize};

use crate::domain::{PartyCode, PersonId, Role};

/// Who did something, as far as it is known on this device. People have no names here: a role tells who it was, and
/// where that is not enough, the end of the id.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    /// The person; none where it is not known whose device it was.
    pub person: Option<PersonId>,
    /// For which party they spoke then.
    pub party: Option<PartyCode>,
    /// As what they were appointed.
    pub role: Option<Role>,
    /// Whether the party had somebody else in the same role, then or at another time.
    pub alike: bool,
    /// Whether it is the person who looks.
    pub mine: bool,
}
