import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { defineConfig } from 'vite';
import { pageTextsPlugin } from './page-texts.ts';

/** What compression makes smaller; the server sends the file beside as it is. */
const PACKED = /\.(html|m?js|css|svg|json)$/;

/** Writes each file once more with `.br` and with `.gz`, so that the server compresses nothing. */
function packed() {
  return {
    name: 'packed',
    apply: 'build',
    closeBundle() {
      const files = readdirSync('dist', { recursive: true, encoding: 'utf8' });
      for (const name of files.filter((file) => PACKED.test(file))) {
        const path = join('dist', name);
        const bytes = readFileSync(path);
        const hint = { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } };
        writeFileSync(`${path}.br`, brotliCompressSync(bytes, hint));
        writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
      }
    },
  };
}

/** Scripts that other sites name: their addresses never change. */
const NAMED = { 'embed.js': 'embed/frame.ts', 'choro-map.js': 'embed/choro-map.ts' };

export default defineConfig({
  base: '/',
  plugins: [pageTextsPlugin, packed()],
  // The texts lie beside this folder.
  server: { fs: { allow: ['..'] } },
  test: { include: ['tests/**/*.test.ts'] },
  build: {
    target: 'es2022',
    // The page's policy allows no inline script, style or data: font, so nothing may be inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
    rollupOptions: {
      input: { index: 'index.html', embed: 'embed/index.html', ...NAMED },
      output: { entryFileNames: (chunk) => (chunk.name in NAMED ? chunk.name : 'assets/[name]-[hash].js') },
    },
  },
});
