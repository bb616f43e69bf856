//! Ids of the sample workspace: each derives from the record's own name of a thing, so that two starts, and two hubs,
//! give the same workspace.

use crate::domain::{Date, DeviceId, DocId, DocKind, EntityId, PersonId, When};

/// Part of every derived id: keeps the record's names apart from all others.
const SPACE: &str = "mufakat sample";

/// The record was put together on this day (1 December 2025); its changes carry it as their time.
pub const COMPILED_MILLIS: u64 = 1_764_547_200_000;

/// A document.
pub fn doc(kind: DocKind, name: &str) -> DocId {
    DocId::derived(&[SPACE, kind.word(), name])
}

/// An entity: `kind` is the collection's or the fact's name.
pub fn entity(kind: &str, name: &str) -> EntityId {
    EntityId::derived(&[SPACE, kind, name])
}

/// A claim or an act. These are put in order by their ids where nothing else orders them, so theirs begin with the day
/// they speak for, as those made on a device begin with the moment they were made.
pub fn dated(kind: &str, name: &str, when: Option<When>) -> EntityId {
    let hash = entity(kind, name).to_bytes();
    let mut random = [0; 10];
    random.copy_from_slice(&hash[6..]);
    EntityId::fresh(when.map_or(COMPILED_MILLIS, |when| millis(when.bounds().0)), random)
}

/// The person in whose name the record is entered.
pub fn person() -> PersonId {
    PersonId::derived(&[SPACE, "person", "secretariat"])
}

/// The device it is entered from.
pub fn device() -> DeviceId {
    DeviceId::derived(&[SPACE, "device", "secretariat"])
}

/// Four digits for the end of a fractional key.
pub fn suffix(id: EntityId) -> [u8; 4] {
    let bytes = id.to_bytes();
    [bytes[12], bytes[13], bytes[14], bytes[15]]
}

/// Milliseconds since 1970 at the start of a day; 0 for a day before that.
fn millis(day: Date) -> u64 {
    let (year, month) = (i64::from(day.year), i64::from(day.month));
    // Years begin in March here, so that the leap day is the last one.
    let year = if month <= 2 { year - 1 } else { year };
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(day.day) - 1;
    let days = 365 * year + year / 4 - year / 100 + year / 400 + of_year - 719_468;
    u64::try_from(days).unwrap_or(0) * 86_400_000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_count_as_the_domain_counts_them() {
        for text in ["1980-02-29", "2000-03-01", "2020-11-17", "2021-12-31", "2024-02-29"] {
            let day: Date = text.parse().expect("a day");
            assert_eq!(Date::of_millis(millis(day)), day);
        }
        assert_eq!(Date::of_millis(COMPILED_MILLIS).to_string(), "2025-12-01");
    }

    #[test]
    fn claims_of_earlier_days_come_first() {
        let early = dated("claim", "a", "2020-11-02".parse().ok());
        let late = dated("claim", "b", "2022-08".parse().ok());
        assert!(early < late);
        assert_eq!(early, dated("claim", "a", "2020-11-02".parse().ok()));
    }
}
