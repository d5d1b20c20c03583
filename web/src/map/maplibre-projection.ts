// Grids other than Web Mercator in MapLibre: `addProjection` is experimental, so it has one user.

import { addProjection } from 'maplibre-gl';
import type { Grid } from '../state/documents';
import { definitionOf, projectionOf } from './projection';

const registered = new Set<string>();

/** The name of a grid's projection in a style, made known to MapLibre; undefined for Web Mercator, which needs none. */
export function registerProjection(grid: Grid): string | undefined {
  if (grid.id === 'WebMercatorQuad') return undefined;
  const name = `choro:${grid.id}`;
  if (!registered.has(grid.id)) {
    addProjection({
      name,
      definition: definitionOf(grid),
      projection: projectionOf(grid),
      tileMatrixSet: { origin: grid.corner, extentAtZoom0: grid.side },
    });
    registered.add(grid.id);
  }
  return name;
}
