import { Inject, Injectable } from '@nestjs/common';
import { createLogger, currentContext } from '@siaga/service';
import type { z } from 'zod';
import { StreamTable, streamsOfGo2rtc } from './go2rtc.ts';
import { MEDIA_SERVERS, serversOf, type MediaServer } from './media-servers.ts';
import { PathConfigList, PathList, streamsOfMediamtx } from './mediamtx.ts';
import type { StreamSeen } from './stream-seen.ts';
import { ViewTickets } from './view-tickets.ts';

const log = createLogger('cameras');

const WITHIN_MS = 4000;
const MOST_BYTES = 4_000_000;
/** Of a hundred paths each: ten times what a city has. */
const MOST_PAGES = 10;

/** What a server told, or why it did not. */
export interface Told {
  readonly server: MediaServer;
  readonly streams: readonly StreamSeen[];
  readonly problem?: string | undefined;
}

/** Asks the media servers of the context's city what they have. Their addresses are its configuration, nobody's input. */
@Injectable()
export class MediaClient {
  constructor(
    @Inject(MEDIA_SERVERS) private readonly servers: readonly MediaServer[],
    private readonly tickets: ViewTickets,
  ) {}

  /** Never rejects for what a server does. */
  askAll(): Promise<Told[]> {
    return Promise.all(serversOf(currentContext().city, this.servers).map((server) => this.#ask(server)));
  }

  async #ask(server: MediaServer): Promise<Told> {
    try {
      return { server, streams: server.kind === 'go2rtc' ? await this.#go2rtc(server) : await this.#mediamtx(server) };
    } catch (error) {
      log.warn({ err: error, mediaServer: `${server.city}/${server.name}` }, 'a media server could not be asked');
      return { server, streams: [], problem: wordsFor(error) };
    }
  }

  async #go2rtc({ api }: MediaServer): Promise<StreamSeen[]> {
    return streamsOfGo2rtc(await read(`${api}/api/streams`, StreamTable));
  }

  async #mediamtx(server: MediaServer): Promise<StreamSeen[]> {
    const paths = await this.#pages(server, '/v3/paths/list', PathList);
    const configs = await this.#pages(server, '/v3/config/paths/list', PathConfigList);
    return streamsOfMediamtx(paths, configs);
  }

  /** mediamtx asks us back whether we may (action `api`): with this. */
  async #pages<Item>(
    server: MediaServer,
    path: string,
    shape: z.ZodType<{ pageCount: number; items: Item[] }>,
  ): Promise<Item[]> {
    const authorization = `Bearer ${this.tickets.forApi(server)}`;
    const all: Item[] = [];
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const { items, pageCount } = await read(
        `${server.api}${path}?itemsPerPage=100&page=${String(page)}`,
        shape,
        authorization,
      );
      all.push(...items);
      if (page + 1 >= pageCount) break;
    }
    return all;
  }
}

/** What a server answered with another status than 200. */
class Refused extends Error {
  override readonly name = 'Refused';

  constructor(readonly status: number) {
    super(`HTTP ${String(status)}`);
  }
}

async function read<Shape>(url: string, shape: z.ZodType<Shape>, authorization?: string): Promise<Shape> {
  const headers = authorization === undefined ? {} : { authorization };
  const answer = await fetch(url, { headers, redirect: 'error', signal: AbortSignal.timeout(WITHIN_MS) });
  if (answer.status !== 200) {
    await answer.body?.cancel();
    throw new Refused(answer.status);
  }
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new Error('more than 4 MB');
    chunks.push(chunk);
  }
  return shape.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
}

function wordsFor(error: unknown): string {
  if (error instanceof Refused)
    return error.status === 401 || error.status === 403
      ? `server media menolak kami (${error.message}): periksa authHTTPAddress dan rahasianya · it refused us: check authHTTPAddress and its secret`
      : `server media menjawab ${error.message} · it answered ${error.message}`;
  const { name, cause } = error as Error & { cause?: { code?: string } };
  if (name === 'TimeoutError') return 'server media tidak menjawab dalam 4 detik · no answer within 4 seconds';
  if (name === 'ZodError' || name === 'SyntaxError')
    return 'server media menjawab hal lain daripada yang dikenal: periksa jenis dan alamatnya · an unknown answer: check its kind and address';
  return `server media tidak terjangkau (${cause?.code ?? 'putus'}) · it cannot be reached`;
}
