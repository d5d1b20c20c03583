// For pages that show a Choro map in a frame: gives each such frame the height of its map. Load it once, anywhere on the page:
// <script src="https://HOST/embed.js" async></script>

/** What a frame may be given: less is no map, more is a mistake. */
const LEAST = 150;
const MOST = 4000;

addEventListener('message', ({ data, source }) => {
  if (data?.sentinel !== 'amp' || data.type !== 'embed-size' || !Number.isFinite(data.height)) return;
  const frame = [...document.querySelectorAll('iframe')].find((known) => known.contentWindow === source);
  if (frame) frame.style.height = `${Math.min(MOST, Math.max(LEAST, data.height))}px`;
});

export {};
