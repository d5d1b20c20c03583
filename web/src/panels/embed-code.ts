// The code of an embedded map: a frame, a web component, or a picture (docs/viewer.md).

import type { Figures } from '../state/figures';
import type { State } from '../state/state';
import { pageQuery } from '../state/write-address';
import { titled, titleOf } from '../words/readings';

export interface EmbedChoice {
  /** A picture instead of a map to point at. */
  picture: boolean;
  /** Readers may choose the period. */
  controls: boolean;
  /** The whole viewer. */
  full: boolean;
  /** Only the selected area and its neighbours. */
  fit: boolean;
}

export interface Addresses {
  embed: string;
  image: string;
}

/** Where the embedded map and its picture are. */
export function addressesOf(state: State, { controls, full, fit }: EmbedChoice, origin: string): Addresses {
  const query = new URLSearchParams(pageQuery({ ...state, show: 'map' }));
  if (fit && state.area) query.set('fit', state.area);
  const image = `${origin}/picture.png?${query}&size=wide`;
  const embed = new URLSearchParams(pageQuery({ ...state, show: 'map' }));
  if (full) embed.set('mode', 'full');
  else if (!controls) embed.set('controls', '0');
  if (fit && state.area) embed.set('fit', state.area);
  return { embed: `${origin}/embed?${embed}`, image };
}

export interface Snippets {
  frame: string;
  component: string;
  picture: string;
}

/** The code in each form. `page`: where the map itself is. */
export function snippetsOf(figures: Figures, { embed, image }: Addresses, page: string): Snippets {
  const title = titleOf(figures);
  const { origin } = new URL(embed);
  const alt = attribute(titled(figures));
  const size = 'width="1200" height="630" loading="lazy" style="max-width:100%;height:auto"';
  const picture = `<a href="${attribute(page)}"><img src="${attribute(image)}" alt="${alt}" ${size}></a>`;
  const look = 'loading="lazy" referrerpolicy="strict-origin-when-cross-origin" style="width:100%;height:640px;border:0"';
  return {
    picture,
    frame: `<iframe src="${attribute(embed)}" title="${attribute(title)}" ${look}></iframe>\n<script src="${origin}/embed.js" async></script>`,
    component:
      `<script type="module" src="${origin}/choro-map.js"></script>\n` +
      `<choro-map src="${attribute(embed)}" lang="${figures.state.lang}">${picture}</choro-map>`,
  };
}

/** A text between quotation marks. */
function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
