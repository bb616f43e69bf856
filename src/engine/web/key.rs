//! The device's key pair: P-256, made once, kept as the browser's own key objects. Its private part cannot be read, not
//! even here.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;

use super::{
    js,
    store::{Index, KEY},
};
use crate::domain::base64url;

fn subtle() -> JsValue {
    js::get(&js::get(&js::global(), "crypto"), "subtle")
}

/// The key pair of this device.
pub struct Keys {
    pair: JsValue,
    private: JsValue,
    /// The public key as joining sends it.
    pub public: String,
}

impl Keys {
    /// The pair, made where there is none; none where the browser gives no keys (an address that is not secure).
    pub async fn open(index: &Index) -> Option<Self> {
        let pair = match index.get(KEY).await {
            Some(pair) if !js::get(&pair, "publicKey").is_undefined() => pair,
            Some(_) | None => {
                let pair = make().await?;
                // A key that is not kept would join this device twice. Where nothing is kept at all, it serves while it
                // lasts.
                if index.is_there() && !index.put(KEY, &pair).await {
                    return None;
                }
                pair
            }
        };
        let (public, private) = (js::get(&pair, "publicKey"), js::get(&pair, "privateKey"));
        let raw = js::call(&subtle(), "exportKey", &[JsValue::from_str("raw"), public]).await.ok()?;
        Some(Self { pair, private, public: base64url::encode(&Uint8Array::new(&raw).to_vec()) })
    }

    /// Keeps the pair where one could be kept only later. False when it was not kept.
    pub async fn keep(&self, index: &Index) -> bool {
        index.put(KEY, &self.pair).await
    }

    /// Signs texts: `r || s` of each. None when the browser cannot.
    pub async fn sign(&self, texts: &[Vec<u8>]) -> Option<Vec<[u8; 64]>> {
        let algorithm = js::object(&[("name", JsValue::from_str("ECDSA")), ("hash", JsValue::from_str("SHA-256"))]);
        let mut signatures = Vec::with_capacity(texts.len());
        for text in texts {
            let arguments = [algorithm.clone(), self.private.clone(), Uint8Array::from(text.as_slice()).into()];
            let signature = js::call(&subtle(), "sign", &arguments).await.ok()?;
            signatures.push(Uint8Array::new(&signature).to_vec().try_into().ok()?);
        }
        Some(signatures)
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
