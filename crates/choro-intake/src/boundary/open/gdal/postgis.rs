//! A table of a PostGIS database as a source: `postgres://reader@db.example/geo?table=public.regions`.
//!
//! `choro-gdal` gets the connection in the variables that libpq knows, so the password stands neither among its arguments nor
//! in a message. The session is read-only. What the address leaves out, libpq finds itself (`PGPASSWORD`, `~/.pgpass`).

use crate::boundary::error::BoundaryError;
use std::{net::ToSocketAddrs as _, path::Path};
use url::{Url, form_urlencoded};

/// Read-only, and no statement longer than ten minutes.
const SESSION: &str = "-c default_transaction_read_only=on -c statement_timeout=600000";
/// Longest wait for a connection, seconds.
const WAIT: &str = "10";
/// What the part behind `?` may name.
const KEYS: [&str; 3] = ["table", "geometry", "sslmode"];

/// A table and the way to it.
#[derive(Debug, PartialEq, Eq)]
pub struct PostgisTable {
    /// libpq's variables.
    pub variables: Vec<(&'static str, String)>,
    /// `schema.table`, or `schema.table(geometry column)`.
    pub table: String,
}

impl PostgisTable {
    /// The addresses of its host. They are looked up here, since `choro-gdal` within its walls cannot ask a name server. `variable`
    /// gives a variable of the environment, which counts where the source says nothing.
    pub fn addresses(
        &self,
        variable: impl Fn(&str) -> Option<String>,
        place: &str,
    ) -> Result<Vec<(&'static str, String)>, BoundaryError> {
        let said = |name: &str| self.variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
        let given = |name: &str| said(name).or_else(|| variable(name)).filter(|value| !value.is_empty());
        // A list of hosts, the folder of a socket, or an address that is known already is passed on as the operator gave it.
        let looked_up = |host: &String| !host.starts_with(['/', '@']) && !host.contains(',');
        let known = said("PGHOST").is_none() && given("PGHOSTADDR").is_some();
        let Some(host) = given("PGHOST").filter(looked_up).filter(|_| !known) else { return Ok(Vec::new()) };
        let bare = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let found: Vec<_> = (bare.as_str(), 0).to_socket_addrs().map(Iterator::collect).map_err(|error| {
            let what = format!("the host {bare:?} of the database is not found: {error}");
            BoundaryError::Format { path: place.to_owned(), what, expected: "the name or address of a host".to_owned() }
        })?;
        let listed = |text: &dyn Fn(&std::net::SocketAddr) -> String| found.iter().map(text).collect::<Vec<_>>().join(",");
        Ok(vec![("PGHOST", listed(&|_| bare.clone())), ("PGHOSTADDR", listed(&|address| address.ip().to_string()))])
    }
}

/// The address in a source, if it is one of a database.
pub fn address(source: &Path) -> Option<&str> {
    source.to_str().filter(|text| text.starts_with("postgres://") || text.starts_with("postgresql://"))
}

/// How a source is shown: a file by its path, the address of a database without its password.
#[must_use]
pub fn shown(source: &Path) -> String {
    let Some(text) = address(source) else { return source.display().to_string() };
    match Url::parse(text) {
        Ok(mut url) => {
            // Fails only for addresses that have no place for a password.
            let _ = url.set_password(None);
            url.to_string()
        }
        Err(_) => "postgres://..".to_owned(),
    }
}

/// Takes an address apart.
pub fn parse(text: &str, place: &str) -> Result<PostgisTable, BoundaryError> {
    let refuse = |what: String| BoundaryError::Format {
        path: place.to_owned(),
        what,
        expected:
            "postgres://USER@HOST:PORT/DATABASE?table=SCHEMA.TABLE, with geometry=COLUMN where there are several, and \
                   the password there, in PGPASSWORD or in ~/.pgpass"
                .to_owned(),
    };
    let url = Url::parse(text).map_err(|e| refuse(format!("the address of the database: {e}")))?;
    let mut named: [Option<String>; 3] = Default::default();
    for (key, value) in url.query_pairs() {
        let known = KEYS.iter().position(|known| *known == key).and_then(|at| named.get_mut(at));
        let slot = known.ok_or_else(|| refuse(format!("the address has the unknown parameter {key:.40?}")))?;
        if slot.replace(value.into_owned()).is_some() {
            return Err(refuse(format!("the address has the parameter {key:?} twice")));
        }
    }
    let [table, geometry, sslmode] = named;
    let table = table.ok_or_else(|| refuse("the address names no table".to_owned()))?;
    for name in [Some(&table), geometry.as_ref()].into_iter().flatten() {
        if name.is_empty() || name.chars().any(|c| c.is_control() || ",()\"'".contains(c)) {
            return Err(refuse(format!("{name:.80?} is not a name that can be asked for")));
        }
    }
    let table = geometry.map_or(table.clone(), |geometry| format!("{table}({geometry})"));
    let mut variables = vec![("PGOPTIONS", SESSION.to_owned()), ("PGCONNECT_TIMEOUT", WAIT.to_owned())];
    let parts = [
        ("PGHOST", url.host_str().map(decoded)),
        ("PGPORT", url.port().map(|port| port.to_string())),
        ("PGDATABASE", Some(decoded(url.path().trim_start_matches('/')))),
        ("PGUSER", Some(decoded(url.username()))),
        ("PGPASSWORD", url.password().map(decoded)),
        ("PGSSLMODE", sslmode),
    ];
    for (name, value) in parts {
        let Some(value) = value.filter(|value| !value.is_empty()) else { continue };
        if value.contains('\0') {
            return Err(refuse("the address holds a zero byte".to_owned()));
        }
        variables.push((name, value));
    }
    Ok(PostgisTable { variables, table })
}

/// A part of the address without its percent signs.
fn decoded(part: &str) -> String {
    // In a form `+` is a blank, and `&` and `=` divide; in an address they are themselves.
    let form: String = part.replace('+', "%2B").replace('&', "%26").replace('=', "%3D");
    form_urlencoded::parse(form.as_bytes()).next().map_or(String::new(), |(text, _)| text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_becomes_the_variables_of_libpq_and_is_shown_without_its_password() {
        let text =
            "postgres://re%40der:p%3Aa+ss=%26w@db.example:5433/geo?table=public.regions&geometry=geom&sslmode=require";
        let table = parse(text, "x").unwrap();
        assert_eq!(table.table, "public.regions(geom)");
        for expected in [
            ("PGHOST", "db.example"),
            ("PGPORT", "5433"),
            ("PGDATABASE", "geo"),
            ("PGUSER", "re@der"),
            ("PGPASSWORD", "p:a+ss=&w"),
            ("PGSSLMODE", "require"),
        ] {
            assert!(table.variables.iter().any(|(name, value)| (*name, value.as_str()) == expected), "{expected:?}");
        }
        let shown = shown(text.as_ref());
        assert!(shown.contains("re%40der@db.example:5433/geo") && !shown.contains("ss="), "{shown}");
        let socket = parse("postgresql://%2Frun%2Fpg/geo?table=t", "x").unwrap();
        assert!(socket.variables.contains(&("PGHOST", "/run/pg".to_owned())));
    }

    #[test]
    fn a_host_is_looked_up_before_the_walls_stand() {
        let addresses = |text: &str, environment: &[(&str, &str)]| {
            let variable = |name: &str| environment.iter().find(|(known, _)| *known == name).map(|(_, v)| (*v).to_owned());
            parse(text, "x").unwrap().addresses(variable, "x").map_err(|error| error.to_string())
        };
        let expected = |host: &str, address: &str| Ok(vec![("PGHOST", host.to_owned()), ("PGHOSTADDR", address.to_owned())]);
        assert_eq!(addresses("postgres://127.0.0.1/geo?table=t", &[]), expected("127.0.0.1", "127.0.0.1"));
        assert_eq!(addresses("postgres://[::1]/geo?table=t", &[]), expected("::1", "::1"));
        assert_eq!(addresses("postgres:///geo?table=t", &[("PGHOST", "127.0.0.2")]), expected("127.0.0.2", "127.0.0.2"));
        let named = addresses("postgres://localhost/geo?table=t", &[]).unwrap();
        assert_eq!(named[0].1.matches("localhost").count(), named[1].1.split(',').count());
        for (text, environment) in [
            ("postgres:///geo?table=t", &[][..]),
            ("postgres://%2Frun%2Fpg/geo?table=t", &[]),
            ("postgres:///geo?table=t", &[("PGHOST", "db.example"), ("PGHOSTADDR", "10.0.0.1")]),
        ] {
            assert_eq!(addresses(text, environment), Ok(vec![]), "{text}");
        }
        let absent = addresses("postgres://db.invalid/geo?table=t", &[]).unwrap_err();
        assert!(absent.contains("\"db.invalid\" of the database is not found"), "{absent}");
    }

    #[test]
    fn an_address_with_a_fault_is_refused_without_its_password() {
        for (rest, word) in [
            ("h/geo", "no table"),
            ("h/geo?table=a&table=b", "twice"),
            ("h/geo?table=a&options=-c%20x", "unknown parameter \"options\""),
            ("h/geo?table=a,b", "\"a,b\""),
            ("h/geo?table=a(b)", "\"a(b)\""),
            ("h:99999/geo?table=a", "port"),
        ] {
            let text = format!("postgres://u:hush@{rest}");
            let message = parse(&text, &shown(text.as_ref())).unwrap_err().to_string();
            assert!(message.contains(word) && !message.contains("hush"), "{message}");
        }
        assert_eq!(address("a/postgres://b".as_ref()), None);
    }
}
