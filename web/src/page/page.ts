// Everything that the page knows at one moment.

import type { Surface } from '../map/surface';
import type { Catalog } from '../state/documents';
import type { Figures } from '../state/figures';
import type { State } from '../state/state';
import { Store } from '../state/store';

export interface Page {
  /** The release that a link keeps to; undefined: the current one. */
  pinned: string | undefined;
  catalog: Catalog | undefined;
  /** What the reader has chosen. */
  state: State | undefined;
  /** Number of the choice. An answer to an earlier one comes too late and is dropped. */
  turn: number;
  /** What the server answered. */
  figures: Figures | undefined;
  /** Those figures, once the map shows them. */
  drawn: Figures | undefined;
  surface: Surface | undefined;
  /** What the surface was made for: it is made anew for another. */
  place: string;
  /** Number of the last choice whose map has come to rest. */
  rested: number;
  /** Undefined: nothing has been asked for yet. */
  busy: boolean | undefined;
  /** An error in words. */
  error: string | undefined;
  /** Why the map has no zoom, as the message that says so; undefined: it has. */
  withoutZoom: 'no-webgl' | 'no-workers' | undefined;
}

export type PageStore = Store<Page>;

/** The store of a page that has loaded nothing yet. */
export function pageStore(pinned: string | undefined): PageStore {
  return new Store<Page>({
    pinned,
    catalog: undefined,
    state: undefined,
    turn: 0,
    figures: undefined,
    drawn: undefined,
    surface: undefined,
    place: '',
    rested: -1,
    busy: undefined,
    error: undefined,
    withoutZoom: undefined,
  });
}

/** Resolves once the map of the last choice has come to rest. */
export function atRest(store: PageStore): Promise<void> {
  return store.until(['rested'], ({ rested, turn }) => rested === turn);
}
