//! A scalar of a document, and its two written forms: the bare value in JSON, which documents hold for ever, and a numbered
//! variant in binary formats, which do not say what comes next.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A scalar. In JSON it is the bare value; in binary formats, which do not say what comes next, an enum like any other.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// Nothing said.
    #[default]
    Empty,
    /// Yes or no; a member of a set is present while true.
    Bool(bool),
    /// A whole number; money in minor units.
    Int(i64),
    /// A line of text, a date, a word of an enumeration, a party's code, an id: by the schema's field kind.
    Str(String),
}

impl Value {
    /// The text, where it is one and not empty.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Str(text) if !text.is_empty() => Some(text),
            Self::Str(_) | Self::Empty | Self::Bool(_) | Self::Int(_) => None,
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Str(text.to_owned())
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if to.is_human_readable() {
            return match self {
                Self::Empty => to.serialize_unit(),
                Self::Bool(yes) => to.serialize_bool(*yes),
                Self::Int(number) => to.serialize_i64(*number),
                Self::Str(text) => to.serialize_str(text),
            };
        }
        match self {
            Self::Empty => to.serialize_unit_variant(NAME, 0, "Empty"),
            Self::Bool(yes) => to.serialize_newtype_variant(NAME, 1, "Bool", yes),
            Self::Int(number) => to.serialize_newtype_variant(NAME, 2, "Int", number),
            Self::Str(text) => to.serialize_newtype_variant(NAME, 3, "Str", text),
        }
    }
}

const NAME: &str = "Value";

/// [`Value`] as binary formats have it.
#[derive(Deserialize)]
enum Numbered {
    Empty,
    Bool(bool),
    Int(i64),
    Str(String),
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        if from.is_human_readable() {
            return from.deserialize_any(Bare);
        }
        Ok(match Numbered::deserialize(from)? {
            Numbered::Empty => Self::Empty,
            Numbered::Bool(yes) => Self::Bool(yes),
            Numbered::Int(number) => Self::Int(number),
            Numbered::Str(text) => Self::Str(text),
        })
    }
}

/// Reads [`Value`] from JSON.
struct Bare;

impl de::Visitor<'_> for Bare {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("nothing, yes or no, a whole number or text")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Empty)
    }

    fn visit_bool<E>(self, yes: bool) -> Result<Value, E> {
        Ok(Value::Bool(yes))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Int(number))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Value, E> {
        i64::try_from(number).map(Value::Int).map_err(|_| E::custom("a number too large"))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Str(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::Str(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_holds_the_bare_value() {
        let all = [Value::Empty, Value::Bool(true), Value::Int(-7), Value::Str("Hà Nội".to_owned())];
        let json = serde_json::to_string(&all).expect("writes");
        assert_eq!(json, r#"[null,true,-7,"Hà Nội"]"#);
        assert_eq!(serde_json::from_str::<Vec<Value>>(&json).expect("reads"), all);
        for bad in ["1.5", "{}", "[]", "18446744073709551615"] {
            assert!(serde_json::from_str::<Value>(bad).is_err(), "{bad}");
        }
    }
}
