// The track of periods: steps, play, breaks in the series.

import { button, h, refill } from './dom';
import type { State } from './state';
import { texts } from './texts';

/** Milliseconds that a period is shown. */
const PACES = { slow: 2400, usual: 1400, fast: 800 };
type Pace = keyof typeof PACES;

interface TrackEvents {
  /** Shows a period. `playing`: it will be followed by another at once, so nothing is said aloud. */
  show(period: string, playing: boolean): Promise<void>;
  stopped(): void;
}

export class Track {
  private state: State | undefined;
  private breaks: string[] = [];
  private pace: Pace = 'usual';
  private timer: number | undefined;

  constructor(
    private readonly box: HTMLElement,
    private readonly events: TrackEvents,
  ) {
    // What moves by itself must not move unseen, nor under someone who is elsewhere on the page.
    document.addEventListener('visibilitychange', () => document.hidden && this.stop());
    box.addEventListener('focusout', (event) => {
      if (event.relatedTarget instanceof Node && !box.contains(event.relatedTarget)) this.stop();
    });
    document.addEventListener('keydown', (event) => {
      if (this.playing && (event.key === 'Escape' || (event.key === ' ' && !(event.target instanceof HTMLButtonElement)))) {
        event.preventDefault();
        this.stop();
      }
    });
  }

  get playing(): boolean {
    return this.timer !== undefined;
  }

  /** `breaks`: periods at which the series breaks. */
  draw(state: State, breaks: string[]): void {
    this.state = state;
    this.breaks = breaks;
    const t = texts(state.lang);
    const { periods, period } = state;
    const at = periods.indexOf(period);
    const step = (id: string, sign: string, label: string, target: number) => {
      const there = target >= 0 && target < periods.length && target !== at;
      return button(id, sign, () => there && this.go(periods[target] as string), {
        'aria-label': label,
        title: label,
        'aria-disabled': there ? undefined : 'true',
      });
    };
    const play = button('play', this.playing ? '\u25a0' : '\u25b6', () => (this.playing ? this.stop() : this.play()), {
      'aria-label': this.playing ? t.pause : t.play,
      title: this.playing ? t.pause : t.play,
      'aria-pressed': String(this.playing),
    });
    const pace = h(
      'select',
      {
        id: 'pace',
        onchange: () => {
          this.pace = pace.value as Pace;
        },
      },
      ...(Object.keys(PACES) as Pace[]).map((key) => h('option', { value: key }, t.speeds[key])),
    );
    pace.value = this.pace;
    refill(
      this.box,
      h(
        'div',
        { class: 'steps' },
        step('first', '\u00ab', t.first, 0),
        step('previous', '\u2039', t.previous, at - 1),
        play,
        step('next', '\u203a', t.next, at + 1),
        step('last', '\u00bb', t.last, periods.length - 1),
      ),
      this.slider(t.period, at),
      h('div', { class: 'field pace' }, h('label', { for: 'pace' }, t.speed), pace),
      // Always there, so that the map does not move when the breaks become known.
      h('p', { id: 'breaks' }, breaks.length > 0 ? t.breaksIn(breaks.join(', ')) : ''),
    );
  }

  /** One mark a period; the slider of the platform brings the keyboard and touch along. */
  private slider(label: string, at: number): HTMLElement {
    const { periods, period, lang } = this.state as State;
    const t = texts(lang);
    const spoken = this.breaks.includes(period) ? `${period}, ${t.break}` : period;
    const slider = h('input', {
      id: 'period',
      type: 'range',
      min: 0,
      max: periods.length - 1,
      step: 1,
      value: at,
      'aria-label': label,
      'aria-valuetext': spoken,
      oninput: () => this.go(periods[Number(slider.value)] as string),
    });
    const mark = (name: string, index: number) => {
      const seldom = Math.ceil(periods.length / 6);
      const last = periods.length - 1;
      const shown = index === last || (index % seldom === 0 && last - index >= seldom);
      const broken = this.breaks.includes(name);
      return h(
        'span',
        { class: broken ? 'mark break' : 'mark', title: broken ? `${name}: ${t.break}` : name },
        broken ? '\u25b2' : '\u00b7',
        h('small', {}, shown ? name : ''),
      );
    };
    return h(
      'div',
      { class: 'slider' },
      h('output', { for: 'period', id: 'period-now' }, period),
      slider,
      h('div', { class: 'marks', 'aria-hidden': 'true' }, ...periods.map(mark)),
    );
  }

  private go(period: string): void {
    this.stop();
    void this.events.show(period, false);
  }

  private play(): void {
    const { periods, period } = this.state as State;
    // At the end it begins anew.
    const next = period === periods.at(-1) ? 0 : periods.indexOf(period) + 1;
    this.timer = window.setTimeout(() => void this.advance(next), 0);
  }

  private async advance(index: number): Promise<void> {
    const { periods } = this.state as State;
    const period = periods[index];
    const turn = this.timer;
    if (period === undefined) return this.stop();
    await this.events.show(period, true);
    if (this.timer !== turn) return;
    this.timer = window.setTimeout(() => void this.advance(index + 1), PACES[this.pace]);
  }

  stop(): void {
    if (!this.playing) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.state) this.draw(this.state, this.breaks);
    this.events.stopped();
  }
}
