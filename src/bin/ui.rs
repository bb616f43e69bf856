//! The front end's entry: what the page loads and starts.

fn main() {
    // On another target there is nothing to show, and this binary is not built for one.
    #[cfg(target_arch = "wasm32")]
    mufakat::ui::start();
}
