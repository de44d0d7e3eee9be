import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { ConfigError } from '@siaga/service';

/** The apps of a supervisor that was killed end by themselves, and let go of the port within so long, ms. */
const ORPHANS_MS = 5000;
const AGAIN_MS = 100;

/**
 * Ports below those that systems give to outgoing connections (Linux from 32768, others from 49152): one of these is still
 * free when a child comes to listen on it seconds later, and again after each of its restarts.
 */
const OURS = { first: 20_000, end: 32_768 };
const TRIES = 100;
/** Enough for the children of one start: a block for each process, so that two that start at one moment take none of the same. */
const BLOCK = 32;
let next = (process.pid * BLOCK) % (OURS.end - OURS.first);

/** A port nobody listens on at this moment. A child keeps it over its restarts, so that nobody must be told a new one. */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = OURS.first + next;
    // nobody listens there yet, and all the same it is somebody's: it is given once
    next = (next + 1) % (OURS.end - OURS.first);
    try {
      return await tryPort(host, port);
    } catch (error) {
      if (!['EADDRINUSE', 'EACCES'].includes(codeOf(error))) throw error;
    }
  }
  return tryPort(host, 0);
}

/** Says in one sentence when the wall's port cannot be had, before anything starts. 0 becomes a free one. */
export async function claimPort(host: string, port: number): Promise<number> {
  try {
    return port === 0 ? await freePort(host) : await tryPatiently(host, port);
  } catch (cause) {
    const code = codeOf(cause);
    const [alasan, reason] =
      code === 'EADDRINUSE'
        ? [`Port ${port} sudah dipakai`, `Port ${port} is already in use`]
        : code === 'EACCES'
          ? [`Pengguna ini tidak boleh memakai port ${port}`, `This user may not listen on port ${port}`]
          : [`Tidak dapat mendengar di ${host}:${port} (${code})`, `Cannot listen on ${host}:${port} (${code})`];
    throw new ConfigError(
      `${alasan}: hentikan yang memakainya, atau pilih yang lain dengan PORT, misalnya PORT=3001 npm start.
${reason}: stop what uses it, or choose another with PORT, for example PORT=3001 npm start.`,
      { cause },
    );
  }
}

async function tryPatiently(host: string, port: number): Promise<number> {
  const until = performance.now() + ORPHANS_MS;
  for (;;) {
    try {
      return await tryPort(host, port);
    } catch (error) {
      if (codeOf(error) !== 'EADDRINUSE' || performance.now() > until) throw error;
    }
    await setTimeout(AGAIN_MS);
  }
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

function tryPort(host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port);
        else reject(new Error('no port'));
      });
    });
  });
}
