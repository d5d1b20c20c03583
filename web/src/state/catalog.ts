// Questions to the catalogue: which indicator has values where, when, and in which grids.

import type { BoundarySet, Catalog, Grid, Indicator } from './documents';
import { EQUAL_AREA } from './grammar';
import { comparePeriods } from './periods';

/** Where an indicator has values on borders that are known. */
export function coversOf(catalog: Catalog, indicator: Indicator): Indicator['boundary_sets'] {
  return indicator.boundary_sets.filter((s) => setOf(catalog, s.id) && s.periods.length > 0);
}

/** The indicators that can be shown. */
export function indicatorsOf(catalog: Catalog): Indicator[] {
  return catalog.indicators.filter((indicator) => coversOf(catalog, indicator).length > 0);
}

/** All periods of an indicator in a set, in order, whichever borders they are on. */
export function periodsOf(indicator: Indicator, set: string): string[] {
  return [...new Set(indicator.boundary_sets.filter((s) => s.id === set).flatMap((s) => s.periods))].sort(comparePeriods);
}

/** The borders that a period is shown on; empty where there is none. */
export function vintageOf(indicator: Indicator, set: string, period: string): string {
  return indicator.boundary_sets.find((s) => s.id === set && s.periods.includes(period))?.vintage ?? '';
}

/** The periods at which the series of an indicator breaks, for some area and some codes, on some borders. */
export function breaksOf(indicator: Indicator, set: string, vintage: string): readonly string[] {
  return indicator.boundary_sets.find((s) => s.id === set && s.vintage === vintage)?.breaks ?? [];
}

export function setOf(catalog: Catalog, id: string): BoundarySet | undefined {
  return catalog.boundary_sets.find((set) => set.id === id);
}

export function gridsOf(catalog: Catalog, set: BoundarySet): Grid[] {
  return catalog.grids.filter((grid) => set.grids.includes(grid.id));
}

/** A grid of equal areas, since a choropleth compares areas; else the first. */
export function usualGrid(catalog: Catalog, set: BoundarySet): Grid | undefined {
  const grids = gridsOf(catalog, set);
  return grids.find(equalArea) ?? grids[0];
}

/** Whether areas on the map are to one another as they are on the earth. */
export function equalArea(grid: Grid): boolean {
  const words = grid.crs.split(/\s+/);
  return EQUAL_AREA.some((projection) => words.includes(`+proj=${projection}`));
}
