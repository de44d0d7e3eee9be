import type { OverriddenThing, OverridePhase, StepResult } from '@siaga/contracts';

/** A step as it is kept: also since when it is asked for, and how far its controller was told. */
export interface Step extends StepResult {
  /** When it was asked for first: what was measured before says nothing of it. */
  issuedAtMs: number;
  /** When it was asked for last: silence counts from then. */
  askedAtMs: number;
  tries: number;
  /** Its place in what its controller was handed out; absent: not since it was asked for last. */
  seq?: number | undefined;
}

/** One thing under an override, as it is kept. */
export interface Row extends Omit<
  OverriddenThing,
  'applied' | 'restored' | 'controllerId' | 'replaces' | 'replacedBy'
> {
  /** Absent: nobody is told. */
  controllerId?: string | undefined;
  /** How often its controller reports, seconds. */
  intervalS: number;
  /** Rated, of a lamp; of a panel 0. */
  watt: number;
  applied: Step;
  restored?: Step | undefined;
  replaces?: string | undefined;
  replacedBy?: string | undefined;
}

/** An override as the rules see it. */
export interface Override {
  overrideId: string;
  levelPercent: number;
  reason: string;
  by: string;
  takenAtMs: number;
  /** Of two that name one thing the greater has it: later than all it took over, whatever its clock said. */
  order: number;
  untilMs: number;
  phase: OverridePhase;
  endedBy?: string | undefined;
  endedAtMs?: number | undefined;
  things: Row[];
}

export const issued = (nowMs: number): Step => ({
  ...{ state: 'waiting', atMs: nowMs, issuedAtMs: nowMs, askedAtMs: nowMs, tries: 1 },
});
export const failed = (because: string, nowMs: number): Step => ({ ...issued(nowMs), state: 'failed', because });

/** Where a thing is: on its way back, once it is. */
export const stepOf = (row: Row): Step => row.restored ?? row.applied;

export const withStep = (row: Row, step: Step): Row =>
  row.restored === undefined ? { ...row, applied: step } : { ...row, restored: step };

/** It is this override's, and somebody is told: what nobody was told was never switched, and needs no way back. */
export const isReachable = ({ replacedBy, controllerId }: Row): boolean =>
  replacedBy === undefined && controllerId !== undefined;

/** Why a step failed of which nobody can be told, or nobody any more. */
export const NO_CONTROLLER = 'no-controller';

/** Who was told answers for it no more, and nobody else does yet. */
export const isLost = (row: Row): boolean => isReachable(row) && stepOf(row).because === NO_CONTROLLER;

/** Names a command for one thing, there or back: the same however often it is handed out. */
export const commandIdOf = (overrideId: string, { thing, restored }: Row): string =>
  `${overrideId}/${thing}/${restored === undefined ? 'override' : 'program'}`;

/** The override with each row as `change` leaves it; the same one where nothing changes. */
export function changed(override: Override, change: (row: Row) => Row): Override {
  const things = override.things.map(change);
  return things.some((row, at) => row !== override.things[at]) ? { ...override, things } : override;
}
