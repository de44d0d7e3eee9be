import type { DeviceProtocol, RefusalReason } from '@siaga/contracts';
import { ageMs } from '../link/age.ts';
import { BACKUP_WITHIN_MS } from '../system/backup-age.ts';
import type { Facts } from './facts.ts';

/** The steps of the first hour, in order. */
export const stepNames = ['account', 'phone', 'tracker', 'trucks', 'people', 'screen', 'backup', 'begin'] as const;
export type StepName = (typeof stepNames)[number];

/** What a step has found, to be put into words. `why…` follows "gagal karena". */
export type Note =
  | { say: 'signed-in'; name: string }
  | { say: 'listening' }
  | { say: 'seen' | 'seen-no-truck'; deviceId: string }
  | { say: 'moved'; truckId: string; atMs: number }
  | { say: 'trucks'; count: number }
  | { say: 'came-in' | 'invited' | 'one-more'; names: readonly string[] }
  | { say: 'screen'; name: string; atMs: number }
  | { say: 'screen-unseen'; name: string }
  | { say: 'backed-up'; atMs: number; bytes: number }
  | { say: 'backup-unheard' | 'backup-said' | 'clearing' }
  | { say: 'begun'; atMs: number }
  | { say: 'why-here-only' | 'why-not-cleared' }
  | { say: 'why-refused'; truckId: string; reason: RefusalReason; atMs: number }
  | { say: 'why-screen-dark'; name: string; atMs: number }
  | { say: 'why-backup-old'; atMs: number }
  | { say: 'why-no-answer'; why: string };

/** Where a step stands. `open`: nothing has been tried yet. `left-out`: not wanted, and not counted. */
export interface Standing {
  at: 'open' | 'waiting' | 'done' | 'failed' | 'left-out';
  note?: Note;
}

const minuteMs = 60_000;
/** A paired screen tells of itself when it renews its session, at the latest every 9 minutes. */
const SCREEN_SEEN_WITHIN_MS = 15 * minuteMs;
/** A refusal of another day says nothing of what is tried now. */
const REFUSED_WITHIN_MS = 24 * 60 * minuteMs;
/** A clearing takes seconds. */
const CLEARED_WITHIN_MS = minuteMs;
const PEOPLE_WANTED = 2;

const phones: readonly DeviceProtocol[] = ['osmand', 'owntracks'];

/** Where every step stands, from what the city knows by itself: nothing of it is kept. */
export function standingsOf(facts: Facts): Record<StepName, Standing> {
  return {
    account: accountOf(facts),
    phone: phoneOf(facts),
    tracker: trackerOf(facts),
    trucks: facts.trucks === 0 ? { at: 'open' } : { at: 'done', note: { say: 'trucks', count: facts.trucks } },
    people: peopleOf(facts),
    screen: screenOf(facts),
    backup: backupOf(facts),
    begin: beginOf(facts),
  };
}

/** How many of the steps that count are done. */
export function progressOf(standings: Record<StepName, Standing>): { done: number; of: number } {
  const counted = stepNames.map((name) => standings[name].at).filter((at) => at !== 'left-out');
  return { done: counted.filter((at) => at === 'done').length, of: counted.length };
}

/** Steps still open, without the last one: what is not there yet when the city begins. */
export function openSteps(standings: Record<StepName, Standing>): StepName[] {
  return stepNames.filter((name) => name !== 'begin' && !['done', 'left-out'].includes(standings[name].at));
}

function accountOf({ account }: Facts): Standing {
  return account === undefined ? { at: 'open' } : { at: 'done', note: { say: 'signed-in', name: account } };
}

function phoneOf(facts: Facts): Standing {
  const [moved] = facts.moved.filter(({ protocol }) => phones.includes(protocol));
  if (moved !== undefined) return { at: 'done', note: { say: 'moved', truckId: moved.truckId, atMs: moved.atMs } };
  return onTheWay(facts, phones) ?? (facts.isHereOnly ? hereOnly : { at: 'waiting', note: { say: 'listening' } });
}

const hereOnly: Standing = { at: 'failed', note: { say: 'why-here-only' } };

/** A tracker behind a Traccar server, or any second device. */
function trackerOf(facts: Facts): Standing {
  const tracker = facts.moved.find(({ protocol }) => protocol === 'traccar') ?? facts.moved[1];
  if (tracker !== undefined)
    return { at: 'done', note: { say: 'moved', truckId: tracker.truckId, atMs: tracker.atMs } };
  if (facts.isTrackerSkipped) return { at: 'left-out' };
  // what phones say belongs to the step before, until that one is done
  const protocols = facts.moved.length === 0 ? (['traccar'] as const) : ([...phones, 'traccar'] as const);
  return onTheWay(facts, protocols) ?? (facts.isHereOnly ? hereOnly : { at: 'open' });
}

/** A device was heard, but is not on the map. */
function onTheWay({ seen, refused, trucks, nowMs }: Facts, protocols: readonly DeviceProtocol[]): Standing | undefined {
  const stranger = seen.find(({ protocol }) => protocols.includes(protocol));
  const refusal = refused.find(({ atMs }) => ageMs(atMs, nowMs) < REFUSED_WITHIN_MS);
  if (refusal !== undefined && (stranger === undefined || refusal.atMs > stranger.lastSeenMs))
    return { at: 'failed', note: { say: 'why-refused', ...refusal } };
  if (stranger === undefined) return undefined;
  const { deviceId } = stranger;
  return { at: 'waiting', note: { say: trucks === 0 ? 'seen-no-truck' : 'seen', deviceId } };
}

function peopleOf({ people: { answer, failure } }: Facts): Standing {
  if (answer === undefined)
    return failure === undefined ? { at: 'open' } : { at: 'failed', note: { say: 'why-no-answer', why: failure } };
  const { cameIn, invited } = answer;
  if (cameIn.length >= PEOPLE_WANTED) return { at: 'done', note: { say: 'came-in', names: cameIn } };
  if (invited.length > 0) return { at: 'waiting', note: { say: 'invited', names: invited } };
  return cameIn.length > 0 ? { at: 'waiting', note: { say: 'one-more', names: cameIn } } : { at: 'open' };
}

function screenOf({ screens: { answer, failure }, nowMs }: Facts): Standing {
  if (answer === undefined)
    return failure === undefined ? { at: 'open' } : { at: 'failed', note: { say: 'why-no-answer', why: failure } };
  const [latest] = answer.toSorted((one, other) => (other.lastSeenAtMs ?? 0) - (one.lastSeenAtMs ?? 0));
  if (latest === undefined) return { at: 'open' };
  const { name, lastSeenAtMs: atMs } = latest;
  if (atMs === undefined) return { at: 'waiting', note: { say: 'screen-unseen', name } };
  return ageMs(atMs, nowMs) <= SCREEN_SEEN_WITHIN_MS
    ? { at: 'done', note: { say: 'screen', name, atMs } }
    : { at: 'failed', note: { say: 'why-screen-dark', name, atMs } };
}

function backupOf({ backup, nowMs }: Facts): Standing {
  if (backup.by === 'unheard') return { at: 'waiting', note: { say: 'backup-unheard' } };
  if (backup.by === 'databases') return backup.isSaid ? { at: 'done', note: { say: 'backup-said' } } : { at: 'open' };
  const { lastBackup } = backup.storage;
  if (lastBackup === undefined) return { at: 'open' };
  return ageMs(lastBackup.atMs, nowMs) <= BACKUP_WITHIN_MS
    ? { at: 'done', note: { say: 'backed-up', ...lastBackup } }
    : { at: 'failed', note: { say: 'why-backup-old', atMs: lastBackup.atMs } };
}

function beginOf({ begin: { beganAtMs, isAnythingSimulated }, nowMs }: Facts): Standing {
  if (beganAtMs === undefined) return { at: 'open' };
  if (!isAnythingSimulated) return { at: 'done', note: { say: 'begun', atMs: beganAtMs } };
  return ageMs(beganAtMs, nowMs) <= CLEARED_WITHIN_MS
    ? { at: 'waiting', note: { say: 'clearing' } }
    : { at: 'failed', note: { say: 'why-not-cleared' } };
}
