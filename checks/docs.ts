import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { documents } from './documents.ts';

/**
 * `npm run docs` writes `docs/generated/` from the contracts; with `--verify` it writes nothing and fails on a
 * difference, so that a change of a contract is seen in review.
 */
const folder = path.resolve(import.meta.dirname, '../docs/generated');
const verify = process.argv.includes('--verify');

await mkdir(folder, { recursive: true });
const different: string[] = [];
for (const [name, text] of Object.entries(documents())) {
  const file = path.join(folder, name);
  const present = await readFile(file, 'utf8').catch(() => '');
  if (present === text) continue;
  different.push(name);
  if (!verify) await writeFile(file, text);
}
const strays = (await readdir(folder)).filter((name) => !(name in documents()));

if (verify && different.length + strays.length > 0) {
  console.error(
    `docs/generated differs from the contracts: ${[...different, ...strays].join(', ')}\nrun: npm run docs`,
  );
  process.exit(1);
}
if (!verify) console.log(different.length === 0 ? 'docs/generated is up to date' : `written: ${different.join(', ')}`);
