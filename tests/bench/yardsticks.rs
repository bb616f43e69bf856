//! `cargo xtask bench`: what the application costs on the wire and what the hub bears, beside the yardsticks it was
//! designed against. Prints; fails only where something does not work at all, never for being slow.

#[path = "device.rs"]
mod device;
#[path = "hostile.rs"]
mod hostile;
#[path = "place.rs"]
mod place;
#[path = "rate.rs"]
mod rate;
#[path = "wire.rs"]
mod wire;

/// One line: what, ours, and beside it the budget and what a comparable program needs.
fn line(what: &str, ours: &str, budget: &str, other: &str) {
    println!("{what:<44} {ours:<38} {budget:<26} {other}");
}

/// A measure as a share of its budget.
fn share(ours: u64, budget: u64) -> String {
    format!("{} % of {budget}", ours * 100 / budget.max(1))
}

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    line("what", "measured", "budget", "comparable");
    runtime.block_on(async {
        wire::offline_edits().await;
        wire::both_sides().await;
        wire::nothing_new().await;
        rate::durable_changes().await;
    });
    hostile::bombs();
}
