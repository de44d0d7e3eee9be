import path from 'node:path';
import { rolldown } from 'rolldown';

/**
 * The last step of the build: each process of the city as a few files under `dist/apps`, what several of them use in files
 * they share. A process of two thousand small modules spends most of its start on finding them: on one core 2.3 s, bundled
 * and with a compile cache 0.8 s (docs/adr/0029-a-process-is-a-few-files.md).
 */
const root = path.resolve(import.meta.dirname, '..');
const services = ['gateway', 'identity', 'waste', 'street', 'alarms', 'emergency', 'talk', 'simulator'];

const bundle = await rolldown({
  cwd: root,
  input: {
    ...Object.fromEntries(services.map((app) => [`${app}/main`, `apps/${app}/dist/main.js`])),
    'city/main': 'apps/city/dist/main.js',
    'city/siaga': 'apps/city/dist/siaga.js',
    'engine/main': 'libs/engine/dist/main.js',
    'street/picture-worker': 'apps/street/dist/cameras/probe/picture-worker.js',
  },
  platform: 'node',
  // found in node_modules: what brings a binary, and the one library whose inner parts we reach for
  external: ['argon2', 'lmdb', 'kafkajs', /^kafkajs\//],
  onLog(level, log, handle) {
    // Nest names a dozen libraries that it can do without, and tries them only when asked to
    if (log.code !== 'UNRESOLVED_IMPORT') handle(level, log);
  },
});
await bundle.write({
  dir: 'dist/apps',
  cleanDir: true,
  format: 'esm',
  chunkFileNames: 'shared/[name]-[hash].js',
  // handlers are known in the log by the name of their class
  keepNames: true,
});
