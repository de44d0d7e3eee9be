import type { LampOverride, StepResult, StepTally } from '@siaga/contracts';
import { stepOf, type Row, type Step } from './step.ts';

/** How many things are where: of the way there and then of the way back. */
export function tallyOf(things: readonly Row[]): StepTally {
  const states = things.map((row) => (row.replacedBy === undefined ? stepOf(row).state : 'replaced'));
  const count = (state: (typeof states)[number]) => states.filter((one) => one === state).length;
  return {
    ...{ waiting: count('waiting'), sent: count('sent'), confirmed: count('confirmed'), failed: count('failed') },
    ...{ timedOut: count('timed-out'), replaced: count('replaced') },
  };
}

/** What callers are told of a row. */
export function thingSaid(row: Row): LampOverride['things'][number] {
  const { thing, lamps, controllerId, applied, restored, replaces, replacedBy } = row;
  const given = Object.entries({ controllerId, replaces, replacedBy }).filter(([, value]) => value !== undefined);
  return {
    ...{ thing, lamps, applied: stepSaid(applied), ...Object.fromEntries(given) },
    ...(restored === undefined ? {} : { restored: stepSaid(restored) }),
  };
}

const stepSaid = ({ state, atMs, because }: Step): StepResult => ({
  ...{ state, atMs },
  ...(because === undefined ? {} : { because }),
});
