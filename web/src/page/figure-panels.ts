// What stands beside the map and shows its figures: drawn once the map shows them.

import { drawingOf } from '../map/server-drawing';
import { drawSmallMaps } from '../map/small-maps';
import { AreaKeys } from '../panels/area-keys';
import { drawClassing } from '../panels/classing';
import { drawLegend } from '../panels/legend';
import { ProfilePanel } from '../panels/profile';
import { Table } from '../panels/table';
import { Track } from '../panels/track';
import { breaksOf } from '../state/catalog';
import type { Figures } from '../state/figures';
import { SHOWS } from '../state/grammar';
import { byId } from '../ui/dom';
import { pick } from '../words/names';
import { breakdownOf, titleOf } from '../words/readings';
import { announce } from './announce';
import { openArea } from './choices';
import { explain } from './errors';
import type { Navigation } from './navigation';
import type { PageStore } from './page';
import { mark, pointAtRow } from './pointing';
import { haveNextAtHand } from './prefetch';

export class FigurePanels {
  private readonly track: Track;
  private readonly table: Table;
  private readonly keys: AreaKeys;
  private readonly profile: ProfilePanel;

  constructor(
    private readonly store: PageStore,
    private readonly navigation: Navigation,
  ) {
    const figures = () => store.get().figures;
    this.track = new Track(byId('track'), {
      show: (period, playing) => navigation.showPeriod(period, playing),
      stopped: () => announce(store),
    });
    this.table = new Table(byId('table'), (code) => void navigation.toggleArea(code));
    this.keys = new AreaKeys(byId('areas'), figures, {
      point: (row) => pointAtRow(store, row),
      choose: (row) => void navigation.toggleArea(figures()?.areas[row]?.code),
    });
    this.profile = new ProfilePanel(byId('profile'), {
      open: (set, code) => void openArea(store, navigation, set, code),
      indicator: (id) => void navigation.choose('indicator', id),
      clear: () => void navigation.toggleArea(undefined),
    });
    store.subscribe(['drawn'], ({ drawn }) => drawn && this.draw(drawn));
    // A drawing of the server has its size only when it is there, and another one in another window.
    store.subscribe(['rested'], ({ drawn, withoutZoom }) => drawn && withoutZoom && this.legend(drawn));
    addEventListener('resize', () => {
      const { drawn, withoutZoom } = store.get();
      if (drawn && withoutZoom) this.legend(drawn);
    });
  }

  private draw(figures: Figures): void {
    this.titles(figures);
    this.legend(figures);
    mark(this.store, undefined);
    this.keys.hint();
    this.view(figures);
    const { catalog } = this.store.get();
    if (catalog) void this.profile.draw(catalog, figures).catch((error: unknown) => explain(this.store, error));
    this.drawTrack(figures);
    void haveNextAtHand(this.store, figures);
    if (!this.track.playing) announce(this.store);
  }

  private titles(figures: Figures): void {
    const { state, legend } = figures;
    const title = titleOf(figures);
    const set = pick(state.set.name, state.lang, state.set.id);
    document.title = title;
    byId('title').textContent = title;
    byId('unit').textContent = [legend.unit, breakdownOf(state), set].filter(Boolean).join('; ');
  }

  private legend(figures: Figures): void {
    const { state, legend } = figures;
    const { surface } = this.store.get();
    drawLegend(figures, surface?.circleScale() ?? 1, (codes) => this.store.get().surface?.highlight(codes));
    drawClassing(byId('classing'), state, legend, (classing) => void this.navigation.classify(classing));
    byId('classing-box').hidden = state.form === 'symbols' && legend.symbols !== null;
  }

  /** The view that is chosen; the map itself is always drawn. */
  private view(figures: Figures): void {
    const { show } = figures.state;
    for (const kind of SHOWS) byId(`view-${kind}`).hidden = show !== kind;
    if (show === 'table') this.table.draw(figures);
    if (show === 'multiples') void this.smallMaps(figures);
    if (show === 'grid') void this.squares(figures);
  }

  private async squares(figures: Figures): Promise<void> {
    const { drawSquares } = await import('../map/squares');
    if (!this.isShown(figures)) return;
    drawSquares(byId('view-grid'), figures, (code) => void this.navigation.toggleArea(code));
  }

  private async smallMaps(figures: Figures): Promise<void> {
    const drawing = await drawingOf(figures.state, figures.release);
    if (!this.isShown(figures)) return;
    await drawSmallMaps(byId('view-multiples'), drawing, figures, (period) => void this.navigation.choose('period', period));
  }

  private isShown(figures: Figures): boolean {
    return this.store.get().figures === figures;
  }

  private drawTrack(figures: Figures): void {
    const { indicator, set, vintage } = figures.state;
    this.track.draw(figures.state, breaksOf(indicator, set.id, vintage));
  }
}
