//! Loading the largest document in wasm, as the engine does: built for Node by `cargo xtask bench`.

#[path = "../large.rs"]
mod large;

use mufakat::docs::Doc;
use wasm_bindgen::prelude::wasm_bindgen;

/// The document, saved.
#[wasm_bindgen]
#[must_use]
pub fn saved(records: u32) -> Vec<u8> {
    large::document(records, 1).save()
}

/// Loads it; how many records it has.
#[wasm_bindgen]
#[must_use]
pub fn load(bytes: &[u8]) -> usize {
    let loaded = Doc::load(large::KIND, [bytes]).expect("loads");
    loaded.snapshot(&|_| None).expect("reads").collection("activities").len()
}
