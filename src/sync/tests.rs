//! The two machines together, over toy documents: a change is a line that names its actor and what it builds on.

mod bytes;
mod compact;
mod converge;
mod device;
mod kit;
mod lean;
mod once;
mod rewind;
mod rules;
mod told;
mod versions;
mod waits;
