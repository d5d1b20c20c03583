// Periods as they are called: `Q1 2014`, `I квартал 2014 г.`, as on the server (choro-model's `period_names.rs`).

import { partsOf } from '../state/periods';
import type { Lang } from '../state/state';
import { texts } from './texts';

/** What a period is called; a text that is no period stays as it is. */
export function periodName(period: string, lang: Lang): string {
  const parts = partsOf(period);
  if (!parts) return period;
  const t = texts(lang);
  const { kind, part, day } = parts;
  const year = String(parts.year);
  switch (kind) {
    case 'year':
      return t('period-year', { year });
    case 'semester':
      return t('period-semester', { part, year });
    case 'trimester':
      return t('period-trimester', { part, year });
    case 'quarter':
      return t('period-quarter', { part, year });
    case 'month':
      return t('period-month', { month: part, year });
    case 'week':
      return t('period-week', { week: part, year });
    case 'day':
      return t('period-day', { day, month: part, year });
  }
}
