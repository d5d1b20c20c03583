// The embedded map. The server has drawn everything; this adds the reading of values, the keyboard, the change of period
// without a new page, and tells the host how high the frame must be.

import { announceHeight } from './height';
import { pointing } from './pointing';

/** What another period changes on the page. */
const PARTS = ['title', 'unit', 'controls', 'map', 'legend-entries', 'legend-scope', 'table', 'note', 'source', 'open'];

const element = (id: string): HTMLElement => document.getElementById(id) as HTMLElement;

/** Shows the page of another choice in place; where that fails, goes there as a page without script would. */
async function show(url: string): Promise<void> {
  const focused = document.activeElement?.id;
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(String(response.status));
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    for (const id of PARTS) {
      const part = page.getElementById(id);
      if (part) element(id).replaceChildren(...part.childNodes);
    }
    document.title = page.title;
    history.replaceState(null, '', url);
    start();
    if (focused) document.getElementById(focused)?.focus();
  } catch {
    location.assign(url);
  }
}

function chosen(form: HTMLFormElement): string {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) query.append(name, String(value));
  return `${location.pathname}?${query}`;
}

/** What must be done anew whenever the parts of the page are new. */
function start(): void {
  const form = element('controls') as HTMLFormElement;
  form.querySelector('button')?.remove();
  pointing(element('map'), element('table'), (text) => {
    element('reading').textContent = text;
  });
}

const form = element('controls') as HTMLFormElement;
form.addEventListener('change', () => void show(chosen(form)));
form.addEventListener('submit', (event) => {
  event.preventDefault();
  void show(chosen(form));
});
start();
announceHeight(element('embed'));
