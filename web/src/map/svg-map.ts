// The map where WebGL 2 is missing: the server's SVG, which is on the page already, in other colours.

import type { Area } from '../state/documents';
import { freshDrawing } from './server-drawing';
import { projectionOf } from './projection';
import type { Scene, Surface, SurfaceEvents } from './surface';

/** The map of the SVG in `container`. Another set or grid than the one drawn there is asked of the server. */
export function svgSurface(container: HTMLElement, first: Scene, events: SurfaceEvents): Surface {
  const view = new SvgView(container, events);
  view.show(first);
  return view;
}

class SvgView implements Surface {
  private scene: Scene | undefined;
  private readonly stop = new AbortController();

  constructor(
    private readonly container: HTMLElement,
    private readonly events: SurfaceEvents,
  ) {
    const { signal } = this.stop;
    container.addEventListener('pointermove', (event) => this.point(event), { signal });
    container.addEventListener('pointerleave', () => this.point(undefined), { signal });
    container.addEventListener('click', (event) => events.choose(codeOf(event)), { signal });
  }

  private point(event: PointerEvent | undefined): void {
    const code = event && codeOf(event);
    this.highlight(code === undefined ? [] : [code]);
    this.events.point(code, event?.clientX ?? 0, event?.clientY ?? 0);
  }

  show(scene: Scene): void {
    this.scene = scene;
    void this.draw(scene);
  }

  /** The server draws each state once, for all who ask. */
  private async draw(scene: Scene): Promise<void> {
    try {
      const svg = await freshDrawing(scene.state, scene.release);
      if (scene !== this.scene) return;
      // The page's own tooltip says the same, also to the keyboard.
      for (const title of svg.querySelectorAll('path > title')) title.remove();
      this.container.querySelector('svg.first-map')?.remove();
      this.container.prepend(svg);
      this.events.idle();
    } catch (error) {
      if (scene === this.scene) this.events.failed(String(error));
    }
  }

  private get svg(): SVGSVGElement | null {
    return this.container.querySelector('svg.first-map');
  }

  highlight(codes: readonly string[]): void {
    for (const path of this.container.querySelectorAll('.pointed')) path.classList.remove('pointed');
    for (const code of codes) for (const path of this.container.querySelectorAll(pathsOf(code))) path.classList.add('pointed');
  }

  reveal(area: Area): void {
    this.highlight([area.code]);
  }

  whole(): void {
    this.highlight([]);
  }

  project(place: [number, number]): { x: number; y: number } | undefined {
    const [a, b, c] = (this.svg?.dataset['transform'] ?? '').split(',').map(Number);
    const matrix = this.svg?.getScreenCTM();
    if (!matrix || !this.scene || a === undefined || b === undefined || c === undefined) return undefined;
    const [x, y] = projectionOf(this.scene.state.grid).forward(place);
    return new DOMPoint(a * (x ?? 0) + b, -a * (y ?? 0) + c).matrixTransform(matrix);
  }

  areaAt(x: number, y: number): string | undefined {
    return codeAt(document.elementFromPoint(x, y));
  }

  /** The drawing has circles on a scale of its own, and the browser scales the drawing. */
  circleScale(): number {
    const scale = Number(this.svg?.dataset['circles'] ?? 1);
    return scale * (this.svg?.getScreenCTM()?.a ?? 1);
  }

  remove(): void {
    this.stop.abort();
  }
}

function codeOf(event: Event): string | undefined {
  return codeAt(event.target as Element);
}

/** The area of an element of the drawing, on the map or in its inset. */
function codeAt(element: Element | null): string | undefined {
  const path = element?.closest('[data-code], [data-inset]');
  return path?.getAttribute('data-code') ?? path?.getAttribute('data-inset') ?? undefined;
}

function pathsOf(code: string): string {
  return `path[data-code="${CSS.escape(code)}"], path[data-inset="${CSS.escape(code)}"]`;
}
