import { Inject, Injectable } from '@nestjs/common';
import { ClaimPairing, Fault, type AnswerOf, type Me } from '@siaga/contracts';
import { audited, AUDITOR, type Auditor } from '@siaga/service';
import { screenAsHolder } from '../sessions/holders.ts';
import { SessionCookies, type Exchange } from '../sessions/session-cookies.ts';
import { isPaired, PairingsStore, type PairedPairing } from './pairings.store.ts';
import { ScreensStore } from './screens.store.ts';

/** Gives a paired screen its session. */
@Injectable()
export class ScreenEntry {
  constructor(
    private readonly pairings: PairingsStore,
    private readonly screens: ScreensStore,
    private readonly cookies: SessionCookies,
    @Inject(AUDITOR) private readonly auditor: Auditor,
  ) {}

  /** Throws `not-found` for a code that is none of ours, has run out, or whose screen was revoked: all the same. */
  async claim(deviceCode: string, exchange: Exchange): Promise<AnswerOf<typeof ClaimPairing>> {
    const pairing = await this.pairings.find(deviceCode);
    if (pairing === undefined) throw runOut();
    if (!isPaired(pairing)) return { status: 'pending' };
    const subjects = [`screen:${pairing.screen.screenId}`];
    return audited(this.auditor, { name: ClaimPairing.name, subjects }, async () => {
      const me = await this.session(pairing, exchange);
      return me === undefined ? { status: 'pending' } : { status: 'paired', me };
    });
  }

  /**
   * The session, or undefined when another request of the same screen gets it. Only who wins the pairing's document begins
   * one. If its answer is lost the screen claims again, and what the first claim began ends.
   */
  private async session(pairing: PairedPairing, exchange: Exchange): Promise<Me | undefined> {
    const screen = await this.screens.ensure(pairing.screen);
    if (screen.revoked) throw runOut();
    const claimed = await this.pairings.claim(pairing);
    if (claimed === undefined) return undefined;
    const me = await this.cookies.begin(screenAsHolder(screen), exchange);
    const sessionId = me.sessionId ?? '';
    if (!(await this.pairings.noteSession(claimed, sessionId))) {
      await this.screens.endSession(screen._id, sessionId);
      exchange.reply.removeHeader('set-cookie');
      return undefined;
    }
    if (pairing.sessionId !== undefined) await this.screens.endSession(screen._id, pairing.sessionId);
    return me;
  }
}

const runOut = () =>
  new Fault('not-found', 'kode ini tidak berlaku lagi: mulai lagi · this code is good no more: begin again');
