//! The command line: what an operator types, as types. Every flag has a `MUFAKAT_…` variable.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, Parser, Subcommand};

use crate::domain::{
    Date, DeviceId, DocId, PartyCode, PersonId, Role,
    audit::{Filter, Outcome},
    paper,
};

/// Offline-first work plans and meetings: the hub.
#[derive(Debug, Parser)]
#[command(name = "mufakat", version, about, arg_required_else_help = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the application and keep everyone's work together
    Serve(Serve),
    /// Print a join link for one person
    Invite(Invite),
    /// List devices, or take one's rights away
    Devices(Devices),
    /// Verify every entry of the database and report
    Check(Place),
    /// List changes that were refused: when, from which device, of which document, and why
    Quarantine(Place),
    /// Print the log as CSV: accepted and refused changes, from whom, when and of which document, newest first
    Audit(Audit),
    /// Write everything into one file, also while the hub serves
    Backup(Backup),
    /// Put a backup in place of the database
    Restore(Backup),
}

/// Where the workspace is kept.
#[derive(Debug, Clone, Args)]
pub struct Place {
    /// Folder of the database
    #[arg(long, global = true, env = "MUFAKAT_DATA", value_name = "DIR", default_value = "mufakat-data")]
    pub data: PathBuf,
    /// Database to use instead of the one in the folder (sqlite:///path/to/file)
    #[arg(long, global = true, env = "MUFAKAT_DATABASE_URL", value_name = "URL", hide_env_values = true)]
    pub database_url: Option<String>,
}

/// `mufakat serve`.
#[derive(Debug, Clone, Args)]
pub struct Serve {
    /// Address to listen on; port 0 takes a free one
    #[arg(long, env = "MUFAKAT_LISTEN", value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Where the workspace is kept.
    #[command(flatten)]
    pub place: Place,
    /// Begin an empty workspace with the public record of ACCSM, and print join links at each start
    #[arg(long, env = "MUFAKAT_SAMPLE")]
    pub sample: bool,
    /// Folder of the built application, instead of the one inside this program
    #[arg(long, env = "MUFAKAT_APP", value_name = "DIR")]
    pub app: Option<PathBuf>,
    /// Largest file that may be attached, in bytes
    #[arg(long, env = "MUFAKAT_MAX_BLOB", value_name = "BYTES", default_value_t = paper::MOST,
        value_parser = clap::value_parser!(u64).range(1..=paper::MOST))]
    pub max_blob: u64,
    /// Address under which people reach the hub, for join links (behind a proxy)
    #[arg(long, env = "MUFAKAT_URL", value_name = "URL", value_parser = base_url)]
    pub url: Option<String>,
}

/// `mufakat invite`.
#[derive(Debug, Args)]
pub struct Invite {
    /// Where the workspace is kept.
    #[command(flatten)]
    pub place: Place,
    /// Party the person acts for, such as KH or ASEC
    #[arg(long, env = "MUFAKAT_PARTY", value_name = "CODE", value_parser = party)]
    pub party: PartyCode,
    /// secretariat, focal-point, senior-official, head, drafter, host or observer
    #[arg(long, env = "MUFAKAT_ROLE", value_parser = role)]
    pub role: Role,
    /// Days the link stays good
    #[arg(long, env = "MUFAKAT_DAYS", default_value_t = 14, value_parser = clap::value_parser!(u16).range(1..=90))]
    pub days: u16,
    /// Address under which people reach the hub
    #[arg(long, env = "MUFAKAT_URL", value_name = "URL", default_value = "http://127.0.0.1:8080", value_parser = base_url)]
    pub url: String,
}

/// `mufakat audit`: those lines that fit all that is asked.
#[derive(Debug, Args)]
pub struct Audit {
    /// Where the workspace is kept.
    #[command(flatten)]
    pub place: Place,
    /// Only what is about this document
    #[arg(long, env = "MUFAKAT_AUDIT_DOCUMENT", value_name = "ID", value_parser = document)]
    pub document: Option<DocId>,
    /// Only what came from this person
    #[arg(long, env = "MUFAKAT_AUDIT_PERSON", value_name = "ID", value_parser = person)]
    pub person: Option<PersonId>,
    /// Only what came from this device
    #[arg(long, env = "MUFAKAT_AUDIT_DEVICE", value_name = "ID", value_parser = device)]
    pub device: Option<DeviceId>,
    /// Only what came from somebody who spoke for this party then, such as KH
    #[arg(long, env = "MUFAKAT_AUDIT_PARTY", value_name = "CODE", value_parser = party)]
    pub party: Option<PartyCode>,
    /// Only what was accepted, or only what was refused
    #[arg(long, env = "MUFAKAT_AUDIT_OUTCOME", value_name = "OUTCOME", value_parser = outcome)]
    pub outcome: Option<Outcome>,
    /// Only what was received on this day or later, in UTC
    #[arg(long, env = "MUFAKAT_AUDIT_FROM", value_name = "YYYY-MM-DD", value_parser = day)]
    pub from: Option<Date>,
    /// Only what was received on this day or before, in UTC
    #[arg(long, env = "MUFAKAT_AUDIT_TO", value_name = "YYYY-MM-DD", value_parser = day)]
    pub to: Option<Date>,
}

impl Audit {
    /// The same as the page asks it.
    #[must_use]
    pub fn filter(&self) -> Filter {
        Filter {
            document: self.document,
            person: self.person,
            device: self.device,
            party: self.party.clone(),
            outcome: self.outcome,
            from: self.from.map(Date::begins),
            to: self.to.map(|day| day.plus_days(1).begins()),
        }
    }
}

/// `mufakat backup` and `mufakat restore`.
#[derive(Debug, Args)]
pub struct Backup {
    /// Where the workspace is kept.
    #[command(flatten)]
    pub place: Place,
    /// The backup's file
    #[arg(env = "MUFAKAT_BACKUP", value_name = "FILE")]
    pub file: PathBuf,
}

/// `mufakat devices`.
#[derive(Debug, Args)]
pub struct Devices {
    /// Where the workspace is kept.
    #[command(flatten)]
    pub place: Place,
    /// What to do with them; lists them when left out.
    #[command(subcommand)]
    pub action: Option<DeviceAction>,
}

/// What can be done with a device.
#[derive(Debug, Subcommand)]
pub enum DeviceAction {
    /// Take a device's rights away, for ever
    Revoke {
        /// Id of the device, as the list shows it
        #[arg(value_name = "ID", value_parser = device)]
        id: DeviceId,
    },
}

fn party(text: &str) -> Result<PartyCode, String> {
    text.parse().map_err(|_| "a party's code is two to eight capital letters, such as KH".to_owned())
}

fn role(text: &str) -> Result<Role, String> {
    text.parse().map_err(|_| format!("a role is one of {}", Role::WORDS.join(", ")))
}

fn device(text: &str) -> Result<DeviceId, String> {
    text.parse().map_err(|_| "a device's id is a UUID".to_owned())
}

fn document(text: &str) -> Result<DocId, String> {
    text.parse().map_err(|_| "a document's id is a UUID".to_owned())
}

fn person(text: &str) -> Result<PersonId, String> {
    text.parse().map_err(|_| "a person's id is a UUID".to_owned())
}

fn outcome(text: &str) -> Result<Outcome, String> {
    text.parse().map_err(|_| format!("what became of it is one of {}", Outcome::WORDS.join(", ")))
}

fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "a day is written as 2026-03-31".to_owned())
}

/// An address without path: what join links begin with.
fn base_url(text: &str) -> Result<String, String> {
    let text = text.trim_end_matches('/');
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    match rest {
        Some(host) if !host.is_empty() && !host.contains(['/', '#', '?', ' ', '@']) => Ok(text.to_owned()),
        Some(_) | None => Err("an address is http:// or https:// and a host, without a path".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_flag_has_a_variable() {
        fn look(command: &clap::Command) {
            let standard = ["help", "version"];
            let flags = command.get_arguments().filter(|arg| !arg.is_positional());
            for arg in flags.filter(|arg| !standard.contains(&arg.get_id().as_str())) {
                let name = arg.get_env().and_then(|name| name.to_str()).unwrap_or_default();
                assert!(name.starts_with("MUFAKAT_"), "{} {}", command.get_name(), arg.get_id());
            }
            command.get_subcommands().for_each(look);
        }
        look(&Cli::command());
    }

    #[test]
    fn an_address_has_no_path() {
        assert_eq!(base_url("https://hub.example/"), Ok("https://hub.example".to_owned()));
        for bad in ["hub.example", "https://", "http://a/b", "http://me@a", "http://a#b"] {
            assert!(base_url(bad).is_err(), "{bad}");
        }
    }
}
