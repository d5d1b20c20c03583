// The selected area: where it stands, over time, by breakdown, and what else is known of it.

import type { Catalog, Profile } from '../state/documents';
import { type Figures, selectedRow, seriesOf } from '../state/figures';
import { selectedPlace } from '../state/queries';
import { once, Problem } from '../state/server';
import { button, h, refill } from '../ui/dom';
import { readingOf } from '../words/readings';
import { texts } from '../words/texts';
import { downloads } from './downloads';
import { breakdown } from './profile-breakdown';
import { lacking, otherIndicators, relatives } from './profile-links';
import { overTime } from './profile-over-time';

export interface ProfileEvents {
  /** Goes to an area of another set, or of the same. */
  open(set: string, code: string): void;
  indicator(id: string): void;
  clear(): void;
}

/** Parts that are filled once the server has answered. */
const makeSlots = () => ({
  lacking: h('div', { class: 'note' }),
  line: h('div', {}),
  parts: h('div', {}),
  relatives: h('div', {}),
  others: h('div', {}),
});
type Slots = ReturnType<typeof makeSlots>;

export class ProfilePanel {
  private turn = 0;

  constructor(
    private readonly box: HTMLElement,
    private readonly events: ProfileEvents,
  ) {}

  /** Draws the profile of the selected area; empties the panel where none is selected. */
  async draw(catalog: Catalog, figures: Figures): Promise<void> {
    this.turn += 1;
    const { state } = figures;
    const row = selectedRow(figures, state);
    this.box.hidden = row === undefined;
    if (row === undefined || state.area === undefined) return refill(this.box);
    const slots = makeSlots();
    this.frame(figures, row, slots);
    await this.fill(catalog, figures, row, slots, this.turn);
  }

  /** What is known without asking. */
  private frame(figures: Figures, row: number, slots: Slots): void {
    const t = texts(figures.state.lang);
    const { name, value, details } = readingOf(figures, row);
    refill(
      this.box,
      h('h2', { id: 'profile-title', tabindex: -1 }, name),
      h('p', { class: 'big' }, value),
      h('p', { class: 'note' }, details),
      slots.lacking,
      slots.relatives,
      h('h3', {}, t('over-time')),
      slots.line,
      slots.parts,
      slots.others,
      downloads(figures.state, figures.release),
      button('clear-area', t('clear-selection'), this.events.clear),
    );
  }

  private async fill(catalog: Catalog, figures: Figures, row: number, slots: Slots, turn: number): Promise<void> {
    const { state } = figures;
    const profile = await profileOf(figures).catch(tooLarge);
    if (turn !== this.turn) return;
    if (profile instanceof Problem) refill(slots.others, h('p', { class: 'note' }, profile.message));
    else {
      refill(slots.relatives, relatives(profile, catalog, state, this.events));
      refill(slots.others, otherIndicators(profile, catalog, state, this.events));
    }
    const known = profile instanceof Problem ? undefined : profile;
    const [series, line, parts] = await Promise.all([
      seriesOf(state, figures.release, selectedPlace(state)),
      overTime(figures, row, known),
      breakdown(figures, row),
    ]);
    if (turn !== this.turn) return;
    refill(slots.lacking, lacking(series, known?.children ?? [], state));
    refill(slots.line, line ?? h('p', { class: 'note' }, texts(state.lang)('no-series')));
    refill(slots.parts, ...parts);
  }
}

/**
 * An area may have more values than one answer holds: then the server wants an indicator named. The series that is shown is asked for by
 * itself.
 */
export function tooLarge(error: unknown): Problem {
  if (error instanceof Problem && error.status === 400 && error.parameter === 'indicator') return error;
  throw error;
}

function profileOf({ state, release }: Figures): Promise<Profile> {
  const query = new URLSearchParams({ borders: state.vintage, lang: state.lang, release });
  return once<Profile>(`/areas/${encodeURIComponent(state.set.id)}/${encodeURIComponent(state.area ?? '')}?${query}`);
}
