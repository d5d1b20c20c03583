// Taking the map elsewhere: link, embedding, pictures.

import { button, h, select } from './dom';
import type { Shown } from './reading';
import { titleOf } from './reading';
import { pageQuery, type State } from './state';
import { LANGS, type Texts, texts } from './texts';

/** The buttons. `current`: what is on the map when one is pressed. `say`: for everybody. */
export function actions(lang: State['lang'], current: () => Shown | undefined, say: (text: string) => void): HTMLElement[] {
  const t = texts(lang);
  const withMap = (act: (shown: Shown) => void) => () => {
    const shown = current();
    if (shown) act(shown);
  };
  return [
    button(
      'share',
      t.share,
      withMap((shown) => void share(shown, t, say)),
    ),
    button(
      'embed',
      t.embed,
      withMap((shown) => embedDialog(shown, t, say)),
    ),
    button(
      'pictures',
      t.pictures,
      withMap((shown) => pictureDialog(shown, t)),
    ),
  ];
}

async function share(shown: Shown, t: Texts, say: (text: string) => void): Promise<void> {
  const link = { title: titleOf(shown), text: shown.legend.summary, url: location.href };
  if (navigator.share) {
    // Whoever closes the sheet of the system has decided.
    return navigator.share(link).catch(() => undefined);
  }
  say((await copy(location.href)) ? t.copied : t.copyFailed);
}

function copy(text: string): Promise<boolean> {
  // There is no clipboard on pages without TLS.
  return navigator.clipboard
    ? navigator.clipboard.writeText(text).then(
        () => true,
        () => false,
      )
    : Promise.resolve(false);
}

/** A dialog of the platform: it keeps the keyboard inside, Escape closes it, and focus returns. */
function dialog(id: string, title: string, t: Texts, ...children: (Node | string)[]): void {
  const box = h('dialog', { id, 'aria-labelledby': `${id}-title` });
  box.append(
    h('h2', { id: `${id}-title` }, title),
    ...children,
    button(`${id}-close`, t.close, () => box.close()),
  );
  box.addEventListener('close', () => box.remove());
  document.body.append(box);
  box.showModal();
}

function embedDialog(shown: Shown, t: Texts, say: (text: string) => void): void {
  const { state } = shown;
  const check = (id: string, text: string, checked: boolean, disabled = false) => {
    const box = h('input', { id, type: 'checkbox', checked, disabled, onchange: () => draw() });
    return { box, row: h('div', { class: 'check' }, box, h('label', { for: id }, text)) };
  };
  const picture = check('embed-static', t.embedStatic, false);
  const controls = check('embed-controls', t.embedControls, true);
  const full = check('embed-full', t.embedFull, false);
  const fit = check('embed-fit', t.embedFit, false, state.area === undefined);
  const preview = h('div', { id: 'embed-preview' });
  const codes = h('div', {});
  const draw = () => {
    const query = new URLSearchParams(pageQuery({ ...state, show: 'map' }));
    if (full.box.checked) query.set('mode', 'full');
    else if (!controls.box.checked) query.set('controls', '0');
    if (fit.box.checked && state.area) query.set('fit', state.area);
    const embed = `${location.origin}/embed?${query}`;
    query.delete('controls');
    query.delete('mode');
    const image = `${location.origin}/picture.png?${query}&size=wide`;
    const snippets = snippetsOf({ title: titleOf(shown), alt: shown.legend.summary, embed, image, page: location.href, lang: state.lang });
    preview.replaceChildren(
      picture.box.checked
        ? h('img', { src: image.replace(location.origin, ''), alt: shown.legend.summary })
        : h('iframe', { src: embed.replace(location.origin, ''), title: t.preview }),
    );
    const shownCodes: [string, string, string][] = picture.box.checked
      ? [['code-picture', t.embedPicture, snippets.picture]]
      : [
          ['code-frame', t.embedFrame, snippets.frame],
          ['code-component', t.embedComponent, snippets.component],
          ['code-picture', t.embedPicture, snippets.picture],
        ];
    codes.replaceChildren(...shownCodes.map(([id, label, code]) => snippet(id, label, code, t, say)));
  };
  draw();
  dialog('embed-dialog', t.embed, t, picture.row, controls.row, full.row, fit.row, h('h3', {}, t.preview), preview, codes);
}

function snippet(id: string, label: string, code: string, t: Texts, say: (text: string) => void): HTMLElement {
  const area = h('textarea', { id, readonly: true, rows: 3, spellcheck: 'false', onfocus: () => area.select() });
  area.value = code;
  const press = async () => {
    if (await copy(code)) return say(t.copied);
    area.focus();
  };
  return h(
    'div',
    { class: 'field' },
    h('label', { for: id }, label),
    area,
    button(`${id}-copy`, t.copy, () => void press()),
  );
}

interface Snippets {
  title: string;
  alt: string;
  embed: string;
  image: string;
  page: string;
  lang: string;
}

const attribute = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

function snippetsOf({ title, alt, embed, image, page, lang }: Snippets): { frame: string; component: string; picture: string } {
  const picture = `<a href="${attribute(page)}"><img src="${attribute(image)}" alt="${attribute(`${title}. ${alt}`)}" width="1200" height="630" loading="lazy" style="max-width:100%;height:auto"></a>`;
  const origin = new URL(embed).origin;
  return {
    picture,
    frame:
      `<iframe src="${attribute(embed)}" title="${attribute(title)}" loading="lazy" referrerpolicy="strict-origin-when-cross-origin" ` +
      `style="width:100%;height:640px;border:0"></iframe>\n<script src="${origin}/embed.js" async></script>`,
    component: `<script type="module" src="${origin}/choro-map.js"></script>\n<choro-map src="${attribute(embed)}" lang="${lang}">${picture}</choro-map>`,
  };
}

function pictureDialog(shown: Shown, t: Texts): void {
  const { state } = shown;
  const chosen = { format: 'png', size: 'page', lang: state.lang as string };
  const link = h('a', { id: 'picture-link', class: 'button' }, t.download);
  const preview = h('img', { id: 'picture-preview', alt: `${titleOf(shown)}. ${shown.legend.summary}` });
  const draw = () => {
    const query = new URLSearchParams(pageQuery({ ...state, show: 'map' }));
    query.set('lang', chosen.lang);
    query.set('size', chosen.size);
    link.href = `/picture.${chosen.format}?${query}`;
    link.download = `${state.indicator.id}-${state.period}.${chosen.format}`;
    preview.src = `/picture.svg?${query}`;
  };
  const choice = (key: keyof typeof chosen, label: string, options: [string, string][]) =>
    select(`picture-${key}`, label, options, chosen[key], (value) => {
      chosen[key] = value;
      draw();
    });
  draw();
  dialog(
    'picture-dialog',
    t.pictures,
    t,
    choice('format', t.format, [
      ['png', 'PNG'],
      ['svg', 'SVG'],
      ['pdf', 'PDF'],
    ]),
    choice('size', t.size, Object.entries(t.sizes)),
    choice('lang', t.lang, Object.entries(LANGS)),
    preview,
    link,
  );
}
