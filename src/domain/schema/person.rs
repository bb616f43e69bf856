//! What a person keeps for themselves.

use super::{FieldKind, Schema, field, line};
use crate::domain::person::{FOLLOWS, READ, READ_OF};

pub(super) const PERSON: Schema = Schema {
    fields: &[line(READ), field(READ_OF, FieldKind::ById), field(FOLLOWS, FieldKind::Words)],
    collections: &[],
};
