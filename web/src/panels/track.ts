// The track of periods: steps, play, breaks in the series.

import type { State } from '../state/state';
import { button, h, refill } from '../ui/dom';
import { periodName } from '../words/period-names';
import { texts } from '../words/texts';
import { periodSlider } from './period-slider';
import { PACES, type Pace, Playback } from './playback';

interface TrackEvents {
  /** Shows a period. `playing`: it will be followed by another at once, so nothing is said aloud. */
  show(period: string, playing: boolean): Promise<void>;
  stopped(): void;
}

export class Track {
  private state: State | undefined;
  private breaks: readonly string[] = [];
  private readonly playback: Playback;

  constructor(
    private readonly box: HTMLElement,
    private readonly events: TrackEvents,
  ) {
    this.playback = new Playback(
      (period) => events.show(period, true),
      () => this.stopped(),
    );
    // What moves by itself must not move unseen, nor under someone who is elsewhere on the page.
    document.addEventListener('visibilitychange', () => document.hidden && this.playback.stop());
    box.addEventListener('focusout', (event) => {
      if (event.relatedTarget instanceof Node && !box.contains(event.relatedTarget)) this.playback.stop();
    });
    document.addEventListener('keydown', (event) => this.press(event));
  }

  get playing(): boolean {
    return this.playback.playing;
  }

  private press(event: KeyboardEvent): void {
    const stops = event.key === 'Escape' || (event.key === ' ' && !(event.target instanceof HTMLButtonElement));
    if (!this.playing || !stops) return;
    event.preventDefault();
    this.playback.stop();
  }

  /** `breaks`: periods at which the series breaks. */
  draw(state: State, breaks: readonly string[]): void {
    this.state = state;
    this.breaks = breaks;
    const t = texts(state.lang);
    refill(
      this.box,
      this.steps(state),
      periodSlider(state, breaks, (period) => this.go(period)),
      this.paceChoice(state),
      // Always there, so that the map does not move when the breaks become known.
      h(
        'p',
        { id: 'breaks' },
        breaks.length > 0 ? t('series-breaks', { periods: breaks.map((period) => periodName(period, state.lang)).join(', ') }) : '',
      ),
    );
  }

  private steps(state: State): HTMLElement {
    const { periods, period, lang } = state;
    const t = texts(lang);
    const at = periods.indexOf(period);
    const step = (id: string, sign: string, label: string, index: number) => {
      const target = index === at ? undefined : periods[index];
      const disabled = target === undefined ? 'true' : undefined;
      return button(id, sign, () => target !== undefined && this.go(target), {
        'aria-label': label,
        title: label,
        'aria-disabled': disabled,
      });
    };
    return h(
      'div',
      { class: 'steps' },
      step('first', '\u00ab', t('first-period'), 0),
      step('previous', '\u2039', t('previous-period'), at - 1),
      this.playButton(state),
      step('next', '\u203a', t('next-period'), at + 1),
      step('last', '\u00bb', t('last-period'), periods.length - 1),
    );
  }

  private playButton({ periods, period, lang }: State): HTMLElement {
    const t = texts(lang);
    const label = this.playing ? t('stop') : t('play');
    const press = () => (this.playing ? this.playback.stop() : this.playback.start(periods, period));
    const props = { 'aria-label': label, title: label, 'aria-pressed': String(this.playing) };
    return button('play', this.playing ? '\u25a0' : '\u25b6', press, props);
  }

  private paceChoice({ lang }: State): HTMLElement {
    const t = texts(lang);
    const onchange = () => {
      this.playback.pace = pace.value as Pace;
    };
    const options = (Object.keys(PACES) as Pace[]).map((key) => h('option', { value: key }, t(`speed-${key}`)));
    const pace = h('select', { id: 'pace', onchange }, ...options);
    pace.value = this.playback.pace;
    return h('div', { class: 'field pace' }, h('label', { for: 'pace' }, t('speed')), pace);
  }

  private go(period: string): void {
    this.playback.stop();
    void this.events.show(period, false);
  }

  private stopped(): void {
    if (this.state) this.draw(this.state, this.breaks);
    this.events.stopped();
  }
}
