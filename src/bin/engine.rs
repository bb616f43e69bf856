//! The engine's entry: what the worker's script loads and starts.

fn main() {
    // On another target there is no worker to live in, and this binary is not built for one.
    #[cfg(target_arch = "wasm32")]
    mufakat::engine::web::start();
}
