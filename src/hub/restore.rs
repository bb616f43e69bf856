//! `mufakat restore`: a backup takes the database's place, and a new epoch begins.
//!
//! Nothing changes before a copy of the backup is verified whole, and what it replaces is kept beside it. The hub states
//! its workspace anew as the first entry above the backup: whatever number and stamp a device counted of the history that
//! was lost, no later entry of this hub gives the same, so the device learns of it.

use std::{
    fs::{self, OpenOptions},
    path::{Path, PathBuf},
    sync::Arc,
};

use sqlx::{
    ConnectOptions as _, Connection as _,
    sqlite::{SqliteConnectOptions, SqliteConnection},
};

use super::{
    backup::{flush, flush_names},
    check,
    cli::Place,
    clock,
    core::{Core, Own, fact_item},
    error::HubError,
    store::{
        Store, StoreError,
        lock::beside,
        sqlite::{Missing, Sqlite},
    },
};
use crate::{
    domain::{DeviceId, Fact},
    sync::codec::DEFAULT_LIMITS,
};

/// Restores a backup; lines for whoever asked.
///
/// # Errors
/// While a hub serves the data folder, and when the file is no whole backup: then nothing has changed.
pub async fn restore(place: &Place, backup: &Path) -> Result<Vec<String>, HubError> {
    if !backup.is_file() {
        return Err(HubError::file("read", backup)(std::io::ErrorKind::NotFound.into()));
    }
    // Held until the end.
    let (database, _lock) = place.alone()?;
    let copy = beside(&database, &format!(".restoring-{}", std::process::id()));
    let done = replace(&database, backup, &copy).await;
    for file in [copy.clone(), beside(&copy, "-wal"), beside(&copy, "-shm")] {
        let _ = fs::remove_file(file);
    }
    done
}

async fn replace(database: &Path, backup: &Path, copy: &Path) -> Result<Vec<String>, HubError> {
    duplicate(backup, copy)?;
    let revoked = revoked_in(database).await;
    let mut lines = vec![begin_epoch(copy, backup, &revoked).await?];
    flush(copy)?;
    if let Some(aside) = set_aside(database).await? {
        lines.push(format!("What it replaced is kept in {}", aside.display()));
    }
    fs::rename(copy, database).map_err(HubError::file("write", database))?;
    flush_names(database)?;
    Ok(lines)
}

fn duplicate(backup: &Path, copy: &Path) -> Result<(), HubError> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut to = options.open(copy).map_err(HubError::file("write", copy))?;
    let mut from = fs::File::open(backup).map_err(HubError::file("read", backup))?;
    std::io::copy(&mut from, &mut to).map(drop).map_err(HubError::file("copy", backup))
}

/// Verifies the copy, brings its tables up to this version and states the new epoch in it. A device that lost its rights
/// since the backup does not get them back.
async fn begin_epoch(copy: &Path, backup: &Path, revoked: &[DeviceId]) -> Result<String, HubError> {
    let not_whole = |why: String| HubError::NotWhole { path: backup.to_owned(), why };
    let store = match Sqlite::open(copy, Missing::Refuse).await {
        Ok(store) => Arc::new(store),
        Err(StoreError::Newer(_)) => return Err(StoreError::Newer(backup.to_owned()).into()),
        Err(StoreError::Foreign(_) | StoreError::Absent(_)) => {
            return Err(not_whole("it is not a Mufakat database, or it is damaged".to_owned()));
        }
        Err(error) => return Err(not_whole(error.to_string())),
    };
    let begun = async {
        let report = check::check(&*store).await.map_err(|error| not_whole(error.to_string()))?;
        if report.faults() > 0 {
            let first = report.lines().into_iter().next().unwrap_or_default();
            return Err(not_whole(format!("{} faults, the first: {first}", report.faults())));
        }
        let (core, writer) = Core::open(store.clone(), DEFAULT_LIMITS).await?;
        let stated = state_epoch(&core, revoked).await;
        core.close();
        let _ = writer.await;
        stated.map(|()| format!("Restored {}", report.counted()))
    };
    let begun = begun.await;
    store.close().await;
    begun
}

async fn state_epoch(core: &Core, revoked: &[DeviceId]) -> Result<(), HubError> {
    let Some(Fact::Workspace { id, name, sample, .. }) = core.begun_as() else {
        return Err(HubError::Damaged("the backup's log is empty".to_owned()));
    };
    let epoch = Fact::Workspace { id, name, sample, stated: clock::now().max(1) };
    core.state(vec![Own { device: None, items: vec![fact_item(&epoch)] }]).await?;
    for device in revoked {
        if core.knows_device(*device) {
            core.revoke(None, *device).await?;
        }
    }
    Ok(())
}

/// Devices without rights in the database that is replaced, as far as it can be read.
async fn revoked_in(database: &Path) -> Vec<DeviceId> {
    let Ok(store) = Sqlite::open(database, Missing::Refuse).await else { return Vec::new() };
    let devices = store.devices().await.unwrap_or_default();
    store.close().await;
    devices.into_iter().filter(|device| device.revoked).map(|device| device.id).collect()
}

/// Gives the database a second name under which it stays, whole, and answers that name. The first name then still stands:
/// at no moment is there no database.
async fn set_aside(database: &Path) -> Result<Option<PathBuf>, HubError> {
    if !database.exists() {
        return Ok(None);
    }
    write_out(database).await;
    let aside = free_name(database);
    // What could not be written out (a damaged database) keeps its log beside it.
    for more in ["-wal", "-shm"] {
        let from = beside(database, more);
        if from.exists() {
            fs::rename(&from, beside(&aside, more)).map_err(HubError::file("rename", &from))?;
        }
    }
    if fs::hard_link(database, &aside).is_err() {
        fs::rename(database, &aside).map_err(HubError::file("rename", database))?;
    }
    flush_names(database)?;
    Ok(Some(aside))
}

/// Writes what stands in the write-ahead log into the database's file, if it can be read at all.
async fn write_out(database: &Path) {
    let options = SqliteConnectOptions::new().filename(database).create_if_missing(false);
    let opened: Result<SqliteConnection, _> = options.connect().await;
    if let Ok(mut connection) = opened {
        if let Err(error) = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut connection).await {
            tracing::warn!(%error, "the replaced database keeps its write-ahead log beside it");
        }
        let _ = connection.close().await;
    }
}

/// `NAME.replaced-DAY`, counted on where a day saw several.
fn free_name(database: &Path) -> PathBuf {
    let day = clock::day(clock::now());
    let names = (1_u32..).map(|n| match n {
        1 => beside(database, &format!(".replaced-{day}")),
        n => beside(database, &format!(".replaced-{day}-{n}")),
    });
    let mut free = names.filter(|name| name.symlink_metadata().is_err());
    // There is always a next number.
    free.next().unwrap_or_else(|| beside(database, ".replaced"))
}
