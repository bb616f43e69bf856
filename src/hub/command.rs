//! Carries out what an operator typed. Results go to standard output, everything else to standard error.

use std::io::Write as _;

use super::{
    accounts::Wish,
    audit, backup, check,
    cli::{Cli, Command, DeviceAction, Devices, Invite, Serve},
    clock,
    core::Core,
    error::HubError,
    restore,
    serve::Running,
};
use crate::sync::codec::DEFAULT_LIMITS;

/// Runs a command to its end.
///
/// # Errors
/// When it cannot; the error is one line for a person.
pub async fn run(cli: Cli) -> Result<(), HubError> {
    match cli.command {
        Command::Serve(options) => serve(options).await,
        Command::Invite(options) => invite(options).await,
        Command::Devices(options) => devices(options).await,
        Command::Backup(options) => {
            let lines = backup::backup(&options.place, &options.file).await?;
            lines.iter().for_each(|line| say(line));
            Ok(())
        }
        Command::Restore(options) => {
            let lines = restore::restore(&options.place, &options.file).await?;
            lines.iter().for_each(|line| say(line));
            Ok(())
        }
        Command::Quarantine(place) => {
            let store = place.open().await?;
            let refused = store.quarantine().await;
            store.close().await;
            for one in refused? {
                let (day, second) = (clock::day(one.received_at), one.received_at / 1_000 % 86_400);
                let time = format!("{:02}:{:02}:{:02}", second / 3_600, second / 60 % 60, second % 60);
                say(&format!("{day} {time}Z  {}  {}  {:<16}  {} bytes", one.device, one.doc, one.why, one.body.len()));
            }
            Ok(())
        }
        Command::Audit(options) => {
            let store = options.place.open().await?;
            let written = audit::file::write(&*store, options.filter(), std::io::stdout()).await;
            store.close().await;
            written
        }
        Command::Check(place) => {
            let store = place.open().await?;
            let report = check::check(&*store).await;
            store.close().await;
            let report = report?;
            for line in report.lines() {
                say(&line);
            }
            match report.faults() {
                0 => Ok(()),
                faults => Err(HubError::Faults(faults)),
            }
        }
    }
}

/// A line for whoever started the program, at once: they may wait for it. A closed pipe is theirs to close.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

async fn serve(options: Serve) -> Result<(), HubError> {
    let mut running = Running::start(options).await?;
    // Before anyone hears that the hub is there: whoever started it may stop it at once.
    let stop = told_to_stop();
    running.lines.iter().for_each(|line| say(line));
    let broken = tokio::select! {
        ended = running.broken() => Some(ended),
        () = stop => None,
    };
    tracing::info!("stopping");
    running.stop().await;
    broken.unwrap_or(Ok(()))
}

/// Ends on SIGINT or SIGTERM, listening for them from the call on.
fn told_to_stop() -> impl Future<Output = ()> {
    #[cfg(unix)]
    let signals = {
        use tokio::signal::unix::{SignalKind, signal};
        signal(SignalKind::terminate()).and_then(|term| Ok((term, signal(SignalKind::interrupt())?)))
    };
    async move {
        #[cfg(unix)]
        if let Ok((mut term, mut interrupt)) = signals {
            tokio::select! {
                _ = term.recv() => {}
                _ = interrupt.recv() => {}
            }
            return;
        }
        if tokio::signal::ctrl_c().await.is_err() {
            // No signals here: only the end of the process ends it.
            std::future::pending::<()>().await;
        }
    }
}

async fn invite(options: Invite) -> Result<(), HubError> {
    let store = options.place.open().await?;
    let (core, writer) = Core::open(store.clone(), DEFAULT_LIMITS).await?;
    let (party, role) = (options.party.clone(), options.role);
    let wish = Wish { party, role, person: None, days: options.days };
    let secret = core.invite(None, wish).await;
    core.close();
    let _ = writer.await;
    store.close().await;
    say(&format!("Join as {role} for {}: {}/join#{}", options.party, options.url, secret?.text()));
    Ok(())
}

async fn devices(options: Devices) -> Result<(), HubError> {
    let store = options.place.open().await?;
    let (core, writer) = Core::open(store.clone(), DEFAULT_LIMITS).await?;
    let result = match &options.action {
        None => {
            for line in core.device_lines() {
                say(&line);
            }
            Ok(())
        }
        Some(DeviceAction::Revoke { id }) => match core.revoke(None, *id).await {
            Ok(()) => {
                say(&format!("Device {id} has no rights any more"));
                Ok(())
            }
            Err(refusal) => Err(refusal.into()),
        },
    };
    core.close();
    let _ = writer.await;
    store.close().await;
    result
}
