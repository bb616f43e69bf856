//! Files that a person chooses or drops, and files handed to them: in pieces, so that a large one is never twice in memory.

use js_sys::{Array, ArrayBuffer, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, DragEvent, HtmlElement};

fn get(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &JsValue::from_str(name)).unwrap_or_default()
}

fn call(of: &JsValue, name: &str, arguments: &Array) -> Option<JsValue> {
    let method = get(of, name).dyn_into::<js_sys::Function>().ok()?;
    Reflect::apply(&method, of, arguments).ok()
}

/// A file that a person chose.
#[derive(Debug, Clone)]
pub struct Chosen {
    blob: Blob,
    /// What it is called.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
}

impl Chosen {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a size is a whole number")]
    fn of(value: JsValue) -> Option<Self> {
        let blob: Blob = value.dyn_into().ok()?;
        let name = get(&blob, "name").as_string().unwrap_or_default();
        Some(Self { name, size: blob.size().max(0.0) as u64, blob })
    }

    /// SHA-256 of all of it; none where it cannot be read.
    pub async fn hash(&self) -> Option<[u8; 32]> {
        let bytes = JsFuture::from(self.blob.array_buffer()).await.ok()?;
        let subtle = get(&get(&js_sys::global(), "crypto"), "subtle");
        let digest = call(&subtle, "digest", &Array::of2(&JsValue::from_str("SHA-256"), &bytes))?;
        let digest: ArrayBuffer = JsFuture::from(js_sys::Promise::resolve(&digest)).await.ok()?.dyn_into().ok()?;
        Uint8Array::new(&digest).to_vec().try_into().ok()
    }

    /// Its bytes from one to another; none where it cannot be read any more.
    #[expect(clippy::cast_precision_loss, reason = "files are far smaller")]
    pub async fn piece(&self, from: u64, to: u64) -> Option<Vec<u8>> {
        let piece = self.blob.slice_with_f64_and_f64(from as f64, to as f64).ok()?;
        let bytes = JsFuture::from(piece.array_buffer()).await.ok()?;
        Some(Uint8Array::new(&bytes).to_vec())
    }
}

fn all(list: &JsValue) -> Vec<Chosen> {
    if list.is_undefined() || list.is_null() {
        return Vec::new();
    }
    Array::from(list).iter().filter_map(Chosen::of).collect()
}

/// The files that were chosen in the input that an event came from, which is empty again afterwards.
#[must_use]
pub fn chosen(event: &web_sys::Event) -> Vec<Chosen> {
    let Some(target) = event.target() else { return Vec::new() };
    let files = all(&get(&target, "files"));
    // The same file can be chosen again.
    let _ = Reflect::set(&target, &JsValue::from_str("value"), &JsValue::from_str(""));
    files
}

/// Whether what is dragged are files.
#[must_use]
pub fn brings_files(event: &DragEvent) -> bool {
    let Some(transfer) = event.data_transfer() else { return false };
    let types = get(&transfer, "types");
    !types.is_undefined() && Array::from(&types).iter().any(|one| one.as_string().as_deref() == Some("Files"))
}

/// The files that were dropped.
#[must_use]
pub fn dropped(event: &DragEvent) -> Vec<Chosen> {
    event.data_transfer().map(|transfer| all(&get(&transfer, "files"))).unwrap_or_default()
}

/// A file as it is put together.
#[derive(Debug, Default, Clone)]
pub struct Parts(Array);

impl Parts {
    /// Adds the next piece.
    pub fn push(&self, bytes: &[u8]) {
        self.0.push(&Uint8Array::from(bytes));
    }

    /// Opens it in a tab of its own.
    pub fn open(&self, media: &str) {
        self.follow(media, "target", "_blank");
    }

    /// Puts it among the person's downloads.
    pub fn save(&self, media: &str, name: &str) {
        self.follow(media, "download", name);
    }

    fn follow(&self, media: &str, attribute: &str, value: &str) {
        let kind = BlobPropertyBag::new();
        kind.set_type(media);
        let Ok(blob) = Blob::new_with_u8_array_sequence_and_options(&self.0, &kind) else { return };
        let urls = get(&js_sys::global(), "URL");
        let Some(url) = call(&urls, "createObjectURL", &Array::of1(&blob)) else { return };
        let link = super::document()
            .and_then(|document| document.create_element("a").ok())
            .and_then(|link| link.dyn_into::<HtmlElement>().ok());
        if let Some(link) = link {
            let _ = link.set_attribute("href", &url.as_string().unwrap_or_default());
            let _ = link.set_attribute("rel", "noopener");
            let _ = link.set_attribute(attribute, value);
            link.click();
        }
        // A tab that is still being opened, or a download that has just begun, needs it a moment longer.
        leptos::prelude::set_timeout(
            move || {
                let _ = call(&urls, "revokeObjectURL", &Array::of1(&url));
            },
            std::time::Duration::from_secs(60),
        );
    }
}
