// Dialogs of the platform: they keep the keyboard inside, Escape closes them, and focus returns.

import { button, h } from './dom';

/** Opens a dialog. `close`: the text of its last button. */
export function openDialog(id: string, title: string, close: string, ...children: (Node | string)[]): void {
  const box = h('dialog', { id, 'aria-labelledby': `${id}-title` });
  box.append(
    h('h2', { id: `${id}-title` }, title),
    ...children,
    button(`${id}-close`, close, () => box.close()),
  );
  box.addEventListener('close', () => box.remove());
  document.body.append(box);
  box.showModal();
}
