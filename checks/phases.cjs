/**
 * The phases of `npm test`, read by Jest as its `--filter`: of all specs it found, those of the phase in `TEST_PHASE`.
 *
 * Most specs wait for sockets and disks, and two of them get on well on two cores. These have the machine to themselves:
 * they kill processes and count the seconds until all is well, or count what a kernel buffers and a process holds.
 */
const alone = [
  'tests/faults/',
  'apps/gateway/src/live/slow-sockets.int.spec.ts',
  'apps/gateway/src/system/system.int.spec.ts',
  'apps/identity/src/audit/who-saw.int.spec.ts',
  'apps/identity/src/people/block.int.spec.ts',
  'apps/identity/src/screens/pairing.int.spec.ts',
  'libs/bus/src/watched-log.int.spec.ts',
  'libs/engine/src/stalled-writes.int.spec.ts',
  'tests/live/revoked.spec.ts',
];

module.exports = (files) => {
  const isAlone = (file) => alone.some((start) => file.replaceAll('\\', '/').includes(`/${start}`));
  return { filtered: files.filter((file) => isAlone(file) === (process.env.TEST_PHASE === 'alone')) };
};
