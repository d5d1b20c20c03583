// Telling those who do not see the page what has changed.

import { selectedRow } from '../state/figures';
import { byId } from '../ui/dom';
import { readingOf, sentence, titled } from '../words/readings';
import type { PageStore } from './page';

export function say(text: string): void {
  byId('live').textContent = text;
}

/** Tells what the map shows, once it stands still. */
export function announce(store: PageStore): void {
  const { figures, state } = store.get();
  if (!figures || !state) return;
  const row = selectedRow(figures, state);
  say(titled(figures, row === undefined ? undefined : sentence(readingOf(figures, row))));
}
