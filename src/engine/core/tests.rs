//! The engine against a disk that can fail and a hub that can refuse.

mod order;
mod world;
