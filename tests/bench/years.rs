//! The data of a hub whose plan is as large as one gets: so many projects with three years of edits, made by a focal point's
//! engine. A browser is measured on it.

use std::path::Path;

use crate::{
    disk::some,
    place::{Folder, Hub},
    writer::Writer,
};

/// Edits of each project: one in two months, for three years.
const EACH: u32 = 18;

/// Fills a folder, and answers the address of the plan.
pub async fn fill(folder: &Path, projects: u32) -> String {
    let hub = Hub::at(Folder::kept(folder)).await;
    let mut writer = Writer::join(&hub).await;
    let mut made = Vec::new();
    for n in 0..projects {
        made.push(writer.project(&format!("Exam reform, part {n}")).await);
    }
    some(&mut writer, &made, projects * EACH, true).await;
    let plan = writer.plan();
    drop(writer);
    hub.stop().await;
    format!("/plans/{plan}")
}
