//! How the value of a line is written as text for its field, and read back: numbers, dates, addresses, money.

use crate::{
    domain::{record::Value, schema::FieldKind},
    ui::{i18n::format, logic::when},
};

/// How a value is written as text and read back.
#[derive(Clone, Copy)]
pub struct Codec {
    /// As the field shows it for editing.
    pub show: fn(&Value) -> String,
    /// What was typed; a message key where it cannot be read.
    pub read: fn(&str) -> Result<Value, &'static str>,
    /// `inputmode` of the field.
    pub mode: &'static str,
    /// The message that an empty field shows.
    pub empty: &'static str,
}

impl Codec {
    /// The usual one of a kind of field.
    #[must_use]
    pub fn of(kind: FieldKind) -> Self {
        match kind {
            FieldKind::Int => Self { show: show_int, read: read_int, mode: "numeric", empty: "not-reported" },
            FieldKind::When => Self { show: show_when, read: read_when, mode: "text", empty: "when-example" },
            FieldKind::Link => Self { show: show_line, read: read_link, mode: "url", empty: "not-reported" },
            FieldKind::Line
            | FieldKind::Prose
            | FieldKind::Word(_)
            | FieldKind::Party
            | FieldKind::Parties
            | FieldKind::Languages
            | FieldKind::Words
            | FieldKind::Years
            | FieldKind::ById
            | FieldKind::Flag
            | FieldKind::Ref => Self { show: show_line, read: read_line, mode: "text", empty: "not-reported" },
        }
    }
}

/// Money in minor units, written with a decimal point.
#[must_use]
pub const fn money() -> Codec {
    Codec { show: show_money, read: read_money, mode: "decimal", empty: "not-reported" }
}

fn show_line(value: &Value) -> String {
    match value {
        Value::Str(text) => text.clone(),
        Value::Int(number) => number.to_string(),
        Value::Empty | Value::Bool(_) => String::new(),
    }
}

#[expect(clippy::unnecessary_wraps, reason = "one shape for every codec")]
fn read_line(text: &str) -> Result<Value, &'static str> {
    let text = text.trim();
    Ok(if text.is_empty() { Value::Empty } else { Value::from(text) })
}

fn show_int(value: &Value) -> String {
    if let Value::Int(number) = value { number.to_string() } else { String::new() }
}

fn read_int(text: &str) -> Result<Value, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(Value::Empty);
    }
    text.parse().map(Value::Int).map_err(|_| "invalid-int")
}

fn show_when(value: &Value) -> String {
    let text = value.as_str().unwrap_or_default();
    text.parse().map_or_else(|_| text.to_owned(), format::date)
}

fn read_when(text: &str) -> Result<Value, &'static str> {
    if text.trim().is_empty() {
        return Ok(Value::Empty);
    }
    when::read(text, &format::months()).map(|when| Value::Str(when.to_string())).ok_or("invalid-when")
}

fn read_link(text: &str) -> Result<Value, &'static str> {
    let value = read_line(text)?;
    match value.as_str() {
        Some(link) if !link.starts_with("https://") && !link.starts_with("http://") => Err("invalid-link"),
        Some(_) | None => Ok(value),
    }
}

fn show_money(value: &Value) -> String {
    match value {
        Value::Int(minor) if minor % 100 == 0 => (minor / 100).to_string(),
        Value::Int(minor) => format!("{}.{:02}", minor / 100, (minor % 100).abs()),
        Value::Empty | Value::Bool(_) | Value::Str(_) => String::new(),
    }
}

fn read_money(text: &str) -> Result<Value, &'static str> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace() && *c != ',').collect();
    if digits.is_empty() {
        return Ok(Value::Empty);
    }
    let (whole, cents) = digits.split_once('.').unwrap_or((&digits, "0"));
    let cents = match cents.len() {
        1 => cents.parse::<i64>().map(|tens| tens * 10),
        2 => cents.parse::<i64>(),
        _ => return Err("invalid-money"),
    };
    match (whole.parse::<i64>(), cents) {
        (Ok(whole), Ok(cents)) if whole >= 0 => Ok(Value::Int(whole.saturating_mul(100).saturating_add(cents))),
        _ => Err("invalid-money"),
    }
}
