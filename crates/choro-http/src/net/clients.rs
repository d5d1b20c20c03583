//! Who asks. A client is an IPv4 address, or the first 64 bits of an IPv6 one, and has an account for as long as it is owed anything.
//!
//! ```text
//! A opens three connections, and asks for two pictures: connections 3, making 2, spent until now + 2 x 0.1 s
//! B asks for tiles:                                     connections 1, and nothing else is written for it
//! ```
//!
//! The budget is a generic cell rate algorithm (ITU-T I.371): one moment, until which the client has spent. Each answer that has to
//! be made moves it on by its share of a minute; what would move it more than a minute ahead is refused. What is counted here is
//! counted when a connection opens and when something is made, never for a tile.

use super::terms::{MINUTE, SharedTerms, Terms};
use arc_swap::ArcSwap;
use choro_config::Limits;
use std::{
    collections::HashMap,
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

/// Accounts beyond those of open connections: more addresses than these have no budget to remember, 6 MB of them at most.
const ACCOUNTS: usize = 65_536;
/// How often a refused client is told of in the log.
const TOLD_EVERY: Duration = Duration::from_secs(60);

/// What tells clients apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key(IpAddr);

impl Key {
    /// Of an address. A network of IPv6 gives whoever lives in it 2^64 of them.
    pub fn of(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
            address => address,
        })
    }
}

/// As much of the address as the log keeps: enough to find a network, too little to tell a person.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            IpAddr::V4(address) => write!(f, "{}/24", Ipv4Addr::from_bits(address.to_bits() & !0xff)),
            IpAddr::V6(address) => write!(f, "{}/48", Ipv6Addr::from_bits(address.to_bits() & (!0 << 80))),
        }
    }
}

/// The accounts.
#[derive(Debug)]
pub struct Clients {
    accounts: Mutex<HashMap<Key, Arc<Account>>>,
    terms: SharedTerms,
    most: AtomicUsize,
}

impl Clients {
    /// Accounts with these terms.
    #[must_use]
    pub fn new(limits: &Limits) -> Self {
        let terms = Arc::new(ArcSwap::from_pointee(Terms::new(limits)));
        Self { accounts: Mutex::default(), terms, most: AtomicUsize::new(ACCOUNTS + limits.max_connections) }
    }

    /// From here on every account has the terms of these limits.
    pub fn change(&self, limits: &Limits) {
        self.terms.store(Arc::new(Terms::new(limits)));
        self.most.store(ACCOUNTS + limits.max_connections, Relaxed);
    }

    /// The account of an address.
    pub fn account(&self, address: IpAddr) -> Arc<Account> {
        let key = Key::of(address);
        let mut accounts = self.accounts();
        if let Some(account) = accounts.get(&key) {
            return Arc::clone(account);
        }
        let most = self.most.load(Relaxed);
        if accounts.len() >= most {
            make_room(&mut accounts, most, Instant::now());
        }
        let account = Arc::new(Account::new(key, Arc::clone(&self.terms)));
        accounts.insert(key, Arc::clone(&account));
        account
    }

    /// Drops the accounts of those who are owed nothing.
    pub fn forget(&self) {
        let now = Instant::now();
        self.accounts().retain(|_, account| account.is_in_use() || account.debt(now) > Duration::ZERO);
    }

    fn accounts(&self) -> MutexGuard<'_, HashMap<Key, Arc<Account>>> {
        self.accounts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Drops those who are owed nothing, then those who have spent least, until an eighth is free: whoever comes with so many addresses
/// gains nothing by being forgotten, and the work is shared by as many newcomers.
fn make_room(accounts: &mut HashMap<Key, Arc<Account>>, most: usize, now: Instant) {
    let mut debts: Vec<(Duration, Key)> = accounts
        .iter()
        .filter(|(_, account)| !account.is_in_use())
        .map(|(key, account)| (account.debt(now), *key))
        .collect();
    debts.sort_unstable_by_key(|(debt, _)| *debt);
    let eighth = most / 8 + 1;
    for (number, (debt, key)) in debts.into_iter().enumerate() {
        if number < eighth || debt.is_zero() {
            accounts.remove(&key);
        }
    }
}

/// Why something is refused to a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Excess {
    /// As much is being made for it as may be at once.
    AtOnce,
    /// Its budget is spent; it may come again after this time.
    Budget(Duration),
}

/// What is known of one client.
#[derive(Debug)]
pub struct Account {
    /// Whose it is.
    pub key: Key,
    terms: SharedTerms,
    connections: AtomicUsize,
    waiting: AtomicUsize,
    ledger: Mutex<Ledger>,
}

#[derive(Debug, Default)]
struct Ledger {
    making: usize,
    light: usize,
    /// Until when the budget is spent.
    spent: Option<Instant>,
    refused: u64,
    told: Option<Instant>,
}

impl Account {
    fn new(key: Key, terms: SharedTerms) -> Self {
        let (connections, waiting, ledger) = (AtomicUsize::new(0), AtomicUsize::new(0), Mutex::default());
        Self { key, terms, connections, waiting, ledger }
    }

    /// Connections that are open.
    pub fn connections(&self) -> usize {
        self.connections.load(Relaxed)
    }

    /// Whether it has as many as it may.
    pub fn is_full(&self) -> bool {
        self.connections() >= self.terms.load().connections
    }

    /// A connection was opened.
    pub fn opened(&self) {
        self.connections.fetch_add(1, Relaxed);
    }

    /// A connection was closed.
    pub fn closed(&self) {
        self.connections.fetch_sub(1, Relaxed);
    }

    /// A place among its requests that have to wait for something, if there is one.
    pub fn wait(&self) -> Option<Waiting<'_>> {
        let before = self.waiting.fetch_add(1, Relaxed);
        let waiting = Waiting(self);
        (before < self.terms.load().waiting).then_some(waiting)
    }

    /// Makes an answer that costs nothing. What is returned is held for as long as it is being made.
    pub fn take(self: &Arc<Self>) -> Result<Making, Excess> {
        let mut ledger = self.ledger();
        if ledger.light >= self.terms.load().light {
            return Err(Excess::AtOnce);
        }
        ledger.light += 1;
        drop(ledger);
        Ok(Making { account: Arc::clone(self), is_light: true })
    }

    /// Pays for an answer that has to be made. Returns a place among those that are being made.
    pub fn pay(self: &Arc<Self>, now: Instant) -> Result<Making, Excess> {
        let terms = self.terms.load();
        let mut ledger = self.ledger();
        if ledger.making >= terms.making {
            return Err(Excess::AtOnce);
        }
        let spent = ledger.spent.map_or(now, |spent| spent.max(now)) + terms.price;
        match (spent - now).checked_sub(MINUTE) {
            None | Some(Duration::ZERO) => {}
            Some(over) => return Err(Excess::Budget(over)),
        }
        ledger.spent = Some(spent);
        ledger.making += 1;
        drop(ledger);
        Ok(Making { account: Arc::clone(self), is_light: false })
    }

    /// Counts a refusal. How many there were, when it is time to tell of them.
    pub fn refused(&self, now: Instant) -> Option<u64> {
        let mut ledger = self.ledger();
        ledger.refused += 1;
        if ledger.told.is_some_and(|told| now.saturating_duration_since(told) < TOLD_EVERY) {
            return None;
        }
        ledger.told = Some(now);
        Some(std::mem::take(&mut ledger.refused))
    }

    /// Whether anybody beside the table holds it: a connection, a request, something that is being made.
    fn is_in_use(self: &Arc<Self>) -> bool {
        Arc::strong_count(self) > 1
    }

    /// How far ahead its budget is spent.
    fn debt(&self, now: Instant) -> Duration {
        self.ledger().spent.map_or(Duration::ZERO, |spent| spent.saturating_duration_since(now))
    }

    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Something that is being made for a client.
#[derive(Debug)]
pub struct Making {
    account: Arc<Account>,
    is_light: bool,
}

impl Drop for Making {
    fn drop(&mut self) {
        let mut ledger = self.account.ledger();
        let count = if self.is_light { &mut ledger.light } else { &mut ledger.making };
        *count -= 1;
    }
}

/// A request of a client that waits.
#[derive(Debug)]
pub struct Waiting<'a>(&'a Account);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::terms::LIGHT;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_client_is_an_address_or_a_network_of_64_bits_and_the_log_keeps_less_of_it() {
        for (one, other, same, logged) in [
            ("192.0.2.7", "192.0.2.7", true, "192.0.2.0/24"),
            ("192.0.2.7", "192.0.2.8", false, "192.0.2.0/24"),
            ("192.0.2.7", "::ffff:192.0.2.7", true, "192.0.2.0/24"),
            ("2001:db8:1:2:3::4", "2001:db8:1:2:ffff::", true, "2001:db8:1::/48"),
            ("2001:db8:1:2::", "2001:db8:1:3::", false, "2001:db8:1::/48"),
            ("::1", "::2", true, "::/48"),
        ] {
            let key = Key::of(address(one));
            assert_eq!((key == Key::of(address(other)), key.to_string()), (same, logged.to_owned()), "{one} {other}");
        }
    }

    #[test]
    fn a_minutes_worth_may_come_at_once_and_then_as_fast_as_it_comes_back() {
        // A letter is an event: Pay, paid and done; Excess; a digit lets as many seconds pass. Three in a minute: one in 20 s.
        for events in ["PPPE", "PPP9E99P", "PPP999P9E9P", "PPPEEEE999PE", "P999PP9PE", "PPPE999P99PE"] {
            let account = Clients::new(&Limits { costly_per_minute: 3, ..Limits::default() }).account(address("192.0.2.1"));
            let mut now = Instant::now();
            for (at, event) in events.char_indices() {
                match event.to_digit(10) {
                    Some(seconds) => now += Duration::from_secs(seconds.into()),
                    None => assert_eq!(account.pay(now).is_ok(), event == 'P', "{events} at {at}"),
                }
            }
        }
    }

    #[test]
    fn what_is_over_the_budget_says_when_to_come_again() {
        let account = Clients::new(&Limits { costly_per_minute: 60, ..Limits::default() }).account(address("192.0.2.1"));
        let now = Instant::now();
        (0..60).for_each(|_| drop(account.pay(now).unwrap()));
        assert_eq!(account.pay(now).unwrap_err(), Excess::Budget(Duration::from_secs(1)));
        assert_eq!(account.debt(now), MINUTE);
        drop(account.pay(now + Duration::from_secs(1)).unwrap());
    }

    #[test]
    fn what_is_made_at_once_is_limited_until_it_is_done_and_costs_others_nothing() {
        let clients = Clients::new(&Limits { max_costly_per_client: 2, ..Limits::default() });
        let (a, b) = (clients.account(address("192.0.2.1")), clients.account(address("192.0.2.2")));
        let now = Instant::now();
        let two = (a.pay(now).unwrap(), a.pay(now).unwrap());
        assert_eq!(a.pay(now).unwrap_err(), Excess::AtOnce);
        assert!(b.pay(now).is_ok());
        drop(two);
        assert!(a.pay(now).is_ok());
        // What costs nothing has places of its own, and more of them.
        let light: Vec<_> = (0..2 * LIGHT).map(|_| a.take().unwrap()).collect();
        assert_eq!(a.take().unwrap_err(), Excess::AtOnce);
        assert!(a.pay(now).is_ok() && b.take().is_ok());
        drop(light);
        assert!(a.take().is_ok());
    }

    #[test]
    fn as_many_of_a_clients_requests_wait_as_the_limit_allows_and_a_place_comes_back() {
        let clients = Clients::new(&Limits { max_waiting_per_client: 2, ..Limits::default() });
        let a = clients.account(address("192.0.2.1"));
        let two = (a.wait(), a.wait());
        assert!(two.0.is_some() && two.1.is_some() && a.wait().is_none());
        drop(two);
        assert!(a.wait().is_some());
    }

    #[test]
    fn new_terms_hold_for_clients_that_are_known_already() {
        let clients = Clients::new(&Limits { max_waiting_per_client: 1, max_costly_per_client: 1, ..Limits::default() });
        let a = clients.account(address("192.0.2.1"));
        let (_waiting, _making) = (a.wait(), a.pay(Instant::now()).unwrap());
        assert!(a.wait().is_none() && a.pay(Instant::now()).is_err());
        clients.change(&Limits::default());
        assert!(a.wait().is_some() && a.pay(Instant::now()).is_ok());
    }

    #[test]
    fn refusals_are_told_once_a_minute_with_their_number() {
        let account = Clients::new(&Limits::default()).account(address("192.0.2.1"));
        let now = Instant::now();
        let after = |seconds| account.refused(now + Duration::from_secs(seconds));
        assert_eq!([0, 1, 59, 60, 61, 180].map(after), [Some(1), None, None, Some(3), None, Some(2)]);
    }

    #[test]
    fn accounts_are_forgotten_when_nothing_is_owed_and_their_number_has_an_end() {
        let clients = Clients::new(&Limits::default());
        let kept = clients.account(address("192.0.2.1"));
        drop(clients.account(address("192.0.2.2")).pay(Instant::now()).unwrap());
        clients.account(address("192.0.2.3"));
        clients.forget();
        assert_eq!(clients.accounts().len(), 2, "one is held, one has spent");
        clients.most.store(100, Relaxed);
        for number in 0..10_000_u32 {
            let account = clients.account(Ipv4Addr::from_bits(number << 8).into());
            drop(account.pay(Instant::now()).unwrap());
        }
        let accounts = clients.accounts();
        assert!(accounts.len() <= 100 && accounts.contains_key(&kept.key), "{}", accounts.len());
    }
}
