// <choro-map src="https://HOST/embed?..." lang="ru">: a map in a page of another site without a line of script there. What stands
// inside the element, a picture and a link, is shown until the map is there, where it cannot be, and in print.

import './frame';

/** Pixels before the map comes into view at which it is loaded. */
const AHEAD = '400px';

class ChoroMap extends HTMLElement {
  static observedAttributes = ['src', 'lang'];

  #watch: IntersectionObserver | undefined;

  connectedCallback(): void {
    this.#watch = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) this.#load();
      },
      { rootMargin: AHEAD },
    );
    this.style.display = 'block';
    this.#watch.observe(this);
  }

  disconnectedCallback(): void {
    this.#watch?.disconnect();
  }

  attributeChangedCallback(): void {
    const frame = this.querySelector('iframe');
    const address = this.#address();
    if (frame && address) frame.src = address;
  }

  /** The address of the map in the element's language; none where `src` is no address of the web. */
  #address(): string | undefined {
    try {
      const address = new URL(this.getAttribute('src') ?? '', document.baseURI);
      if (!/^https?:$/.test(address.protocol)) return undefined;
      const lang = this.getAttribute('lang');
      if (lang) address.searchParams.set('lang', lang);
      return address.href;
    } catch {
      return undefined;
    }
  }

  #load(): void {
    const address = this.#address();
    if (!address) return;
    this.#watch?.disconnect();
    const frame = document.createElement('iframe');
    frame.src = address;
    frame.title = this.getAttribute('title') ?? this.querySelector('img')?.alt ?? 'Choro';
    frame.referrerPolicy = 'strict-origin-when-cross-origin';
    Object.assign(frame.style, { width: '100%', height: '520px', border: '0' });
    this.replaceChildren(frame);
  }
}

if (!customElements.get('choro-map')) customElements.define('choro-map', ChoroMap);
