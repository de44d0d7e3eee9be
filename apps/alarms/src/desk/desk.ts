import { Injectable } from '@nestjs/common';
import type { StoredAlarm } from '../alarms/alarm-document.ts';
import { cleared, renewed, type Turn } from '../alarms/alarm-steps.ts';
import { AlarmsStore } from '../alarms/alarms.store.ts';
import { ConditionsStore } from '../conditions/conditions.store.ts';
import { deskPlan, type DeskPlan } from './desk-plan.ts';
import { RECENT_MS } from './settling.ts';

/** Somebody changed an alarm while the desk looked: it looks again after this long. */
const AGAIN_MS = 500;

/** One look changes so many alarms, worst first; the next one goes on. Timers of the city get their turn in between. */
const MOST_CHANGES = 200;

/** What a look is about. */
interface Look {
  readonly plan: DeskPlan;
  readonly alarms: readonly StoredAlarm[];
  readonly nowMs: number;
}

/**
 * Makes alarms of conditions: looks at all that holds, plans, and carries it out. One look at a time in a city; what a
 * crash leaves undone the next look finds undone.
 */
@Injectable()
export class Desk {
  constructor(
    private readonly conditions: ConditionsStore,
    private readonly alarms: AlarmsStore,
  ) {}

  /** Answers when it is to look again without being woken, epoch ms. */
  async look(nowMs: number): Promise<number | undefined> {
    const [holding, recent, alarms] = await Promise.all([
      this.conditions.holding(),
      this.conditions.heardSince(nowMs - RECENT_MS),
      this.alarms.active(),
    ]);
    const plan = deskPlan({ holding, recent, alarms }, nowMs);
    // who asks for the tree of an alarm finds it there
    await this.conditions.link(plan.links);
    const outcome = await this.carryOut({ plan, alarms, nowMs });
    return outcome === 'done' ? plan.lookAgainAtMs : nowMs + AGAIN_MS;
  }

  /** Causes first, so that there is no moment at which nobody tells of what they take in. */
  private async carryOut(look: Look): Promise<'done' | 'more'> {
    const { plan, nowMs } = look;
    const alarmIdOf = new Map(look.alarms.map(({ conditionKey, _id }) => [conditionKey, _id]));
    let missed = Math.max(0, plan.raise.length - MOST_CHANGES);
    for (const said of plan.raise.slice(0, MOST_CHANGES)) {
      const alarmId = await this.alarms.raise(said, nowMs);
      if (alarmId === undefined) missed += 1;
      else alarmIdOf.set(said.conditionKey, alarmId);
    }
    const turns = turnsOf(look, alarmIdOf);
    missed += Math.max(0, turns.length - MOST_CHANGES);
    for (const [alarm, turn] of turns.slice(0, MOST_CHANGES))
      if ((await this.alarms.turn(alarm, turn)) === undefined) missed += 1;
    return missed === 0 ? 'done' : 'more';
  }
}

/** What changes of the alarms that were there; what hangs below a root that could not be raised waits for it. */
function turnsOf({ plan, nowMs }: Look, alarmIdOf: ReadonlyMap<string, string>): (readonly [StoredAlarm, Turn])[] {
  const news = plan.renew.flatMap(({ alarm, said }) => {
    const turn = renewed(alarm, said, nowMs);
    return turn === undefined ? [] : [[alarm, turn] as const];
  });
  const absorbed = plan.absorb.flatMap(({ alarm, rootKey }) => {
    const absorbedInto = alarmIdOf.get(rootKey);
    return absorbedInto === undefined ? [] : [[alarm, cleared(alarm, { absorbedInto }, nowMs)] as const];
  });
  return [...news, ...absorbed, ...plan.end.map((alarm) => [alarm, cleared(alarm, {}, nowMs)] as const)];
}
