// What tests may look at; nothing on the page reads it.

import { drawingCost } from '../map/drawing-cost';
import type { Surface } from '../map/surface';
import { pageQuery } from '../state/write-address';
import { atRest, type PageStore } from './page';

interface Hook {
  state(): unknown;
  /** Resolves once the map is drawn. */
  readonly ready: Promise<void>;
  project(place: [number, number]): { x: number; y: number } | undefined;
  valueAt(x: number, y: number): { code: string; value: number | string } | undefined;
  counts: typeof drawingCost;
  surface(): Surface | undefined;
}

declare global {
  interface Window {
    choro: Hook;
  }
}

export function bindTestHook(store: PageStore): void {
  window.choro = {
    state: () => {
      const { state } = store.get();
      return state && Object.fromEntries(new URLSearchParams(pageQuery(state)));
    },
    get ready() {
      return atRest(store);
    },
    project: (at) => store.get().surface?.project(at),
    valueAt: (x, y) => valueAt(store, x, y),
    counts: drawingCost,
    surface: () => store.get().surface,
  };
}

function valueAt(store: PageStore, x: number, y: number): { code: string; value: number | string } | undefined {
  const { surface, figures } = store.get();
  const code = surface?.areaAt(x, y);
  const row = code === undefined ? undefined : figures?.rows.get(code);
  const value = row === undefined ? undefined : figures?.column.cells[row];
  return code === undefined || value === undefined ? undefined : { code, value };
}
