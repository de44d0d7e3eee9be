import { Injectable } from '@nestjs/common';
import { Fault } from '@siaga/contracts';
import { createLogger } from '@siaga/service';
import { defineCollection, Store, trusted } from '@siaga/store';
import { people } from './person-document.ts';

/** Who is being taken away, and the version of him that the change is guarded by. */
interface Leaving {
  personId: string;
  version: number;
}

/** The one seat of a city for taking an administrator away. */
export const administratorSeat = defineCollection<{ leaving?: Leaving | undefined }>({
  name: 'identity_administrator_seat',
  fields: { leaving: { type: Object, default: undefined } },
});

const SEAT = 'seat';
const log = createLogger('administrators');

/**
 * Keeps a city from losing its last administrator. Two administrators who take each other away at once would each see
 * the other one still there, so whoever takes one away holds the one seat from before he counts until he is done. Who
 * finds it held, by somebody slow or by a process that died, first moves on the version of the person it is held for: the
 * other one's change is guarded by that version and now fails. So no clock is needed, and no stalled process does harm.
 */
@Injectable()
export class LastAdministrator {
  constructor(private readonly store: Store) {}

  /**
   * Runs a change, guarded by this version of a person, that takes him from the administrators. Throws `conflict` when
   * nobody else would be left who is one and not blocked.
   */
  async takingAway<Result>(leaving: Leaving, change: () => Promise<Result>): Promise<Result> {
    const held = await this.hold(leaving);
    try {
      if (!(await this.isAnotherThan(leaving.personId))) throw last();
      return await change();
    } finally {
      await this.release(held);
    }
  }

  private async isAnotherThan(personId: string): Promise<boolean> {
    const where = { _id: trusted({ $ne: personId }), roles: 'city-admin', blocked: false };
    return (
      (await this.store
        .of(people)
        .findOne(where as never)
        .lean()) !== null
    );
  }

  /** Answers the seat's version while we hold it. */
  private async hold(leaving: Leaving): Promise<number> {
    const seat = await this.store.find(administratorSeat, SEAT);
    if (seat === undefined) {
      const made = await this.store.createIfFree(administratorSeat, { _id: SEAT, leaving });
      return made?.version ?? this.hold(leaving);
    }
    if (seat.leaving !== undefined) {
      const { personId, version } = seat.leaving;
      await this.store.change(people, { where: { _id: personId, version }, change: {} });
    }
    const where = { _id: SEAT, version: seat.version };
    const taken = await this.store.change(administratorSeat, { where, change: { $set: { leaving } } });
    return taken?.version ?? this.hold(leaving);
  }

  private async release(version: number): Promise<void> {
    try {
      const where = { _id: SEAT, version };
      await this.store.change(administratorSeat, { where, change: { $unset: { leaving: 1 } } });
    } catch (error) {
      log.warn({ err: error }, 'the seat stays held; whoever needs it next takes it');
    }
  }
}

const last = () =>
  new Fault(
    'conflict',
    'ini city-admin terakhir yang tidak diblokir: angkat yang lain dulu · this is the last city-admin who is not blocked: appoint another one first',
  );
