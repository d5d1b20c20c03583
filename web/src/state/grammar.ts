// Made of the server's own types by a test of it; not to be edited:
// INSTA_UPDATE=always cargo test --workspace --lib -- grammar

/** Parameters of a map's address, of the page, of frames and of pictures. */
export const PARAMETERS = ['set', 'grid', 'indicator', 'period', 'borders', 'from', 'method', 'classes', 'breaks', 'scope', 'palette', 'kind', 'area', 'fit', 'at', 'lang', 'show', 'size', 'release', 'controls', 'mode'] as const;

/** Parameters of others, which are ignored. */
export const FOREIGN_NAMES = ['_', 'v', 'dnt', 'fbclid', 'gclid', 'gbraid', 'wbraid', 'igshid', 'msclkid', 'yclid', 'ysclid', 'mc_cid', 'mc_eid', '_ga', '_gl', 'access_token', 'initialWidth', 'childId', 'parentTitle', 'parentUrl'] as const;

/** Beginnings of names of such parameters. */
export const FOREIGN_BEGINNINGS = ['utm_', 'mtm_'] as const;

/** The version of these parameters. */
export const VERSION = '1';

/** How breaks are found; the first is the usual one. */
export const METHODS = ['quantile', 'equal', 'ckmeans', 'manual'] as const;

/** Which values breaks come from; the first is the usual one. */
export const SCOPES = ['all', 'period'] as const;

/** How values are shown. */
export const FORMS = ['choropleth', 'symbols'] as const;

/** What the page shows; the first is the usual one. */
export const SHOWS = ['map', 'grid', 'table', 'multiples'] as const;

/** Sizes of pictures; the first is the usual one. */
export const SIZES = ['page', 'portrait', 'wide', 'square'] as const;

/** Palettes by their ids. */
export const PALETTES = ['blues', 'lagoon', 'gold-navy', 'purple-orange', 'blue-red'] as const;

/** How many classes there may be. */
export const CLASSES = { least: 3, most: 9, usual: 5 } as const;

/** The most breaks of one's own. */
export const MOST_BREAKS = 8;

/** The most periods, or ranges of periods, that one question names. */
export const MOST_PERIODS = 60;

/** The most values of an answer of more periods. */
export const MOST_VALUES = 3600000;

/** How far the middle of a map lies from 0, 0 at most, in degrees, and its greatest zoom. */
export const FARTHEST = { lon: 360, lat: 90, zoom: 22 } as const;

/** Projections of PROJ that keep the ratios between areas. */
export const EQUAL_AREA = ['aea', 'laea', 'cea', 'eck4', 'eqearth', 'igh', 'leac', 'moll', 'sinu'] as const;
