// What the server answers, in the page's own words. The types are made of the OpenAPI document (`npm run api`); `server.ts` asks.

import type { components } from './api';

type Schemas = components['schemas'];

export type Area = Schemas['AreaRow'];
export type AreaList = Schemas['AreaList'];
export type BoundarySet = Schemas['CatalogSet'];
export type Catalog = Schemas['Catalog'];
export type Dimension = Schemas['Dimension'];
export type Grid = Schemas['CatalogGrid'];
export type Indicator = Schemas['CatalogIndicator'];
export type Legend = Schemas['Legend'];
export type LegendClass = Schemas['ClassEntry'];
export type LegendState = Schemas['StateEntry'];
export type Names = Schemas['Names'];
export type Observation = Schemas['AreaObservation'];
export type ProblemDocument = Schemas['ProblemDocument'];
export type Profile = Schemas['AreaProfile'];
export type Relative = Schemas['RelatedArea'];
export type Symbols = Schemas['Symbols'];
export type TileJson = Schemas['TileJson'];
export type Values = Schemas['Values'];

/** What every entry of a legend has. */
export type LegendEntry = Pick<LegendClass, 'label' | 'colour'>;
