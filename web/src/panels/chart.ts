// A line over time as SVG: it prints, it scales, and each value has a name.

import { s } from '../ui/dom';

export interface Point {
  period: string;
  /** What the period is called. */
  name: string;
  value: number | undefined;
  /** The value in words, or why there is none. */
  text: string;
  isBreak: boolean;
}

export interface Line {
  name: string;
  points: Point[];
}

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP] = [320, 140, 8, 20, 12];

/** One line, with a second, fainter one to compare. `current`: the period on the map. */
export function chart(main: Line, other: Line | undefined, current: string): SVGSVGElement {
  const periods = main.points.map((point) => point.period);
  const values = [main, other].flatMap((line) => line?.points.flatMap((point) => point.value ?? []) ?? []);
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const x = (period: string) => LEFT + ((WIDTH - 2 * LEFT) * Math.max(0, periods.indexOf(period))) / Math.max(1, periods.length - 1);
  const y = (value: number) => TOP + ((HEIGHT - TOP - BOTTOM) * (high - value)) / (high - low || 1);
  const words = main.points.map((point) => `${point.name}: ${point.text}`).join('; ');
  return s(
    'svg',
    { class: 'chart', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': `${main.name}. ${words}` },
    s('line', { class: 'axis', x1: LEFT, x2: WIDTH - LEFT, y1: y(0), y2: y(0) }),
    ...main.points
      .filter((point) => point.isBreak)
      .map((point) => s('line', { class: 'break', x1: x(point.period), x2: x(point.period), y1: TOP, y2: HEIGHT - BOTTOM })),
    periods.includes(current) && s('line', { class: 'now', x1: x(current), x2: x(current), y1: TOP, y2: HEIGHT - BOTTOM }),
    other && s('path', { class: 'other', d: path(other.points, x, y) }),
    s('path', { class: 'main', d: path(main.points, x, y) }),
    ...main.points.flatMap((point) =>
      point.value === undefined
        ? []
        : [s('circle', { cx: x(point.period), cy: y(point.value), r: 3.5 }, s('title', {}, `${point.name}: ${point.text}`))],
    ),
    s('text', { x: LEFT, y: HEIGHT - 5 }, main.points[0]?.name ?? ''),
    s('text', { x: WIDTH - LEFT, y: HEIGHT - 5, 'text-anchor': 'end' }, main.points.at(-1)?.name ?? ''),
  );
}

/** A gap or a break in the series is a gap in the line. */
function path(points: Point[], x: (period: string) => number, y: (value: number) => number): string {
  let pen = 'M';
  return points
    .map((point) => {
      if (point.value === undefined) {
        pen = 'M';
        return '';
      }
      const move = point.isBreak ? 'M' : pen;
      pen = 'L';
      return `${move}${x(point.period).toFixed(1)} ${y(point.value).toFixed(1)}`;
    })
    .join('');
}
