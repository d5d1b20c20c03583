// When the reader sees something.

/** Milliseconds after which nobody waits any more: a page in the background is not painted. */
const MOST = 30_000;

/** Resolves once the page has been painted for the first time with anything on it. */
export function firstPaint(): Promise<void> {
  return new Promise((resolve) => {
    if (document.hidden) return resolve();
    setTimeout(resolve, MOST);
    const observer = new PerformanceObserver((list) => {
      if (list.getEntriesByName('first-contentful-paint').length > 0) resolve();
    });
    observer.observe({ type: 'paint', buffered: true });
  });
}
