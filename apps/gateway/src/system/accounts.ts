import { Inject, Injectable } from '@nestjs/common';
import { EVENT_LOG, type EventLog } from '@siaga/bus';
import { Fault, type AccountLive, type AnswerOf, type InputOf } from '@siaga/contracts';
import { currentContext, tooBusy } from '@siaga/service';
import { eyesOf } from '../live/eyes.ts';
import { LiveGateway } from '../live/live.gateway.ts';
import { planAccount, readAccount } from './account.ts';

/** Each reads the log: screens that ask must not hold up those that listen. */
const MOST_AT_ONCE = 4;

/** Answers screens that ask whether they missed anything. */
@Injectable()
export class Accounts {
  #underway = 0;

  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    private readonly live: LiveGateway,
  ) {}

  /** For the principal of the context, who sees here what his screen may see. */
  async between({ from, to }: InputOf<typeof AccountLive>['body']): Promise<AnswerOf<typeof AccountLive>> {
    const { city, principal } = currentContext();
    const state = this.live.stateOf(city);
    if (state === undefined) throw new Fault('unavailable', 'gateway sedang membaca catatan kejadian, coba lagi sebentar · the gateway is reading the log'); // prettier-ignore
    const eyes = eyesOf(principal, Date.now());
    const plan = planAccount({ log: this.log, city, state, eyes, from, to });
    // every wall asks every minute, and between most minutes nothing happened: that costs no reading and no place
    if (plan.stretches.length === 0) return { ids: [] };
    if (this.#underway >= MOST_AT_ONCE) throw tooBusy('api');
    this.#underway += 1;
    try {
      return await readAccount(plan);
    } finally {
      this.#underway -= 1;
    }
  }
}
