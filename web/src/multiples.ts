// Small maps: one a period, all on the scale of the map. Each is the server's drawing in other colours.

import { series } from './data';
import { h, refill } from './dom';
import { lookOf } from './looks';
import { nameOf, cellText, type Shown } from './reading';
import { vintageOf } from './state';
import { texts } from './texts';

const MOST = 12;

/** Draws the small maps into `box`. `drawing`: the server's SVG of the same set and grid. `choose`: a period. */
export async function drawMultiples(
  box: HTMLElement,
  drawing: SVGSVGElement,
  shown: Shown,
  choose: (period: string) => void,
): Promise<void> {
  const { state, release } = shown;
  const t = texts(state.lang);
  const same = state.periods.filter((period) => vintageOf(state.indicator, state.set.id, period) === state.vintage).slice(-MOST);
  if (state.from) return refill(box);
  const columns = await series(state, release, same);
  const maps = same.map((period, index) => {
    const cells = columns.get(period)?.cells ?? [];
    const svg = drawing.cloneNode(true) as SVGSVGElement;
    svg.removeAttribute('class');
    svg.removeAttribute('aria-label');
    svg.setAttribute('aria-hidden', 'true');
    // The patterns of one drawing serve all: an id stands once on a page.
    for (const part of svg.querySelectorAll(`.selected, .symbols, .inset, title${index > 0 ? ', defs' : ''}`)) part.remove();
    shown.areas.forEach((area, row) => {
      const path = svg.querySelector(`path[data-code="${CSS.escape(area.code)}"]`);
      path?.setAttribute('fill', fillOf(shown, cells[row] ?? 'missing'));
    });
    return h(
      'button',
      { type: 'button', class: 'multiple', 'aria-pressed': String(period === state.period), onclick: () => choose(period) },
      h('span', {}, period),
      svg as unknown as HTMLElement,
      h('span', { class: 'value' }),
    );
  });
  box.onpointermove = (event) => point(event.target as Element);
  box.onpointerleave = () => point(box);
  const point = (target: Element) => {
    const code = target.closest('[data-code]')?.getAttribute('data-code');
    const row = code ? shown.rows.get(code) : undefined;
    for (const path of box.querySelectorAll('.pointed')) path.classList.remove('pointed');
    if (code) for (const path of box.querySelectorAll(`path[data-code="${CSS.escape(code)}"]`)) path.classList.add('pointed');
    maps.forEach((map, index) => {
      const cell = row === undefined ? undefined : columns.get(same[index] as string)?.cells[row];
      (map.lastElementChild as HTMLElement).textContent = row === undefined ? '' : `${nameOf(shown, row)}: ${cellText(shown, cell)}`;
    });
  };
  refill(box, h('p', { class: 'note' }, t.multiplesNote), h('div', { class: 'grid' }, ...maps));
}

/** Colours on small maps: circles would cover them, so counts are coloured too; states keep their hatch. */
function fillOf(shown: Shown, cell: number | string): string {
  const look = lookOf(shown.legend, 'choropleth', cell);
  const pattern = shown.legend.states.find((entry) => entry.state === look.state)?.pattern;
  return pattern ? `url(#choro-${look.state})` : look.fill;
}
