import { Injectable } from '@nestjs/common';
import { DistressChanged } from '@siaga/contracts';
import { createLogger, serviceContext, withContext, type Principal } from '@siaga/service';
import { DistressStore } from './distress.store.ts';

const log = createLogger('distress');

/** A phone without `/live` learns late that its owner's call for help is over, and goes on pressing as if it were not. */
const ENDED_MS = 600_000;

/** Emergencies of the air: there is none without its alarm and its incident. */
@Injectable()
export class DistressOnAir {
  /** When somebody's call for help ended, by city and principal. */
  readonly #endedMs = new Map<string, number>();

  constructor(private readonly distress: DistressStore) {}

  /** Remembers whose is over. */
  over({ principalId }: Pick<DistressChanged, 'principalId'>, city: string): void {
    const nowMs = Date.now();
    for (const [name, endedMs] of this.#endedMs) if (nowMs - endedMs > ENDED_MS) this.#endedMs.delete(name);
    this.#endedMs.set(`${city} ${principalId}`, nowMs);
  }

  /**
   * Whether an emergency press is meant as one. It then has an alarm, also where only his voice gets through: his phone
   * raises it by its own door, and whichever is later finds the other's.
   */
  isMeant(principal: Principal, groupId: string): boolean {
    const { city, id, exercise } = principal;
    if (Date.now() - (this.#endedMs.get(`${city} ${id}`) ?? 0) <= ENDED_MS) return false;
    void withContext({ ...serviceContext(city, { exercise }), principal }, () =>
      this.distress.raise({ groupId }),
    ).catch((error: unknown) => {
      log.error({ err: error, groupId }, 'an emergency on the air has no alarm yet: his phone goes on asking for it');
    });
    return true;
  }
}
