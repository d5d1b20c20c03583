// The slider of periods: one mark a period; the slider of the platform brings the keyboard and touch along.

import { h } from '../ui/dom';
import { periodName } from '../words/period-names';
import { texts } from '../words/texts';
import type { State } from '../state/state';

/** As many letters of names of periods fit below the slider, with the room between them. */
const LETTERS = 42;

/** `breaks`: periods at which the series breaks. `go`: shows a period. */
export function periodSlider({ periods, period, lang }: State, breaks: readonly string[], go: (period: string) => void): HTMLElement {
  const t = texts(lang);
  const names = periods.map((known) => periodName(known, lang));
  const name = periodName(period, lang);
  const slider = h('input', {
    id: 'period',
    type: 'range',
    min: 0,
    max: periods.length - 1,
    step: 1,
    value: periods.indexOf(period),
    'aria-label': t('period'),
    'aria-valuetext': breaks.includes(period) ? `${name}, ${t('series-break')}` : name,
    oninput: () => go(periods[Number(slider.value)] ?? period),
  });
  const most = mostNames(names);
  const broken = (known: string | undefined) => (known !== undefined && breaks.includes(known) ? t('series-break') : undefined);
  const marks = names.map((each, index) => mark(each, hasName(index, names.length, most), broken(periods[index])));
  return h(
    'div',
    { class: 'slider' },
    h('output', { for: 'period', id: 'period-now' }, name),
    slider,
    h('div', { class: 'marks', 'aria-hidden': 'true' }, ...marks),
  );
}

/** How many names fit: six years, or two quarters in words. */
export function mostNames(names: readonly string[]): number {
  return Math.max(1, Math.floor(LETTERS / (3 + Math.max(...names.map((name) => name.length)))));
}

/** Whether a mark has its name below it: the last one has, and others as far as there is room for `most`. */
export function hasName(index: number, count: number, most: number): boolean {
  const every = Math.ceil(count / most);
  const left = count - 1 - index;
  return left === 0 || (index % every === 0 && left >= every);
}

function mark(period: string, named: boolean, broken: string | undefined): HTMLElement {
  const name = h('small', {}, named ? period : '');
  if (broken === undefined) return h('span', { class: 'mark', title: period }, '\u00b7', name);
  return h('span', { class: 'mark break', title: `${period}: ${broken}` }, '\u25b2', name);
}
