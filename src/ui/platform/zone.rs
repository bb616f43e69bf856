//! Time zones, as the browser knows them.

use js_sys::{Array, Function, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::{domain::Date, ui::logic::zone::minutes_of};

fn key(name: &str) -> JsValue {
    JsValue::from_str(name)
}

/// A formatter of the parts of a moment in a zone; none for a name that the browser does not know.
fn formatter(zone: &str) -> Option<Intl::DateTimeFormat> {
    let intl = Reflect::get(&js_sys::global(), &key("Intl")).ok()?;
    let class: Function = Reflect::get(&intl, &key("DateTimeFormat")).ok()?.dyn_into().ok()?;
    let options = Object::new();
    let numeric = ["year", "month", "day", "hour", "minute"].map(|part| (part, "numeric"));
    for (name, value) in numeric.into_iter().chain([("hourCycle", "h23"), ("timeZone", zone)]) {
        Reflect::set(&options, &key(name), &key(value)).ok()?;
    }
    let arguments = Array::of2(&key("en-US"), &options);
    // A zone that it does not know throws.
    Reflect::construct(&class, &arguments).ok()?.dyn_into().ok()
}

/// How many minutes the clocks of a zone are ahead of UTC at a moment; none for a zone that the browser does not know.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "milliseconds of our age fit")]
pub fn ahead(zone: &str, millis: u64) -> Option<i32> {
    let parts = formatter(zone)?.format_to_parts(&js_sys::Date::new(&JsValue::from_f64(millis as f64)));
    let part = |wanted: &str| {
        let found = parts.iter().find(|part| {
            Reflect::get(part, &key("type")).is_ok_and(|kind| kind.as_string().as_deref() == Some(wanted))
        });
        Reflect::get(&found?, &key("value")).ok()?.as_string()?.parse::<u16>().ok()
    };
    let small = |value: u16| u8::try_from(value).ok();
    let year = i16::try_from(part("year")?).ok()?;
    let date = Date::new(year, small(part("month")?)?, small(part("day")?)?)?;
    let there = minutes_of(date, small(part("hour")?)?, small(part("minute")?)?);
    let here = i64::try_from(millis / 60_000).ok()?;
    i32::try_from(there - here).ok()
}

/// The zone of this device; empty where the browser does not say.
#[must_use]
pub fn own() -> String {
    let format = Intl::DateTimeFormat::default().resolved_options();
    Reflect::get(&format, &key("timeZone")).ok().and_then(|zone| zone.as_string()).unwrap_or_default()
}
