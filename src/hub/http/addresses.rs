//! What one address may do: how many connections it holds, how often it joins, how often it asks as a stranger.
//!
//! Many delegations may share an address, behind a ministry's or a venue's router, so these limits only keep a single
//! address from taking everything. A device with its token is never held up by what others at its address do.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Arc, Mutex, PoisonError},
};

use axum::http::HeaderMap;

use crate::hub::{
    clock,
    core::{Allowance, Levels},
    refusal::Refusal,
};

/// Connections of one address: half of all there are.
pub const CONNECTIONS: usize = super::listen::CONNECTIONS / 2;
/// Requests of strangers: without a token that is known, or with a secret that no invitation has.
const STRANGERS: Allowance = Allowance { burst: 120, each_second: 1 };
/// Joins, also those that succeed: a meeting's worth of people at once.
const JOINS: Allowance = Allowance { burst: 200, each_second: 1 };

/// The address at the other end of a connection.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub IpAddr);

/// What addresses did.
#[derive(Debug)]
pub struct Addresses {
    open: Mutex<HashMap<IpAddr, usize>>,
    strangers: Levels<IpAddr>,
    joins: Levels<IpAddr>,
}

impl Default for Addresses {
    fn default() -> Self {
        Self { open: Mutex::default(), strangers: Levels::new(STRANGERS), joins: Levels::new(JOINS) }
    }
}

/// A connection of an address; dropping it frees its place.
#[derive(Debug)]
pub struct Seat {
    addresses: Arc<Addresses>,
    address: IpAddr,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut open = self.addresses.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.address);
            }
        }
    }
}

impl Addresses {
    /// A place for one more connection; none when the address has too many.
    #[must_use]
    pub fn seat(self: &Arc<Self>, address: IpAddr) -> Option<Seat> {
        let address = counted(address);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(address).or_default();
        // A proxy on this machine stands for everybody behind it.
        if *count >= CONNECTIONS && !address.is_loopback() {
            return None;
        }
        *count += 1;
        Some(Seat { addresses: Arc::clone(self), address })
    }

    /// Counts an attempt to join.
    ///
    /// # Errors
    /// When the address joins too often.
    pub fn joins(&self, address: IpAddr) -> Result<(), Refusal> {
        self.joins.take(counted(address), 1, clock::now()).map_err(Refusal::TooFast)
    }

    /// Counts a request that was turned away as a stranger's.
    pub fn stranger(&self, address: IpAddr) {
        // Whoever has nothing left is not looked at any more.
        let _ = self.strangers.take(counted(address), 1, clock::now());
    }

    /// Whether a stranger at this address is looked at.
    ///
    /// # Errors
    /// When too many were turned away there.
    pub fn admits(&self, address: IpAddr) -> Result<(), Refusal> {
        self.strangers.look(&counted(address), clock::now()).map_err(Refusal::TooFast)
    }
}

/// Whose request it is: the other end of the connection, or whom a proxy on this machine names as its own.
#[must_use]
pub fn asking(peer: Option<&Peer>, headers: &HeaderMap) -> Option<IpAddr> {
    let Peer(address) = *peer?;
    if !address.is_loopback() {
        return Some(address);
    }
    // The last one is the proxy's word; those before it anybody could have written.
    let named = headers.get_all("x-forwarded-for").iter().next_back().and_then(|value| value.to_str().ok());
    let named = named.and_then(|value| value.rsplit(',').next()).and_then(|text| text.trim().parse().ok());
    Some(named.unwrap_or(address))
}

/// As it is counted: who has one address of version 6 has billions.
fn counted(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(four) => IpAddr::V4(four),
        IpAddr::V6(six) => {
            let [a, b, c, d, ..] = six.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, if six.is_loopback() { 1 } else { 0 }))
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn one_address_has_so_many_connections_and_gives_them_back() {
        let addresses = Arc::new(Addresses::default());
        let one = address("192.0.2.1");
        let mut seats: Vec<Seat> = (0..CONNECTIONS).map(|_| addresses.seat(one).expect("a place")).collect();
        assert!(addresses.seat(one).is_none());
        assert!(addresses.seat(address("::ffff:192.0.2.1")).is_none(), "the same, written otherwise");
        assert!(addresses.seat(address("192.0.2.2")).is_some(), "others have their own");
        seats.pop();
        assert!(addresses.seat(one).is_some());
    }

    #[test]
    fn addresses_of_one_network_of_version_6_count_as_one() {
        let addresses = Addresses::default();
        for n in 0..=STRANGERS.burst {
            addresses.stranger(address(&format!("2001:db8:1:2::{n:x}")));
        }
        assert!(matches!(addresses.admits(address("2001:db8:1:2:ffff::1")), Err(Refusal::TooFast(1..))));
        assert!(addresses.admits(address("2001:db8:1:3::1")).is_ok());
    }

    #[test]
    fn only_a_proxy_on_this_machine_says_for_whom_it_asks() {
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", HeaderValue::from_static("198.51.100.9"));
        headers.append("x-forwarded-for", HeaderValue::from_static("203.0.113.7, 198.51.100.1"));
        let (near, far) = (Peer(address("127.0.0.1")), Peer(address("192.0.2.1")));
        assert_eq!(asking(Some(&near), &headers), Some(address("198.51.100.1")));
        assert_eq!(asking(Some(&far), &headers), Some(address("192.0.2.1")));
        assert_eq!(asking(Some(&near), &HeaderMap::new()), Some(address("127.0.0.1")));
    }
}
