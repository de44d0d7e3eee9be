import { Injectable } from '@nestjs/common';
import { AlarmsStore } from '../alarms/alarms.store.ts';
import { cleared, renewed, type Turn } from '../alarms/alarm-steps.ts';
import type { StoredAlarm } from '../alarms/alarm-document.ts';
import { ConditionsStore } from '../conditions/conditions.store.ts';
import { deskPlan, type DeskPlan } from './desk-plan.ts';
import { RECENT_MS } from './settling.ts';

/** Somebody changed an alarm while the desk looked: it looks again after this long. */
const AGAIN_MS = 500;

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
    const missed = await this.carryOut(plan, { alarms, nowMs });
    return missed > 0 ? nowMs + AGAIN_MS : plan.lookAgainAtMs;
  }

  /** Causes first, so that there is no moment at which nobody tells of what they take in. Answers how many were changed meanwhile. */
  private async carryOut(plan: DeskPlan, at: { alarms: readonly StoredAlarm[]; nowMs: number }): Promise<number> {
    const { nowMs } = at;
    const alarmIdOf = new Map<string, string | undefined>(
      at.alarms.map(({ conditionKey, _id }) => [conditionKey, _id]),
    );
    for (const said of plan.raise) alarmIdOf.set(said.conditionKey, await this.alarms.raise(said, nowMs));
    let missed = [...alarmIdOf.values()].filter((alarmId) => alarmId === undefined).length;
    const make = async (alarm: StoredAlarm, turn: Turn | undefined) => {
      if (turn !== undefined && (await this.alarms.turn(alarm, turn)) === undefined) missed += 1;
    };
    for (const { alarm, said } of plan.renew) await make(alarm, renewed(alarm, said, nowMs));
    for (const { alarm, rootKey } of plan.absorb) {
      const absorbedInto = alarmIdOf.get(rootKey);
      if (absorbedInto !== undefined) await make(alarm, cleared(alarm, { absorbedInto }, nowMs));
    }
    for (const alarm of plan.end) await make(alarm, cleared(alarm, {}, nowMs));
    return missed;
  }
}
