//! Every row of `cargo xtask bench` at a tiny size, ours only, so that none of them rots; and the budgets that are bytes,
//! which no machine makes larger or smaller.

#[path = "crowd.rs"]
mod crowd;
#[path = "device.rs"]
mod device;
#[path = "disk.rs"]
mod disk;
#[path = "history.rs"]
mod history;
#[path = "hostile.rs"]
mod hostile;
#[path = "large.rs"]
mod large;
#[path = "live.rs"]
mod live;
#[path = "load.rs"]
mod load;
#[path = "place.rs"]
mod place;
#[path = "program.rs"]
mod program;
#[path = "rows.rs"]
mod rows;
#[path = "table.rs"]
mod table;
#[path = "wire.rs"]
mod wire;
#[path = "writer.rs"]
mod writer;
#[path = "years.rs"]
mod years;

#[tokio::test(flavor = "multi_thread")]
async fn every_row_runs() {
    let peers = include_str!("peers/run.mjs");
    println!("{}", table::head());
    for row in &rows::ROWS {
        // What the peers do for it is there under this name.
        assert!(
            row.peers.is_none_or(|name| peers.contains(&format!("{name}\": ()"))
                || peers.contains(&format!(" {name}("))
                || peers.contains(&format!(" {name}: "))),
            "{}",
            row.name
        );
        let figures = rows::ours(row, row.small).await;
        assert!(!figures.is_empty(), "{}", row.name);
        for mut figure in figures {
            assert!(figure.ours.is_finite(), "{figure:?}");
            figure.beside("hocuspocus", &[(figure.key.to_owned(), Some(2.0))].into());
            assert_eq!(figure.ratios["hocuspocus"], figure.ours / 2.0);
            println!("{}", table::line(&figure));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_budgets_of_bytes_are_kept() {
    let wire = [wire::nothing_new(1_000).await, wire::offline_edits(100).await, wire::both_sides(50).await];
    for figure in wire.into_iter().flatten().filter(|figure| figure.unit == "B") {
        let budget = figure.budget.expect("a budget");
        assert!(figure.ours <= budget, "{}: {} B of {budget}", figure.what, figure.ours);
    }
    // Few edits bear more of what comes once than many do.
    for figure in disk::writes(400).await {
        println!("{}", table::line(&figure));
        let budget = figure.budget.unwrap_or(f64::INFINITY);
        assert!(figure.ours <= budget, "{}: {} B of {budget}", figure.what, figure.ours);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_plan_of_three_years_is_there_when_a_hub_starts_on_its_folder() {
    let folder = place::Folder::new("years");
    let plan = years::fill(folder.path(), 2).await;
    assert!(plan.starts_with("/plans/"), "{plan}");
    let hub = place::Hub::at(place::Folder::kept(folder.path())).await;
    let mut reader = device::Device::join(&hub).await;
    let heard = reader.meet(&hub).await.received;
    assert!(heard > 36, "two projects with eighteen edits each: {heard}");
    hub.stop().await;
}
