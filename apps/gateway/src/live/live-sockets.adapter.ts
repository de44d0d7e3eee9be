import type { IncomingMessage } from 'node:http';
import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { Fault } from '@siaga/contracts';
import { RouteSettings } from '@siaga/service';
import { Server } from 'socket.io';
import { turnAway } from '../turned-away-socket.ts';

/** A screen sends a wish or an area, never more. */
const LARGEST_MESSAGE_BYTES = 64 * 1024;

/** Who may open a socket. */
export interface SocketDoor {
  /** Of other pages that may. */
  origins: readonly string[];
  /** Who is turned away before anything else, and why. */
  refusalOf: (request: IncomingMessage) => Fault | undefined;
}

/** socket.io as the live stream wants it: websocket only, nothing compressed, no page of another origin. */
export class LiveSocketsAdapter extends IoAdapter {
  readonly #door: SocketDoor;
  readonly #settings: RouteSettings;

  constructor(app: INestApplicationContext, door: SocketDoor) {
    super(app);
    this.#door = door;
    this.#settings = app.get(RouteSettings);
  }

  override createIOServer(): Server {
    const server = new Server(this.httpServer as ConstructorParameters<typeof Server>[0], {
      transports: ['websocket'],
      perMessageDeflate: false,
      httpCompression: false,
      serveClient: false,
      maxHttpBufferSize: LARGEST_MESSAGE_BYTES,
      connectTimeout: 10_000,
      pingInterval: 10_000,
      pingTimeout: 10_000,
      // what else asks to be upgraded is led to where voice is spoken, or ended there
      destroyUpgrade: false,
      allowRequest: (request, answer) => {
        const fault = this.#door.refusalOf(request);
        if (fault !== undefined) turnAway(request.socket, fault);
        const isOurs = this.#settings.trusts(request) && isWelcome(request, this.#door.origins);
        answer(null, fault === undefined && isOurs);
      },
    });
    server.of('/').use((_, next) => {
      next(new Error('connect to /live'));
    });
    return server;
  }
}

/** Browsers name the page's origin: it must be ours or a listed one. Programs name none. */
export function isWelcome({ headers }: IncomingMessage, origins: readonly string[]): boolean {
  const { origin, host } = headers;
  if (origin === undefined || origins.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
