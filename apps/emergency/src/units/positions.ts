import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus, type Table } from '@siaga/bus';
import { Fault, UnitMoved } from '@siaga/contracts';
import { asExercise, currentContext, PerCity, RouteSettings } from '@siaga/service';
import { CLOCK_OFF_MS } from '../clock-rules.ts';

/** Where units are, as their phones and trackers tell. */
@Injectable()
export class Positions implements OnModuleInit {
  readonly #tables: PerCity<Table<UnitMoved>>;

  constructor(
    private readonly bus: EventBus,
    { cities }: RouteSettings,
  ) {
    this.#tables = new PerCity(cities, (city) => bus.table(UnitMoved, city));
  }

  async onModuleInit(): Promise<void> {
    await Promise.all([...this.#tables.values()].map(({ ready }) => ready));
  }

  of(unitId: string): UnitMoved | undefined {
    return this.#tables.here.get(unitId);
  }

  /** A unit is there, unless a newer place is known already. */
  async tell(moved: UnitMoved, { exercise }: { exercise: boolean }): Promise<void> {
    const nowMs = Date.now();
    if (moved.atMs > nowMs + CLOCK_OFF_MS)
      throw new Fault('invalid', 'atMs: jam telepon lebih dari 5 menit di depan, betulkan dulu · the clock is more than 5 minutes ahead'); // prettier-ignore
    const atMs = Math.min(moved.atMs, nowMs);
    if (atMs <= (this.of(moved.unitId)?.atMs ?? -1)) return;
    await asExercise(exercise || currentContext().exercise, () => this.bus.publish(UnitMoved, { ...moved, atMs }));
  }
}
