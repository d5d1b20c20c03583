// What a choice of classes means for the URL.

/** The parameters of a classification that differ from the usual ones, as they stand in the URL. */
export type Classing = Record<string, string>;

/** Parameters that get another value; undefined takes one away. */
export type Changes = Record<string, string | undefined>;

export const METHODS = ['quantile', 'equal', 'ckmeans', 'manual'] as const;
export type Method = (typeof METHODS)[number];

/** The usual choices are left out of the URL. */
const USUAL: Classing = { method: 'quantile', classes: '5', scope: 'all' };

/** As many own breaks as make the most classes. */
const MOST_BREAKS = 8;

/** A classification with changes. */
export function withChanges(classing: Classing, changes: Changes): Classing {
  const next = Object.entries({ ...classing, ...changes });
  return Object.fromEntries(next.filter((pair): pair is [string, string] => pair[1] !== undefined && USUAL[pair[0]] !== pair[1]));
}

/** What changes when a method is chosen. Own breaks begin with those on the map, so that there is something to change. */
export function startOf(method: string, breaks: number[]): Changes {
  if (method === 'manual') return { method, breaks: breaks.slice(0, MOST_BREAKS).join(','), classes: undefined };
  return { method, breaks: undefined };
}
