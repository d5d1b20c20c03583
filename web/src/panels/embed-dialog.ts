// The dialog that writes the code of an embedded map.

import type { Figures } from '../state/figures';
import { withoutForeign } from '../state/foreign';
import type { Lang } from '../state/state';
import { copy } from '../ui/clipboard';
import { openDialog } from '../ui/dialog';
import { button, h } from '../ui/dom';
import { texts } from '../words/texts';
import { addressesOf, type EmbedChoice, snippetsOf } from './embed-code';

/** Opens the dialog. `say` tells that something was copied. */
export function openEmbedDialog(figures: Figures, say: (text: string) => void): void {
  const { lang, area } = figures.state;
  const t = texts(lang);
  const draw = () => fill(preview, codes, figures, choice(), say);
  const boxes = {
    picture: checkbox('embed-static', t('embed-static'), draw),
    controls: checkbox('embed-controls', t('embed-controls'), draw, { checked: true }),
    full: checkbox('embed-full', t('embed-full'), draw),
    fit: checkbox('embed-fit', t('embed-fit'), draw, { disabled: area === undefined }),
  };
  const choice = (): EmbedChoice => ({
    picture: boxes.picture.box.checked,
    controls: boxes.controls.box.checked,
    full: boxes.full.box.checked,
    fit: boxes.fit.box.checked,
  });
  const preview = h('div', { id: 'embed-preview' });
  const codes = h('div', {});
  draw();
  const rows = Object.values(boxes).map(({ row }) => row);
  openDialog('embed-dialog', t('embed'), t('close'), ...rows, h('h3', {}, t('preview')), preview, codes);
}

function checkbox(id: string, text: string, onchange: () => void, props: { checked?: boolean; disabled?: boolean } = {}) {
  const box = h('input', { id, type: 'checkbox', ...props, onchange });
  return { box, row: h('div', { class: 'check' }, box, h('label', { for: id }, text)) };
}

/** Shows what is chosen: a preview, and its code in each form. */
function fill(preview: HTMLElement, codes: HTMLElement, figures: Figures, choice: EmbedChoice, say: (text: string) => void): void {
  const { lang } = figures.state;
  const t = texts(lang);
  const addresses = addressesOf(figures.state, choice, location.origin);
  const snippets = snippetsOf(figures, addresses, withoutForeign(location.href));
  const path = (address: string) => address.replace(location.origin, '');
  preview.replaceChildren(
    choice.picture
      ? h('img', { src: path(addresses.image), alt: figures.legend.summary })
      : h('iframe', { src: path(addresses.embed), title: t('preview') }),
  );
  const picture = snippet('code-picture', t('embed-picture'), snippets.picture, lang, say);
  if (choice.picture) return codes.replaceChildren(picture);
  const frame = snippet('code-frame', t('embed-frame'), snippets.frame, lang, say);
  codes.replaceChildren(frame, snippet('code-component', t('embed-component'), snippets.component, lang, say), picture);
}

/** A field with code, and a button that copies it. */
function snippet(id: string, label: string, code: string, lang: Lang, say: (text: string) => void): HTMLElement {
  const t = texts(lang);
  const field = h('textarea', { id, readonly: true, rows: 3, spellcheck: 'false', onfocus: () => field.select() });
  field.value = code;
  const press = async () => {
    if (await copy(code)) return say(t('link-copied'));
    field.focus();
  };
  return h(
    'div',
    { class: 'field' },
    h('label', { for: id }, label),
    field,
    button(`${id}-copy`, t('copy'), () => void press()),
  );
}
