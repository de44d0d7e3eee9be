import { Inject, Injectable } from '@nestjs/common';
import { Fault, type AdmitToMedia, type CheckMediaTicket, type InputOf } from '@siaga/contracts';
import { inCity, RouteSettings } from '@siaga/service';
import { Store } from '@siaga/store';
import { cameras } from '../camera-kind.ts';
import { MEDIA_SERVERS, serverThatAsks, streamAt, type MediaServer } from './media-servers.ts';
import { ViewTickets } from './view-tickets.ts';

/** Who asks, by its own address and what only it has. */
type Asks = InputOf<typeof CheckMediaTicket>['params'] & { readonly secret: string };
type Asked = InputOf<typeof AdmitToMedia>['body'];

/** What a ticket opens: nobody publishes with one, and nobody looks behind a server with one. */
const looking: readonly string[] = ['read', 'playback'];

/** Answers media servers, and proxies before them, whether somebody may look: each at its own address, about itself. */
@Injectable()
export class MediaDoor {
  constructor(
    @Inject(MEDIA_SERVERS) private readonly servers: readonly MediaServer[],
    private readonly tickets: ViewTickets,
    private readonly settings: RouteSettings,
    private readonly store: Store,
  ) {}

  /** As mediamtx asks (docs/2-features/06-authentication.md). Throws `unauthenticated`, which makes it ask its client. */
  async admit(asks: Asks, { action, path, token, password, query }: Asked): Promise<void> {
    const server = this.#known(asks);
    const shown = [token, password, ...inQuery(query)].filter((one) => typeof one === 'string' && one !== '');
    for (const ticket of shown as string[]) {
      // as we introduced ourselves to its own doors
      if ((action === 'api' || action === 'playback') && this.tickets.isOurs(ticket, server)) return;
      if (looking.includes(action) && (await this.#opens(ticket, server, path ?? ''))) return;
    }
    throw closed();
  }

  /** For a server that asks nobody. Throws `unauthenticated`. */
  async check(asks: Asks, { stream, ticket }: { stream: string; ticket: string }): Promise<void> {
    if (!(await this.#opens(ticket, this.#known(asks), stream))) throw closed();
  }

  #known(asks: Asks): MediaServer {
    const server = this.settings.cities.includes(asks.city) ? serverThatAsks(asks, this.servers) : undefined;
    if (server === undefined) throw stranger();
    return server;
  }

  /**
   * Only the stream it was given out for, which the camera names still: one that names another since, or was taken out, is
   * not opened.
   */
  async #opens(ticket: string, server: MediaServer, stream: string): Promise<boolean> {
    const said = this.tickets.open(ticket);
    const asked = streamAt(server, stream);
    if (said?.city !== server.city || said.mediaStream !== asked) return false;
    const camera = await inCity(said.city, () => this.store.find(cameras, said.cameraId));
    return camera?.mediaStream === asked;
  }
}

const closed = () =>
  new Fault(
    'unauthenticated',
    'buka kameranya di Siaga dahulu: tiketnya tidak berlaku untuk aliran ini · no ticket for it',
  );

/** A server that is not there, and a wrong secret, are answered alike. */
const stranger = () =>
  new Fault(
    'unauthenticated',
    'bukan server media kota itu, atau rahasianya lain daripada di MEDIA_SERVERS · no such media server, or another secret',
  );

/** Players that cannot send a header carry it in the address. */
function inQuery(query: string | null | undefined): string[] {
  const parsed = new URLSearchParams(query ?? '');
  return ['ticket', 'token', 'jwt'].flatMap((name) => parsed.getAll(name).slice(0, 1));
}
