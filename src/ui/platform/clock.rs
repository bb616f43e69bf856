//! Time, as this device believes it to be, and fresh ids.

use wasm_bindgen::JsValue;

use crate::domain::{Date, DocId, EntityId, place};

/// Milliseconds since 1970.
#[must_use]
pub fn now() -> u64 {
    millis(js_sys::Date::now())
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a clock before 1970 reads as 1970")]
fn millis(value: f64) -> u64 {
    value.max(0.0) as u64
}

/// A moment in this device's time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Local {
    /// Year.
    pub year: i16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month.
    pub day: u8,
    /// Day of the week, 0 for Sunday.
    pub weekday: u8,
    /// Hour.
    pub hour: u8,
    /// Minute.
    pub minute: u8,
}

/// Reads a moment in this device's time zone.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "milliseconds of our age fit")]
pub fn local(millis: u64) -> Local {
    let date = js_sys::Date::new(&JsValue::from_f64(millis as f64));
    let small = |value: u32| u8::try_from(value).unwrap_or(0);
    Local {
        year: i16::try_from(date.get_full_year()).unwrap_or(0),
        month: small(date.get_month() + 1),
        day: small(date.get_date()),
        weekday: small(date.get_day()),
        hour: small(date.get_hours()),
        minute: small(date.get_minutes()),
    }
}

/// Today in this device's time zone.
#[must_use]
pub fn today() -> Date {
    let now = local(now());
    Date { year: now.year, month: now.month, day: now.day }
}

/// The last millisecond of a day in this device's time zone.
#[must_use]
pub fn end_of(day: Date) -> u64 {
    let (month, next) = (i32::from(day.month) - 1, i32::from(day.day) + 1);
    let midnight = js_sys::Date::new_with_year_month_day(u32::try_from(day.year).unwrap_or(0), month, next);
    millis(midnight.get_time()).saturating_sub(1)
}

/// The first millisecond of a day in this device's time zone.
#[must_use]
pub fn begin_of(day: Date) -> u64 {
    let (month, day_of) = (i32::from(day.month) - 1, i32::from(day.day));
    let midnight = js_sys::Date::new_with_year_month_day(u32::try_from(day.year).unwrap_or(0), month, day_of);
    millis(midnight.get_time())
}

/// The day of a moment in this device's time zone.
#[must_use]
pub fn day_of(at: u64) -> Date {
    let then = local(at);
    Date { year: then.year, month: then.month, day: then.day }
}

fn random() -> [u8; 10] {
    let mut bytes = [0; 10];
    if getrandom::fill(&mut bytes).is_err() {
        // Without a random source the clock alone would make equal ids on two devices: mix in what differs between them.
        let mix = js_sys::Math::random().to_bits().to_le_bytes();
        bytes[..8].copy_from_slice(&mix);
    }
    bytes
}

/// A fresh id of an entity, a claim, an act or a command.
#[must_use]
pub fn entity() -> EntityId {
    EntityId::fresh(now(), random())
}

/// A fresh id of a document.
#[must_use]
pub fn doc() -> DocId {
    DocId::fresh(now(), random())
}

/// A fresh id of a document that nobody else may know of: it does not tell when it was begun, as it stands on what comes of
/// it.
#[must_use]
pub fn untimed_doc() -> DocId {
    DocId::fresh(0, random())
}

/// A fresh key for a place between two others (none: no bound on that side).
#[must_use]
pub fn key_between(before: Option<&str>, after: Option<&str>) -> String {
    let [a, b, c, d, ..] = random();
    place::key_between(before, after, [a, b, c, d])
}
