//! Who may read and write what, by facts and a date.
