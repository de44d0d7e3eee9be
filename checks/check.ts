import { spawn } from 'node:child_process';

/** `npm run check`: everything that needs no build and no test run. Stops at the end, not at the first finding. */
const steps: readonly [name: string, command: string, ...args: string[]][] = [
  ['format', 'prettier', '--check', '--log-level', 'warn', '.'],
  ['types', 'tsc', '-p', 'tsconfig.json'],
  ['types of the wall', 'tsc', '-p', 'apps/wall/tsconfig.json'],
  ['lint', 'eslint', '.'],
  ['import directions', 'depcruise', '--config', 'checks/boundaries.cjs', 'apps', 'libs'],
  ['generated docs', process.execPath, '--conditions=siaga-source', 'checks/docs.ts', '--verify'],
];

const failed: string[] = [];
for (const [name, command, ...args] of steps) {
  const startedMs = performance.now();
  const code = await run(command, args);
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`);
  if (code !== 0) failed.push(name);
}
if (failed.length > 0) {
  console.error(`\ncheck failed: ${failed.join(', ')}`);
  process.exit(1);
}

function run(command: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
