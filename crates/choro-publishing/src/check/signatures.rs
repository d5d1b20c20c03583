//! Looks at who has signed what.

use super::finding::{Finding, Level};
use choro_bundle::{self as bundle, Action, Chain, HISTORY, History, SecretKey};
use choro_model::PublicKey;
use std::path::Path;

/// Which releases and lines of the history are not signed, or not with the workspace's keys.
pub(super) fn signatures(key: &Path, folder: &Path) -> Vec<Finding> {
    let warning = |what: String| Finding::new(Level::Warning, "signatures", what);
    let own = match SecretKey::read(key) {
        Ok(Some(key)) => key.public(),
        Ok(None) => {
            let path = key.display();
            return vec![warning(format!(
                "there is no key at {path}, so releases are not signed: choro keys new makes one"
            ))];
        }
        Err(error) => return vec![Finding::new(Level::Error, "signatures", error)],
    };
    let (known, history) = match (Chain::read(folder), History::read(folder)) {
        (Ok(chain), Ok(history)) => (chain.before(own), history),
        // What is wrong with the history is told with the releases.
        (Err(error), _) => return vec![Finding::new(Level::Error, "signatures", error)],
        (_, Err(_)) => return Vec::new(),
    };
    let by = |signer: Option<PublicKey>| match signer {
        None => Some("is not signed".to_owned()),
        Some(signer) if known.contains(&signer) => None,
        Some(signer) => Some(format!("is signed by {signer}, which is no key of this workspace")),
    };
    let wrong = |what: String| warning(format!("{what}: servers with server.trust do not take it"));
    let releases = bundle::list(folder).unwrap_or_default().into_iter().filter_map(|(release, summary)| {
        let why = by(summary.ok()?.signed_by)?;
        Some(wrong(format!("{release} {why}")))
    });
    let lines = (1..).zip(history.events()).filter(|(_, event)| event.action == Action::Rollback);
    let lines = lines.filter_map(|(line, event)| {
        let why = by(event.signer())?;
        Some(wrong(format!("{}:{line} {why}", folder.join(HISTORY).display())))
    });
    let found: Vec<Finding> = releases.chain(lines).collect();
    if found.is_empty() {
        vec![Finding::new(Level::Ok, "signatures", format!("every release is signed by {own}, or by a key before it"))]
    } else {
        found
    }
}
