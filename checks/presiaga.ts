import { existsSync } from 'node:fs';

/** Before `npm run siaga`: on a new machine, where a backup is brought back before the first start, nothing is built yet. */
if (!existsSync('dist/apps/city/siaga.js')) await import('./prestart.ts');
