import { spawn } from 'node:child_process';

/**
 * `npm test`: builds, then Jest (unit, integration, faults), then the journeys in a real browser, and one closing line
 * for all of it. Arguments go to Jest and skip the journeys: `npm test -- apps/waste`.
 */
const totals = { passed: 0, failed: 0, skipped: 0 };
const given = process.argv.slice(2);

const builtWell = await run('npm', ['run', '-s', 'build']);
if (builtWell.code !== 0) process.exit(builtWell.code);

const jest = await run(process.execPath, [
  '--disable-warning=ExperimentalWarning',
  '--experimental-vm-modules',
  'node_modules/jest/bin/jest.js',
  ...given,
]);
add(/^(\d+) passed, (\d+) failed, (\d+) skipped$/m.exec(jest.output), jest.code);

if (given.length === 0) {
  const journeys = await run('playwright', ['test', '--reporter=./checks/journey-totals.ts,line']);
  add(/^journeys: (\d+) passed, (\d+) failed, (\d+) skipped$/m.exec(journeys.output), journeys.code);
}

console.log(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exit(totals.failed > 0 ? 1 : 0);

/** A run that ends badly without a counted failure (it could not even start) is one failure. */
function add(match: RegExpExecArray | null, code: number): void {
  const [passed = 0, failed = 0, skipped = 0] = (match ?? []).slice(1).map(Number);
  totals.passed += passed;
  totals.failed += code !== 0 && failed === 0 ? 1 : failed;
  totals.skipped += skipped;
}

function run(command: string, args: readonly string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NX_DAEMON: 'false', LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'fatal' };
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
