// Finding an area: in any set that the indicator has values for, by its name in any language or by its code.

import type { Area, Catalog } from '../state/documents';
import { coversOf, setOf } from '../state/catalog';
import { areasOf } from '../state/figures';
import type { Lang, State } from '../state/state';
import { combobox, type Option } from '../ui/combobox';
import { pick } from '../words/names';
import { type Entry, Index } from '../words/search';
import { texts } from '../words/texts';

const MOST = 12;

/** The box that finds an area. All areas are asked for when somebody begins to look for one. */
export function placeFinder(catalog: Catalog, state: State, choose: (set: string, code: string) => void): HTMLElement {
  const t = texts(state.lang);
  let index: Promise<Index<Option>> | undefined;
  const find = async (text: string) => {
    index ??= placesOf(catalog, state);
    return (await index).find(text, MOST);
  };
  return combobox({
    id: 'find-place',
    label: t('find-place'),
    find,
    choose: (id) => {
      const end = id.indexOf(' ');
      choose(id.slice(0, end), id.slice(end + 1));
    },
    count: (count) => t('found', { count }),
    none: t('nothing-found'),
  });
}

export async function placesOf(catalog: Catalog, state: State): Promise<Index<Option>> {
  const newest = coversOf(catalog, state.indicator).map((cover): [string, string] => [cover.id, cover.vintage]);
  // Whoever goes to an area of the same set stays in the period of the map, and on its borders.
  const vintages = new Map([...newest, [state.set.id, state.vintage]]);
  const sets = [...vintages].map(([set, vintage]) => entriesOf(catalog, state, set, vintage));
  return new Index((await Promise.all(sets)).flat());
}

function namesOf(areas: Area[], lang: Lang): Map<string, string> {
  return new Map(areas.map((area) => [area.code, pick(area.names, lang, area.code)]));
}

/** The areas of the set above, on the borders that belong to a vintage; undefined where the areas above are in the same set. */
export async function areasAbove(catalog: Catalog, set: string, vintage: string): Promise<Area[] | undefined> {
  const entry = setOf(catalog, set);
  const above = entry?.parent_set;
  if (above === undefined) return undefined;
  const borders = entry?.vintages.find((known) => known.id === vintage)?.parent_vintage;
  // Without its borders no name of a parent is known, and none is guessed.
  return borders === undefined ? [] : areasOf(above, borders, catalog.release);
}

/** The areas of a set. */
async function entriesOf(catalog: Catalog, { lang }: State, set: string, vintage: string): Promise<Entry<Option>[]> {
  const areas = await areasOf(set, vintage, catalog.release);
  const names = namesOf(areas, lang);
  const above = await areasAbove(catalog, set, vintage);
  const parents = above ? namesOf(above, lang) : names;
  const setName = pick(setOf(catalog, set)?.name, lang, set);
  return areas.map((area) => {
    const parent = area.parent && parents.get(area.parent);
    const details = [setName, parent, area.code].filter(Boolean).join('; ');
    // A set's id has no space, an area's code may have one.
    const item = { id: `${set} ${area.code}`, label: names.get(area.code) ?? area.code, details };
    const exact = [...Object.values(area.names), area.code];
    return { item, texts: [item.label, ...exact], exact };
  });
}
