//! The device's key pair: P-256, made once, kept as the browser's own key objects. Its private part cannot be read, not
//! even here.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;

use super::{
    js,
    store::{Index, KEY},
};

fn subtle() -> JsValue {
    js::get(&js::get(&js::global(), "crypto"), "subtle")
}

/// The public key as joining sends it; empty where the browser gives no keys (an address that is not secure).
pub async fn public_key(index: &Index) -> String {
    let pair = match index.get(KEY).await {
        Some(pair) if !js::get(&pair, "publicKey").is_undefined() => pair,
        Some(_) | None => {
            let Some(pair) = make().await else { return String::new() };
            // A key that is not kept would join this device twice. Where nothing is kept at all, it serves while it lasts.
            if index.is_there() && !index.put(KEY, &pair).await {
                return String::new();
            }
            pair
        }
    };
    let public = js::get(&pair, "publicKey");
    match js::call(&subtle(), "exportKey", &[JsValue::from_str("raw"), public]).await {
        Ok(raw) => js::base64url(&Uint8Array::new(&raw).to_vec()),
        Err(_) => String::new(),
    }
}

async fn make() -> Option<JsValue> {
    let subtle = subtle();
    if subtle.is_undefined() {
        return None;
    }
    let algorithm = js::object(&[("name", JsValue::from_str("ECDSA")), ("namedCurve", JsValue::from_str("P-256"))]);
    let uses = Array::of2(&JsValue::from_str("sign"), &JsValue::from_str("verify"));
    let pair = js::call(&subtle, "generateKey", &[algorithm, JsValue::FALSE, uses.into()]).await.ok()?;
    let (public, private) = (js::get(&pair, "publicKey"), js::get(&pair, "privateKey"));
    Some(js::object(&[("publicKey", public), ("privateKey", private)])).filter(JsValue::is_object)
}
