import { Injectable } from '@nestjs/common';
import { createLogger, serviceContext, withContext } from '@siaga/service';
import type { StreetTelemetry } from '@siaga/contracts';
import { StreetRegister } from '../register/street-register.ts';
import { Addressees, type Addressee } from './addressees.ts';
import { OpenOverrides, type Held } from './open-overrides.ts';
import { readdressed } from './override-rules.ts';
import { OverridesStore } from './overrides.store.ts';
import { isLost } from './step.ts';

const log = createLogger('overrides');

/**
 * Brings what is open to whoever answers for it now: controllers are exchanged, and lamps go to other panels, at any hour. It
 * looks whenever a register or an override changes, and at the start; what two processes do at once is the same.
 */
@Injectable()
export class Readdressing {
  readonly #looking = new Map<string, Promise<void>>();
  readonly #stale = new Set<string>();

  constructor(
    private readonly open: OpenOverrides,
    private readonly store: OverridesStore,
    private readonly addressees: Addressees,
    private readonly register: StreetRegister,
  ) {
    const look = (city: string) => {
      this.#look(city);
    };
    open.onRead(look);
    for (const city of register.cities) {
      const { controllers, lamps } = register.of(city);
      controllers.onChange(() => {
        look(city);
      });
      lamps.onChange(() => {
        look(city);
      });
    }
  }

  /** Whoever reports of a thing that nobody answered for answers for it now, where the register agrees. */
  async known(reports: readonly StreetTelemetry[]): Promise<void> {
    const held = reports.flatMap(({ thing }) => this.open.holderOf(thing) ?? []).filter(isElsewhere(this.addressees));
    await this.#bring(held, new Map(reports.map(({ thing, deviceId }) => [thing, deviceId])));
  }

  /** One look at a time in a city; what changed meanwhile is looked at again. */
  #look(city: string): void {
    this.#stale.add(city);
    if (this.#looking.has(city)) return;
    const looking = withContext(serviceContext(city), async () => {
      // what is not read yet would seem lost
      await this.register.here.ready;
      while (this.#stale.delete(city)) await this.#bring([...this.open.all()].filter(isElsewhere(this.addressees)));
    });
    const done = looking
      .catch((error: unknown) => {
        log.error({ err: error, city }, 'whom commands go to now cannot be kept: at the next change');
      })
      .finally(() => {
        this.#looking.delete(city);
        if (this.#stale.has(city)) this.#look(city);
      });
    this.#looking.set(city, done);
  }

  async #bring(held: readonly Held[], speakers?: ReadonlyMap<string, string>): Promise<void> {
    if (held.length === 0) return;
    const now = await this.addressees.ofThings(
      held.map(({ row }) => row.thing),
      speakers,
    );
    for (const [overrideId, some] of Map.groupBy(held, ({ override }) => override._id)) {
      const news = some.filter(({ row }) => now.get(row.thing) !== undefined || !isLost(row));
      if (news.length === 0) continue;
      const theirs = new Map<string, Addressee | undefined>(news.map(({ row }) => [row.thing, now.get(row.thing)]));
      await this.store.turn(overrideId, (override, nowMs) => readdressed(override, theirs, nowMs));
    }
  }
}

/** What is not where it is handed out to. */
const isElsewhere =
  (addressees: Addressees) =>
  ({ row }: Held): boolean =>
    isLost(row) || !addressees.isStill(row.thing, row.controllerId ?? '');
