// The page: catalogue -> state -> figures -> map, legend, table, profile. This file wires; web/README.md says how the rooms lie.

import { bindChoices } from './page/choices';
import { query } from './page/browser';
import { bindErrors } from './page/errors';
import { FigurePanels } from './page/figure-panels';
import { Loader } from './page/loader';
import { bindMessages } from './page/messages';
import { Navigation } from './page/navigation';
import { pageStore } from './page/page';
import { pointAtCode } from './page/pointing';
import { Stage } from './page/stage';
import { bindTestHook } from './page/test-hook';
import './style.css';
import { byId } from './ui/dom';
import { hideTooltip } from './ui/tooltip';

const store = pageStore(query().get('release') || undefined);
const stage = new Stage(store, {
  point: (code, x, y) => pointAtCode(store, code, x, y),
  choose: (code) => code !== undefined && void navigation.toggleArea(code),
  moved: (at) => navigation.moved(at),
});
const loader = new Loader(store, stage);
const navigation = new Navigation(store, loader);

bindTestHook(store);
bindErrors(store);
bindChoices(store, navigation);
bindMessages(store, navigation);
new FigurePanels(store, navigation);

addEventListener('popstate', () => navigation.popped());
addEventListener('keydown', (event) => event.key === 'Escape' && hideTooltip());
byId('skip').addEventListener('click', async (event) => {
  event.preventDefault();
  await navigation.choose('show', 'table');
  byId('table-scroll')?.focus();
});

document.documentElement.classList.add('scripted');
// On a phone the map comes first, and the many choices when they are wanted.
byId<HTMLDetailsElement>('choices').open = matchMedia('(min-width: 48rem)').matches;
void loader.load();
