// The map: MapLibre on the server's style.

import {
  addProjection,
  Map as MapLibreMap,
  NavigationControl,
  setWorkerUrl,
  type LayerSpecification,
  type MapLayerMouseEvent,
  type StyleSpecification,
} from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import proj4 from 'proj4';
import type { Grid, Legend } from './api';
import { HATCH, hatchImage } from './hatch';
import type { Texts } from './texts';

// A worker of its own file: the page's policy allows no worker made of text.
setWorkerUrl(new URL(workerUrl, location.href).href);

const registered = new Set<string>();

/** proj4js takes a false easting that is left out for NaN in some projections, where PROJ takes it for 0. */
function complete(crs: string): string {
  return ['+x_0', '+y_0'].reduce((text, key) => (text.includes(`${key}=`) ? text : `${text} ${key}=0`), crs);
}

/** Makes the projection of a grid known to MapLibre under the name that the server's styles use. */
function register(grid: Grid): void {
  if (grid.id === 'WebMercatorQuad' || registered.has(grid.id)) return;
  const definition = complete(grid.crs);
  addProjection({
    name: `choro:${grid.id}`,
    definition,
    projection: proj4('EPSG:4326', definition),
    tileMatrixSet: { origin: grid.corner, extentAtZoom0: grid.side },
  });
  registered.add(grid.id);
}

export interface Reading {
  name: string;
  code: string;
  value: number | undefined;
  state: string | undefined;
}

export interface MapView {
  /** Shows a style of a grid; another `place` (set and grid) than the last one brings the whole set into view. */
  show(style: StyleSpecification, legend: Legend, grid: Grid, bounds: Bounds, place: string): void;
  /** Takes the map away: it would show something else than what stands beside it. */
  clear(): void;
}

type Bounds = [west: number, south: number, east: number, north: number];

export interface MapEvents {
  /** What the pointer is on. */
  read(reading: Reading | undefined): void;
  /** Something could not be loaded or drawn. */
  failed(words: string): void;
  /** All is drawn. */
  idle(map: MapLibreMap): void;
}

/** A map in `container`. `show` throws where WebGL 2 is missing. */
export function mapView(container: HTMLElement, t: Texts, events: MapEvents): MapView {
  let map: MapLibreMap | undefined;
  let shown = '';
  const clear = () => {
    map?.remove();
    map = undefined;
    shown = '';
  };
  return {
    clear,
    show(style, legend, grid, bounds, place) {
      const drawn = hatched(style, legend);
      if (map && place === shown) {
        map.setStyle(drawn, { diff: true });
        // Styles that draw alike need no new picture, but whoever waits for it does.
        map.triggerRepaint();
        return;
      }
      // A camera in one projection may have no place in another, and MapLibre 6.17 then draws nothing: a new map it is.
      clear();
      register(grid);
      map = createMap(container, drawn, bounds, t, events);
      shown = place;
      setHatch(map, legend);
    },
  };
}

function createMap(container: HTMLElement, style: StyleSpecification, bounds: Bounds, t: Texts, events: MapEvents): MapLibreMap {
  const map = new MapLibreMap({
    container,
    style,
    center: [(bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2],
    zoom: 2,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxZoom: 10,
    locale: { 'Map.Title': t.map, 'NavigationControl.ZoomIn': t.zoomIn, 'NavigationControl.ZoomOut': t.zoomOut },
  });
  // Not by the constructor's `bounds`, which are fitted before the style brings its projection.
  map.once('style.load', () => map.fitBounds(bounds, { padding: 16, animate: false }));
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
  map.on('error', (event) => events.failed(event.error.message));
  map.on('idle', () => events.idle(map));
  const over = (event: MapLayerMouseEvent) => events.read(readingOf(event));
  map.on('mousemove', 'areas-fill', over);
  map.on('click', 'areas-fill', over);
  map.on('mouseleave', 'areas-fill', () => events.read(undefined));
  return map;
}

/** Draws the image of the hatch when it is first needed. */
function setHatch(map: MapLibreMap, legend: Legend): void {
  const colour = legend.states.find((entry) => entry.pattern === 'hatch')?.outline ?? '#000000';
  map.setMissingStyleImageResolver((id) => {
    if (id === HATCH && !map.hasImage(HATCH)) map.addImage(HATCH, hatchImage(colour), { pixelRatio: 2 });
  });
}

/** The style with a hatch over the areas of one state: patterns need an image, which a style cannot carry. */
function hatched(style: StyleSpecification, legend: Legend): StyleSpecification {
  const state = legend.states.find((entry) => entry.pattern === 'hatch')?.state;
  const at = style.layers.findIndex((layer) => layer.id === 'areas-fill');
  const fill = style.layers[at];
  if (!state || fill?.type !== 'fill') return style;
  const hatch: LayerSpecification = {
    id: 'areas-hatch',
    type: 'fill',
    source: fill.source,
    'source-layer': fill['source-layer'] ?? 'areas',
    filter: ['==', ['get', 'state'], state],
    paint: { 'fill-pattern': HATCH },
  };
  return { ...style, layers: [...style.layers.slice(0, at + 1), hatch, ...style.layers.slice(at + 1)] };
}

function readingOf(event: MapLayerMouseEvent): Reading | undefined {
  const properties = event.features?.[0]?.properties;
  if (!properties) return undefined;
  return {
    name: String(properties['name'] ?? properties['code'] ?? ''),
    code: String(properties['code'] ?? ''),
    value: typeof properties['value'] === 'number' ? properties['value'] : undefined,
    state: typeof properties['state'] === 'string' ? properties['state'] : undefined,
  };
}
