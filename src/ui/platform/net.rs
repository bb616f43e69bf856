//! Fetching files of the application itself. What people write never passes here: that is the engine's.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// The text of a file of this application; none when it cannot be had. It is asked for at once, not when it is waited for.
pub fn text(address: &str) -> impl Future<Output = Option<String>> + use<> {
    let asked = super::window().map(|window| window.fetch_with_str(address));
    async move {
        let response: Response = JsFuture::from(asked?).await.ok()?.dyn_into().ok()?;
        if !response.ok() {
            return None;
        }
        JsFuture::from(response.text().ok()?).await.ok()?.as_string()
    }
}
