// The dialog that makes a picture of the map.

import type { Figures } from '../state/figures';
import { SIZES } from '../state/grammar';
import type { State } from '../state/state';
import { pageQuery } from '../state/write-address';
import { openDialog } from '../ui/dialog';
import { h, select } from '../ui/dom';
import { titled } from '../words/readings';
import { languageNames, texts } from '../words/texts';

const FORMATS: [string, string][] = [
  ['png', 'PNG'],
  ['svg', 'SVG'],
  ['pdf', 'PDF'],
];

interface PictureChoice {
  format: string;
  size: string;
  lang: string;
}

/** The address of a picture of a state. */
export function pictureAddress(state: State, { format, size, lang }: PictureChoice): string {
  const query = new URLSearchParams(pageQuery({ ...state, show: 'map' }));
  query.set('lang', lang);
  query.set('size', size);
  return `/picture.${format}?${query}`;
}

export function openPictureDialog(figures: Figures): void {
  const { state } = figures;
  const t = texts(state.lang);
  const chosen: PictureChoice = { format: 'png', size: SIZES[0], lang: state.lang };
  const link = h('a', { id: 'picture-link', class: 'button' }, t('download'));
  const preview = h('img', { id: 'picture-preview', alt: titled(figures) });
  const draw = () => {
    link.href = pictureAddress(state, chosen);
    link.download = `${state.indicator.id}-${state.period}.${chosen.format}`;
    preview.src = pictureAddress(state, { ...chosen, format: 'svg' });
  };
  const choice = (key: keyof PictureChoice, label: string, options: [string, string][]) =>
    select(`picture-${key}`, label, options, chosen[key], (value) => {
      chosen[key] = value;
      draw();
    });
  draw();
  const choices = [
    choice('format', t('format'), FORMATS),
    choice(
      'size',
      t('size'),
      SIZES.map((size) => [size, t(`size-${size}`)]),
    ),
    choice('lang', t('language'), languageNames()),
  ];
  openDialog('picture-dialog', t('picture'), t('close'), ...choices, preview, link);
}
