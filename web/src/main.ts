// The page: catalogue -> state -> style and legend -> map.

import type { Map as MapLibreMap, StyleSpecification } from 'maplibre-gl';
import { type Catalog, get, type Legend, Problem } from './api';
import { drawControls } from './controls';
import { clearLegend, drawLegend } from './legend';
import { type MapView, mapView, type Reading } from './map';
import { langOf, legendUrl, pageQuery, read, type State, styleUrl } from './state';
import './style.css';
import { number, pick, texts } from './texts';

declare global {
  interface Window {
    /** The map, for tests. */
    choroMap?: MapLibreMap;
  }
}

const element = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;
const query = () => new URLSearchParams(location.search);

let catalog: Catalog;
let state: State;
let legend: Legend | undefined;
let view: MapView | undefined;
let asked = new AbortController();

function say(id: string, text: string): void {
  element(id).textContent = text;
}

/** Shows an error in words, or takes it away. */
function fail(words: string | undefined): void {
  const box = element('error');
  box.hidden = words === undefined;
  box.textContent = words ?? '';
  if (words !== undefined) element('page').setAttribute('aria-busy', 'false');
}

function explain(error: unknown): void {
  const t = texts(langOf(query()));
  if (error instanceof Error && error.name === 'GPUInitializationError') return fail(t.webgl);
  const reason = error instanceof Problem && error.status === 0 ? t.unreachable : error instanceof Error ? error.message : String(error);
  fail(`${t.failed} ${reason}`);
}

/** Everything that stands beside the map and needs no further answer of the server. */
function describe(): void {
  const { indicator, lang } = state;
  const t = texts(lang);
  const name = pick(indicator.name, lang, indicator.id);
  document.documentElement.lang = lang;
  document.title = `${name}, ${state.period}`;
  say('title', `${name}, ${state.period}`);
  say('unit', pick(indicator.unit.name, lang, indicator.unit.id));
  say('about-title', t.about);
  say('note', pick(indicator.note, lang, ''));
  say('source', `${t.source}: ${indicator.source}. ${t.licence}: ${indicator.licence}.`);
  say('reading', t.hint);
  const facts: [string, string][] = [
    [t.source, indicator.source],
    [t.licence, indicator.licence],
    [t.release, catalog.release],
    [t.vintage, state.vintage],
  ];
  element('facts').replaceChildren(
    ...facts.flatMap(([term, text]) => [Object.assign(document.createElement('dt'), { textContent: term }), Object.assign(document.createElement('dd'), { textContent: text })]),
  );
  drawControls(element('controls'), catalog, state, choose);
}

/** What the pointer is on, in words. */
function tell(reading: Reading | undefined): void {
  if (!reading) return say('reading', texts(state.lang).hint);
  const { indicator, lang } = state;
  const unit = pick(indicator.unit.name, lang, indicator.unit.id);
  const value =
    reading.value === undefined
      ? (legend?.states.find((entry) => entry.state === reading.state)?.label ?? reading.state ?? '')
      : `${number(reading.value, indicator.decimals, lang, indicator.diverging)} ${unit}`;
  say('reading', `${reading.name}: ${value}`);
}

/** Shows the state; `again`: the catalogue may be read anew if its release is gone. */
async function show(again: boolean): Promise<void> {
  asked.abort();
  asked = new AbortController();
  const { signal } = asked;
  element('page').setAttribute('aria-busy', 'true');
  describe();
  try {
    const [style, entries] = await Promise.all([
      get<StyleSpecification>(styleUrl(state, catalog.release), signal),
      get<Legend>(legendUrl(state, catalog.release), signal),
    ]);
    if (signal.aborted) return;
    fail(undefined);
    legend = entries;
    drawLegend(entries, state.lang);
    view ??= mapView(element('map'), texts(state.lang), { read: tell, failed: stumble, idle: settle });
    view.show(style, entries, state.grid, state.set.bounds, `${state.set.id} ${state.grid.id}`);
  } catch (error) {
    if (again && error instanceof Problem && error.status === 410) return load(false);
    if (signal.aborted) return;
    // What is still drawn belongs to another selection than the one named beside it.
    view?.clear();
    clearLegend();
    explain(error);
  }
}

/** Something of the map could not be loaded. */
function stumble(words: string): void {
  fail(`${texts(state.lang).failed} ${words}`);
}

function settle(map: MapLibreMap): void {
  window.choroMap = map;
  element('page').setAttribute('aria-busy', 'false');
}

/** Goes where the reader chose to go, as a page of the history. */
function choose(next: URLSearchParams): void {
  const found = read(catalog, next);
  if (!found) return;
  state = found;
  history.pushState(null, '', `?${pageQuery(state)}`);
  void show(true);
}

/** Reads the catalogue and shows what the URL says. */
async function load(again: boolean): Promise<void> {
  try {
    catalog = await get<Catalog>('/catalog.json');
  } catch (error) {
    return explain(error);
  }
  const found = read(catalog, query());
  if (!found) return fail(texts(langOf(query())).nothing);
  state = found;
  history.replaceState(null, '', `?${pageQuery(state)}`);
  await show(again);
}

addEventListener('popstate', () => {
  const found = catalog && read(catalog, query());
  if (!found) return;
  state = found;
  void show(true);
});

void load(true);
