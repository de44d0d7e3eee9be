import { spawn } from 'node:child_process';

/**
 * `npm run check`: everything that needs no build and no test run, two steps at a time. Stops at the end, not at the first
 * finding; each step's words stay together.
 */
const steps: readonly [name: string, command: string, ...args: string[]][] = [
  ['lint', 'eslint', '.'], // the longest first
  ['types', 'tsc', '-p', 'tsconfig.json'],
  ['format', 'prettier', '--check', '--log-level', 'warn', '.'],
  ['types of the wall', 'tsc', '-p', 'apps/wall/tsconfig.json'],
  ['import directions', 'depcruise', '--config', 'checks/boundaries.cjs', 'apps', 'libs'],
  ['generated docs', process.execPath, '--conditions=siaga-source', 'checks/docs.ts', '--verify'],
];

const failed: string[] = [];
const left = steps.values();
await Promise.all([lane(), lane()]);
if (failed.length > 0) {
  console.error(`\ncheck failed: ${failed.join(', ')}`);
  process.exit(1);
}

async function lane(): Promise<void> {
  for (const [name, command, ...args] of left) {
    const startedMs = performance.now();
    const { code, said } = await run(command, args);
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
    console.log(`${said}${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`);
    if (code !== 0) failed.push(name);
  }
}

function run(command: string, args: readonly string[]): Promise<{ code: number; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['inherit', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, said }));
  });
}
