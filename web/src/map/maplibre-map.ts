// The map by MapLibre.

import { type MapGeoJSONFeature, Map as MapLibreMap, NavigationControl, setWorkerUrl } from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import type { Area, TileJson } from '../state/documents';
import { once } from '../state/server';
import { texts } from '../words/texts';
import { FeatureStates } from './feature-states';
import { dotsImage, hatchImage } from './hatch';
import { registerProjection } from './maplibre-projection';
import { DOTS, hatchId, SOURCE, styleOf } from './maplibre-style';
import { projectionOf } from './projection';
import { type Extent, extentOf } from './server-drawing';
import type { Scene, Surface, SurfaceEvents } from './surface';

// A worker of its own file: the page's policy allows no worker made of text.
setWorkerUrl(new URL(workerUrl, location.href).href);

/** A map in `container`. Rejects where WebGL 2 is missing. */
export async function mapSurface(container: HTMLElement, first: Scene, events: SurfaceEvents): Promise<Surface> {
  const { state, release } = first;
  const query = new URLSearchParams({ borders: state.vintage, release });
  const address = `/tiles/${encodeURIComponent(state.set.id)}/${encodeURIComponent(state.grid.id)}.json?${query}`;
  const [tiles, extent] = await Promise.all([once<TileJson>(address), extentOf(state, release)]);
  return new MapView(container, first, extent, tiles, events);
}

const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** The map of a set and a grid. A camera in one projection may have no place in another, so each has a map of its own. */
class MapView implements Surface {
  private readonly map: MapLibreMap;
  private readonly states: FeatureStates;
  private readonly rows: Map<string, number>;

  constructor(
    container: HTMLElement,
    private scene: Scene,
    private readonly extent: Extent,
    tiles: TileJson,
    private readonly events: SurfaceEvents,
  ) {
    this.map = openMap(container, scene, tiles, cameraOf(container, scene, extent));
    this.states = new FeatureStates(this.map);
    this.rows = new Map(scene.areas.map((area, row) => [area.code, row]));
    addHatches(this.map, scene);
    this.listen();
    // Not by the constructor's `bounds`, which are fitted before the style brings its projection.
    this.map.once('style.load', () => this.show(this.scene));
  }

  private listen(): void {
    const { map, events } = this;
    map.on('error', (event) => events.failed(event.error.message));
    map.on('idle', () => events.idle());
    map.on('mousemove', ({ point, originalEvent }) =>
      this.point(this.codeAt([point.x, point.y]), originalEvent.clientX, originalEvent.clientY),
    );
    map.on('mouseout', () => this.point(undefined, 0, 0));
    map.on('click', ({ point }) => events.choose(this.codeAt([point.x, point.y])));
    map.on('moveend', (event) => {
      if (!('originalEvent' in event) || !event.originalEvent) return;
      const { lng, lat } = map.getCenter();
      events.moved([lng, lat, map.getZoom()]);
    });
  }

  private point(code: string | undefined, x: number, y: number): void {
    this.highlight(code === undefined ? [] : [code]);
    this.events.point(code, x, y);
  }

  private codeAt(point: [number, number]): string | undefined {
    return codeOf(this.map.queryRenderedFeatures(point, { layers: ['symbols', 'areas-fill'] }));
  }

  show(scene: Scene): void {
    this.scene = scene;
    if (!this.map.isStyleLoaded() && this.states.isBlank && !this.map.getSource(SOURCE)) return;
    this.states.draw(scene.looks);
    this.states.select(scene.state.area === undefined ? undefined : this.rows.get(scene.state.area));
    // Looks that are alike need no new picture, but whoever waits for it does.
    this.map.triggerRepaint();
  }

  highlight(codes: readonly string[]): void {
    this.states.point(codes.flatMap((code) => this.rows.get(code) ?? []));
  }

  reveal(area: Area): void {
    if (!area.bounds) return;
    const [west, south, east, north] = area.bounds;
    // RFC 7946: west of east where the area lies across 180 degrees.
    const bounds: [number, number, number, number] = [west, south, east < west ? east + 360 : east, north];
    this.map.fitBounds(bounds, { padding: 60, maxZoom: 6, animate: !still() });
  }

  whole(): void {
    this.map.easeTo({ ...cameraOf(this.map.getContainer(), this.scene, this.extent), duration: still() ? 0 : 400 });
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

  circleScale(): number {
    return 1;
  }

  remove(): void {
    this.map.remove();
  }
}

interface Camera {
  center: [number, number];
  zoom: number;
}

function openMap(container: HTMLElement, { state, legend }: Scene, tiles: TileJson, whole: Camera): MapLibreMap {
  const t = texts(state.lang);
  const camera: Camera = state.at ? { center: [state.at[0], state.at[1]], zoom: state.at[2] } : whole;
  const map = new MapLibreMap({
    container,
    style: styleOf(tiles, registerProjection(state.grid), legend.states, state.lang),
    ...camera,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxZoom: 10,
    fadeDuration: 0,
    locale: { 'Map.Title': t('map'), 'NavigationControl.ZoomIn': t('zoom-in'), 'NavigationControl.ZoomOut': t('zoom-out') },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
  return map;
}

/** Where all of the set is seen. Not by MapLibre's bounds: a box of longitudes and latitudes is a wide fan in a conic grid. */
function cameraOf({ clientWidth, clientHeight }: HTMLElement, { state: { grid } }: Scene, [west, north, east, south]: Extent): Camera {
  const [lon = 0, lat = 0] = projectionOf(grid).inverse([(west + east) / 2, (north + south) / 2]);
  const scale = Math.min(clientWidth / (east - west), clientHeight / (north - south));
  return { center: [lon, lat], zoom: Math.log2((scale * grid.side) / grid.tile_size) };
}

/** Patterns are drawn when the style asks for them. */
function addHatches(map: MapLibreMap, { legend }: Scene): void {
  map.setMissingStyleImageResolver((id) => {
    if (id === DOTS && !map.hasImage(id)) map.addImage(id, dotsImage(), { pixelRatio: 2 });
    const entry = legend.states.find((known) => hatchId(known.state) === id);
    if (entry && !map.hasImage(id)) map.addImage(id, hatchImage(entry), { pixelRatio: 2 });
  });
}

function codeOf(features: MapGeoJSONFeature[]): string | undefined {
  const code = features[0]?.properties['code'];
  return code === undefined ? undefined : String(code);
}
