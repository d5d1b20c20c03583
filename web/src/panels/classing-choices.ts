// What a choice of classes means for the URL.

import { CLASSES, METHODS, MOST_BREAKS, SCOPES } from '../state/grammar';

/** The parameters of a classification that differ from the usual ones, as they stand in the URL. */
export type Classing = Record<string, string>;

/** Parameters that get another value; undefined takes one away. */
export type Changes = Record<string, string | undefined>;

export type Method = (typeof METHODS)[number];

/** The usual choices are left out of the URL. */
export const USUAL = { method: METHODS[0], classes: String(CLASSES.usual), scope: SCOPES[0] };

/** A classification with changes. */
export function withChanges(classing: Classing, changes: Changes): Classing {
  const next = Object.entries({ ...classing, ...changes });
  const usual: Classing = USUAL;
  return Object.fromEntries(next.filter((pair): pair is [string, string] => pair[1] !== undefined && usual[pair[0]] !== pair[1]));
}

/** Breaks as they stand in the URL, where a plus sign is none: 1e21, not 1e+21. */
export function breaksText(breaks: readonly number[]): string {
  return breaks.map((value) => String(value).replace('+', '')).join(',');
}

/** What changes when a method is chosen. Own breaks begin with those on the map, so that there is something to change. */
export function startOf(method: string, breaks: number[]): Changes {
  if (method === 'manual') return { method, breaks: breaksText(breaks.slice(0, MOST_BREAKS)), classes: undefined };
  return { method, breaks: undefined };
}
