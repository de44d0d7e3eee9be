import { createServer, type Server, type Socket } from 'node:net';
import { Fault } from '@siaga/contracts';
import { Connection, type Served } from './connection.ts';
import { Seats } from './seats.ts';

const SWEEP_EVERY_MS = 60_000;
const LOOK_FOR_SILENCE_EVERY_MS = 1000;

export interface Door {
  /** Begins to answer; clients that came earlier have waited. */
  serve(served: Omit<Served, 'seats'>): void;
  close(): Promise<void>;
}

/** The log's door: a Unix socket (on Windows a named pipe) that only its owner can open. It listens at once. */
export async function openDoor(socketPath: string): Promise<Door> {
  const early = new Set<Socket>();
  const connections = new Set<Connection>();
  const timers: NodeJS.Timeout[] = [];
  const wait = (socket: Socket) => {
    early.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => early.delete(socket));
  };
  const server = createServer({ pauseOnConnect: true }, wait);
  await listening(server, socketPath);

  return {
    serve: ({ store, ...more }) => {
      const served = { store, ...more, seats: new Seats() };
      const take = (socket: Socket) => {
        const connection = new Connection(socket, served);
        connections.add(connection);
        socket.on('close', () => connections.delete(connection));
        socket.resume();
      };
      store.onAppended((topic) => {
        for (const connection of connections) connection.appended(topic);
      });
      server.off('connection', wait);
      server.on('connection', take);
      for (const socket of early) take(socket);
      early.clear();
      timers.push(
        setInterval(() => {
          for (const connection of connections) connection.closeIfSilent();
        }, LOOK_FOR_SILENCE_EVERY_MS),
        // what a sweep could not remove now, the next one removes; appends report a failing disk
        setInterval(() => void store.sweep().catch(() => undefined), SWEEP_EVERY_MS),
      );
    },
    close: async () => {
      for (const timer of timers) clearInterval(timer);
      for (const socket of early) socket.destroy();
      for (const connection of connections) connection.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function listening(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      reject(new Fault('unavailable', `the log cannot listen at ${path} (${cause.message})`, { cause }));
    });
    server.listen({ path, readableAll: false, writableAll: false }, resolve);
  });
}
