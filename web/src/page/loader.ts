// From the address to the catalogue, and from a state to its figures.

import type { Catalog } from '../state/documents';
import { figuresOf } from '../state/figures';
import { withoutForeign } from '../state/foreign';
import { readState } from '../state/read-address';
import { get, Problem } from '../state/server';
import type { State } from '../state/state';
import { pageAddress } from '../state/write-address';
import { byId, refill } from '../ui/dom';
import { languages, query, writeAddress } from './browser';
import { explain, sayNothing } from './errors';
import type { PageStore } from './page';
import type { Stage } from './stage';

/** The address of a state; a frame stays the whole viewer. */
export function addressOf(state: State): string {
  return pageAddress(state, query().get('mode') === 'full');
}

export class Loader {
  constructor(
    private readonly store: PageStore,
    private readonly stage: Stage,
  ) {}

  /** Reads the catalogue and shows what the address says. `again`: whether a release that is gone may be asked for once more. */
  async load(again = true): Promise<void> {
    const catalog = await this.catalog();
    if (!catalog) return;
    this.store.update({ catalog });
    const state = readState(catalog, query(), languages());
    if (!state) return sayNothing(this.store);
    const page = this.store.get();
    const gone = query().get('release');
    if (gone && page.pinned === undefined) state.strange.push(`release=${gone}`);
    // What was not understood stays in the address until the reader goes on; what is foreign does not.
    const isUnderstood = state.strange.length === 0;
    writeAddress(isUnderstood ? addressOf(state) : withoutForeign(location.href));
    await this.show(state, again);
  }

  private async catalog(): Promise<Catalog | undefined> {
    const { pinned } = this.store.get();
    try {
      return await get<Catalog>(pinned === undefined ? '/catalog.json' : `/catalog.json?release=${encodeURIComponent(pinned)}`);
    } catch (error) {
      const isGone = pinned !== undefined && !(error instanceof Problem && error.status === 0);
      if (!isGone) return void explain(this.store, error);
      // The current release is shown instead, and the reader is told.
      this.store.update({ pinned: undefined });
      return this.catalog();
    }
  }

  /** Shows a state; resolves once it is on the page, or another one was chosen meanwhile. */
  async show(state: State, again = true): Promise<void> {
    const { store } = this;
    const turn = store.get().turn + 1;
    const isStale = () => store.get().turn !== turn;
    const { catalog } = store.get();
    if (!catalog) return;
    store.update({ turn, state, busy: true });
    try {
      const figures = await figuresOf(state, catalog.release);
      if (isStale()) return;
      store.update({ error: undefined, figures });
      await this.stage.draw(figures);
      if (!isStale()) store.update({ drawn: figures });
    } catch (error) {
      if (!isStale()) await this.fail(error, again);
    }
  }

  private async fail(error: unknown, again: boolean): Promise<void> {
    if (again && error instanceof Problem && error.status === 410) return this.load(false);
    // What is still drawn belongs to another selection than the one named beside it.
    this.stage.clear();
    refill(byId('legend-entries'));
    explain(this.store, error);
  }
}
