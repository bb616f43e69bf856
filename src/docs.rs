//! Room `docs`.
