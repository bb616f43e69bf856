//! The hub: one program that keeps the workspace's log, gives each device what it may have, and serves the application.
//!
//! It orders entries and enforces who may append and who may receive; what a document says is its readers' business. It
//! must never acknowledge what is not on disk, send a byte its receiver is not cleared for, or write a secret to a log.
//!
//! Reading order: [`cli`] and [`command`] (what an operator does), [`serve`] (how it starts and stops), [`http`] (the
//! doors), [`session`] (a device's conversation), [`core`] (the workspace and its one writer), [`store`] (the database).

pub mod accounts;
pub mod audit;
pub mod backup;
mod begin;
pub mod check;
pub mod cli;
mod clock;
pub mod command;
pub mod core;
pub mod error;
pub mod http;
pub mod metrics;
mod place;
pub mod refusal;
pub mod restore;
pub mod rights;
mod rows;
pub mod sample;
pub mod secret;
pub mod serve;
pub mod session;
pub mod store;
