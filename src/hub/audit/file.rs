//! The log as a file, for an operator: newest first, as the Secretariat saves it from its page.

use std::io::{BufWriter, ErrorKind, Write};

use super::{Reader, about, page};
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

/// Writes the lines of the log that fit, as RFC 4180 has it. Whoever reads may stop reading.
///
/// # Errors
/// When the store fails, a row does not read, or nothing more can be written.
pub async fn write(store: &dyn Store, filter: Filter, to: impl Write) -> Result<(), HubError> {
    let (catalogue, facts) = catalogue(store, filter.document.is_some()).await?;
    let facts = facts.iter().map(|(number, body)| (*number, body.as_slice()));
    let of = filter.document.map(|doc| about(&catalogue, facts, doc)).unwrap_or_default();
    let reader = Reader { catalogue: &catalogue, person: None };
    let mut to = BufWriter::new(to);
    let mut ask = Ask { filter, before: None, limit: MOST };
    let mut text = COLUMNS.to_owned();
    loop {
        let page = page(store, reader, &ask, of.clone()).await?;
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

/// Everything that the facts say; and where they are wanted, they themselves by their numbers. Nothing is taken for granted of
/// the rest: the log of a damaged database is read too.
async fn catalogue(store: &dyn Store, wanted: bool) -> Result<(Catalogue, Vec<(u64, Vec<u8>)>), StoreError> {
    let (mut catalogue, mut all, mut after) = (Catalogue::default(), Vec::new(), 0);
    loop {
        let rows = store.rows(after, MOST).await?;
        let Some(last) = rows.last() else { return Ok((catalogue, all)) };
        after = last.number;
        for row in rows.into_iter().filter(|row| row.subject == Subject::Fact) {
            let body = row.body.unwrap_or_default();
            let Ok(fact) = Fact::from_bytes(&body) else { continue };
            catalogue.fold(&fact);
            if wanted {
                all.push((row.number, body));
            }
        }
    }
}
