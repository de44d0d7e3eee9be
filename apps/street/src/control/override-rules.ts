import {
  changed,
  commandIdOf,
  failed,
  isLost,
  isReachable,
  issued,
  NO_CONTROLLER,
  stepOf,
  withStep,
  type Override,
  type Row,
  type Step,
} from './step.ts';

/** A controller that said nothing is told a second time before it is given up. */
const TRIES = 2;
/** After one interval, a report may still be on its way. */
const GRACE_MS = 30_000;
const tryMs = (row: Row) => row.intervalS * 1000 + GRACE_MS;

/** By then a controller that nobody reached is back by itself, and reported it. */
const backByItselfMs = (row: Row, untilMs: number) => untilMs + tryMs(row);

/** When its silence has lasted long enough to ask again; who was not even handed the way back is waited for. */
function lookMs(row: Row, untilMs: number): number {
  const { askedAtMs, state, atMs, seq } = stepOf(row);
  const silentMs = (state === 'sent' ? Math.max(askedAtMs, atMs) : askedAtMs) + tryMs(row);
  return row.restored !== undefined && seq === undefined ? Math.max(silentMs, untilMs) : silentMs;
}

/**
 * Whether anything is to come of a step. A way back is not given up before the controller is back by itself, also where it
 * failed: who was away then, or without current, is told when he comes.
 */
function isUnderWay(row: Row, untilMs: number, nowMs: number): boolean {
  const { state } = stepOf(row);
  if (!isReachable(row)) return false;
  if (state === 'failed') return row.restored !== undefined && nowMs < backByItselfMs(row, untilMs);
  return state === 'waiting' || state === 'sent';
}

/** An override after as much time as went by: its end comes, what nobody confirmed is told again or given up. */
export function passed(override: Override, nowMs: number): Override {
  const { phase, untilMs } = override;
  if (phase === 'over') return override;
  if (phase === 'active' && nowMs >= untilMs) return passed(restoring(override, untilMs, nowMs), nowMs);
  const after = changed(override, (row) => waited(row, untilMs, nowMs));
  const isLeft = after.things.some((row) => (phase === 'active' ? isReachable(row) : isUnderWay(row, untilMs, nowMs)));
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

function waited(row: Row, untilMs: number, nowMs: number): Row {
  const step = stepOf(row);
  if (!isUnderWay(row, untilMs, nowMs) || nowMs < lookMs(row, untilMs)) return row;
  const isEnough = row.restored === undefined || nowMs >= backByItselfMs(row, untilMs);
  const isLast = step.tries >= TRIES && isEnough;
  return withStep(row, isLast ? { ...step, state: 'timed-out', atMs: nowMs } : again(step, nowMs));
}

/** Handed out once more, though its controller had it. */
const again = (step: Step, nowMs: number): Step => ({
  ...step,
  seq: undefined,
  askedAtMs: nowMs,
  tries: step.tries + 1,
});

/** When to look at it again by itself; undefined: never. */
export function nextLookMs({ phase, untilMs, things }: Override, nowMs: number): number | undefined {
  if (phase === 'over') return undefined;
  const looks = things.flatMap((row) => (isUnderWay(row, untilMs, nowMs) ? [lookMs(row, untilMs)] : []));
  // on the way back something is under way, or it would be over
  return Math.min(...looks, ...(phase === 'active' ? [untilMs] : []));
}

/** Its controller is handed these commands, by their ids, as `seq` in all it was told. */
export function handedOut(
  override: Override,
  { commandIds, seq }: { commandIds: ReadonlySet<string>; seq: number },
  nowMs: number,
): Override {
  if (override.phase === 'over') return override;
  return changed(override, (row) => {
    if (!commandIds.has(commandIdOf(override.overrideId, row))) return row;
    const step = { ...stepOf(row), seq };
    const isNews = step.state === 'waiting' || step.state === 'sent' || step.state === 'timed-out';
    return withStep(row, isNews ? { ...step, state: 'sent', atMs: nowMs } : step);
  });
}

/**
 * Its things go to whoever answers for each now, who is told anew, there or back; of one that nobody answers for, that is why
 * its step failed.
 */
export function readdressed(
  override: Override,
  now: ReadonlyMap<string, (Pick<Row, 'intervalS'> & { controllerId: string }) | undefined>,
  nowMs: number,
): Override {
  if (override.phase === 'over') return override;
  return changed(override, (row) => {
    if (!isReachable(row) || !now.has(row.thing)) return row;
    const to = now.get(row.thing);
    if (to?.controllerId === row.controllerId && !isLost(row)) return row;
    if (to !== undefined) return withStep({ ...row, ...to }, issued(nowMs));
    return isLost(row) ? row : withStep(row, failed(NO_CONTROLLER, nowMs));
  });
}

/** Somebody else took these things over: they are his, and their way back is, too. */
export function takenOver(override: Override, things: ReadonlySet<string>, by: string): Override {
  return changed(override, (row) =>
    things.has(row.thing) && row.replacedBy === undefined ? { ...row, replacedBy: by } : row,
  );
}

/** It took these things from another, where it was not known already. */
export function takes(override: Override, things: ReadonlySet<string>, from: string): Override {
  return changed(override, (row) =>
    things.has(row.thing) && row.replaces === undefined ? { ...row, replaces: from } : row,
  );
}

/** Of two overrides the one that has what both name: the later one, and of equals the greater id. */
export function holderOf<One extends Pick<Override, 'order' | 'overrideId'>>(one: One, other: One): One {
  if (one.order !== other.order) return one.order > other.order ? one : other;
  return one.overrideId > other.overrideId ? one : other;
}

/** What two overrides both still call theirs. */
export function disputed(one: Override, other: Override): ReadonlySet<string> {
  const theirs = new Set(other.things.filter(isReachable).map(({ thing }) => thing));
  return new Set(one.things.filter((row) => isReachable(row) && theirs.has(row.thing)).map(({ thing }) => thing));
}
