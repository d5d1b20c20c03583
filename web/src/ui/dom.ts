// Making elements. Texts are always text: nothing from outside becomes markup.

type Child = Node | string | null | undefined | false;
type Props = Record<string, string | number | boolean | undefined | ((event: never) => void)>;

/** An element of HTML. `on…` are listeners, `true` an attribute without value, `false` and `undefined` none. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  return filled(document.createElement(tag), props, children);
}

const SVG = 'http://www.w3.org/2000/svg';

/** An element of SVG. */
export function s<K extends keyof SVGElementTagNameMap>(tag: K, props: Props = {}, ...children: Child[]): SVGElementTagNameMap[K] {
  return filled(document.createElementNS(SVG, tag), props, children);
}

function filled<E extends Element>(element: E, props: Props, children: Child[]): E {
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value as EventListener);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child): child is Node | string => child !== null && child !== undefined && child !== false));
  return element;
}

/** The element with an id of the page. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  return document.getElementById(id) as T;
}

/** Puts new children into an element and keeps the keyboard where it was: on the child with the same id. */
export function refill(element: Element, ...children: Child[]): void {
  const focused = element.contains(document.activeElement) ? document.activeElement?.id : undefined;
  element.replaceChildren(...children.filter((child): child is Node | string => Boolean(child)));
  if (focused) document.getElementById(focused)?.focus();
}

/** A labelled choice. `options`: value, text, and why it cannot be chosen. */
export function select(
  id: string,
  label: string,
  options: [value: string, text: string, refused?: string | undefined][],
  value: string,
  changed: (value: string) => void,
): HTMLElement {
  const box = h('select', { id, onchange: () => changed(box.value) });
  box.append(
    ...options.map(([key, text, refused]) =>
      h('option', { value: key, disabled: refused !== undefined, title: refused }, refused ? `${text} (${refused})` : text),
    ),
  );
  box.value = value;
  return h('div', { class: 'field' }, h('label', { for: id }, label), box);
}

/** A button with a text. */
export function button(id: string, text: string, click: () => void, props: Props = {}): HTMLButtonElement {
  return h('button', { id, type: 'button', onclick: click, ...props }, text);
}
