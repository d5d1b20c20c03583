// The map by MapLibre.

import { type MapGeoJSONFeature, Map as MapLibreMap, type MapMouseEvent, NavigationControl, setWorkerUrl } from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import { type Area, once, type TileJson } from './api';
import { counts } from './counts';
import { extentOf } from './drawing';
import { hatchImage } from './hatch';
import type { Look } from './looks';
import { projectionOf } from './projection';
import { register } from './register';
import { AREAS, hatchId, LABELS, SOURCE, styleOf } from './style';
import type { Scene, Surface, SurfaceEvents } from './surface';
import { texts } from './texts';

// A worker of its own file: the page's policy allows no worker made of text.
setWorkerUrl(new URL(workerUrl, location.href).href);

/** A map in `container`. Rejects where WebGL 2 is missing. */
export async function mapSurface(container: HTMLElement, first: Scene, events: SurfaceEvents): Promise<Surface> {
  const view = new MapView(container, events);
  await view.open(first);
  return view;
}

const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

class MapView implements Surface {
  private map!: MapLibreMap;
  private scene!: Scene;
  /** What each area looks like by now. */
  private drawn: Look[] = [];
  private rows = new Map<string, number>();
  private extent: [number, number, number, number] = [0, 1, 1, 0];
  private pointed = new Set<number>();
  private selected: number | undefined;

  constructor(
    private readonly container: HTMLElement,
    private readonly events: SurfaceEvents,
  ) {}

  /** Makes the map of a set and a grid. A camera in one projection may have no place in another, so each has a map of its own. */
  async open(scene: Scene): Promise<void> {
    this.scene = scene;
    const { state, release, legend, areas } = scene;
    const query = new URLSearchParams({ borders: state.vintage, release });
    const address = `/tiles/${encodeURIComponent(state.set.id)}/${encodeURIComponent(state.grid.id)}.json?${query}`;
    const [tiles, extent] = await Promise.all([once<TileJson>(address), extentOf(state)]);
    this.extent = extent;
    const t = texts(state.lang);
    const camera = state.at ? { center: [state.at[0], state.at[1]] as [number, number], zoom: state.at[2] } : this.camera();
    this.map = new MapLibreMap({
      container: this.container,
      style: styleOf(tiles, register(state.grid), legend.states, state.lang),
      ...camera,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      maxZoom: 10,
      fadeDuration: 0,
      locale: { 'Map.Title': t.map, 'NavigationControl.ZoomIn': t.zoomIn, 'NavigationControl.ZoomOut': t.zoomOut },
    });
    this.rows = new Map(areas.map((area, row) => [area.code, row]));
    this.map.setMissingStyleImageResolver((id) => {
      const entry = legend.states.find((known) => hatchId(known.state) === id);
      if (entry && !this.map.hasImage(id)) this.map.addImage(id, hatchImage(entry), { pixelRatio: 2 });
    });
    this.listen();
    // Not by the constructor's `bounds`, which are fitted before the style brings its projection.
    this.map.once('style.load', () => this.show(this.scene));
  }

  private listen(): void {
    const { map, events } = this;
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
    map.on('error', (event) => events.failed(event.error.message));
    map.on('idle', () => events.idle());
    map.on('mousemove', (event) => {
      const code = this.codeOf(event);
      this.highlight(code === undefined ? [] : [code]);
      events.point(code, event.originalEvent.clientX, event.originalEvent.clientY);
    });
    map.on('mouseout', () => {
      this.highlight([]);
      events.point(undefined, 0, 0);
    });
    map.on('click', (event) => events.choose(this.codeOf(event)));
    map.on('moveend', (event) => {
      if (!('originalEvent' in event) || !event.originalEvent) return;
      const { lng, lat } = map.getCenter();
      events.moved([lng, lat, map.getZoom()]);
    });
  }

  private codeOf(event: MapMouseEvent): string | undefined {
    return codeOf(this.map.queryRenderedFeatures(event.point, { layers: ['symbols', 'areas-fill'] }));
  }

  show(scene: Scene): void {
    this.scene = scene;
    if (!this.map.isStyleLoaded() && this.drawn.length === 0 && !this.map.getSource(SOURCE)) return;
    scene.looks.forEach((look, row) => this.paint(row, look));
    this.drawn = scene.looks;
    this.select(scene.state.area);
    // Looks that are alike need no new picture, but whoever waits for it does.
    this.map.triggerRepaint();
  }

  /** Draws an area, if it looks another way than before. */
  private paint(row: number, look: Look): void {
    const before = this.drawn[row];
    if (
      before &&
      before.fill === look.fill &&
      before.state === look.state &&
      before.radius === look.radius &&
      before.circle === look.circle
    )
      return;
    if (!before || before.fill !== look.fill || before.state !== look.state) {
      this.set(AREAS, row, { fill: look.fill, state: look.state });
    }
    if ((before?.radius ?? 0) !== look.radius || (look.radius > 0 && before?.circle !== look.circle)) {
      this.set(LABELS, row, { radius: look.radius, circle: look.circle });
    }
  }

  /** Feature ids are the rows of the area table plus 1 (the server's skeleton tiles). */
  private set(sourceLayer: string, row: number, state: Record<string, string | number | boolean>): void {
    counts.featureStates += 1;
    this.map.setFeatureState({ source: SOURCE, sourceLayer, id: row + 1 }, state);
  }

  private select(code: string | undefined): void {
    const row = code === undefined ? undefined : this.rows.get(code);
    if (row === this.selected) return;
    if (this.selected !== undefined) this.set(AREAS, this.selected, { selected: false });
    if (row !== undefined) this.set(AREAS, row, { selected: true });
    this.selected = row;
  }

  highlight(codes: readonly string[]): void {
    const next = new Set(codes.flatMap((code) => this.rows.get(code) ?? []));
    for (const row of this.pointed) if (!next.has(row)) this.set(AREAS, row, { pointed: false });
    for (const row of next) if (!this.pointed.has(row)) this.set(AREAS, row, { pointed: true });
    this.pointed = next;
  }

  reveal(area: Area): void {
    if (!area.bounds) return;
    const [west, south, east, north] = area.bounds;
    // RFC 7946: west of east where the area lies across 180 degrees.
    const bounds: [number, number, number, number] = [west, south, east < west ? east + 360 : east, north];
    this.map.fitBounds(bounds, { padding: 60, maxZoom: 6, animate: !still() });
  }

  whole(): void {
    this.map.easeTo({ ...this.camera(), duration: still() ? 0 : 400 });
  }

  /** Where all of the set is seen. Not by MapLibre's bounds: a box of longitudes and latitudes is a wide fan in a conic grid. */
  private camera(): { center: [number, number]; zoom: number } {
    const { grid } = this.scene.state;
    const [west, north, east, south] = this.extent;
    const [lon = 0, lat = 0] = projectionOf(grid).inverse([(west + east) / 2, (north + south) / 2]);
    const { clientWidth, clientHeight } = this.container;
    const scale = Math.min(clientWidth / (east - west), clientHeight / (north - south));
    return { center: [lon, lat], zoom: Math.log2((scale * grid.side) / grid.tile_size) };
  }

  project(place: [number, number]): { x: number; y: number } {
    const { left, top } = this.map.getCanvas().getBoundingClientRect();
    const { x, y } = this.map.project(place);
    return { x: x + left, y: y + top };
  }

  areaAt(x: number, y: number): string | undefined {
    const { left, top } = this.map.getCanvas().getBoundingClientRect();
    return codeOf(this.map.queryRenderedFeatures([x - left, y - top], { layers: ['areas-fill'] }));
  }

  /** MapLibre's own map, for tests. */
  get engine(): MapLibreMap {
    return this.map;
  }

  remove(): void {
    this.map.remove();
  }
}

function codeOf(features: MapGeoJSONFeature[]): string | undefined {
  const code = features[0]?.properties['code'];
  return code === undefined ? undefined : String(code);
}
