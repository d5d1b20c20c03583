// Taking the map elsewhere: link, embedding, pictures.

import type { Figures } from '../state/figures';
import { withoutForeign } from '../state/foreign';
import type { Lang } from '../state/state';
import { copy } from '../ui/clipboard';
import { button } from '../ui/dom';
import { titleOf } from '../words/readings';
import { texts } from '../words/texts';
import { openEmbedDialog } from './embed-dialog';
import { openPictureDialog } from './picture-dialog';

/** Says something to everybody, also to those who do not see the page. */
export type Say = (text: string) => void;

/** The buttons. `current`: what is on the map when one is pressed. */
export function actions(lang: Lang, current: () => Figures | undefined, say: Say): HTMLElement[] {
  const t = texts(lang);
  const withMap = (act: (figures: Figures) => void) => () => {
    const figures = current();
    if (figures) act(figures);
  };
  return [
    button(
      'share',
      t('share'),
      withMap((figures) => void share(figures, say)),
    ),
    button(
      'embed',
      t('embed'),
      withMap((figures) => openEmbedDialog(figures, say)),
    ),
    button('pictures', t('picture'), withMap(openPictureDialog)),
  ];
}

async function share(figures: Figures, say: Say): Promise<void> {
  const t = texts(figures.state.lang);
  if (navigator.share) {
    const link = { title: titleOf(figures), text: figures.legend.summary, url: withoutForeign(location.href) };
    // Whoever closes the sheet of the system has decided.
    return navigator.share(link).catch(() => undefined);
  }
  say((await copy(withoutForeign(location.href))) ? t('link-copied') : t('copy-failed'));
}
