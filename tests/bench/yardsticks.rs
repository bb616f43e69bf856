//! `cargo xtask bench`: what the application costs on the wire and what the hub bears, beside the budgets it was designed
//! against and beside its peers at the same work on the same machine. Fails only where something does not work at all,
//! never for being slow.

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
#[path = "peers.rs"]
mod peers;
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

use std::{path::PathBuf, process::ExitCode};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let (mut only, mut json, mut tiny, mut fill, mut projects) = (Vec::new(), None, false, None, 500);
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--only" => only.push(args.next().ok_or("--only wants the name of a row")?),
            "--json" => json = Some(args.next().ok_or("--json wants a file")?),
            "--tiny" => tiny = true,
            "--projects" => projects = args.next().and_then(|n| n.parse().ok()).ok_or("--projects wants a number")?,
            "--fill" => fill = Some(PathBuf::from(args.next().ok_or("--fill wants a folder")?)),
            // Cargo says so to every measurement.
            "--bench" => {}
            other => {
                return Err(format!(
                    "what is {other}? --only NAME picks a row, --json FILE writes the figures, --tiny tries everything, \
                     --fill FOLDER makes the data for a row in a browser, with --projects so many projects"
                ));
            }
        }
    }
    if let Some(unknown) = only.iter().find(|name| rows::ROWS.iter().all(|row| row.name != **name)) {
        let names: Vec<_> = rows::ROWS.iter().map(|row| row.name).collect();
        return Err(format!("no row {unknown}; there are {}", names.join(", ")));
    }
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(|error| error.to_string())?;
    if let Some(folder) = fill {
        println!("{}", runtime.block_on(years::fill(&folder, projects)));
        return Ok(());
    }
    let mut all = Vec::new();
    println!("{}", table::head());
    for row in rows::ROWS.iter().filter(|row| only.is_empty() || only.iter().any(|name| name == row.name)) {
        let size = if tiny { row.small } else { row.full };
        let mut figures = runtime.block_on(rows::ours(row, size));
        if let Some(theirs) = row.peers {
            for (peer, _) in table::PEERS {
                let answer = peers::run(peer, theirs, size)?;
                for figure in &mut figures {
                    figure.beside(peer, &answer);
                }
            }
        }
        for figure in &figures {
            println!("{}", table::line(figure));
        }
        all.extend(figures);
    }
    if let Some(file) = json {
        let text = serde_json::to_string_pretty(&all).map_err(|error| error.to_string())?;
        std::fs::write(&file, text + "\n").map_err(|error| format!("cannot write {file}: {error}"))?;
    }
    Ok(())
}
