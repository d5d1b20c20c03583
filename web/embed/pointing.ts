// Reading the value of an area: by pointer, by touch and by keyboard. The texts are those of the table below the map.

interface Area {
  code: string;
  /** On the map, and in its inset. */
  paths: Element[];
  text: string;
}

let stop = new AbortController();

/** Listens on a map that the server drew. `say` gets the words for the area pointed at, or none. */
export function pointing(map: HTMLElement, table: HTMLElement, say: (text: string) => void): void {
  stop.abort();
  stop = new AbortController();
  const { signal } = stop;
  const areas = areasOf(map, table);
  const byCode = new Map(areas.map((area) => [area.code, area]));
  let at: Area | undefined;
  const point = (next: Area | undefined) => {
    for (const path of at?.paths ?? []) path.classList.remove('pointed');
    for (const path of next?.paths ?? []) path.classList.add('pointed');
    at = next;
    say(next?.text ?? '');
  };
  const under = (event: Event) => {
    const path = (event.target as Element).closest('[data-code], [data-inset]');
    return byCode.get(path?.getAttribute('data-code') ?? path?.getAttribute('data-inset') ?? '');
  };
  map.addEventListener('pointermove', (event) => point(under(event)), { signal });
  map.addEventListener('pointerleave', () => point(undefined), { signal });
  map.addEventListener('click', (event) => select(under(event)), { signal });
  map.addEventListener(
    'keydown',
    (event) => {
      const step = STEPS[event.key];
      if (event.key === 'Escape') return point(undefined);
      if (event.key === 'Enter') return select(at);
      if (step === undefined || areas.length === 0) return;
      event.preventDefault();
      const now = at ? areas.indexOf(at) : step > 0 ? -1 : 0;
      const next = step === FIRST ? 0 : step === LAST ? areas.length - 1 : (now + step + areas.length) % areas.length;
      point(areas[next]);
    },
    { signal },
  );
}

const FIRST = Number.NEGATIVE_INFINITY;
const LAST = Number.POSITIVE_INFINITY;
const STEPS: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: FIRST, End: LAST };

/** The areas of the map in the order of the table, which is that of the keyboard. */
function areasOf(map: HTMLElement, table: HTMLElement): Area[] {
  const paths = new Map<string, Element[]>();
  for (const path of map.querySelectorAll('path[data-code], path[data-inset]')) {
    const code = path.getAttribute('data-code') ?? path.getAttribute('data-inset') ?? '';
    paths.set(code, [...(paths.get(code) ?? []), path]);
  }
  return [...table.querySelectorAll<HTMLTableRowElement>('tr[data-code]')].flatMap((row) => {
    const code = row.dataset.code as string;
    const own = paths.get(code) ?? [];
    // One tooltip is enough: the browser's own would say the same a second later.
    for (const path of own) path.querySelector('title')?.remove();
    const [, name, value, note] = [...row.cells].map((cell) => cell.textContent ?? '');
    // The note says why there is no value, or what is to be known of it.
    return own.length > 0 ? [{ code, paths: own, text: `${name}: ${[value, note].filter(Boolean).join('; ')}` }] : [];
  });
}

/** Tells the host page which area was chosen, so that an article can follow the map. */
function select(area: Area | undefined): void {
  if (area && parent !== window) parent.postMessage({ type: 'choro:select', area: area.code }, '*');
}
