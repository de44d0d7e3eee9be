import type { ConditionChanged, ThingKey } from '@siaga/contracts';
import { daylightAt } from '../sun/daylight.ts';
import { lostSince, type PanelState } from './panel-rules.ts';

/** What the desk is to know of a thing whose current is gone, but when. */
export type LossWords = Omit<ConditionChanged, 'active' | 'sinceMs' | 'changedAtMs'>;

/** A loss that holds now, concluded from all that is known. */
export interface Loss {
  readonly said: LossWords;
  /** Whose current is gone; a feeder's is concluded from many. */
  readonly panelId?: string | undefined;
  readonly sinceMs: number;
  readonly exercise: boolean;
}

/** What the desk was told of one thing. An end is kept, too: whatever is told next has to be newer. */
export interface ToldLoss {
  readonly key: ThingKey;
  readonly condition: ConditionChanged;
  readonly panelId?: string | undefined;
  readonly exercise: boolean;
  /** Kept, and perhaps not told yet: told once more by whoever finds it. */
  readonly pending: boolean;
}

/** What is known of a thing now: its loss, if its current is gone; whether it says so itself; or that it left the register. */
export type Finding = { readonly loss?: Loss | undefined; readonly saysItself?: boolean } | 'gone';

/** What is to be told of a thing: to the desk or, of one that says the same itself, to the books of darkness alone. */
export interface News {
  readonly told: ToldLoss;
  readonly to: 'desk' | 'books';
}

/**
 * What is to be told now that this was found; undefined when the desk knows. A thing that moves to another panel without
 * current is dark since then as before, and hangs on the new one.
 */
export function lossAfter(
  told: ToldLoss | undefined,
  found: Exclude<Finding, 'gone'>,
  nowMs: number,
): News | undefined {
  const { loss, saysItself = false } = found;
  const to = saysItself ? 'books' : 'desk';
  const before = told?.condition;
  const changedAtMs = Math.max(nowMs, (before?.changedAtMs ?? 0) + 1);
  if (loss !== undefined) {
    if (told !== undefined && isSame(told, loss)) return told.pending ? { told, to: 'desk' } : undefined;
    // an end that nobody heard of was none
    const goesOn = before?.active === true || told?.pending === true;
    const sinceMs = Math.min(goesOn ? (before?.sinceMs ?? loss.sinceMs) : loss.sinceMs, changedAtMs);
    const condition = { ...loss.said, active: true, sinceMs, changedAtMs };
    return { told: toldOf(condition, loss), to: 'desk' };
  }
  if (told === undefined || before === undefined) return undefined;
  if (!before.active) return told.pending ? { told, to } : undefined;
  const condition = { ...before, active: false, changedAtMs };
  return { told: toldOf(condition, told), to };
}

/** Since when lamps below a panel are dark that should burn; undefined while its current is there, and by day. */
export function lampsDarkSince(panel: PanelState): number | undefined {
  const lostMs = lostSince(panel);
  const { told, place, changedAtMs } = panel;
  if (lostMs === undefined) return undefined;
  if (told !== undefined) return told === 'night' ? lostMs : undefined;
  const isNight = place === undefined || [lostMs, changedAtMs].some((atMs) => daylightAt(atMs, place) === 'night');
  return isNight ? lostMs : undefined;
}

function toldOf(
  condition: ConditionChanged,
  { panelId, exercise }: { panelId?: string | undefined; exercise: boolean },
): ToldLoss {
  const { thing } = condition;
  return { key: `${thing.kind}:${thing.thingId}`, condition, panelId, exercise, pending: true };
}

/** What a feeder is said to be concluded from may count on without being news. */
const isSame = ({ condition, panelId, exercise }: ToldLoss, loss: Loss) =>
  condition.active &&
  panelId === loss.panelId &&
  exercise === loss.exercise &&
  condition.within.join() === loss.said.within.join();
