import { readdir } from 'node:fs/promises';
import { cpus } from 'node:os';
import path from 'node:path';
import { tableOf, type Bench, type Figure } from './figure.ts';

/** `npm run bench [-- name…]`: every `*.bench.ts` here, one after the other, and one table at the end. */
const wanted = process.argv.slice(2);
const files = (await readdir(import.meta.dirname)).filter((file) => file.endsWith('.bench.ts')).toSorted();
const figures: Figure[] = [];
for (const file of files) {
  const name = file.replace('.bench.ts', '');
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`… ${name}`);
  const { bench } = (await import(path.join(import.meta.dirname, file))) as { bench: Bench };
  figures.push(...(await bench()));
}
console.log(
  `\n${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}\n\n${tableOf(figures)}`,
);
