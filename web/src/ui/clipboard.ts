// Copying.

/** Puts a text into the clipboard; false where there is none, as on pages without TLS. */
export function copy(text: string): Promise<boolean> {
  if (!navigator.clipboard) return Promise.resolve(false);
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  );
}
