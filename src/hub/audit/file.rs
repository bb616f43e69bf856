//! The log as a file, for an operator: all of it, newest first, as the Secretariat saves it from its page.

use std::io::{BufWriter, ErrorKind, Write};

use super::{Reader, page};
use crate::{
    domain::{
        Catalogue, Fact,
        audit::{Ask, COLUMNS, Filter, MOST},
    },
    hub::{
        clock,
        error::HubError,
        store::{Store, StoreError, Subject},
    },
};

/// Writes the log as RFC 4180 has it. Whoever reads may stop reading.
///
/// # Errors
/// When the store fails, a row does not read, or nothing more can be written.
pub async fn write(store: &dyn Store, to: impl Write) -> Result<(), HubError> {
    let catalogue = catalogue(store).await?;
    let reader = Reader { catalogue: &catalogue, person: None };
    let mut to = BufWriter::new(to);
    let mut ask = Ask { filter: Filter::default(), before: None, limit: MOST };
    let mut text = COLUMNS.to_owned();
    loop {
        let page = page(store, reader, &ask, Vec::new()).await?;
        text.extend(page.lines.iter().map(|line| line.csv(clock::day(line.received_at))));
        let written = to.write_all(text.as_bytes()).and_then(|()| to.flush());
        match written {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => return Ok(()),
            written => written.map_err(HubError::Output)?,
        }
        text.clear();
        ask.before = page.next;
        if page.next.is_none() {
            return Ok(());
        }
    }
}

/// Everything that the facts say. Nothing is taken for granted of the rest: the log of a damaged database is read too.
async fn catalogue(store: &dyn Store) -> Result<Catalogue, StoreError> {
    let (mut catalogue, mut after) = (Catalogue::default(), 0);
    loop {
        let rows = store.rows(after, MOST).await?;
        let Some(last) = rows.last() else { return Ok(catalogue) };
        after = last.number;
        let facts = rows.iter().filter(|row| row.subject == Subject::Fact);
        let facts = facts.filter_map(|row| Fact::from_bytes(row.body.as_deref().unwrap_or_default()).ok());
        facts.for_each(|fact| catalogue.fold(&fact));
    }
}
