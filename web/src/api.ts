// What the server answers, and asking it.

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

export interface Indicator {
  id: string;
  name: Names;
  unit: { id: string; name: Names };
  decimals: number;
  diverging: boolean;
  note: Names;
  source: string;
  licence: string;
  dimensions: Dimension[];
  boundary_sets: { id: string; vintage: string; periods: string[] }[];
}

export interface Catalog {
  release: string;
  boundary_sets: BoundarySet[];
  grids: Grid[];
  indicators: Indicator[];
}

export interface LegendEntry {
  label: string;
  colour: string;
}

export interface LegendState extends LegendEntry {
  state: string;
  pattern?: 'hatch';
  outline?: string;
}

export interface Legend {
  title: string;
  unit: string;
  scope_label: string;
  decimals: number;
  classes: LegendEntry[];
  zero: LegendEntry | null;
  states: LegendState[];
}

/** What went wrong, in the server's words where it has some (RFC 9457). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** The JSON at `path`, or a `Problem`. */
export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await fetch(path, signal ? { signal } : {}).catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new Problem(0, String(cause));
  });
  if (!response.ok) throw new Problem(response.status, await words(response));
  return (await response.json()) as T;
}

async function words(response: Response): Promise<string> {
  const fallback = `${response.status} ${response.statusText}`;
  try {
    const problem = (await response.json()) as { title?: string; detail?: string };
    return [problem.title, problem.detail].filter(Boolean).join(': ') || fallback;
  } catch {
    return fallback;
  }
}
