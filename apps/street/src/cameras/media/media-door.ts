import { Inject, Injectable } from '@nestjs/common';
import { Fault, type AdmitToMedia, type InputOf } from '@siaga/contracts';
import { inCity, RouteSettings } from '@siaga/service';
import { Store } from '@siaga/store';
import { cameras } from '../camera-kind.ts';
import { MEDIA_SERVERS, partsOf, type MediaServer } from './media-servers.ts';
import { ViewTickets } from './view-tickets.ts';

type Asked = InputOf<typeof AdmitToMedia>['body'];

/** What a ticket opens: nobody publishes with one, and nobody looks behind a server with one. */
const looking: readonly string[] = ['read', 'playback'];

/** Answers media servers, and proxies before them, whether somebody may look. */
@Injectable()
export class MediaDoor {
  constructor(
    @Inject(MEDIA_SERVERS) private readonly servers: readonly MediaServer[],
    private readonly tickets: ViewTickets,
    private readonly settings: RouteSettings,
    private readonly store: Store,
  ) {}

  /** As mediamtx asks (docs/2-features/06-authentication.md). Throws `unauthenticated`, which makes it ask its client. */
  async admit({ action, path, token, password, query }: Asked): Promise<void> {
    const mediamtx = this.servers.filter(({ kind }) => kind === 'mediamtx').map(({ name }) => name);
    const shown = [token, password, ...inQuery(query)].filter((one) => typeof one === 'string' && one !== '');
    for (const ticket of shown as string[]) {
      // as we introduced ourselves to its own door
      if (action === 'api' && this.tickets.isOurs(ticket, mediamtx)) return;
      if (looking.includes(action) && (await this.#opens(ticket, mediamtx, path ?? ''))) return;
    }
    throw closed();
  }

  /** For a server that asks nobody. Throws `unauthenticated`. */
  async check({ server, stream, ticket }: { server: string; stream: string; ticket: string }): Promise<void> {
    if (!(await this.#opens(ticket, [server], stream))) throw closed();
  }

  /** The camera as it is now: one that names another stream since, or was taken out, is not opened. */
  async #opens(ticket: string, servers: readonly string[], stream: string): Promise<boolean> {
    const said = this.tickets.open(ticket);
    if (said === undefined || !this.settings.cities.includes(said.city)) return false;
    const camera = await inCity(said.city, () => this.store.find(cameras, said.cameraId));
    if (camera?.mediaStream === undefined) return false;
    const named = partsOf(camera.mediaStream);
    return servers.includes(named.server) && named.stream === stream;
  }
}

const closed = () =>
  new Fault(
    'unauthenticated',
    'buka kameranya di Siaga dahulu: tiketnya tidak berlaku untuk aliran ini · no ticket for it',
  );

/** Players that cannot send a header carry it in the address. */
function inQuery(query: string | null | undefined): string[] {
  const parsed = new URLSearchParams(query ?? '');
  return ['ticket', 'token', 'jwt'].flatMap((name) => parsed.getAll(name).slice(0, 1));
}
