//! Ids as newtypes, so that a document can never be passed where a person is meant.
//!
//! Most ids are UUIDv7 made by whoever creates the thing. Documents of a party's own have ids *derived* from what they
//! are for (UUIDv8 of a SHA-256), so that two officers who start the same one offline share it.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A text that is no UUID.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an id: {0}")]
pub struct BadId(pub String);

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident;)+) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, minicbor::Encode, minicbor::Decode)]
        #[serde(transparent)]
        #[cbor(transparent)]
        pub struct $name(#[cbor(n(0), with = "uuid_cbor")] Uuid);

        impl $name {
            /// From the 16 bytes of a UUID.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }

            /// The 16 bytes of the UUID.
            #[must_use]
            pub const fn to_bytes(self) -> [u8; 16] {
                self.0.into_bytes()
            }

            /// A fresh UUIDv7 from the caller's clock (milliseconds since 1970) and ten random bytes.
            #[must_use]
            pub const fn fresh(millis: u64, random: [u8; 10]) -> Self {
                Self(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
            }

            /// The UUIDv8 that every device derives from the same parts: SHA-256 over the parts, each preceded by its
            /// length as four bytes, big endian.
            #[must_use]
            pub fn derived(parts: &[&str]) -> Self {
                let mut hash = Sha256::new();
                for part in parts {
                    hash.update(u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
                    hash.update(part.as_bytes());
                }
                let mut bytes = [0; 16];
                bytes.copy_from_slice(&hash.finalize()[..16]);
                Self(Uuid::new_v8(bytes))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl FromStr for $name {
            type Err = BadId;

            fn from_str(text: &str) -> Result<Self, BadId> {
                text.parse().map(Self).map_err(|_| BadId(text.to_owned()))
            }
        }
    )+ };
}

impl DocId {
    /// Whether it was derived from what the document is for (version 8).
    #[must_use]
    pub const fn is_derived(self) -> bool {
        self.0.get_version_num() == 8
    }
}

id! {
    /// A document: the unit of permission, loading and merging.
    DocId;
    /// A thing inside a document: an agenda item, an activity, a claim, an act.
    EntityId;
    /// A person who acts for a party under dated appointments.
    PersonId;
    /// A device of a person.
    DeviceId;
    /// A hub's workspace.
    WorkspaceId;
}

mod uuid_cbor {
    use minicbor::{Decoder, Encoder};
    use uuid::Uuid;

    type Encoded<W> = Result<(), minicbor::encode::Error<<W as minicbor::encode::Write>::Error>>;

    pub fn encode<C, W: minicbor::encode::Write>(id: &Uuid, e: &mut Encoder<W>, _: &mut C) -> Encoded<W> {
        e.bytes(id.as_bytes())?.ok()
    }

    pub fn decode<C>(d: &mut Decoder<'_>, _: &mut C) -> Result<Uuid, minicbor::decode::Error> {
        Uuid::from_slice(d.bytes()?).map_err(|_| minicbor::decode::Error::message("an id has 16 bytes"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derived_ids_are_fixed_for_ever() {
        let id = DocId::derived(&["voice", "KH", "x"]);
        assert_eq!(id.to_string(), "45d0cc16-0707-8d86-82d3-f3634794b0ee");
        assert_ne!(id, DocId::derived(&["voice", "KHx", ""]));
        assert_eq!(id.to_bytes()[6] >> 4, 8, "version 8");
    }

    #[test]
    fn ids_survive_text_and_cbor() {
        let id = EntityId::fresh(1_605_571_200_000, [7; 10]);
        assert_eq!(id.to_string().parse(), Ok(id));
        let bytes = minicbor::to_vec(id).expect("encodes");
        assert_eq!(bytes.len(), 17);
        assert_eq!(minicbor::decode::<EntityId>(&bytes).expect("decodes"), id);
        assert!("nonsense".parse::<EntityId>().is_err());
    }
}
