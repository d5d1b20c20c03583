//! The table of ratios. Each ratio is computed within a round, and the median of the rounds is shown.

use crate::{
    Plan, ROUNDS, Sample,
    case::{Case, Server, Tiles},
    common::{load::Load, median, sets::Areas},
};
use choro_model::Encoding;

/// How many times the processor time of a seen selection a never-seen one may take.
const SEEN_TARGET: f64 = 1.3;

/// A case and for each round what the server and the bare one did.
pub type Row<'a> = (&'a Plan, &'a Vec<[Sample; 2]>);

pub fn print(rows: &[Row<'_>]) {
    println!("\nProcessor time of a server for a request beside that of a bare axum handler which returns the same bytes;");
    println!("medians of {ROUNDS} rounds, latencies in ms of 16 connections that share the processor with the servers.\n");
    println!("| areas, tiles | requests | bytes | µs | µs bare | ratio | target | requests/s, p50, p99 | bare |");
    println!("|---|---|--:|--:|--:|--:|--:|--:|--:|");
    rows.iter().for_each(line);
    println!("\n| never-seen against seen selection, mean tiles, gzip | ratio | target |");
    println!("|---|--:|--:|");
    for areas in [Areas::Subjects, Areas::Counties] {
        let ratio = against_seen(rows, areas);
        if ratio.is_finite() {
            println!("| {} | {ratio:.2} | {SEEN_TARGET} |", areas.id());
        }
    }
}

fn line((plan, rounds): &Row<'_>) {
    let Case { name, areas, tiles, target, .. } = plan.case;
    let cpu = [0, 1].map(|server| median(rounds.iter().map(|round| round[server].cpu)));
    let ratio = median(rounds.iter().map(|[server, bare]| server.cpu / bare.cpu));
    let client = [0, 1].map(|server| {
        let of = |figure: fn(&Load) -> f64| median(rounds.iter().map(|round| figure(&round[server].load)));
        let rate = of(Load::per_second);
        format!("{rate:.0}, {:.2}, {:.2}", of(|load| load.quantile(0.5)), of(|load| load.quantile(0.99)))
    });
    let (areas, target) = (areas.id(), target.map_or_else(String::new, |target| target.to_string()));
    let (bytes, [own, bare], [ours, theirs]) = (plan.bytes, cpu, client);
    println!("| {areas}, {tiles:?} | {name} | {bytes} | {own:.1} | {bare:.1} | {ratio:.2} | {target} | {ours} | {theirs} |");
}

/// The never-seen selections of a set, all patterns of gaps together, by its seen ones.
fn against_seen(rows: &[Row<'_>], areas: Areas) -> f64 {
    let plain = |case: &Case| {
        let mine = case.areas == areas && case.tiles == Tiles::Mean && case.encoding == Encoding::Mvt;
        mine && case.coding == "gzip" && case.server == Server::Choro("stored")
    };
    let mean = |round: usize, wanted: &dyn Fn(&Case) -> bool| {
        let cpu: Vec<f64> = rows
            .iter()
            .filter(|(plan, _)| plain(plan.case) && wanted(plan.case))
            .map(|(_, rounds)| rounds[round][0].cpu)
            .collect();
        cpu.iter().sum::<f64>() / cpu.len() as f64
    };
    let ratio = |round| mean(round, &|case: &Case| case.target.is_some()) / mean(round, &|case: &Case| case.seen);
    median((0..ROUNDS).map(ratio))
}
