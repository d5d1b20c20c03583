// What depends on values, as MapLibre's feature state: set only where an area looks another way than before.

import type { Map as MapLibreMap } from 'maplibre-gl';
import type { Appearance } from './appearance';
import { drawingCost } from './drawing-cost';
import { AREAS, LABELS, SOURCE } from './maplibre-style';

export class FeatureStates {
  /** How each area looks by now, in the order of the areas. */
  private drawn: Appearance[] = [];
  private pointed = new Set<number>();
  private selected: number | undefined;

  constructor(private readonly map: MapLibreMap) {}

  /** Whether nothing has been drawn yet. */
  get isBlank(): boolean {
    return this.drawn.length === 0;
  }

  draw(looks: Appearance[]): void {
    looks.forEach((look, row) => this.paint(row, look, this.drawn[row]));
    this.drawn = looks;
  }

  private paint(row: number, look: Appearance, before: Appearance | undefined): void {
    if (!before || before.fill !== look.fill || before.state !== look.state || before.dotted !== look.dotted) {
      this.set(AREAS, row, { fill: look.fill, state: look.state, dotted: look.dotted });
    }
    // A circle of no size has no colour to speak of.
    if ((before?.radius ?? 0) !== look.radius || (look.radius > 0 && before?.circle !== look.circle)) {
      this.set(LABELS, row, { radius: look.radius, circle: look.circle });
    }
  }

  point(rows: number[]): void {
    const next = new Set(rows);
    for (const row of this.pointed) if (!next.has(row)) this.set(AREAS, row, { pointed: false });
    for (const row of next) if (!this.pointed.has(row)) this.set(AREAS, row, { pointed: true });
    this.pointed = next;
  }

  select(row: number | undefined): void {
    if (row === this.selected) return;
    if (this.selected !== undefined) this.set(AREAS, this.selected, { selected: false });
    if (row !== undefined) this.set(AREAS, row, { selected: true });
    this.selected = row;
  }

  /** Feature ids are the rows of the area table plus 1 (the server's skeleton tiles). */
  private set(sourceLayer: string, row: number, state: Record<string, string | number | boolean>): void {
    drawingCost.featureStates += 1;
    this.map.setFeatureState({ source: SOURCE, sourceLayer, id: row + 1 }, state);
  }
}
