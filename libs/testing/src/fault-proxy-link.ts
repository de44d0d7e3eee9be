import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

export type Direction = 'request' | 'reply';

/** What befalls the pieces of a link at the moment. */
export interface Weather {
  readonly delayMs: number;
  /** Called with each piece before anything is decided about it. */
  seen(direction: Direction, chunk: Buffer): void;
  passes(direction: Direction): boolean;
}

/** One connection through a proxy: a client, its server (none when it was made in a black hole), what is between them. */
export class Link {
  readonly #ends: readonly Socket[];
  readonly #weather: Weather;
  readonly #gone: () => void;
  /** Bytes or an end were swallowed: whoever waits for them waits in vain. */
  broken = false;

  constructor(sockets: { client: Socket; server: Socket | undefined }, weather: Weather, gone: () => void) {
    const { client, server } = sockets;
    this.#ends = server === undefined ? [client] : [client, server];
    this.#weather = weather;
    this.#gone = gone;
    this.#carry('request', client, server);
    if (server === undefined) this.broken = true;
    else this.#carry('reply', server, client);
  }

  /** Resets both connections. */
  reset(): void {
    for (const socket of this.#ends) abort(socket);
    this.#gone();
  }

  #carry(direction: Direction, from: Socket, to: Socket | undefined): void {
    let underWay = Promise.resolve();
    const later = (act: (to: Socket) => void) => {
      if (to === undefined || !this.#weather.passes(direction)) {
        this.broken = true;
        return;
      }
      const dueMs = performance.now() + this.#weather.delayMs;
      underWay = underWay.then(async () => {
        const waitMs = dueMs - performance.now();
        if (waitMs > 0) await delay(waitMs);
        if (!to.destroyed) act(to);
      });
    };
    from.on('data', (chunk: Buffer) => {
      this.#weather.seen(direction, chunk);
      later((end) => {
        if (end.write(chunk)) return;
        from.pause();
        end.once('drain', () => from.resume());
      });
    });
    from.on('end', () => {
      later((end) => end.end());
    });
    from.on('error', () => {
      later(() => {
        this.reset();
      });
    });
    from.on('close', () => {
      if (this.#ends.every(({ destroyed }) => destroyed)) this.#gone();
    });
  }
}

/** Ends a connection as a machine that fell over would: with RST, where there is such a thing. */
export function abort(socket: Socket): void {
  if (socket.destroyed) return;
  if (socket.remotePort === undefined) socket.destroy();
  else socket.resetAndDestroy();
}
