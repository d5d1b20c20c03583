// Where the map stands: made anew for another set, grid, language or release, else told what changes.

import { appearanceOf } from '../map/appearance';
import { keepDrawing } from '../map/server-drawing';
import type { Scene, Surface, SurfaceEvents } from '../map/surface';
import { isUnreliable } from '../state/columns';
import type { Figures } from '../state/figures';
import { byId, h } from '../ui/dom';
import { firstPaint } from '../ui/first-paint';
import { texts } from '../words/texts';
import { hasNoOrigin } from './browser';
import type { Page, PageStore } from './page';

/** What the reader does on the map. */
export type ReaderEvents = Pick<SurfaceEvents, 'point' | 'choose' | 'moved'>;

export class Stage {
  private readonly events: SurfaceEvents;
  /** How often the map was taken away: what was being made before that is not wanted any more. */
  private cleared = 0;

  constructor(
    private readonly store: PageStore,
    events: ReaderEvents,
  ) {
    this.events = { ...events, failed: (words) => this.failed(words), idle: () => this.rest() };
  }

  /** Draws the map. */
  async draw(figures: Figures): Promise<void> {
    const { state, release, areas, legend, column } = figures;
    const looks = column.cells.map((cell, row) => appearanceOf(legend, state.form, cell, isUnreliable(column, row)));
    const scene: Scene = { state, release, areas, looks, legend };
    const place = `${state.set.id} ${state.vintage} ${state.grid.id} ${state.lang} ${release}`;
    const { surface, place: before } = this.store.get();
    if (surface && before === place) return surface.show(scene);
    this.clear();
    keepDrawing(state, release);
    const { cleared } = this;
    const made = await this.make(scene);
    if (cleared !== this.cleared) return made.remove();
    this.store.update({ surface: made, place });
  }

  /** Takes the map away. */
  clear(): void {
    this.cleared += 1;
    this.store.get().surface?.remove();
    this.store.update({ surface: undefined, place: '' });
  }

  private async make(scene: Scene): Promise<Surface> {
    // MapLibre draws in workers, and a page without an origin has none to take their script from.
    if (hasNoOrigin()) return this.makeWithoutZoom(scene, 'no-workers');
    const canvas = h('div', { id: 'canvas' });
    try {
      // MapLibre is most of the page's weight: what the server drew is painted first, and read meanwhile.
      await firstPaint();
      const { mapSurface } = await import('../map/maplibre-map');
      byId('canvas')?.remove();
      byId('map').append(canvas);
      const made = await mapSurface(canvas, scene, this.events);
      byId('page').dataset['surface'] = 'maplibre';
      return made;
    } catch (error) {
      canvas.remove();
      if (!(error instanceof Error && error.name === 'GPUInitializationError')) throw error;
      return this.makeWithoutZoom(scene, 'no-webgl');
    }
  }

  /** The server's drawing, which needs neither. */
  private async makeWithoutZoom(scene: Scene, withoutZoom: Page['withoutZoom']): Promise<Surface> {
    byId('page').dataset['surface'] = 'svg';
    this.store.update({ withoutZoom });
    return (await import('../map/svg-map')).svgSurface(byId('map'), scene, this.events);
  }

  private failed(words: string): void {
    const { state } = this.store.get();
    this.store.update({ error: `${texts(state?.lang ?? 'en')('failed')} ${words}`, busy: false });
  }

  private rest(): void {
    // MapLibre has drawn over the server's picture by now.
    if (byId('page').dataset['surface'] !== 'svg') document.querySelector('#map > svg.first-map')?.remove();
    this.store.update({ busy: false, rested: this.store.get().turn });
  }
}
