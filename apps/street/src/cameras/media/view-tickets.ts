import { Injectable } from '@nestjs/common';
import { currentContext } from '@siaga/service';
import { Seal } from '../seal.ts';
import type { MediaServer } from './media-servers.ts';

/** Each renewal is in the trail: as long as somebody looks, not every second of it. */
const TICKET_MS = 5 * 60_000;
/** We ask at once. */
const API_MS = 60_000;

/** What a ticket says: who may look at what, until when. */
export interface ViewTicket {
  readonly city: string;
  readonly cameraId: string;
  /** Server and path of the moving picture it opens; absent: the camera names none. */
  readonly mediaStream?: string | undefined;
  readonly principalId: string;
  readonly untilMs: number;
}

/** What is sealed as one thing opens as nothing else. */
const VIEW = 'view';
const apiOf = ({ city, name }: MediaServer) => JSON.stringify(['media-api', city, name]);

/**
 * Tickets of views: each was asked for by somebody signed in, is in the trail, and opens one camera for five minutes, here
 * and the one stream that it named then at the media server that asks us. Nothing of them is kept: they are sealed, and say themselves what they are for.
 */
@Injectable()
export class ViewTickets {
  constructor(private readonly seal: Seal) {}

  /** Of the caller. */
  issue(camera: Pick<ViewTicket, 'cameraId' | 'mediaStream'>, nowMs: number): { ticket: string; untilMs: number } {
    const { city, principal } = currentContext();
    const { cameraId, mediaStream } = camera;
    const untilMs = nowMs + TICKET_MS;
    const said = { city, cameraId, mediaStream, principalId: principal.id, untilMs } satisfies ViewTicket;
    return { ticket: this.seal.seal(JSON.stringify(said), VIEW), untilMs };
  }

  /** What it says; undefined when it is none of ours, or its time is over. */
  open(ticket: string): ViewTicket | undefined {
    const text = this.seal.open(ticket, VIEW);
    if (text === undefined) return undefined;
    const said = JSON.parse(text) as ViewTicket;
    return Date.now() > said.untilMs ? undefined : said;
  }

  /** Shown to a media server's own door by us, and by it to ours. */
  forApi(server: MediaServer): string {
    return this.seal.seal(String(Date.now() + API_MS), apiOf(server));
  }

  isOurs(token: string, server: MediaServer): boolean {
    return Number(this.seal.open(token, apiOf(server)) ?? 0) >= Date.now();
  }
}
