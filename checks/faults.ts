import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { keptIn } from '../tests/faults/ledger/outcomes.ts';
import { reliabilityPage } from '../tests/faults/ledger/report.ts';

/**
 * `npm run faults`: the long fault runs, about three quarters of an hour, and `docs/reliability.md` written from what they
 * showed, also when a promise was broken. `--short` plays each kind of fault once and briefly; other arguments choose files.
 * `FAULTS_ROUNDS` plays the deadly scenes more or less often, `FAULTS_SEED` plays a run again. With `FAULTS_RESULTS`, a
 * folder that stays, several runs make one page.
 */
const asked = process.env['FAULTS_RESULTS'];
const results = asked ?? mkdtempSync(path.join(tmpdir(), 'siaga-faults-'));
mkdirSync(results, { recursive: true });
const given = process.argv.slice(2).filter((argument) => argument !== '--short');
/** The doors are shot at a hundred thousand times, and only then does anything die. */
const everything = ['tests/attack/fuzz', 'tests/faults'];
const isShort = process.argv.includes('--short');
const { status } = spawnSync(process.execPath, ['checks/test.ts', ...(given.length === 0 ? everything : given)], {
  stdio: 'inherit',
  env: { ...process.env, ...(isShort ? {} : { FAULTS_LONG: '1' }), FAULTS_RESULTS: results },
});
const { outcomes, plans } = keptIn(results);
if (asked === undefined) rmSync(results, { recursive: true });
if (outcomes.length > 0) {
  writeFileSync('docs/reliability.md', reliabilityPage(outcomes, plans));
  spawnSync('prettier', ['--write', 'docs/reliability.md'], { stdio: 'inherit' });
}
process.exit(status ?? 1);
