//! The hub and its commands.

use std::{io::IsTerminal as _, process::ExitCode};

use clap::Parser as _;
use mufakat::hub::{cli::Cli, command};
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    let cli = Cli::parse();
    // Logs go to standard error; standard output is for results. MUFAKAT_LOG takes what `tracing` calls directives.
    let filter = EnvFilter::try_from_env("MUFAKAT_LOG").unwrap_or_else(|_| EnvFilter::new("warn,mufakat=info"));
    let colours = std::io::stderr().is_terminal();
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    log.with_ansi(colours).with_target(false).init();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("mufakat: cannot start: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(command::run(cli)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("mufakat: {error}");
            ExitCode::FAILURE
        }
    }
}
