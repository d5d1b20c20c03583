// The page: catalogue -> state -> figures -> map, legend, table, profile.

import { appearanceOf } from './map/appearance';
import { drawingCost } from './map/drawing-cost';
import type { mapSurface } from './map/maplibre-map';
import { drawingOf, keepDrawing } from './map/server-drawing';
import { drawSmallMaps } from './map/small-maps';
import type { Scene, Surface, SurfaceEvents } from './map/surface';
import { actions } from './panels/actions';
import { AreaKeys } from './panels/area-keys';
import { drawClassing } from './panels/classing';
import { drawControls } from './panels/controls';
import { downloads } from './panels/downloads';
import { indicatorFinder } from './panels/find-indicator';
import { placeFinder } from './panels/find-place';
import { drawLegend, markLegend } from './panels/legend';
import { ProfilePanel } from './panels/profile';
import { sourcesOf } from './panels/sources';
import { Table } from './panels/table';
import { Track } from './panels/track';
import type { Catalog } from './state/api';
import { brokenPeriods } from './state/columns';
import { columnOf, columnsOf, type Figures, figuresOf, selectedRow as rowOf } from './state/figures';
import { langOf, type Languages, readState } from './state/read-address';
import { get, Problem } from './state/server';
import { comparablePeriods, sameBorders, type Show, type State } from './state/state';
import { choose as chosen, classify, goToArea } from './state/transitions';
import { pageAddress, pageQuery } from './state/write-address';
import './style.css';
import { byId, button, h, refill } from './ui/dom';
import { firstPaint } from './ui/first-paint';
import { hideTooltip, showTooltip } from './ui/tooltip';
import { pick } from './words/names';
import { breakdownOf, readingOf, sentence, titleOf } from './words/readings';
import { LANGS, texts } from './words/texts';

const languages = (): Languages => ({ known: Object.keys(LANGS), preferred: navigator.languages });
const read = (from: Catalog, next: URLSearchParams) => readState(from, next, languages());

/** What tests may look at; nothing on the page reads it. */
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

let catalog: Catalog;
let state: State;
let shown: Figures | undefined;
let surface: Surface | undefined;
/** What the surface was made for: it is made anew for another. */
let place = '';
let turn = 0;
let idle: () => void = () => undefined;
let ready = new Promise<void>((resolve) => {
  idle = resolve;
});

const query = () => new URLSearchParams(location.search);
const page = byId('page');

window.choro = {
  state: () => state && Object.fromEntries(new URLSearchParams(pageQuery(state))),
  get ready() {
    return ready;
  },
  project: (at) => surface?.project(at),
  valueAt: (x, y) => {
    const code = surface?.areaAt(x, y);
    const row = code === undefined ? undefined : shown?.rows.get(code);
    const value = row === undefined ? undefined : shown?.column.cells[row];
    return code === undefined || value === undefined ? undefined : { code, value };
  },
  counts: drawingCost,
  surface: () => surface,
};

/** In a frame on another site the page stays the whole viewer. */
const full = query().get('mode') === 'full';
/** The release that a link keeps to; none: the current one. */
let pinned = query().get('release');
const addressOf = (of: State) => pageAddress(of, { full, release: pinned ?? undefined });

/** Shows an error in words, or takes it away. */
function fail(words: string | undefined): void {
  const box = byId('error');
  box.hidden = words === undefined;
  box.textContent = words ?? '';
  if (words !== undefined) page.setAttribute('aria-busy', 'false');
}

function explain(error: unknown): void {
  const t = texts(state?.lang ?? langOf(query(), languages()));
  const reason = error instanceof Problem && error.status === 0 ? t.unreachable : error instanceof Error ? error.message : String(error);
  fail(`${t.failed} ${reason}`);
}

/** Says something to those who do not see the page change. */
function say(text: string): void {
  byId('live').textContent = text;
}

/** Goes where the reader chose to go. `push`: as a page of the history; else in place of the one before. */
function go(next: URLSearchParams, push = true): Promise<void> {
  const found = read(catalog, next);
  if (!found) return Promise.resolve();
  if (push) history.pushState(null, '', addressOf(found));
  else history.replaceState(null, '', addressOf(found));
  return show(found);
}

/** Changes one key of the URL; others that no longer fit take their defaults. */
const choose = (key: string, value: string | undefined): Promise<void> => go(chosen(state, key, value));

function select(code: string | undefined): void {
  void choose('area', code === state.area ? undefined : code);
}

const track = new Track(byId('track'), {
  show: (period, playing) => {
    // A film of ten periods is one step of the history, not ten.
    return go(chosen(state, 'period', period), !playing);
  },
  stopped: announce,
});
const table = new Table(byId('table'), select);
const profile = new ProfilePanel(byId('profile'), {
  open,
  indicator: (id) => void choose('indicator', id),
  clear: () => select(undefined),
});
const keys = new AreaKeys(byId('areas'), () => shown, {
  point: (row) => {
    pointAt(row);
    const label = row === undefined ? undefined : shown?.areas[row]?.label;
    const at = label && surface?.project(label);
    if (at && row !== undefined && shown) showTooltip(readingOf(shown, row), at.x, at.y);
    else hideTooltip();
  },
  choose: (row) => select(shown?.areas[row]?.code),
});

/** Marks an area everywhere. */
function pointAt(row: number | undefined): void {
  if (!shown) return;
  const code = row === undefined ? undefined : shown.areas[row]?.code;
  surface?.highlight(code === undefined ? [] : [code]);
  markLegend(shown, row, selectedRow());
  const told = row ?? selectedRow();
  const reading = byId('reading');
  if (told === undefined) return refill(reading, texts(state.lang).hint);
  const { name, value, details } = readingOf(shown, told);
  refill(reading, h('b', {}, value), ` ${name}${details ? `; ${details}` : ''}`);
}

function selectedRow(): number | undefined {
  return shown && rowOf(shown, state);
}

/** Everything that stands beside the map and needs no further answer of the server. */
function describe(): void {
  const { indicator, lang } = state;
  const t = texts(lang);
  document.documentElement.lang = lang;
  byId('skip').textContent = t.table;
  refill(byId('find'), ...indicatorFinder(catalog, state, (id) => void choose('indicator', id)), placeFinder(catalog, state, open));
  drawControls(byId('controls'), catalog, state, (key, value) => void choose(key, value));
  refill(byId('actions'), ...actions(lang, () => shown, say));
  const tab = (kind: Show, text: string) =>
    button(`show-${kind}`, text, () => void choose('show', kind), { 'aria-pressed': String(state.show === kind) });
  refill(
    byId('tabs'),
    tab('map', t.map),
    tab('grid', t.squares),
    tab('table', t.table),
    tab('multiples', t.multiples),
    button('whole', t.wholeMap, () => {
      surface?.whole();
      void choose('at', undefined);
    }),
  );
  byId('about-title').textContent = t.about;
  byId('classing-title').textContent = t.classes;
  byId('choices-title').textContent = t.choices;
  byId('note').textContent = pick(indicator.note, lang, '');
  refill(byId('downloads'), downloads(state, catalog.release));
  refill(byId('source'), ...sourcesOf(state, catalog).flatMap((line, index) => (index ? [h('br'), line] : [line])));
  warn();
}

/** What the reader should know before reading the map. */
function warn(): void {
  const t = texts(state.lang);
  const misleading = state.indicator.kind === 'count' && state.form === 'choropleth' && !state.from;
  const unknown =
    state.area !== undefined && shown?.state.vintage === state.vintage && shown.state.set === state.set && selectedRow() === undefined;
  const strange = unknown ? [...state.strange, `area=${state.area}`] : state.strange;
  refill(
    byId('messages'),
    strange.length > 0 && h('p', { class: 'strange', role: 'status' }, `${t.strange} ${strange.join(', ').slice(0, 300)}`),
    misleading &&
      h(
        'p',
        { id: 'count-warning', class: 'warning' },
        t.countWarning,
        ' ',
        button('use-symbols', t.useSymbols, () => void choose('kind', 'symbols')),
      ),
    byId('no-webgl') ?? false,
  );
}

function open(set: string, code: string): void {
  void go(goToArea(state, set, code)).then(() => {
    const row = selectedRow();
    const area = row === undefined ? undefined : shown?.areas[row];
    if (area) surface?.reveal(area);
    byId('profile-title')?.focus();
  });
}

/** Shows a state. */
async function show(next: State, again = true): Promise<void> {
  turn += 1;
  const mine = turn;
  state = next;
  page.setAttribute('aria-busy', 'true');
  ready = new Promise((resolve) => {
    idle = resolve;
  });
  describe();
  const { release } = catalog;
  try {
    const found = await figuresOf(state, release);
    if (mine !== turn) return;
    fail(undefined);
    shown = found;
    await draw(found);
    if (mine !== turn) return;
    beside(found);
  } catch (error) {
    if (mine !== turn) return;
    if (again && error instanceof Problem && error.status === 410) return load(false);
    // What is still drawn belongs to another selection than the one named beside it.
    surface?.remove();
    surface = undefined;
    place = '';
    refill(byId('legend-entries'));
    explain(error);
  }
}

const events: SurfaceEvents = {
  point(code, x, y) {
    const row = code === undefined ? undefined : shown?.rows.get(code);
    pointAt(row);
    if (row !== undefined && shown) showTooltip(readingOf(shown, row), x, y);
    else hideTooltip();
  },
  choose: (code) => code !== undefined && select(code),
  moved: (at) => {
    state = { ...state, at };
    history.replaceState(null, '', addressOf(state));
  },
  failed: (words) => fail(`${texts(state.lang).failed} ${words}`),
  idle: () => {
    if (!(page.dataset['surface'] === 'svg')) document.querySelector('#map > svg.first-map')?.remove();
    page.setAttribute('aria-busy', 'false');
    idle();
  },
};

/** Draws the map. */
async function draw(now: Figures): Promise<void> {
  const { legend, column, areas, release } = now;
  const looks = column.cells.map((cell) => appearanceOf(legend, state.form, cell));
  const scene: Scene = { state, release, areas, looks, legend };
  const wanted = `${state.set.id} ${state.vintage} ${state.grid.id} ${state.lang} ${release}`;
  if (surface && place === wanted) return surface.show(scene);
  surface?.remove();
  keepDrawing(state);
  surface = await newSurface(scene);
  place = wanted;
}

async function newSurface(scene: Scene): Promise<Surface> {
  const canvas = h('div', { id: 'canvas' });
  try {
    // MapLibre is most of the page's weight: what the server drew is painted first, and read meanwhile.
    await firstPaint();
    const make: typeof mapSurface = (await import('./map/maplibre-map')).mapSurface;
    byId('canvas')?.remove();
    byId('map').append(canvas);
    const made = await make(canvas, scene, events);
    page.dataset['surface'] = 'maplibre';
    return made;
  } catch (error) {
    canvas.remove();
    if (!(error instanceof Error && error.name === 'GPUInitializationError')) throw error;
    page.dataset['surface'] = 'svg';
    if (!byId('no-webgl')) byId('messages').append(h('p', { id: 'no-webgl', class: 'warning' }, texts(state.lang).noWebgl));
    return (await import('./map/svg-map')).svgSurface(byId('map'), scene, events);
  }
}

/** All that stands beside the map and shows its figures. */
function beside(now: Figures): void {
  const { legend, column } = now;
  const title = titleOf(now);
  document.title = title;
  byId('title').textContent = title;
  byId('unit').textContent = [legend.unit, breakdownOf(state), pick(state.set.name, state.lang, state.set.id)].filter(Boolean).join('; ');
  drawLegend(now, (codes) => surface?.highlight(codes));
  drawClassing(byId('classing'), state, legend, (classing) => void go(classify(state, classing)));
  pointAt(undefined);
  keys.hint();
  warn();
  byId('classing-box').hidden = state.form === 'symbols' && legend.symbols !== null;
  for (const kind of ['map', 'grid', 'table', 'multiples'] as const) byId(`view-${kind}`).hidden = state.show !== kind;
  if (state.show === 'table') table.draw(now);
  if (state.show === 'multiples') void multiples(now);
  if (state.show === 'grid') void squares(now);
  void profile.draw(catalog, now).catch(explain);
  track.draw(state, breaksOf(column.statuses.size > 0 ? now : undefined));
  void loadBreaks(now);
  if (!track.playing) announce();
}

async function squares(now: Figures): Promise<void> {
  const { drawSquares } = await import('./map/squares');
  if (shown === now) drawSquares(byId('view-grid'), now, select);
}

async function multiples(now: Figures): Promise<void> {
  const drawing = await drawingOf(now.state);
  if (shown === now) await drawSmallMaps(byId('view-multiples'), drawing, now, (period) => void choose('period', period));
}

/** The periods known to break the series, by selection. */
const breaks = new Map<string, string[]>();
const breakKey = (of: State): string => `${of.set.id} ${of.vintage} ${of.indicator.id} ${JSON.stringify(of.codes)}`;

function breaksOf(now: Figures | undefined): string[] {
  return breaks.get(breakKey(now?.state ?? state)) ?? [];
}

/** Looks for breaks in all periods, and has the next one at hand, once the map is drawn. */
async function loadBreaks(now: Figures): Promise<void> {
  await ready;
  if (shown !== now) return;
  const following = state.periods[state.periods.indexOf(state.period) + 1];
  if (following && sameBorders(state, following)) void columnOf(state, now.release, following).catch(() => undefined);
  if (breaks.has(breakKey(state))) return;
  const columns = await columnsOf(state, now.release, comparablePeriods(state).slice(-60)).catch(() => undefined);
  if (!columns) return;
  const broken = brokenPeriods(columns);
  breaks.set(breakKey(now.state), broken);
  if (shown === now && !track.playing) track.draw(state, broken);
}

/** Tells what the map shows, once it stands still. */
function announce(): void {
  if (!shown) return;
  const row = selectedRow();
  say(row === undefined ? `${titleOf(shown)}. ${shown.legend.summary}` : `${titleOf(shown)}. ${sentence(readingOf(shown, row))}`);
}

/** Reads the catalogue and shows what the URL says. */
async function load(again: boolean): Promise<void> {
  try {
    catalog = await get<Catalog>(pinned ? `/catalog.json?release=${encodeURIComponent(pinned)}` : '/catalog.json');
  } catch (error) {
    if (!pinned || (error instanceof Problem && error.status === 0)) return explain(error);
    // The release is gone: the current one is shown, and the reader is told.
    pinned = null;
    return load(again);
  }
  const found = read(catalog, query());
  if (!found) return fail(texts(langOf(query(), languages())).nothing);
  const gone = query().get('release');
  if (gone && !pinned) found.strange.push(`release=${gone}`);
  // What was not understood stays in the address until the reader goes on.
  if (found.strange.length === 0) history.replaceState(null, '', addressOf(found));
  await show(found, again);
}

addEventListener('popstate', () => {
  const found = catalog && read(catalog, query());
  if (found) void show(found);
});
addEventListener('keydown', (event) => event.key === 'Escape' && hideTooltip());

document.documentElement.classList.add('scripted');
// On a phone the map comes first, and the many choices when they are wanted.
byId<HTMLDetailsElement>('choices').open = matchMedia('(min-width: 48rem)').matches;
byId('skip').addEventListener('click', (event) => {
  event.preventDefault();
  void choose('show', 'table').then(() => byId('table-scroll')?.focus());
});
void load(true);
