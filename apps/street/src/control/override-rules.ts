import type {
  LampOverride,
  OverriddenThing,
  OverridePhase,
  StepResult,
  StepTally,
  StreetTelemetry,
} from '@siaga/contracts';

/** A step as it is kept: also when it was issued, and how often. */
export interface Step extends StepResult {
  /** Later than what a controller saw last: it fetches the command (again). */
  issuedAtMs: number;
  tries: number;
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
  untilMs: number;
  phase: OverridePhase;
  endedBy?: string | undefined;
  endedAtMs?: number | undefined;
  things: Row[];
}

/** A controller that said nothing is told a second time before it is given up. */
const TRIES = 2;
/** After one interval, a report may still be on its way. */
const GRACE_MS = 30_000;
const tryMs = (row: Row) => row.intervalS * 1000 + GRACE_MS;

export const issued = (nowMs: number): Step => ({ state: 'waiting', atMs: nowMs, issuedAtMs: nowMs, tries: 1 });
export const failed = (because: string, nowMs: number): Step => ({ ...issued(nowMs), state: 'failed', because });

/** Where a thing is: on its way back, once it is. */
export const stepOf = (row: Row): Step => row.restored ?? row.applied;

const isUnderWay = ({ state }: Step) => state === 'waiting' || state === 'sent';

/** What nobody was told to do was never switched, and needs no way back. */
const isReachable = ({ replacedBy, controllerId }: Row) => replacedBy === undefined && controllerId !== undefined;

/** Of the way there and then of the way back. */
export function tallyOf(things: readonly Row[]): StepTally {
  const states = things.map((row) => (row.replacedBy === undefined ? stepOf(row).state : 'replaced'));
  const count = (state: (typeof states)[number]) => states.filter((one) => one === state).length;
  return {
    ...{ waiting: count('waiting'), sent: count('sent'), confirmed: count('confirmed'), failed: count('failed') },
    ...{ timedOut: count('timed-out'), replaced: count('replaced') },
  };
}

/** An override after as much time as went by: its end comes, what nobody confirmed is told again or given up. */
export function passed(override: Override, nowMs: number): Override {
  const { phase, untilMs, things } = override;
  if (phase === 'over') return override;
  if (phase === 'active' && nowMs >= untilMs) return passed(restoring(override, untilMs, nowMs), nowMs);
  const next = things.map((row) => waited(row, nowMs));
  const after = next.some((row, at) => row !== things[at]) ? { ...override, things: next } : override;
  const isLeft = after.things.some((row) => isReachable(row) && (phase === 'active' || isUnderWay(stepOf(row))));
  if (isLeft) return after;
  return { ...after, phase: 'over', endedAtMs: after.endedAtMs ?? nowMs };
}

/** Somebody gives it back before its time; as it was, where it is ended. */
export function ended(override: Override, by: string, nowMs: number): Override {
  if (override.phase !== 'active') return override;
  return passed({ ...restoring(override, nowMs, nowMs), endedBy: by }, nowMs);
}

function restoring(override: Override, endedAtMs: number, nowMs: number): Override {
  const things = override.things.map((row) => (isReachable(row) ? { ...row, restored: issued(nowMs) } : row));
  return { ...override, phase: 'restoring', endedAtMs, things };
}

function waited(row: Row, nowMs: number): Row {
  const step = stepOf(row);
  if (row.replacedBy !== undefined || !isUnderWay(step) || nowMs < step.issuedAtMs + tryMs(row)) return row;
  const isLast = step.tries >= TRIES;
  return withStep(row, isLast ? { ...step, state: 'timed-out', atMs: nowMs } : again(step, nowMs));
}

const again = (step: Step, nowMs: number): Step => ({ ...step, issuedAtMs: nowMs, tries: step.tries + 1 });
const withStep = (row: Row, step: Step): Row =>
  row.restored === undefined ? { ...row, applied: step } : { ...row, restored: step };

/** When to look at it again by itself; undefined: never. */
export function nextLookMs({ phase, untilMs, things, endedAtMs }: Override): number | undefined {
  if (phase === 'over') return undefined;
  const looks = things.flatMap((row) => {
    const step = stepOf(row);
    return row.replacedBy === undefined && isUnderWay(step) ? [step.issuedAtMs + tryMs(row)] : [];
  });
  return Math.min(...looks, phase === 'active' ? untilMs : (endedAtMs ?? untilMs) + 86_400_000);
}

/** Its controller fetched the command for these things. */
export function fetched(override: Override, things: ReadonlySet<string>, nowMs: number): Override {
  return changed(override, (row) => {
    const step = stepOf(row);
    if (!things.has(row.thing) || step.state !== 'waiting') return row;
    return withStep(row, { ...step, state: 'sent', atMs: nowMs });
  });
}

/** Somebody else took these things over: they are his, and their way back is, too. */
export function takenOver(override: Override, things: ReadonlySet<string>, by: string): Override {
  return changed(override, (row) =>
    things.has(row.thing) && row.replacedBy === undefined ? { ...row, replacedBy: by } : row,
  );
}

/** What a controller measured, against what it was told; `targetPercent`: of the override, or of the programme on the way back. */
export function heard(override: Override, report: StreetTelemetry, targetPercent: number): Override {
  const atMs = Math.min(report.atMs, report.receivedAtMs);
  return changed(override, (row) => {
    const step = stepOf(row);
    if (row.thing !== report.thing || row.replacedBy !== undefined || row.controllerId === undefined) return row;
    if (step.state === 'confirmed' || atMs < step.issuedAtMs) return row;
    const state = isSo(report, { targetPercent, watt: row.watt });
    if (state === true) return withStep(row, { ...sure(step), state: 'confirmed', atMs: report.receivedAtMs });
    const because = troubleIn(report, step.issuedAtMs);
    if (because === undefined || step.state === 'failed') return row;
    return withStep(row, { ...step, state: 'failed', because, atMs: report.receivedAtMs });
  });
}

const sure = ({ issuedAtMs, tries }: Step) => ({ issuedAtMs, tries });

/** A lamp is never exact: within so many points it does as it was told. */
const NEAR_POINTS = 5;
/** Told by its power alone: ballasts differ. */
const NEAR_POWER_POINTS = 20;
/** Below this a lamp only feeds its controller. */
const STANDBY = { w: 2, share: 0.05 };

/** Whether what is measured is what was told; undefined where nothing says. */
function isSo({ lamp, panel }: StreetTelemetry, { targetPercent, watt }: { targetPercent: number; watt: number }) {
  if (panel?.contactor !== undefined) return (panel.contactor === 'closed') === targetPercent > 0;
  const { levelPercent, activePowerW } = lamp ?? {};
  if (levelPercent !== undefined) {
    const isOff = levelPercent === 0;
    return isOff === (targetPercent === 0) && Math.abs(levelPercent - targetPercent) <= NEAR_POINTS;
  }
  if (activePowerW === undefined) return undefined;
  const isLit = activePowerW > Math.max(STANDBY.w, watt * STANDBY.share);
  if (targetPercent === 0 || targetPercent === 100) return isLit === targetPercent > 0;
  return isLit && Math.abs((activePowerW / watt) * 100 - targetPercent) <= NEAR_POWER_POINTS;
}

/** What a controller says when it could not do it, in TALQ's words. */
const REFUSALS = [
  ...['relayFailure', 'dimmingFailure', 'controlGearCommFailure', 'contactorError', 'lampFailure', 'supplyLoss'],
  ...['circuitBreakerTripped', 'localOverride'],
];

function troubleIn({ events }: StreetTelemetry, sinceMs: number): string | undefined {
  return events.find(
    ({ eventType, startEndFlag, atMs }) => startEndFlag === 'start' && atMs >= sinceMs && REFUSALS.includes(eventType),
  )?.eventType;
}

function changed(override: Override, change: (row: Row) => Row): Override {
  const things = override.things.map(change);
  return things.some((row, at) => row !== override.things[at]) ? { ...override, things } : override;
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
