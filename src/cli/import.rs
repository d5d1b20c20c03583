//! `choro import`.

use super::{
    args,
    dialogue::{self, Ended},
    output::{Busy, print},
};
use anyhow::Context as _;
use choro_intake::{
    boundary::{self, Options},
    join::Verdict,
    statistics::{DoubtKind, propose::Proposal},
};
use choro_model::{CorrespondenceError, Names};
use choro_publishing::{
    BoundaryImport, CorrespondenceImport, CorrespondenceOutcome, ObservationImport, ObservationOutcome, Workbench,
    WorkbenchError,
};
use choro_store::PutOutcome;
use std::process::ExitCode;

/// The report lists problems, and nothing was imported.
const PROBLEMS: u8 = 3;
/// No row of the file found an area, and nothing was imported.
const NOTHING_MATCHED: u8 = 4;
/// The report lists grave doubts that are not accepted, and nothing was imported.
const DOUBTFUL: u8 = 5;

pub async fn boundaries(workbench: &Workbench, args: args::Boundaries) -> anyhow::Result<ExitCode> {
    let mut options = Options::new(args.set, args.vintage, args.code);
    options.names = args.names;
    options.parent = args.parent;
    options.crosswalk = args.crosswalk;
    options.crs = args.crs;
    options.encoding = args.encoding;
    options.layer = args.layer;
    options.filter = args.filter;
    options.unite = args.unite;
    options.source = args.source;
    options.licence = args.licence;
    let how = BoundaryImport {
        options,
        title: Names(args.titles.into_iter().collect()),
        skip_rejects: args.skip_rejects,
        replace: args.replace,
        dry_run: args.report.dry_run,
    };
    let busy = Busy::with(format!("importing {}", boundary::shown(&args.file)));
    let outcome = workbench.import_boundaries(&args.file, &how).await?;
    drop(busy);
    if args.report.json {
        print(&serde_json::to_string_pretty(&outcome.report)?)?;
    } else {
        let end = match outcome.stored {
            Some(PutOutcome::Inserted) => "stored",
            Some(PutOutcome::Replaced) => "stored in place of the former vintage",
            Some(PutOutcome::AlreadyThere) => "unchanged: the same boundaries were there already",
            None if args.report.dry_run => "dry run: nothing was stored",
            None => "nothing was stored: mend the rejected areas, or go on without them by --skip-rejects",
        };
        print(&format!("{}\n{end}", outcome.report.to_text().trim_end()))?;
    }
    let refused = outcome.stored.is_none() && !args.report.dry_run;
    Ok(if refused { ExitCode::from(PROBLEMS) } else { ExitCode::SUCCESS })
}

/// A proposal is nothing imported: it is printed as TOML, what to do as comments, so that all may be saved.
fn proposed(proposal: &Proposal) -> anyhow::Result<ExitCode> {
    print(&proposal.toml)?;
    let mut text =
        "# Nothing was imported: there was no --mapping. Save the above as a file, correct it, and give it.\n".to_owned();
    for open in &proposal.open {
        text += &format!("# To fill in: {open}\n");
    }
    print(&text)?;
    Ok(ExitCode::from(PROBLEMS))
}

pub async fn observations(workbench: &Workbench, args: args::Observations) -> anyhow::Result<ExitCode> {
    let mut how = ObservationImport {
        set: args.set,
        vintage: args.vintage,
        mapping: args.mapping,
        sheet: args.sheet,
        crosswalk: args.crosswalk,
        skip_rejects: args.skip_rejects,
        accept: args.accept,
        dry_run: args.report.dry_run,
    };
    let busy = Busy::with(format!("importing {}", args.file.display()));
    let mut outcome = workbench.import_observations(&args.file, &how).await?;
    drop(busy);
    while let ObservationOutcome::Proposed(proposal) = outcome {
        if args.report.json || !dialogue::is_possible(&proposal) {
            return proposed(&proposal);
        }
        match dialogue::hold(workbench, &args.file, &how, *proposal).await? {
            Ended::Stopped(proposal) => return proposed(&proposal),
            Ended::Written => return Ok(ExitCode::SUCCESS),
            Ended::OtherSheet(name) => how.sheet = Some(name),
            Ended::GoOn(mapping) => how.mapping = Some(mapping),
        }
        outcome = workbench.import_observations(&args.file, &how).await?;
    }
    let (report, stored) = match outcome {
        ObservationOutcome::Proposed(proposal) => return proposed(&proposal),
        ObservationOutcome::Joined { report, stored } => (report, stored),
    };
    if let Some(path) = &args.corrections {
        std::fs::write(path, report.correction_csv()).with_context(|| path.display().to_string())?;
    }
    let verdict = report.verdict(&how.accept, how.skip_rejects);
    if args.report.json {
        print(&serde_json::to_string_pretty(&report)?)?;
    } else {
        let end = match stored {
            Some(s) => format!("stored: {} new, {} changed, {} as before", s.inserted, s.replaced, s.unchanged),
            None => not_stored(&verdict, args.report.dry_run),
        };
        print(&format!("{}\n{end}", report.to_text().trim_end()))?;
    }
    Ok(exit_code(&verdict))
}

/// A dry run ends with the code that the import would end with.
fn exit_code(verdict: &Verdict) -> ExitCode {
    match verdict {
        Verdict::Good => ExitCode::SUCCESS,
        Verdict::Unclean => ExitCode::from(PROBLEMS),
        Verdict::NothingMatched => ExitCode::from(NOTHING_MATCHED),
        Verdict::Doubtful(_) => ExitCode::from(DOUBTFUL),
    }
}

/// Why nothing was stored, and how to go on.
fn not_stored(verdict: &Verdict, is_dry_run: bool) -> String {
    let remedy = match verdict {
        Verdict::Good => String::new(),
        Verdict::NothingMatched => {
            ": no row found an area; is it the right set (--set), and the right column (area.column)? \
             --corrections writes a CSV for unmatched labels"
                .to_owned()
        }
        Verdict::Doubtful(open) => format!(": {}", asked(open)),
        Verdict::Unclean => ": mend what the report lists (--corrections writes a CSV for unmatched labels), or go on \
             without it by --skip-rejects"
            .to_owned(),
    };
    format!("{}nothing was stored{remedy}", if is_dry_run { "dry run: " } else { "" })
}

/// How to go on in spite of doubts.
fn asked(open: &[DoubtKind]) -> String {
    let names = open.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
    let remedy = if open.iter().all(|kind| kind.is_of_a_cut_file()) {
        "the file may be cut off, fetch it again"
    } else {
        "mend what the doubts name"
    };
    format!("{remedy}; or, if it is meant to be so, go on by --accept {names}")
}

pub async fn correspondence(workbench: &Workbench, args: args::Correspondence) -> anyhow::Result<ExitCode> {
    let dry_run = args.report.dry_run;
    let how = CorrespondenceImport { set: args.set, from: args.from, to: args.to, dry_run };
    let outcome = match workbench.import_correspondence(&args.file, &how).await {
        Err(WorkbenchError::Correspondence(CorrespondenceError::Faults(faults))) => {
            let json = serde_json::json!({"faults": faults.list, "stored": false}).to_string();
            print(&if args.report.json { json } else { faults.to_string() })?;
            return Ok(ExitCode::from(PROBLEMS));
        }
        outcome => outcome?,
    };
    if args.report.json {
        let table = &outcome.table;
        let changes: serde_json::Map<_, _> =
            table.counts().into_iter().map(|(change, n)| (change.to_string(), n.into())).collect();
        let object = serde_json::json!({"set": table.set(), "from": table.from(), "to": table.to(), "changes": changes,
            "gone": table.gone(), "new": table.new_areas(), "stored": outcome.stored.is_some()});
        print(&object.to_string())?;
    } else {
        print(&correspondence_text(&outcome))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn correspondence_text(outcome: &CorrespondenceOutcome) -> String {
    let table = &outcome.table;
    let codes = |codes: &[choro_model::AreaCode]| codes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let mut text = format!("{} from {} to {}\n", table.set(), table.from(), table.to());
    for (change, count) in table.counts() {
        text += &format!("{change}: {count} links\n");
    }
    for (what, list) in [("without a successor", table.gone()), ("without a predecessor", table.new_areas())] {
        if !list.is_empty() {
            text += &format!("{what}: {}\n", codes(list));
        }
    }
    text + match outcome.stored {
        Some(PutOutcome::Inserted) => "stored",
        Some(PutOutcome::Replaced) => "stored in place of the former table; releases change with the next publish",
        Some(PutOutcome::AlreadyThere) => "unchanged: the same table was there already",
        None => "dry run: nothing was stored",
    }
}
