// The server's own drawing of the map: on the page before any script, and asked for where it is needed again.

import type { State } from '../state/state';
import { pageQuery } from '../state/write-address';

const key = (state: State, release: string): string => `${state.set.id} ${state.vintage} ${state.grid.id} ${release}`;
let kept: { key: string; svg: SVGSVGElement } | undefined;

/** Remembers the drawing that came with the page. */
export function keepDrawing(state: State, release: string): void {
  const svg = document.querySelector<SVGSVGElement>('#map svg.first-map');
  // A drawing of a part of the set is no drawing of the set.
  if (svg && !state.at && svg.dataset['grid'] === state.grid.id) {
    kept = { key: key(state, release), svg: svg.cloneNode(true) as SVGSVGElement };
  }
}

/** Where the server draws a state as it is in a release: in the current one it may have other borders by now. */
export function drawingAddress(state: State, release: string): string {
  return `/embed?${pageQuery({ ...state, at: undefined, release })}`;
}

/** The drawing of a state as the server makes it of a release. */
export async function freshDrawing(state: State, release: string): Promise<SVGSVGElement> {
  const response = await fetch(drawingAddress(state, release));
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  const svg = new DOMParser().parseFromString(await response.text(), 'text/html').querySelector<SVGSVGElement>('svg.first-map');
  if (!svg) throw new Error('/embed has no map');
  return document.adoptNode(svg);
}

/** A drawing of the state's set in its grid, whatever values it shows. */
export async function drawingOf(state: State, release: string): Promise<SVGSVGElement> {
  if (kept?.key !== key(state, release)) kept = { key: key(state, release), svg: await freshDrawing(state, release) };
  return kept.svg;
}

/** West, north, east and south, in the units of a grid's CRS. */
export type Extent = [number, number, number, number];

/** The extent of all areas: the frame of the server's drawing. */
export async function extentOf(state: State, release: string): Promise<Extent> {
  const svg = await drawingOf(state, release);
  const { width, height } = svg.viewBox.baseVal;
  const [a = 1, b = 0, c = 0] = (svg.dataset['transform'] ?? '').split(',').map(Number);
  return [-b / a, c / a, (width - b) / a, (c - height) / a];
}
