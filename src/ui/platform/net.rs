//! Fetching files of the application itself. What people write never passes here: that is the engine's.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// The text of a file of this application; none when it cannot be had.
pub async fn text(address: &str) -> Option<String> {
    let response = JsFuture::from(super::window()?.fetch_with_str(address)).await.ok()?;
    let response: Response = response.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}
