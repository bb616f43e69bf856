//! Room `hub`.

pub mod sample;
