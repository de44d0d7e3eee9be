import { readdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import path from 'node:path';
import { formatted, tableOf, type Bench } from './figure.ts';
import { coresBusy } from './process-cost.ts';
import { reportWith, type Section } from './report.ts';

/**
 * `npm run bench [-- name…]`: every `*.bench.ts` here, one after the other, one table at the end, and `docs/bench.md`. A
 * bench says in `about` what it does.
 */
const reportFile = path.resolve(import.meta.dirname, '../docs/bench.md');
const gib = Math.round(totalmem() / 2 ** 30);
const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${gib} GiB, Node ${process.version}`;
const wanted = process.argv.slice(2);
const files = (await readdir(import.meta.dirname)).filter((file) => file.endsWith('.bench.ts')).toSorted();
const sections: Section[] = [];
for (const file of files) {
  const name = file.replace('.bench.ts', '');
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`… ${name}`);
  const { bench, about = '' } = (await import(path.join(import.meta.dirname, file))) as {
    bench: Bench;
    about?: string;
  };
  const others = `other programs on ${formatted(await coresBusy())} of ${cpus().length} cores when it began`;
  const figures = await bench();
  sections.push({ name, about, day: new Date().toISOString().slice(0, 10), machine: `${machine}, ${others}`, figures });
  const known = await readFile(reportFile, 'utf8').catch(() => '');
  await writeFile(reportFile, await reportWith(known, sections));
}
console.log(`\n${machine}\n\n${tableOf(sections.flatMap(({ figures }) => figures))}`);
