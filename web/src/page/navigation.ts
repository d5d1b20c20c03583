// Going from one state to the next: the address changes with it, so that going back goes back.

import { readState } from '../state/read-address';
import type { At, State } from '../state/state';
import { choose, classify, goToArea, stateAfter, toggleArea } from '../state/transitions';
import { languages, query, writeAddress } from './browser';
import { addressOf, type Loader } from './loader';
import type { PageStore } from './page';

export class Navigation {
  constructor(
    private readonly store: PageStore,
    private readonly loader: Loader,
  ) {}

  /** One key of the address gets another value. */
  choose(key: string, value: string | undefined): Promise<void> {
    return this.take((state) => choose(state, key, value));
  }

  /** An area is selected, or no longer. */
  toggleArea(code: string | undefined): Promise<void> {
    return this.take((state) => toggleArea(state, code));
  }

  goToArea(set: string, code: string): Promise<void> {
    return this.take((state) => goToArea(state, set, code));
  }

  classify(classing: Record<string, string>): Promise<void> {
    return this.take((state) => classify(state, classing));
  }

  /** Another period. A film of ten periods is one step of the history, not ten. */
  showPeriod(period: string, playing: boolean): Promise<void> {
    return this.take((state) => choose(state, 'period', period), !playing);
  }

  /** The map was moved by hand: the address follows, the history does not. */
  moved(at: At): void {
    const page = this.store.get();
    if (!page.state) return;
    const state = { ...page.state, at };
    this.store.update({ state });
    writeAddress(addressOf(state));
  }

  /** The reader went back or forth. */
  popped(): void {
    const { catalog } = this.store.get();
    const state = catalog && readState(catalog, query(), languages());
    if (state) void this.loader.show(state);
  }

  /** Takes a step. `push`: as a page of the history; else in place of the one before. */
  private take(step: (state: State) => URLSearchParams, push = true): Promise<void> {
    const page = this.store.get();
    const next = page.catalog && page.state && stateAfter(page.catalog, page.state, step(page.state), languages());
    if (!next) return Promise.resolve();
    writeAddress(addressOf(next), push);
    return this.loader.show(next);
  }
}
