import { createServer } from 'node:net';
import { ConfigError } from '@siaga/service';

/** A port nobody listens on at this moment. A child keeps it over its restarts, so that nobody must be told a new one. */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  return tryPort(host, 0);
}

/** Says in one sentence when the wall's port cannot be had, before anything starts. 0 becomes a free one. */
export async function claimPort(host: string, port: number): Promise<number> {
  try {
    return await tryPort(host, port);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
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
