//! The engine against a disk that can fail and a hub that can refuse.

mod apart;
mod missing;
mod order;
mod refusals;
mod texts;
mod views;
mod world;
