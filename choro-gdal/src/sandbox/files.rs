//! Landlock: which files may be read, and which port may be called.
//!
//! Each version of the kernel knows more of what is asked for here; what it does not know yet, `calls` forbids as well, but for
//! the port of a table, which is warned of.
//!
//! | landlock | Linux | walls it adds | before it |
//! |--:|--:|---|---|
//! | 1 | 5.13 | reading, running, making, writing, removing | nothing is read at all |
//! | 2 | 5.19 | moving between folders | denied by 1 |
//! | 3 | 6.2 | truncating | no such call |
//! | 4 | 6.7 | TCP by port | no such call for a file; for a table any address |
//! | 5 | 6.10 | commands to devices | no such call |
//! | 6 | 6.12 | signals, abstract sockets of this machine | no such call, but for a table on a local socket |

use crate::input::{Database, Input};
use anyhow::{Result, bail};
use landlock::{
    ABI, Access as _, AccessFs, AccessNet, LandlockStatus, NetPort, Ruleset, RulesetAttr as _, RulesetCreatedAttr as _,
    RulesetError, RulesetStatus, Scope, path_beneath_rules,
};
use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
};

/// Libraries that are loaded when first needed (plugins, character sets), and the data of GDAL and PROJ.
const SYSTEM: [&str; 10] = [
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/usr/local/lib",
    "/etc/ld.so.cache",
    "/usr/share/gdal",
    "/usr/share/proj",
    "/usr/local/share/gdal",
    "/usr/local/share/proj",
];
/// Variables that name more of them.
const SYSTEM_VARIABLES: [&str; 5] = ["LD_LIBRARY_PATH", "GDAL_DRIVER_PATH", "GDAL_DATA", "PROJ_DATA", "PROJ_LIB"];
/// What libpq asks the system for: the name of its user, and whose certificates are good.
const CLIENT: [&str; 4] = ["/etc/passwd", "/etc/nsswitch.conf", "/etc/ssl", "/usr/share/ca-certificates"];
/// Variables that name a file of libpq's.
const CLIENT_VARIABLES: [&str; 5] = ["PGPASSFILE", "PGSSLROOTCERT", "PGSSLCERT", "PGSSLKEY", "PGSSLCRL"];
/// Files of libpq's in the user's home.
const CLIENT_HOME: [&str; 2] = [".pgpass", ".postgresql"];

/// Leaves only what the source needs; says what this kernel cannot hold.
pub fn close(input: &Input) -> Result<Vec<String>> {
    let system =
        SYSTEM.iter().map(PathBuf::from).chain(SYSTEM_VARIABLES.iter().flat_map(|name| listed(env::var_os(name).as_ref())));
    let reads: Vec<PathBuf> =
        input.reads.iter().cloned().chain(system).chain(input.database.iter().flat_map(|_| client())).collect();
    let ports = input.database.iter().flat_map(|database| database.ports.iter());
    let rules = ports.map(|port| Ok::<_, RulesetError>(NetPort::new(*port, AccessNet::ConnectTcp)));
    let status = Ruleset::default()
        .handle_access(AccessFs::from_all(ABI::V5))?
        .handle_access(AccessNet::from_all(ABI::V4))?
        .scope(Scope::from_all(ABI::V6))?
        .create()?
        .add_rules(path_beneath_rules(reads, AccessFs::ReadFile | AccessFs::ReadDir))?
        .add_rules(rules)?
        .restrict_self()?;
    match (status.ruleset, status.landlock) {
        (RulesetStatus::NotEnforced, _) => bail!("this kernel has no landlock, or it is not switched on"),
        (_, LandlockStatus::Available { effective_abi, .. }) => Ok(missing(effective_abi, input.database.as_ref())),
        (_, other) => bail!("landlock: {other:?}"),
    }
}

fn missing(abi: ABI, database: Option<&Database>) -> Vec<String> {
    match database {
        Some(database) if abi < ABI::V4 && !database.ports.is_empty() => vec![
            "this kernel cannot hold the connection to the port of the database: import tables from servers that you trust; \
             Linux 6.7 can"
                .to_owned(),
        ],
        _ => Vec::new(),
    }
}

/// The folders of a list such as `/opt/gdal/lib:/opt/proj/lib`.
fn listed(variable: Option<&OsString>) -> Vec<PathBuf> {
    variable.into_iter().flat_map(env::split_paths).filter(|path| path.is_absolute()).collect()
}

fn client() -> impl Iterator<Item = PathBuf> {
    let home = env::var_os("HOME").map(PathBuf::from).filter(|home| home.is_absolute());
    let own = home.into_iter().flat_map(|home| CLIENT_HOME.map(|name| home.join(name)));
    let named = CLIENT_VARIABLES.iter().filter_map(env::var_os).map(PathBuf::from);
    CLIENT.iter().map(PathBuf::from).chain(own).chain(named.filter(|path| Path::is_absolute(path)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_paths_of_a_list_count_and_an_old_kernel_is_told_of() {
        assert_eq!(listed(Some(&"/a:b::/c".into())), [PathBuf::from("/a"), PathBuf::from("/c")]);
        let (tcp, local) = (Database { ports: vec![5432], local: false }, Database { ports: vec![], local: true });
        for (abi, database, warnings) in
            [(ABI::V3, Some(&tcp), 1), (ABI::V4, Some(&tcp), 0), (ABI::V3, Some(&local), 0), (ABI::V1, None, 0)]
        {
            assert_eq!(missing(abi, database).len(), warnings, "{abi:?} {database:?}");
        }
    }
}
