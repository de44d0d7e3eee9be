import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A TCP way to a city that somebody can pull the plug of. */
export interface CuttableWay {
  url: string;
  /** Ends every connection and lets no new one through. */
  cut: () => void;
  restore: () => void;
  close: () => Promise<void>;
}

/** Listens on a free port of this machine and passes everything on to the city. */
export async function cuttable(cityUrl: string): Promise<CuttableWay> {
  const { hostname, port } = new URL(cityUrl);
  const open = new Set<Socket>();
  let isCut = false;
  const keep = (socket: Socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    // A plug that is pulled is an error on both ends; the other end notices by itself.
    socket.on('error', () => socket.destroy());
  };
  const server = createServer((near) => {
    keep(near);
    if (isCut) {
      near.destroy();
      return;
    }
    const far = connect(Number(port), hostname);
    keep(far);
    near.pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const end = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    cut: () => {
      isCut = true;
      end();
    },
    restore: () => {
      isCut = false;
    },
    close: async () => {
      end();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
