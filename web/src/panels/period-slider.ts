// The slider of periods: one mark a period; the slider of the platform brings the keyboard and touch along.

import { h } from '../ui/dom';
import { texts } from '../words/texts';
import type { State } from '../state/state';

/** As many names of periods fit below the slider. */
const NAMES = 6;

/** `breaks`: periods at which the series breaks. `go`: shows a period. */
export function periodSlider({ periods, period, lang }: State, breaks: readonly string[], go: (period: string) => void): HTMLElement {
  const t = texts(lang);
  const slider = h('input', {
    id: 'period',
    type: 'range',
    min: 0,
    max: periods.length - 1,
    step: 1,
    value: periods.indexOf(period),
    'aria-label': t('period'),
    'aria-valuetext': breaks.includes(period) ? `${period}, ${t('series-break')}` : period,
    oninput: () => go(periods[Number(slider.value)] ?? period),
  });
  const named = (index: number) => hasName(index, periods.length);
  const marks = periods.map((name, index) => mark(name, named(index), breaks.includes(name) ? t('series-break') : undefined));
  return h(
    'div',
    { class: 'slider' },
    h('output', { for: 'period', id: 'period-now' }, period),
    slider,
    h('div', { class: 'marks', 'aria-hidden': 'true' }, ...marks),
  );
}

/** Whether a mark has its name below it: the last one has, and others as far as there is room. */
export function hasName(index: number, count: number): boolean {
  const every = Math.ceil(count / NAMES);
  const left = count - 1 - index;
  return left === 0 || (index % every === 0 && left >= every);
}

function mark(period: string, named: boolean, broken: string | undefined): HTMLElement {
  const name = h('small', {}, named ? period : '');
  if (broken === undefined) return h('span', { class: 'mark', title: period }, '\u00b7', name);
  return h('span', { class: 'mark break', title: `${period}: ${broken}` }, '\u25b2', name);
}
