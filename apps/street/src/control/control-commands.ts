import { thingOfKey, type ControllerCommand } from '@siaga/contracts';
import type { Held } from './open-overrides.ts';
import { stepOf } from './override-rules.ts';

/** What a controller is told, and what of it is new to it. */
export interface Commands {
  items: ControllerCommand[];
  /** Ask after this next time. */
  next: string;
  /** By override: things whose command it fetches for the first time. */
  fetched: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * What a controller that knows everything until `after` has not been told: what nobody fetched yet in any case, and what was
 * told (again) since. Who begins anew is told all that is in force. `programmed`: what a thing's programme gives now.
 */
export function commandsAfter(held: readonly Held[], after: number, programmed: (thing: string) => number): Commands {
  const due = held.filter(({ override, row }) => {
    const step = stepOf(row);
    if (step.state === 'waiting') return true;
    return step.issuedAtMs > after && (override.phase === 'active' || step.state === 'sent');
  });
  const fresh = due.filter(({ row }) => stepOf(row).state === 'waiting');
  const byOverride = Map.groupBy(fresh, ({ override }) => override._id);
  return {
    items: due.map((one) => commandOf(one, programmed)),
    next: String(Math.max(after, ...due.map(({ row }) => stepOf(row).issuedAtMs))),
    fetched: new Map([...byOverride].map(([id, some]) => [id, new Set(some.map(({ row }) => row.thing))])),
  };
}

function commandOf({ override, row }: Held, programmed: (thing: string) => number): ControllerCommand {
  const { kind, thingId } = thingOfKey(row.thing);
  const isOver = row.restored !== undefined;
  const what = kind === 'lamp' ? { lampId: thingId } : { panelId: thingId };
  const start = new Date(isOver ? (override.endedAtMs ?? override.untilMs) : override.takenAtMs).toISOString();
  return {
    ...{ commandId: `${override._id}/${row.thing}/${isOver ? 'program' : 'override'}`, ...what },
    ...{ levelPercent: isOver ? programmed(row.thing) : override.levelPercent, cmsRefId: override._id, start },
    ...(isOver
      ? { reason: 'program' as const }
      : { reason: 'override' as const, expiration: new Date(override.untilMs).toISOString() }),
  };
}
