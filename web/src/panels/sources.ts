// Whose figures these are.

import type { Catalog } from '../state/documents';
import type { State } from '../state/state';
import { texts } from '../words/texts';

/** Source, licence, borders and release, one line each: always on the page. */
export function sourcesOf({ indicator, set, vintage, lang }: State, catalog: Catalog): string[] {
  const t = texts(lang);
  const borders = set.vintages.find((known) => known.id === vintage);
  return [
    `${t('source')}: ${indicator.source}. ${t('licence')}: ${indicator.licence}.`,
    `${t('borders-of')} ${vintage}: ${borders?.source ?? ''} (${borders?.licence ?? ''}).`,
    `${t('release')} ${catalog.release}, ${catalog.created.slice(0, 10)}.`,
  ];
}
