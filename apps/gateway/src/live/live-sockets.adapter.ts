import type { IncomingMessage } from 'node:http';
import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { RouteSettings } from '@siaga/service';
import { Server } from 'socket.io';

/** A screen sends a wish or an area, never more. */
const LARGEST_MESSAGE_BYTES = 64 * 1024;

/** socket.io as the live stream wants it: websocket only, nothing compressed, no page of another origin. */
export class LiveSocketsAdapter extends IoAdapter {
  readonly #origins: readonly string[];
  readonly #settings: RouteSettings;

  constructor(app: INestApplicationContext, origins: readonly string[]) {
    super(app);
    this.#origins = origins;
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
      allowRequest: (request, answer) => {
        answer(null, this.#settings.trusts(request.headers.host) && isWelcome(request, this.#origins));
      },
    });
    server.of('/').use((_, next) => {
      next(new Error('connect to /live'));
    });
    return server;
  }
}

/** Browsers name the page's origin: it must be ours or a listed one. Programs name none. */
function isWelcome({ headers }: IncomingMessage, origins: readonly string[]): boolean {
  const { origin, host } = headers;
  if (origin === undefined || origins.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
