//! The thinking of the pages that needs no browser: differences of texts, dates as people write them, tables.
//!
//! Pure functions and values, tested natively. Nothing here may name a signal, an element or a message's text.

pub mod agenda;
pub mod attention;
pub mod carets;
pub mod ical;
pub mod session;
pub mod splice;
pub mod status;
pub mod table;
pub mod timeline;
pub mod when;
pub mod year;
pub mod zone;
