// Errors, in words.

import { langOf } from '../state/read-address';
import { Problem } from '../state/server';
import { byId } from '../ui/dom';
import { texts } from '../words/texts';
import { languages, query } from './browser';
import type { PageStore } from './page';

/** Shows that something failed, and why. */
export function explain(store: PageStore, error: unknown): void {
  const t = textsOf(store);
  const unreachable = error instanceof Problem && error.status === 0;
  const reason = unreachable ? t('unreachable') : error instanceof Error ? error.message : String(error);
  fail(store, `${t('failed')} ${reason}`);
}

/** Shows that there is nothing to show. */
export function sayNothing(store: PageStore): void {
  fail(store, textsOf(store)('nothing-to-show'));
}

function textsOf(store: PageStore) {
  return texts(store.get().state?.lang ?? langOf(query(), languages()));
}

function fail(store: PageStore, error: string): void {
  store.update({ error, busy: false });
}

/** Keeps the box of errors, and whether the page is at work, as the store has it. */
export function bindErrors(store: PageStore): void {
  store.subscribe(['error'], ({ error }) => {
    const box = byId('error');
    box.hidden = error === undefined;
    box.textContent = error ?? '';
  });
  store.subscribe(['busy'], ({ busy }) => byId('page').setAttribute('aria-busy', String(busy)));
}
