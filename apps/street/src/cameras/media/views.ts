import { Inject, Injectable } from '@nestjs/common';
import type { LivePicture } from '@siaga/contracts';
import { currentContext } from '@siaga/service';
import { livePicturesOf } from './live-pictures.ts';
import { MEDIA_SERVERS, serversOf, type MediaServer } from './media-servers.ts';
import { ViewTickets } from './view-tickets.ts';

/** What a view of a camera opens, and for whom. */
@Injectable()
export class Views {
  constructor(
    private readonly tickets: ViewTickets,
    @Inject(MEDIA_SERVERS) private readonly servers: readonly MediaServer[],
  ) {}

  /** For the caller. */
  open(
    { cameraId, mediaStream }: { cameraId: string; mediaStream: string | undefined },
    nowMs: number,
  ): { ticket: string; untilMs: number; live: LivePicture[] | undefined } {
    const { ticket, untilMs } = this.tickets.issue({ cameraId, mediaStream }, nowMs);
    const servers = serversOf(currentContext().city, this.servers);
    return { ticket, untilMs, live: livePicturesOf(mediaStream, servers, ticket) };
  }

  /** Here a ticket is the caller's own, for one camera. */
  isTheirs(ticket: string, cameraId: string): boolean {
    const said = this.tickets.open(ticket);
    const { city, principal } = currentContext();
    return said?.city === city && said.cameraId === cameraId && said.principalId === principal.id;
  }
}
