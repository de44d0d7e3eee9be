import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** A socket in the data folder itself: whoever can open its files can ask it, also from another container. */
export interface Guard {
  close(): void;
}

/**
 * Listens at a name in a folder until it is closed, or until its process is gone. Undefined where the folder's file system
 * has no sockets, as on some shares of a virtual machine: then only those who see our temporary folder find us.
 */
export async function standGuard(folder: string, name: string): Promise<Guard | undefined> {
  if (process.platform === 'win32') return undefined; // its pipes have one name space, whoever looks
  const server = createServer((socket) => socket.destroy());
  const isListening = await throughShortPath(folder, name, (path) => {
    return new Promise<boolean>((done) => {
      server.once('error', () => {
        done(false);
      });
      server.listen({ path, readableAll: false, writableAll: false }, () => {
        done(true);
      });
    });
  });
  if (!isListening) return undefined;
  server.unref();
  return {
    close: () => {
      server.close();
      rmSync(join(folder, name), { force: true });
    },
  };
}

/** Whether somebody stands guard there. */
export function isGuarded(folder: string, name: string): Promise<boolean> {
  return throughShortPath(folder, name, accepts);
}

/** What the kernel says of a socket that nobody listens at any more, or that is none. */
const NOBODY = new Set(['ECONNREFUSED', 'ENOENT', 'ENOTDIR', 'ENOTSOCK', 'EINVAL', 'ENAMETOOLONG', 'EPROTOTYPE']);

/**
 * Whether somebody listens at a socket. One who is frozen does, also when so many have asked him already that the kernel
 * takes no more (EAGAIN), and one of another user, who does not let us in (EACCES).
 */
export function accepts(path: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      done(true);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      done(!NOBODY.has(error.code ?? ''));
    });
  });
}

/** A socket's path has about a hundred bytes at most, that of a data folder may have more: a link leads there. */
async function throughShortPath<Result>(
  folder: string,
  name: string,
  use: (path: string) => Promise<Result>,
): Promise<Result> {
  const short = mkdtempSync(join(tmpdir(), 'siaga-'));
  try {
    symlinkSync(resolve(folder), join(short, 'd'));
    return await use(join(short, 'd', name));
  } finally {
    rmSync(short, { recursive: true, force: true });
  }
}
