// The selected area: where it stands, over time, by breakdown, and what else is known of it.

import { type Catalog, once, type Profile, type Values } from './api';
import { chart, type Line, type Point } from './chart';
import { series } from './data';
import { button, h, refill } from './dom';
import { cellText, nameOf, readingOf, type Shown } from './reading';
import { coversOf, selection, type State, vintageOf } from './state';
import { number, pick, type Texts, texts } from './texts';

interface ProfileEvents {
  /** Goes to an area of another set, or of the same. */
  open(set: string, code: string): void;
  indicator(id: string): void;
  clear(): void;
}

let turn = 0;

/** Draws the profile of the selected area into `box`; empties it where none is selected. */
export async function drawProfile(box: HTMLElement, catalog: Catalog, shown: Shown, events: ProfileEvents): Promise<void> {
  turn += 1;
  const mine = turn;
  const { state, release, rows } = shown;
  const row = state.area === undefined ? undefined : rows.get(state.area);
  box.hidden = row === undefined;
  if (row === undefined || state.area === undefined) return refill(box);
  const t = texts(state.lang);
  const { name, value, details } = readingOf(shown, row);
  const query = new URLSearchParams({ borders: state.vintage, lang: state.lang, release });
  const slots = { line: h('div', {}), parts: h('div', {}), relatives: h('div', {}), others: h('div', {}) };
  refill(
    box,
    h('h2', { id: 'profile-title', tabindex: -1 }, name),
    h('p', { class: 'big' }, value),
    h('p', { class: 'note' }, details),
    slots.relatives,
    h('h3', {}, t.overTime),
    slots.line,
    slots.parts,
    slots.others,
    downloads(state, release, t),
    button('clear-area', t.clear, events.clear),
  );
  const profile = await once<Profile>(`/areas/${encodeURIComponent(state.set.id)}/${encodeURIComponent(state.area)}?${query}`);
  if (mine !== turn) return;
  refill(slots.relatives, relatives(profile, catalog, state, t, events));
  refill(slots.others, others(profile, state, t, events));
  const [line, parts] = await Promise.all([overTime(shown, row, profile), breakdown(shown, row)]);
  if (mine !== turn) return;
  refill(slots.line, line ?? h('p', { class: 'note' }, t.noSeries));
  refill(slots.parts, ...parts);
}

/** The area's values over time; beside them those of the area above, where they are of the same kind. */
async function overTime(shown: Shown, row: number, profile: Profile): Promise<Node | undefined> {
  const { state, release, areas } = shown;
  const periods = state.periods.filter((period) => vintageOf(state.indicator, state.set.id, period) === state.vintage);
  const columns = await series(state, release, periods);
  const points = periods.map((period): Point => {
    const cell = columns.get(period)?.cells[row];
    const isBreak = columns.get(period)?.statuses.get(row) === 'B';
    return { period, value: typeof cell === 'number' ? cell : undefined, text: cellText(shown, cell), isBreak };
  });
  if (points.every((point) => point.value === undefined)) return undefined;
  const main: Line = { name: nameOf(shown, row), points };
  // Counts of a whole dwarf those of its parts; rates compare.
  const parent = profile.parents[0];
  const comparable = parent && state.indicator.kind !== 'count' && areas.length > 0;
  const other = comparable ? await parentLine(state, release, parent).catch(() => undefined) : undefined;
  const figure = h('figure', {}, chart(main, other, state.period) as unknown as HTMLElement);
  if (other) figure.append(h('figcaption', {}, h('span', { class: 'key' }), main.name, h('span', { class: 'key other' }), other.name));
  return figure;
}

async function parentLine(state: State, release: string, parent: { set: string; code: string; name: string }): Promise<Line | undefined> {
  const covered = state.indicator.boundary_sets.find((cover) => cover.id === parent.set && cover.periods.length > 0);
  if (!covered) return undefined;
  const periods = state.periods.filter((period) => covered.periods.includes(period));
  const query = new URLSearchParams([...selection(state, periods.join(',')), ['release', release]]);
  const values = await once<Values>(`/values/${encodeURIComponent(parent.set)}.json?${query}`);
  const row = values.areas.indexOf(parent.code);
  const value = (index: number) => values.values[index]?.[row] ?? undefined;
  return { name: parent.name, points: periods.map((period, index) => ({ period, value: value(index), text: '', isBreak: false })) };
}

/** Bars of the area's values by each dimension of the indicator. */
async function breakdown(shown: Shown, row: number): Promise<Node[]> {
  const { state, release } = shown;
  if (state.from) return [];
  const bars = state.indicator.dimensions.map(async (dimension) => {
    const items = dimension.code_list.items.filter((item) => item.code !== dimension.total);
    const cells = await Promise.all(
      items.map(async (item) => {
        const part = { ...state, codes: { ...state.codes, [dimension.id]: item.code } };
        const columns = await series(part, release, [state.period]).catch(() => undefined);
        return columns?.get(state.period)?.cells[row];
      }),
    );
    const most = Math.max(...cells.map((cell) => (typeof cell === 'number' ? Math.abs(cell) : 0)));
    if (most === 0 || !Number.isFinite(most)) return [];
    const name = pick(dimension.name, state.lang, dimension.id);
    const list = items.map((item, index) => {
      const cell = cells[index];
      const bar = h('span', { class: typeof cell === 'number' && cell < 0 ? 'bar minus' : 'bar' });
      bar.style.width = `${typeof cell === 'number' ? (100 * Math.abs(cell)) / most : 0}%`;
      return h(
        'li',
        {},
        h('span', {}, pick(item.name, state.lang, item.code)),
        h('span', { class: 'bars', 'aria-hidden': 'true' }, bar),
        h('span', { class: 'number' }, cellText(shown, cell ?? 'missing')),
      );
    });
    return [h('h3', {}, name), h('ul', { class: 'breakdown' }, ...list)];
  });
  return (await Promise.all(bars)).flat();
}

/** The way up, and the areas below. */
function relatives(profile: Profile, catalog: Catalog, state: State, t: Texts, events: ProfileEvents): HTMLElement {
  const covered = new Set(coversOf(catalog, state.indicator).map((cover) => cover.id));
  const link = ({ set, code, name }: Profile['parents'][number]) =>
    covered.has(set) ? h('button', { type: 'button', class: 'link', onclick: () => events.open(set, code) }, name) : h('span', {}, name);
  const up = [...profile.parents].reverse();
  return h(
    'div',
    {},
    up.length > 0 &&
      h('p', { id: 'breadcrumb' }, `${t.within}: `, ...up.flatMap((parent, index) => [index > 0 ? ' \u203a ' : '', link(parent)])),
    profile.children.length > 0 &&
      h(
        'details',
        { id: 'children' },
        h('summary', {}, `${t.parts} (${profile.children.length})`),
        h('ul', {}, ...profile.children.map((child) => h('li', {}, link(child)))),
      ),
  );
}

/** The latest value of each other indicator. */
function others(profile: Profile, state: State, t: Texts, events: ProfileEvents): HTMLElement {
  const rows = profile.indicators
    .filter((known) => known.id !== state.indicator.id)
    .map((known) => {
      const latest = [...known.observations].reverse().find((observation) => typeof observation.value === 'number');
      const value =
        typeof latest?.value === 'number'
          ? `${number(latest.value, known.decimals, state.lang, false)} ${known.unit} (${latest.period})`
          : '\u2026';
      return h(
        'tr',
        {},
        h('th', { scope: 'row' }, h('button', { type: 'button', class: 'link', onclick: () => events.indicator(known.id) }, known.name)),
        h('td', {}, value),
      );
    });
  return h(
    'details',
    { id: 'others' },
    h('summary', {}, `${t.others} (${rows.length})`),
    h('table', {}, h('caption', { class: 'visually-hidden' }, `${t.others}: ${t.latest}`), h('tbody', {}, ...rows)),
  );
}

/** Files of the map's figures. */
export function downloads(state: State, release: string, t: Texts): HTMLElement {
  const set = encodeURIComponent(state.set.id);
  const query = (period: string) => new URLSearchParams([...selection(state, period), ['lang', state.lang], ['release', release]]);
  const same = state.periods.filter((period) => vintageOf(state.indicator, state.set.id, period) === state.vintage).slice(-60);
  const file = (text: string, href: string, name = '') => h('a', { href, download: name }, text);
  const one = query(state.period);
  const links = [
    file(`CSV, ${t.thisMap}`, `/values/${set}.csv?${one}`),
    file(`CSV, ${t.allPeriods}`, `/values/${set}.csv?${query(same.join(','))}`),
    file('GeoJSON', `/areas/${set}.geojson?${one}`, `${state.set.id}.geojson`),
    file('GeoPackage', `/areas/${set}.gpkg?${one}`, `${state.set.id}.gpkg`),
    file('QGIS', `/areas/${set}.qlr?${one}`, `${state.set.id}.qlr`),
  ];
  return h('p', { class: 'downloads' }, `${t.download}: `, ...links.flatMap((link) => [link, ' ']));
}
