import path from 'node:path';

/** The folder of this Siaga: as far up from the source as from what is built of it, in `dist/apps/city` or `dist/apps/shared`. */
export const root = path.resolve(import.meta.dirname, '../../..');
