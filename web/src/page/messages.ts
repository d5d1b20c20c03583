// What the reader should know before reading the map.

import { coloursMislead, type State } from '../state/state';
import { byId, button, h, refill } from '../ui/dom';
import { nameOf } from '../words/readings';
import { texts } from '../words/texts';
import type { Navigation } from './navigation';
import type { Page, PageStore } from './page';

export function bindMessages(store: PageStore, navigation: Navigation): void {
  store.subscribe(['turn', 'drawn', 'withoutZoom'], (page) => {
    const { state, withoutZoom } = page;
    if (!state) return;
    const t = texts(state.lang);
    const strange = strangeParts(page, state);
    refill(
      byId('messages'),
      strange.length > 0 && h('p', { class: 'strange', role: 'status' }, `${t('not-understood')} ${strange.join(', ').slice(0, 300)}`),
      isMisleading(state) && countWarning(state, navigation),
      ...outsideOf(page, state).map((sentence) => h('p', { class: 'warning' }, sentence)),
      withoutZoom && h('p', { id: withoutZoom, class: 'warning' }, t(withoutZoom)),
    );
  });
}

/** What of the address nobody understood; an area that the set does not have is known only with its figures. */
function strangeParts({ figures }: Readonly<Page>, state: State): string[] {
  const isKnownSet = figures?.state.vintage === state.vintage && figures.state.set === state.set;
  const isUnknown = isKnownSet && state.area !== undefined && !figures.rows.has(state.area);
  return isUnknown ? [...state.strange, `area=${state.area}`] : state.strange;
}

/** How many areas a sentence names. */
const NAMED = 3;

/** The areas that the grid does not hold, or not as a whole. Their names are known with the figures. */
function outsideOf({ figures }: Readonly<Page>, { set, vintage, grid, lang }: State): string[] {
  const outside = set.vintages.find(({ id }) => id === vintage)?.outside?.find((entry) => entry.grid === grid.id);
  if (!outside) return [];
  const t = texts(lang);
  const nameOfCode = (code: string) => {
    const row = figures?.state.vintage === vintage ? figures.rows.get(code) : undefined;
    return figures && row !== undefined ? nameOf(figures, row) : code;
  };
  const namesOf = (first: string[], count: number) => {
    const areas = first.slice(0, NAMED).map(nameOfCode).join(', ');
    return count > NAMED ? t('more-areas', { areas, more: count - NAMED }) : areas;
  };
  const { missing, first_missing, cut, first_cut } = outside;
  return [
    ...(missing > 0 ? [t('outside-missing', { count: missing, areas: namesOf(first_missing, missing) })] : []),
    ...(cut > 0 ? [t('outside-cut', { count: cut, areas: namesOf(first_cut, cut) })] : []),
  ];
}

/** Colours of whole numbers make large areas look important. Small maps say it themselves. */
function isMisleading(state: State): boolean {
  return coloursMislead(state) && state.form === 'choropleth';
}

function countWarning({ lang }: State, navigation: Navigation): HTMLElement {
  const t = texts(lang);
  const useSymbols = button('use-symbols', t('use-circles'), () => void navigation.choose('kind', 'symbols'));
  return h('p', { id: 'count-warning', class: 'warning' }, t('count-warning'), ' ', useSymbols);
}
