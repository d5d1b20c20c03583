// What the page asks of a map, whoever draws it: MapLibre, or the server's SVG where there is no WebGL 2.

import type { Area, Legend } from '../state/documents';
import type { At, State } from '../state/state';
import type { Appearance } from './appearance';

/** What is on the map. Looks stand in the order of the areas. */
export interface Scene {
  state: State;
  release: string;
  areas: Area[];
  looks: Appearance[];
  legend: Legend;
}

export interface SurfaceEvents {
  /** The pointer is on an area, at a place of the page, or on none. */
  point(code: string | undefined, x: number, y: number): void;
  /** An area was chosen, or the ground beside all of them. */
  choose(code: string | undefined): void;
  /** The map was moved by hand. */
  moved(at: At): void;
  /** Something could not be loaded or drawn. */
  failed(words: string): void;
  /** All is drawn. */
  idle(): void;
}

export interface Surface {
  show(scene: Scene): void;
  /** Marks the areas that are pointed at by other means than the pointer: by keyboard, or all those of a class. */
  highlight(codes: readonly string[]): void;
  /** Brings an area into view. */
  reveal(area: Area): void;
  /** Brings all of the set into view. */
  whole(): void;
  /** Pixels of the window for a place on the earth. */
  project(place: [number, number]): { x: number; y: number } | undefined;
  /** Code of the area at pixels of the window. */
  areaAt(x: number, y: number): string | undefined;
  /** Pixels of the window for each CSS pixel of a circle of the legend. */
  circleScale(): number;
  remove(): void;
}
