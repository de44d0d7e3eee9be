import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { reliabilityPage } from '../tests/faults/ledger/report.ts';
import type { Outcome } from '../tests/faults/ledger/scene.ts';

/**
 * `npm run faults`: the long fault runs, about half an hour, and `docs/reliability.md` written from what they showed, also
 * when a promise was broken. `FAULTS_ROUNDS` plays the deadly scenes more or less often, `FAULTS_SEED` plays a run again.
 */
const results = mkdtempSync(path.join(tmpdir(), 'siaga-faults-'));
const given = process.argv.slice(2);
const { status } = spawnSync(process.execPath, ['checks/test.ts', ...(given.length === 0 ? ['tests/faults'] : given)], {
  stdio: 'inherit',
  env: { ...process.env, FAULTS_LONG: '1', FAULTS_RESULTS: results },
});
const outcomes = readdirSync(results)
  .sort()
  .map((name) => JSON.parse(readFileSync(path.join(results, name), 'utf8')) as Outcome);
rmSync(results, { recursive: true });
if (outcomes.length > 0) {
  writeFileSync('docs/reliability.md', reliabilityPage(outcomes));
  spawnSync('prettier', ['--write', 'docs/reliability.md'], { stdio: 'inherit' });
}
process.exit(status ?? 1);
