//! The project's own build tool: `cargo xtask run | test | build | check | bench | fuzz | sim | screenshots`.
//!
//! It finds or installs what is missing, says what it does and why, and skips what is unchanged.
//! It must never need anything beyond git, Rust and Node to start, and never hide why a step failed.

mod app;
mod bench;
mod browser;
mod counts;
mod fuzz;
mod hook;
mod licences;
mod list;
mod place;
mod run;
mod say;
mod sim;
mod sizes;
mod styles;
mod suite;
mod tools;

use std::process::ExitCode;

const USAGE: &str = "\
Usage: cargo xtask COMMAND

  run [ARGS]     build the application and the hub, serve the sample workspace; ARGS go to `mufakat serve`
  test [STEP..]  every check and test; steps: format lints dependencies native node app sizes browser
  check          the fast part: format, lints, native tests
  build          the release: the application, precompressed, inside one binary, target/release/mufakat
  bench          the measurements beside the peers'; --only NAME, --json FILE
  fuzz           damaged input for every decoder; [TARGET..] --seconds N; wants a nightly compiler
  sim            the fault simulator, 10,000 stories; --stories N, --first N; --seed N tells one, step by step
  screenshots    pictures of every page, into docs/screens/
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (command, rest) = match args.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("help", &[][..]),
    };
    let done = match command {
        "run" => run::run(rest),
        "test" => suite::test(rest),
        "check" => suite::check(),
        "build" => run::build(),
        "bench" => bench::bench(rest),
        "fuzz" => fuzz::fuzz(rest),
        "sim" => sim::sim(rest),
        "screenshots" => browser::screenshots(),
        // Called by Trunk, see Trunk.toml.
        "trunk-hook" => match rest {
            [stage] if stage == "styles" => styles::join(),
            [stage] if stage == "seal" => hook::seal(),
            _ => Err("the hooks are `styles` and `seal`".to_owned()),
        },
        "help" | "--help" | "-h" => {
            print!("{USAGE}");
            Ok(())
        }
        other => Err(format!("there is no command `{other}`\n\n{USAGE}")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            say::error(&message);
            ExitCode::FAILURE
        }
    }
}
