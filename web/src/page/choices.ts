// What stands beside the map and needs no figures: all that can be chosen, and whose figures they are. Drawn at once when
// something is chosen, before the server has answered.

import { actions } from '../panels/actions';
import { drawControls } from '../panels/controls';
import { downloads } from '../panels/downloads';
import { indicatorFinder } from '../panels/find-indicator';
import { placeFinder } from '../panels/find-place';
import { sourcesOf } from '../panels/sources';
import type { Catalog } from '../state/documents';
import type { Lang, Show, State } from '../state/state';
import { byId, button, h, refill } from '../ui/dom';
import { pick } from '../words/names';
import { texts } from '../words/texts';
import { say } from './announce';
import type { Navigation } from './navigation';
import type { PageStore } from './page';

/** Draws all of it whenever something else is chosen. */
export function bindChoices(store: PageStore, navigation: Navigation): void {
  store.subscribe(['turn'], ({ catalog, state }) => {
    if (!catalog || !state) return;
    headings(state.lang);
    finders(catalog, state, store, navigation);
    drawControls(byId('controls'), catalog, state, (key, value) => void navigation.choose(key, value));
    refill(byId('actions'), ...actions(state.lang, () => store.get().figures, say));
    refill(byId('tabs'), ...tabs(state, store, navigation));
    about(catalog, state);
  });
}

function headings(lang: Lang): void {
  const t = texts(lang);
  document.documentElement.lang = lang;
  byId('skip').textContent = t('table');
  byId('about-title').textContent = t('about');
  byId('classing-title').textContent = t('classes');
  byId('choices-title').textContent = t('choices');
}

function finders(catalog: Catalog, state: State, store: PageStore, navigation: Navigation): void {
  const indicators = indicatorFinder(catalog, state, (id) => void navigation.choose('indicator', id));
  const places = placeFinder(catalog, state, (set, code) => void openArea(store, navigation, set, code));
  refill(byId('find'), ...indicators, places);
}

/** Goes to an area, brings it into view and reads its profile. */
export async function openArea(store: PageStore, navigation: Navigation, set: string, code: string): Promise<void> {
  await navigation.goToArea(set, code);
  const { figures, surface } = store.get();
  const area = figures?.areas[figures.rows.get(code) ?? -1];
  if (area) surface?.reveal(area);
  byId('profile-title')?.focus();
}

function tabs({ show, lang }: State, store: PageStore, navigation: Navigation): HTMLElement[] {
  const t = texts(lang);
  const tab = (kind: Show, text: string) =>
    button(`show-${kind}`, text, () => void navigation.choose('show', kind), { 'aria-pressed': String(show === kind) });
  const whole = () => {
    store.get().surface?.whole();
    void navigation.choose('at', undefined);
  };
  return [
    tab('map', t('map')),
    tab('grid', t('squares')),
    tab('table', t('table')),
    tab('multiples', t('small-maps')),
    button('whole', t('whole-map'), whole),
  ];
}

/** Note, files and sources. */
function about(catalog: Catalog, state: State): void {
  byId('note').textContent = pick(state.indicator.note, state.lang, '');
  refill(byId('downloads'), downloads(state, catalog.release));
  refill(byId('source'), ...sourcesOf(state, catalog).flatMap((line, index) => (index ? [h('br'), line] : [line])));
}
