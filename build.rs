//! Only for the feature `embed`: the built application becomes part of the hub's binary, so a change of it is a change
//! of the binary. Without the feature this does nothing.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var_os("CARGO_FEATURE_EMBED").is_none() {
        return;
    }
    println!("cargo::rerun-if-changed=dist");
    if !std::path::Path::new("dist/index.html").is_file() {
        println!("cargo::error=the feature `embed` needs the built application in dist/: run `cargo xtask build`");
    }
}
