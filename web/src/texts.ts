// The page's own words, and numbers in a language's form.

import type { Names } from './api';
import type { Lang } from './state';

const EN = {
  indicator: 'Indicator',
  period: 'Period',
  previous: 'Previous period',
  next: 'Next period',
  set: 'Boundaries',
  grid: 'Map projection',
  lang: 'Language',
  legend: 'Legend',
  about: 'About the figures',
  source: 'Source',
  licence: 'Licence',
  release: 'Release',
  vintage: 'Boundaries of',
  map: 'Map',
  hint: 'Point at an area to read its value',
  nothing: 'There is nothing to show: the release holds no indicator with boundaries.',
  failed: 'The map could not be loaded.',
  unreachable: 'The server cannot be reached.',
  webgl: 'This browser cannot draw the map: it needs WebGL 2.',
  mercator: 'Web Mercator',
  equalArea: 'equal areas',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
};

const RU: typeof EN = {
  indicator: 'Показатель',
  period: 'Период',
  previous: 'Предыдущий период',
  next: 'Следующий период',
  set: 'Границы',
  grid: 'Проекция карты',
  lang: 'Язык',
  legend: 'Легенда',
  about: 'О данных',
  source: 'Источник',
  licence: 'Лицензия',
  release: 'Выпуск',
  vintage: 'Границы на',
  map: 'Карта',
  hint: 'Наведите указатель на территорию, чтобы увидеть значение',
  nothing: 'Показать нечего: в выпуске нет показателей с границами.',
  failed: 'Не удалось загрузить карту.',
  unreachable: 'Сервер недоступен.',
  webgl: 'Этот браузер не может показать карту: нужен WebGL 2.',
  mercator: 'Web Mercator',
  equalArea: 'равновеликая',
  zoomIn: 'Приблизить',
  zoomOut: 'Отдалить',
};

export type Texts = typeof EN;

export const LANGS: Record<Lang, string> = { en: 'English', ru: 'Русский' };

export function texts(lang: Lang): Texts {
  return lang === 'ru' ? RU : EN;
}

/** The text in `lang`, else in any language, else the id. */
export function pick(names: Names | undefined, lang: Lang, fallback: string): string {
  return names?.[lang] ?? Object.values(names ?? {})[0] ?? fallback;
}

/** A value with its indicator's decimals; a value that would print as zero keeps its first digit. */
export function number(value: number, decimals: number, lang: Lang, sign: boolean): string {
  const tiny = value !== 0 && Math.abs(value) < 0.5 * 10 ** -decimals;
  const digits: Intl.NumberFormatOptions = tiny
    ? { maximumSignificantDigits: 1 }
    : { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return new Intl.NumberFormat(lang, { ...digits, signDisplay: sign ? 'exceptZero' : 'auto' })
    .format(value)
    .replace('-', '\u2212');
}
