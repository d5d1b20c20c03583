// The height of the frame: the host learns it by the messages that pages on the web understand already.

/**
 * Tells the host the height of `content` now and whenever it changes, in the form of AMP (`embed-size`) and in that of pym.js,
 * whose id the host puts into the query as `childId`. Heights are no secret, so every host may hear them.
 */
export function announceHeight(content: HTMLElement): void {
  if (parent === window) return;
  const id = new URLSearchParams(location.search).get('childId') ?? '';
  const tell = () => {
    const height = Math.ceil(content.getBoundingClientRect().height);
    parent.postMessage({ sentinel: 'amp', type: 'embed-size', height }, '*');
    parent.postMessage(`pymxPYMx${id}xPYMxheightxPYMx${height}`, '*');
  };
  new ResizeObserver(tell).observe(content);
  addEventListener('load', tell);
}
