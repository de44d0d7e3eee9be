import { Injectable } from '@nestjs/common';
import { LogStanding } from '@siaga/identity';
import { createLogger, RouteSettings, type Principal } from '@siaga/service';
import { Documents } from '@siaga/store';
import { HandsetsOnAir } from '../handsets/handsets-on-air.ts';
import { closeCodes, type CloseCode, type VoiceLink } from './voice-link.ts';

const log = createLogger('voice');

/** Who may be on the line, and as whom: by his ticket, by what became of him since, and by the radio he holds. */
@Injectable()
export class Entrance {
  constructor(
    private readonly settings: RouteSettings,
    private readonly standing: LogStanding,
    private readonly handsets: HandsetsOnAir,
    private readonly documents: Documents,
  ) {}

  /** Whose ticket this is; or why he does not come in. */
  async whose(ticket: string): Promise<Principal | CloseCode> {
    const principal = await this.settings.principalOf(ticket, 'socket').catch((error: unknown) => {
      log.debug({ err: error }, 'a ticket was refused at the voice door');
    });
    if (principal === undefined) return closeCodes.unauthenticated;
    return this.speaksFor(principal.city) ? principal : closeCodes.restart;
  }

  /** Whether this process is the one whose air a city is on; voice does not wait for documents that answer nobody (ADR 0028). */
  speaksFor(city: string): boolean {
    return this.documents.leadsStill(city);
  }

  /** Brings a link up to date; false when it may be on the line no more: he is nobody now, or his radio is lost. */
  isStillHere(link: VoiceLink): boolean {
    try {
      link.principal = this.standing.now(link.principal);
    } catch {
      return false;
    }
    const handset = this.handsets.by(link.city, link.participantId);
    link.isTraining = handset?.isTraining === true;
    return handset?.isLost !== true;
  }

  /** Told whose links of a city are to be looked at again. */
  onChange(listener: (city: string, isHis: (link: VoiceLink) => boolean) => void): () => void {
    const ends = [
      this.standing.onChange((principalId, city) => {
        listener(city, (link) => link.principalId === principalId);
      }),
      this.handsets.onChange((city, { holder }) => {
        listener(city, (link) => link.participantId === holder?.participantId);
      }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }
}
