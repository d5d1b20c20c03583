import { defineConfig } from 'vite';

export default defineConfig({
  base: '/',
  // The page's policy allows no inline script, style or data: font, so nothing may be inlined.
  build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 1500 },
});
