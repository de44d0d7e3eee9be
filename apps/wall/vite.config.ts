import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

/**
 * The wall is static files that the gateway serves under a policy of `default-src 'self'`: nothing is inlined, because
 * a `data:` font or script would be refused.
 */
export default defineConfig({
  plugins: [react()],
  resolve: { conditions: ['siaga-source', ...defaultClientConditions] },
  build: {
    target: 'es2024',
    // for people below a lamp, and for callers of 112: nothing of the wall is in them
    rolldownOptions: {
      input: ['index.html', 'lapor.html', 'lokasi.html', 'src/field/pocket/field-worker.ts'],
      // a worker is known by its address: that stays, whatever is in it
      output: { entryFileNames: ({ name }) => (name === 'field-worker' ? '[name].js' : 'assets/[name]-[hash].js') },
    },
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // maplibre alone is past the default of 500 kB; it is a chunk of its own, loaded after the first paint.
    chunkSizeWarningLimit: 1400,
  },
  server: {
    proxy: {
      '/api': 'http://127.0.0.1:3000',
      '/live': { target: 'ws://127.0.0.1:3000', ws: true },
      '/voice': { target: 'ws://127.0.0.1:3000', ws: true },
    },
  },
});
