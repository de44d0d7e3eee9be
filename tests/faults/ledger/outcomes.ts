import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isLong } from './extent.ts';
import type { Outcome, Scene } from './scene.ts';

/** What one installation is to go through in a long run. */
export interface Plan {
  readonly on: string;
  readonly scenes: readonly string[];
  /** Whether it was played so, or briefly as with `npm test`. */
  readonly isLong: boolean;
}

/** Keeps an outcome for the report when one is being made: `FAULTS_RESULTS` names the folder. */
export const keepOutcome = (outcome: Outcome): Promise<void> => keep('outcome', outcome);

/** Keeps what a long run plays, so that the report can say what was left out. */
export const keepPlan = (on: string, scenes: readonly Scene[]): Promise<void> =>
  keep('plan', { on, scenes: scenes.map(({ name }) => name), isLong } satisfies Plan);

/** What has been kept in a folder, in order of time. */
export function keptIn(folder: string): { outcomes: Outcome[]; plans: Plan[] } {
  const names = readdirSync(folder).sort();
  const of = (kind: string): unknown[] =>
    names
      .filter((name) => name.startsWith(`${kind}-`))
      .map((name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as unknown);
  return { outcomes: of('outcome') as Outcome[], plans: of('plan') as Plan[] };
}

async function keep(kind: string, what: object): Promise<void> {
  const folder = process.env['FAULTS_RESULTS'];
  if (folder === undefined) return;
  await writeFile(path.join(folder, `${kind}-${String(Date.now())}-${randomUUID()}.json`), JSON.stringify(what));
}
