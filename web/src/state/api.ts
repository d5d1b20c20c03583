// What the server answers: types alone, so that the file can be replaced as a whole. `server.ts` asks.

/** Texts by language. */
export type Names = Record<string, string>;

export interface Grid {
  id: string;
  /** PROJ string. */
  crs: string;
  /** Upper left corner in the units of the CRS. */
  corner: [number, number];
  /** Side of tile 0/0/0 in the units of the CRS. */
  side: number;
  tile_size: number;
  wraps: boolean;
}

export interface BoundarySet {
  id: string;
  name: Names;
  level?: string;
  parent_set?: string;
  vintages: { id: string; areas: number; polygons: number; source: string; licence: string }[];
  grids: string[];
  /** West, south, east, north; east may lie beyond 180. */
  bounds: [number, number, number, number];
}

export interface Dimension {
  id: string;
  name: Names;
  total: string;
  code_list: { id: string; items: { code: string; name: Names }[] };
}

export type Kind = 'count' | 'rate' | 'share' | 'index';

export interface Indicator {
  id: string;
  name: Names;
  unit: { id: string; name: Names };
  kind: Kind;
  decimals: number;
  diverging: boolean;
  note: Names;
  theme?: Names;
  keywords?: Names;
  source: string;
  licence: string;
  dimensions: Dimension[];
  boundary_sets: { id: string; vintage: string; periods: string[] }[];
}

export interface Catalog {
  release: string;
  created: string;
  boundary_sets: BoundarySet[];
  grids: Grid[];
  indicators: Indicator[];
}

export interface LegendEntry {
  label: string;
  colour: string;
}

export interface LegendClass extends LegendEntry {
  lo: number;
  hi: number;
  count: number;
}

export interface LegendState extends LegendEntry {
  state: string;
  pattern?: 'hatch' | 'counterhatch';
  outline?: string;
}

export interface Symbols {
  max: number;
  max_radius: number;
  circles: { value: number; label: string; radius: number }[];
  positive: string;
  negative: string;
}

export interface Legend {
  title: string;
  unit: string;
  method: string;
  scope: string;
  scope_label: string;
  change_label?: string;
  palette: string;
  decimals: number;
  classes: LegendClass[];
  zero: LegendEntry | null;
  states: LegendState[];
  symbols: Symbols | null;
  summary: string;
}

/** An area without its geometry. */
export interface Area {
  code: string;
  names: Names;
  parent?: string;
  /** Longitude and latitude of a point inside it. */
  label?: [number, number];
  bounds?: [number, number, number, number];
}

/** Values by area, one column a period. */
export interface Values {
  periods: string[];
  areas: string[];
  values: (number | null)[][];
  states: Record<string, number[]>[];
  statuses: Record<string, number[]>[];
}

export interface Relative {
  set: string;
  borders: string;
  code: string;
  name: string;
}

/** All that is known of one area. */
export interface Profile {
  code: string;
  name: string;
  parents: Relative[];
  children: Relative[];
  indicators: {
    id: string;
    name: string;
    unit: string;
    decimals: number;
    observations: { period: string; value?: number | null; state?: string; status?: string }[];
  }[];
}

export interface TileJson {
  tiles: string[];
  minzoom: number;
  maxzoom: number;
}
