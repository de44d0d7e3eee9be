import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Outcome } from './scene.ts';

/** Keeps an outcome for the report when one is being made: `FAULTS_RESULTS` names the folder. */
export async function keepOutcome(outcome: Outcome): Promise<void> {
  const folder = process.env['FAULTS_RESULTS'];
  if (folder === undefined) return;
  await writeFile(path.join(folder, `${String(Date.now())}-${randomUUID()}.json`), JSON.stringify(outcome));
}
