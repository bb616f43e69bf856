//! Whether a value fits its field.

use automerge::ScalarValue;

use super::error::DocsError;
use crate::domain::{
    EntityId, PartyCode, Value, When,
    schema::{Field, FieldKind},
};

/// The longest line, in UTF-16 code units: a title, a venue, a remark. What is longer is prose.
pub const LINE_MAX: usize = 4_000;
/// The longest member of a set, in bytes.
const MEMBER_MAX: usize = 200;

/// The value as the document holds it, once it fits; `name` may carry a member (`partners:KH`).
pub(super) fn scalar(field: &Field, name: &str, value: &Value) -> Result<ScalarValue, DocsError> {
    let member = name.split_once(':').map(|(_, member)| member);
    let fits = match (field.kind, member) {
        (FieldKind::Prose, _) => return Err(DocsError::UnknownField(name.to_owned())),
        (FieldKind::Parties, Some(member)) => member.parse::<PartyCode>().is_ok() && is_flag(value),
        (FieldKind::Words, Some(member)) => is_member(member) && is_flag(value),
        (FieldKind::Languages, Some(tag)) => is_language(tag) && is_line(value),
        (FieldKind::Years, Some(year)) => is_year(year) && is_line(value),
        (FieldKind::ById, Some(id)) => id.parse::<EntityId>().is_ok() && is_line(value),
        (FieldKind::Parties | FieldKind::Words | FieldKind::Languages | FieldKind::Years | FieldKind::ById, None)
        | (_, Some(_)) => return Err(DocsError::UnknownField(name.to_owned())),
        (FieldKind::Line, None) => is_line(value),
        (FieldKind::When, None) => reads(value, |text| text.parse::<When>().is_ok()),
        (FieldKind::Word(words), None) => reads(value, |text| words.contains(&text)),
        (FieldKind::Party, None) => reads(value, |text| text.parse::<PartyCode>().is_ok()),
        (FieldKind::Ref, None) => reads(value, |text| text.parse::<EntityId>().is_ok()),
        (FieldKind::Link, None) => reads(value, is_link),
        (FieldKind::Int, None) => matches!(value, Value::Int(_) | Value::Empty),
        (FieldKind::Flag, None) => is_flag(value),
    };
    if fits { Ok(plain(value)) } else { Err(bad(name, value)) }
}

/// A line of something that is no field: a reason, evidence, a key.
pub(super) fn line(name: &str, text: &str) -> Result<(), DocsError> {
    let value = Value::Str(text.to_owned());
    if text.is_empty() || is_line(&value) { Ok(()) } else { Err(bad(name, &value)) }
}

pub(super) fn plain(value: &Value) -> ScalarValue {
    match value {
        Value::Empty => ScalarValue::Null,
        Value::Bool(yes) => ScalarValue::Boolean(*yes),
        Value::Int(number) => ScalarValue::Int(*number),
        Value::Str(text) => ScalarValue::Str(text.as_str().into()),
    }
}

pub(super) fn bad(field: &str, value: &Value) -> DocsError {
    let value = match value {
        Value::Empty => "nothing".to_owned(),
        Value::Bool(yes) => yes.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Str(text) => text.chars().take(80).collect(),
    };
    DocsError::BadValue { field: field.to_owned(), value }
}

fn reads(value: &Value, test: impl Fn(&str) -> bool) -> bool {
    match value {
        Value::Empty => true,
        Value::Str(text) => test(text),
        Value::Bool(_) | Value::Int(_) => false,
    }
}

const fn is_flag(value: &Value) -> bool {
    matches!(value, Value::Bool(_) | Value::Empty)
}

fn is_line(value: &Value) -> bool {
    reads(value, |text| !text.contains(char::is_control) && text.encode_utf16().count() <= LINE_MAX)
}

fn is_member(member: &str) -> bool {
    !member.is_empty() && member.len() <= MEMBER_MAX && !member.contains(char::is_control)
}

/// A BCP 47 tag as far as its shape goes: subtags of letters and digits.
fn is_language(tag: &str) -> bool {
    tag.len() <= 35
        && tag.split('-').all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
        && tag.split('-').next().is_some_and(|first| first.len() >= 2 && first.bytes().all(|b| b.is_ascii_alphabetic()))
}

/// A year as it is a member: four digits, so that members are ordered as years are.
fn is_year(member: &str) -> bool {
    member.len() == 4 && member.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_link(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    text.len() <= LINE_MAX
        && rest.is_some_and(|rest| !rest.is_empty())
        && !text.contains(|c: char| c.is_whitespace() || c.is_control())
}
