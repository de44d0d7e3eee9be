import { spawnSync } from 'node:child_process';

/** Builds before `npm start`: silent when it goes well, everything it said when it does not. */
console.error('Menyiapkan… · preparing…');
const env = { ...process.env, NX_DAEMON: 'false' };
const build = spawnSync('npm', ['run', '-s', 'build'], { encoding: 'utf8', env, shell: process.platform === 'win32' });
if (build.status !== 0) {
  console.error(`${build.stdout}${build.stderr}\nThe build failed: its output is above.`);
  process.exit(1);
}
