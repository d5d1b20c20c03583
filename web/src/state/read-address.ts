// From an address to a state. What the address leaves out, or what does not exist, takes its default.

import type { BoundarySet, Catalog, Grid, Indicator } from './documents';
import { combinationsOf, isComparable, nearest } from './combinations';
import { coversOf, gridsOf, indicatorsOf, periodsOf, setOf, usualGrid, vintageOf } from './catalog';
import { CLASSES, FARTHEST, FORMS, METHODS, MOST_BREAKS, PALETTES, PARAMETERS, SCOPES, SHOWS } from './grammar';
import { numbersOf, oneOf, QueryReader } from './query-reader';
import type { At, Form, Lang, State } from './state';

/** What can be chosen, and what the reader's browser would choose. */
export interface Languages {
  known: readonly Lang[];
  /** Tags, the dearest first. */
  preferred: readonly string[];
}

/** The language of the URL, else of the browser, else English. */
export function langOf(query: URLSearchParams, { known, preferred }: Languages): Lang {
  for (const tag of [query.get('lang') ?? '', ...preferred]) {
    const lang = lookUp(tag, known);
    if (lang !== undefined) return lang;
  }
  return 'en';
}

/** The language that a tag leads to: without its last part, and so on (RFC 4647, 3.4); else one that begins with the tag. */
function lookUp(tag: string, known: readonly Lang[]): Lang | undefined {
  const parts = tag.toLowerCase().split('-');
  for (let count = parts.length; count > 0; count -= 1) {
    const range = parts.slice(0, count).join('-');
    const lang = known.find((lang) => lang.toLowerCase() === range);
    if (lang !== undefined) return lang;
  }
  return tag === '' ? undefined : known.find((lang) => lang.toLowerCase().startsWith(`${tag.toLowerCase()}-`));
}

/** The state that a query means; `undefined`: there is nothing to show. */
export function readState(catalog: Catalog, query: URLSearchParams, languages: Languages): State | undefined {
  const reader = new QueryReader(query, PARAMETERS);
  const indicators = indicatorsOf(catalog);
  const indicator = reader.take('indicator', (id) => indicators.find((known) => known.id === id)) ?? indicators[0];
  const place = indicator && readPlace(reader, catalog, indicator);
  if (!indicator || !place) return undefined;
  const codes = readCodes(reader, indicator, place);
  const vintage = vintageOf(indicator, place.set.id, place.period);
  const lang = reader.take('lang', (tag) => lookUp(tag, languages.known)) ?? langOf(query, languages);
  const comparable = (text: string) => isComparable(indicator, place.set.id, text, { period: place.period, codes });
  const from = reader.take('from', (text) => place.periods.find((period) => period === text && comparable(text)));
  const release = readRelease(catalog, query);
  return { indicator, ...place, vintage, codes, lang, from, ...readLooks(reader, indicator), release, strange: reader.strange() };
}

/** The release that the query names, if it is the one that the catalogue is of: another one could not be had. */
function readRelease(catalog: Catalog, query: URLSearchParams): string | undefined {
  return query.get('release') === catalog.release ? catalog.release : undefined;
}

interface Place {
  set: BoundarySet;
  grid: Grid;
  periods: string[];
  period: string;
}

/** Where and when. */
function readPlace(reader: QueryReader, catalog: Catalog, indicator: Indicator): Place | undefined {
  const covers = coversOf(catalog, indicator);
  const cover = reader.take('set', (id) => covers.find((known) => known.id === id)) ?? covers[0];
  const set = cover && setOf(catalog, cover.id);
  if (!set) return undefined;
  const periods = periodsOf(indicator, set.id);
  const period = reader.take('period', oneOf(periods)) ?? periods.at(-1);
  const grid = reader.take('grid', (id) => gridsOf(catalog, set).find((known) => known.id === id)) ?? usualGrid(catalog, set);
  return period && grid ? { set, grid, periods, period } : undefined;
}

/** A code for each dimension; where none is chosen the total, or the first that has values. */
function readCodes(reader: QueryReader, indicator: Indicator, { set, period }: Place): Record<string, string> {
  const asked = Object.fromEntries(
    indicator.dimensions.map(({ id, code_list }) => [id, reader.take(id, oneOf(code_list.items.map((item) => item.code)))]),
  );
  const codes = nearest(indicator, combinationsOf(indicator, set.id, period), asked);
  for (const [id, code] of Object.entries(asked)) if (code !== undefined && code !== codes[id]) reader.refuse(id, code);
  return codes;
}

/** How it looks. */
function readLooks(reader: QueryReader, indicator: Indicator): Pick<State, 'classing' | 'form' | 'area' | 'at' | 'show'> {
  const usual: Form = indicator.kind === 'count' ? 'symbols' : 'choropleth';
  return {
    classing: readClassing(reader),
    form: reader.take('kind', oneOf(FORMS)) ?? usual,
    area: reader.take('area', (code) => code),
    at: reader.take('at', readAt),
    show: reader.take('show', oneOf(SHOWS)) ?? SHOWS[0],
  };
}

function readClassing(reader: QueryReader): Record<string, string> {
  const found: [string, string | undefined][] = [
    ['method', reader.take('method', oneOf(METHODS))],
    ['classes', reader.take('classes', readClasses)],
    ['breaks', reader.take('breaks', readBreaks)],
    ['scope', reader.take('scope', oneOf(SCOPES))],
    ['palette', reader.take('palette', oneOf(PALETTES))],
  ];
  const given = found.filter((pair): pair is [string, string] => pair[1] !== undefined);
  const manual = given.some(([key, text]) => key === 'method' && text === 'manual');
  if (manual === given.some(([key]) => key === 'breaks')) return Object.fromEntries(given);
  // Breaks belong to one method; a link that has only half of them shows the usual classes.
  const half = ([key]: [string, string]) => key === 'method' || key === 'breaks';
  for (const [key, text] of given.filter(half)) reader.refuse(key, text);
  return Object.fromEntries(given.filter((pair) => !half(pair)));
}

/** One digit within the limits. */
function readClasses(text: string): string | undefined {
  return /^\d$/.test(text) && Number(text) >= CLASSES.least && Number(text) <= CLASSES.most ? text : undefined;
}

/** Numbers that ascend, without a plus sign. */
function readBreaks(text: string): string | undefined {
  const breaks = text.includes('+') ? undefined : numbersOf(text);
  const ascend = breaks?.every((number, i) => i === 0 || number > (breaks[i - 1] as number));
  return breaks && ascend && breaks.length <= MOST_BREAKS ? text : undefined;
}

function readAt(text: string): At | undefined {
  const [lon, lat, zoom, more] = numbersOf(text) ?? [];
  const within = (n: number | undefined, least: number, most: number): n is number => n !== undefined && n >= least && n <= most;
  const { lon: east, lat: north, zoom: closest } = FARTHEST;
  const there = within(lon, -east, east) && within(lat, -north, north) && within(zoom, 0, closest);
  return more === undefined && there ? [lon, lat, zoom] : undefined;
}
