//! The report as text.

use super::boundary_report::BoundaryReport;
use std::fmt::{self, Write};

/// Lines of one kind that are shown; the JSON has them all.
const SHOWN: usize = 40;

impl BoundaryReport {
    /// The report as text for a terminal: totals first, then every kind of finding.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = self.write(&mut text);
        text
    }

    fn write(&self, out: &mut String) -> fmt::Result {
        writeln!(out, "{} ({}, {})", self.path, self.format, self.crs)?;
        writeln!(out, "{} areas read, {} taken with {} vertices", self.read, self.taken, self.vertices)?;
        if self.filtered > 0 {
            writeln!(out, "{} areas of the file left out by --where", self.filtered)?;
        }
        if let Some((west, east)) = self.longitudes {
            writeln!(out, "longitudes {west:.3} to {east:.3}")?;
        }
        list(out, "rejected", &self.rejected, |r| {
            let name = r.name.as_deref().map(|name| format!(" {name:?}")).unwrap_or_default();
            let code = r.code.as_deref().map(|code| format!(" {code}")).unwrap_or_default();
            format!("area {}{code}{name}: {}; {}", r.index, r.detail, r.remedy)
        })?;
        list(out, "repaired", &self.repaired, |r| {
            let what = r.problem.text();
            format!("{}: {what}, {} at {:.5} {:.5}: {}", r.code, times(r.count), r.lon, r.lat, r.mended)
        })?;
        list(out, "area before and after", &self.remeasured, |r| {
            format!("{}: {:.3} km2 before, {:.3} after", r.code, r.before_km2, r.after_km2)
        })?;
        if self.tied > 0 {
            writeln!(out, "{} vertices of neighbours on straight edges became vertices of these", self.tied)?;
        }
        list(out, "texts cut off by the width of their column", &self.cut_texts, |cut| {
            format!("{}: {} {:?}", cut.code, cut.field, cut.text)
        })?;
        list(out, "united", &self.united, |united| {
            let differing = match united.differing.as_slice() {
                [] => String::new(),
                others => format!("; the first is taken, others say {}", others.join(", ")),
            };
            format!("{}: {} areas of the file{differing}", united.code, united.areas)
        })?;
        list(out, "without polygon", &self.without_polygon, |area| match &area.name {
            Some(name) => format!("{} {name:?}", area.code),
            None => area.code.clone(),
        })?;
        list(out, "made whole across the antimeridian", &self.dissolved, Clone::clone)?;
        self.write_seams(out)
    }

    fn write_seams(&self, out: &mut String) -> fmt::Result {
        if self.overlap_pairs + self.overlaps_unmeasured > 0 {
            let rest = match self.overlaps_unmeasured {
                0 => String::new(),
                n => format!(" ({n} more pairs overlap and were not measured)"),
            };
            writeln!(out, "overlaps of the source: {} pairs, {:.4} km2{rest}", self.overlap_pairs, self.overlap_km2.abs())?;
            for o in &self.overlaps {
                writeln!(out, "  {} and {}: {:.6} km2 near {:.5} {:.5}", o.a, o.b, o.km2, o.lon, o.lat)?;
            }
        }
        if self.gap_count > 0 {
            let (count, km2, width) = (self.gap_count, self.gap_km2, self.gap_width_km);
            writeln!(out, "gaps of the source up to {width} km wide: {count}, {km2:.4} km2")?;
            for g in &self.gaps {
                let (km2, width) = (g.km2, g.width_km);
                writeln!(out, "  {km2:.6} km2, {width:.3} km wide, near {:.5} {:.5}", g.lon, g.lat)?;
            }
        }
        Ok(())
    }
}

fn list<T>(out: &mut String, title: &str, items: &[T], line: impl Fn(&T) -> String) -> fmt::Result {
    if items.is_empty() {
        return Ok(());
    }
    writeln!(out, "{title}: {}", items.len())?;
    for item in items.iter().take(SHOWN) {
        writeln!(out, "  {}", line(item))?;
    }
    if items.len() > SHOWN {
        writeln!(out, "  and {} more (all of them in the JSON report)", items.len() - SHOWN)?;
    }
    Ok(())
}

fn times(count: usize) -> String {
    if count == 1 { "once".to_owned() } else { format!("{count} times, first") }
}
