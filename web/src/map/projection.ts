// From longitude and latitude to the units of a grid, by proj4.

import proj4 from 'proj4';
import type { Grid } from '../state/documents';

/** Between longitude and latitude, and the units of a grid's CRS. */
export interface Projection {
  forward(place: number[]): number[];
  inverse(point: number[]): number[];
}

/** A grid's PROJ string. proj4js takes a false easting that is left out for NaN in some projections, where PROJ takes it for 0. */
export function definitionOf(grid: Grid): string {
  return ['+x_0', '+y_0'].reduce((text, key) => (text.includes(`${key}=`) ? text : `${text} ${key}=0`), grid.crs);
}

/** The projection of a grid, from longitude and latitude to the units of its CRS. */
export function projectionOf(grid: Grid): Projection {
  return proj4('EPSG:4326', definitionOf(grid));
}
