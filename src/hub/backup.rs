//! `mufakat backup`: everything in one file, taken while the hub serves.
//!
//! The file appears under its name only when it is whole, on disk and verified, and it never takes another's place. It
//! holds what governments have not published, so it is for its owner alone.

use std::{
    fs::{self, File, OpenOptions},
    io::ErrorKind,
    path::Path,
};

use super::{
    check,
    cli::Place,
    error::HubError,
    store::{Store as _, lock::beside, sqlite::Sqlite},
};

/// Takes a backup; lines for whoever asked.
///
/// # Errors
/// When the file is there already or cannot be written, or the database is damaged: then no backup was made.
pub async fn backup(place: &Place, file: &Path) -> Result<Vec<String>, HubError> {
    if file.symlink_metadata().is_ok() {
        return Err(HubError::Taken(file.to_owned()));
    }
    let store = place.open().await?;
    let part = beside(file, &format!(".part-{}", std::process::id()));
    let made = async {
        create(&part)?;
        store.copy_to(&part).await?;
        let report = verified(&part).await?;
        flush(&part)?;
        publish(&part, file)?;
        Ok(vec![format!("Backup of {report} in {}", file.display())])
    };
    let made = made.await;
    store.close().await;
    let _ = fs::remove_file(&part);
    made
}

/// Makes the file under its passing name, for its owner alone; SQLite writes into an empty file.
fn create(part: &Path) -> Result<(), HubError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(part).map(drop).map_err(HubError::file("write", part))
}

/// Reads the copy back, every entry of it: a backup of a damaged database is none.
async fn verified(part: &Path) -> Result<String, HubError> {
    let copy = Sqlite::read(part).await?;
    let report = check::check(&copy).await;
    copy.close().await;
    let report = report?;
    match report.faults() {
        0 => Ok(report.counted()),
        faults => Err(HubError::Damaged(format!("{faults} faults, no backup was made"))),
    }
}

/// Has a file and its name on the disk.
///
/// # Errors
/// When the system says no.
pub fn flush(file: &Path) -> Result<(), HubError> {
    File::open(file).and_then(|file| file.sync_all()).map_err(HubError::file("write", file))?;
    flush_names(file)
}

/// Has the names in a file's folder on the disk.
///
/// # Errors
/// When the system says no.
pub fn flush_names(file: &Path) -> Result<(), HubError> {
    // Only there can a folder be opened and flushed; elsewhere the system keeps names by itself.
    #[cfg(unix)]
    if let Some(folder) = file.parent() {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(HubError::file("write", folder))?;
    }
    Ok(())
}

/// Gives the whole file its name, unless someone else was faster.
fn publish(part: &Path, file: &Path) -> Result<(), HubError> {
    match fs::hard_link(part, file) {
        Ok(()) => {}
        Err(cause) if cause.kind() == ErrorKind::AlreadyExists => {
            return Err(HubError::Taken(file.to_owned()));
        }
        // A disk without links, such as a stick: the name is looked at again just before.
        Err(_) if file.symlink_metadata().is_err() => {
            fs::rename(part, file).map_err(HubError::file("write", file))?;
        }
        Err(_) => return Err(HubError::Taken(file.to_owned())),
    }
    flush_names(file)
}
