//! The log-cursor protocol: moves bytes with their metadata between devices and the hub.
//!
//! Sans-IO: no clock, no socket, no random source; time, randomness and bytes come in as arguments, so that the fault
//! simulator can drive it. It knows neither `domain` nor what documents hold.

pub mod frame;
pub mod join;
