import { spawn } from 'node:child_process';

/**
 * `npm test`: builds, then Jest in two phases (specs that get on with others beside them, two at a time; then those that
 * need the machine to themselves, `checks/phases.cjs`), then the journeys in a real browser, and one closing line for all
 * of it. Every phase is played, whatever the one before it found. Arguments go to Jest and skip the journeys:
 * `npm test -- apps/waste`.
 *
 * A few specs that fail in a whole run are played once more, by themselves, and named at the end when they pass then: a
 * strange machine's bad minute is no verdict on two thousand tests, and the name is an errand for whoever reads it.
 */
const totals = { passed: 0, failed: 0, skipped: 0 };
const given = process.argv.slice(2);
const MOST_PLAYED_AGAIN = 10;

/** A spec that failed, and what it added to the totals. */
interface NotGreen {
  path: string;
  passed: number;
  failed: number;
  skipped: number;
}

const builtWell = await run('npm', ['run', '-s', 'build']);
if (builtWell.code !== 0) process.exit(builtWell.code);

// a process that has held fifty suites is fat, and its garbage takes longer than the tests
const two = ['--maxWorkers=2', '--workerIdleMemoryLimit=1GB', '--testSequencer', './checks/sequencer.cjs'];
const notGreen = [...(await phase('together', two)), ...(await phase('alone', ['--runInBand']))];
let unsteady: string[] = [];
if (given.length === 0) {
  if (notGreen.length <= MOST_PLAYED_AGAIN) unsteady = await playAgain(notGreen);
  const journeys = await run('playwright', ['test', '--reporter=./checks/journey-totals.ts,line']);
  add(/^journeys: (\d+) passed, (\d+) failed, (\d+) skipped$/m.exec(journeys.output), journeys.code);
}
if (totals.passed + totals.failed + totals.skipped === 0) {
  console.error(`\nno test matches ${given.join(' ')}`);
  totals.failed = 1;
}

for (const path of unsteady) console.log(`\nunsteady, passed only when played again by itself: ${path}`);
console.log(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exit(totals.failed > 0 ? 1 : 0);

function phase(name: 'together' | 'alone', options: readonly string[]): Promise<NotGreen[]> {
  return jest(['--filter', './checks/phases.cjs', '--passWithNoTests', ...options, ...given], { TEST_PHASE: name });
}

/** Those that pass this time; what they added to the totals before is taken back. */
async function playAgain(specs: readonly NotGreen[]): Promise<string[]> {
  if (specs.length === 0) return [];
  for (const { passed, failed, skipped } of specs) {
    totals.passed -= passed;
    totals.failed -= failed;
    totals.skipped -= skipped;
  }
  const paths = specs.map(({ path }) => path);
  const still = await jest(['--runInBand', '--runTestsByPath', ...paths]);
  return paths.filter((path) => !still.some((spec) => spec.path === path));
}

async function jest(options: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<NotGreen[]> {
  const { code, output } = await run(
    process.execPath,
    [
      ...['--disable-warning=ExperimentalWarning', '--experimental-vm-modules', 'node_modules/jest/bin/jest.js'],
      ...options,
    ],
    more,
  );
  add(/^(\d+) passed, (\d+) failed, (\d+) skipped$/m.exec(output), code);
  return [...output.matchAll(/^not green: (\S+) (\d+) (\d+) (\d+)$/gm)].map(([, path = '', ...counts]) => {
    const [passed = 0, failed = 0, skipped = 0] = counts.map(Number);
    return { path, passed, failed, skipped };
  });
}

/** A run that ends badly without a counted failure (it could not even start) is one failure. */
function add(match: RegExpExecArray | null, code: number): void {
  const [passed = 0, failed = 0, skipped = 0] = (match ?? []).slice(1).map(Number);
  totals.passed += passed;
  totals.failed += code !== 0 && failed === 0 ? 1 : failed;
  totals.skipped += skipped;
}

function run(
  command: string,
  args: readonly string[],
  more: NodeJS.ProcessEnv = {},
): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NX_DAEMON: 'false', LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'fatal', ...more };
    const child = spawn(command, args, { stdio: ['inherit', 'pipe', 'inherit'], env });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      process.stdout.write(text);
      output = (output + text).slice(-20_000);
    });
    child.once('error', reject);
    child.once('exit', (code) => resolve({ code: code ?? 1, output }));
  });
}
