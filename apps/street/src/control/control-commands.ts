import { thingOfKey, type ControllerCommand, type ControllerCommands } from '@siaga/contracts';
import type { Held } from './open-overrides.ts';
import { commandIdOf, stepOf, type Row } from './step.ts';

/** What a controller is to be told, and how it is kept that it was. */
export interface Commands extends ControllerCommands {
  /** Place of what is handed out now in all it was told. */
  seq: number;
  /** By override: ids of what was not handed out yet since it was asked for last. */
  fresh: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * What a controller that knows everything until `after` has not been told: what was never handed out, and what was since,
 * should that answer be lost. Who begins anew is told all that is in force. Counted, and from what the controller itself
 * knows on: a clock that is set back hides nothing. `programmed`: what a thing's programme gives now.
 */
export function commandsAfter(held: readonly Held[], after: number, programmed: (thing: string) => number): Commands {
  const due = held.filter(({ row }) => seqOf(row) === undefined || (seqOf(row) ?? 0) > after);
  const last = Math.max(after, ...held.map(({ row }) => seqOf(row) ?? 0));
  const fresh = due.filter(({ row }) => seqOf(row) === undefined);
  const byOverride = Map.groupBy(fresh, ({ override }) => override._id);
  return {
    items: due.map((one) => commandOf(one, programmed)),
    next: String(due.length === 0 ? after : fresh.length === 0 ? last : last + 1),
    seq: last + 1,
    fresh: new Map([...byOverride].map(([id, some]) => [id, new Set(some.map(({ row }) => commandIdOf(id, row)))])),
  };
}

const seqOf = (row: Row) => stepOf(row).seq;

function commandOf({ override, row }: Held, programmed: (thing: string) => number): ControllerCommand {
  const { kind, thingId } = thingOfKey(row.thing);
  const isOver = row.restored !== undefined;
  const what = kind === 'lamp' ? { lampId: thingId } : { panelId: thingId };
  const start = new Date(isOver ? (override.endedAtMs ?? override.untilMs) : override.takenAtMs).toISOString();
  return {
    ...{ commandId: commandIdOf(override._id, row), ...what },
    ...{ levelPercent: isOver ? programmed(row.thing) : override.levelPercent, cmsRefId: override._id, start },
    ...(isOver
      ? { reason: 'program' as const }
      : { reason: 'override' as const, expiration: new Date(override.untilMs).toISOString() }),
  };
}
