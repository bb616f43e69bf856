//! The engine against a disk that can fail and a hub that can refuse.

mod again;
mod apart;
mod clocks;
mod clones;
mod compact;
mod compacted;
mod damage;
mod export;
mod first;
mod hub;
mod lately;
mod look;
mod missing;
mod node;
mod order;
mod presence;
mod refusals;
mod requests;
mod review;
mod rewind;
mod shapes;
mod signed;
mod texts;
mod versions;
mod views;
mod world;
