// A line over time as SVG: it prints, it scales, and each value has a name.

import { s } from '../ui/dom';

export interface Point {
  period: string;
  /** What the period is called. */
  name: string;
  value: number | undefined;
  /** The value in words with what is to be known of it, or why there is none. */
  text: string;
  isBreak: boolean;
  /** Whether something is to be known of the value. */
  isMarked: boolean;
}

export interface Line {
  name: string;
  points: Point[];
}

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP] = [320, 140, 8, 20, 12];
/** Pixels between two points from which on each has a dot of its own. */
const ROOM = 8;
/** The most names of periods below the line, and how many periods each name needs at least. */
const [NAMES, PERIODS_OF_NAME] = [4, 3];
/** Pixels of a letter, about, and between two names. */
const [LETTER, SPACE] = [6, 6];

/** One line, with a second, fainter one to compare. `current`: the period on the map; `words`: the chart for those who do not see it. */
export function chart(main: Line, other: Line | undefined, current: string, words: string): SVGSVGElement {
  const periods = main.points.map((point) => point.period);
  const values = [main, other].flatMap((line) => line?.points.flatMap((point) => point.value ?? []) ?? []);
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const step = (WIDTH - 2 * LEFT) / Math.max(1, periods.length - 1);
  const x = (period: string) => LEFT + step * Math.max(0, periods.indexOf(period));
  const y = (value: number) => TOP + ((HEIGHT - TOP - BOTTOM) * (high - value)) / (high - low || 1);
  return s(
    'svg',
    { class: 'chart', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': words },
    s('line', { class: 'axis', x1: LEFT, x2: WIDTH - LEFT, y1: y(0), y2: y(0) }),
    ...main.points
      .filter((point) => point.isBreak)
      .map((point) => s('line', { class: 'break', x1: x(point.period), x2: x(point.period), y1: TOP, y2: HEIGHT - BOTTOM })),
    periods.includes(current) && s('line', { class: 'now', x1: x(current), x2: x(current), y1: TOP, y2: HEIGHT - BOTTOM }),
    other && s('path', { class: 'other', d: path(other.points, x, y) }),
    s('path', { class: 'main', d: path(main.points, x, y) }),
    ...main.points.flatMap((point) => mark(point, x(point.period), y, step)),
    ...namedAt(main.points.map((point) => point.name)).map((index) => name(main.points, index, x)),
  );
}

/** A dot, or where there is no room for one, a strip that has the name of the value. */
function mark(point: Point, x: number, y: (value: number) => number, step: number): SVGElement[] {
  if (point.value === undefined) return [];
  const title = s('title', {}, `${point.name}: ${point.text}`);
  const at = { cx: x, cy: y(point.value), class: point.isMarked ? 'marked' : undefined };
  if (step >= ROOM) return [s('circle', { ...at, r: 3.5 }, title)];
  const strip = s('rect', { class: 'strip', x: x - step / 2, y: TOP, width: step, height: HEIGHT - TOP - BOTTOM }, title);
  return point.isMarked ? [s('circle', { ...at, r: Math.max(1, step / 2) }), strip] : [strip];
}

/** Which periods have their names below the line: the first, the last and, of many, some between, as far as there is room. */
export function namedAt(names: readonly string[]): number[] {
  const last = names.length - 1;
  if (last <= 0) return last === 0 ? [0] : [];
  if (names.length < PERIODS_OF_NAME * NAMES) return [0, last];
  // The first name begins at its point and the next one has its middle there: one and a half names stand between two points.
  const step = 1.5 * LETTER * Math.max(...names.map((each) => each.length)) + SPACE;
  const count = Math.min(NAMES, Math.max(2, 1 + Math.floor((WIDTH - 2 * LEFT) / step)));
  return Array.from({ length: count }, (_, index) => Math.round((index * last) / (count - 1)));
}

function name(points: Point[], index: number, x: (period: string) => number): SVGElement {
  const { period = '', name: text = '' } = points[index] ?? {};
  const anchor = index === 0 ? 'start' : index === points.length - 1 ? 'end' : 'middle';
  return s('text', { x: x(period), y: HEIGHT - 5, 'text-anchor': anchor }, text);
}

/** A gap or a break in the series is a gap in the line. A value between two gaps is a short dash, since a line needs two points. */
export function path(points: Point[], x: (period: string) => number, y: (value: number) => number): string {
  let pen = 'M';
  return points
    .map((point) => {
      if (point.value === undefined) {
        pen = 'M';
        return '';
      }
      const move = point.isBreak ? 'M' : pen;
      pen = 'L';
      const here = `${x(point.period).toFixed(1)} ${y(point.value).toFixed(1)}`;
      return move === 'M' ? `M${here}h0.1` : `L${here}`;
    })
    .join('');
}
