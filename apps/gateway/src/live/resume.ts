import type { Frame, LatestEntry, Stream } from '@siaga/contracts';
import { areaText } from './area.ts';
import { everyEntry, goneEntry, latestEntry, type EveryEvent, type LatestValue } from './events.ts';
import type { Eyes } from './eyes.ts';
import { TOMBSTONE_MS } from './latest-table.ts';
import { encodePosition, type Position, type Vector } from './position.ts';
import type { StreamState } from './stream-state.ts';
import { hears, positionIn, sees, type View } from './views.ts';

/** What a screen must be sent to be where the state is. */
export interface Answer {
  /** Nothing that happened since its position is lacking: every event of every stream follows. */
  recovered: boolean;
  /** All values of the window, replacing what it knew; otherwise only those that changed. */
  whole: boolean;
  /** In order, ready to send. */
  frames: readonly ((nowMs: number) => Frame)[];
  /** Where the screen stands afterwards, and when that was, epoch ms. */
  reached: Vector;
  atMs: number;
}

/** A frame of a longer answer carries at most about so much. */
export const PART_BYTES = 64 * 1024;
/** Tombstones older than a day are gone from log and memory; an hour is left for clocks that differ. */
const OLDEST_MS = TOMBSTONE_MS - 3_600_000;

/**
 * What a screen missed since its position: exactly that, or all values at once, never something between. Without a
 * position, a snapshot. `'ahead'`: the screen knows more than this gateway has read yet; ask again later.
 */
export function answerTo(
  state: StreamState,
  view: View,
  since: Position | undefined,
  { nowMs, partBytes = PART_BYTES }: { nowMs: number; partBytes?: number | undefined },
): Answer | 'ahead' {
  const known = since !== undefined && state.agreesWith(since) ? since : undefined;
  if (known !== undefined && !state.hasReached(known.vector)) return 'ahead';
  const missed = known === undefined ? undefined : missedEvents(state, view, known, nowMs);
  const changed = known === undefined ? undefined : changedValues(state, view, known, nowMs);
  const every = missed?.events ?? [];
  const reached = state.vector;
  const end = encodePosition(positionIn(state, view, { atMs: nowMs, vector: reached }));
  const portions = portionsOf(changed ?? allValues(state, view), every, partBytes);
  const frames =
    changed === undefined || known === undefined
      ? partsOf(view.eyes, portions, end)
      : stepsOf(state, view.eyes, { portions, from: known, end });
  return {
    recovered: changed !== undefined && missed?.complete === true,
    whole: changed === undefined,
    frames,
    reached,
    atMs: nowMs,
  };
}

/** Events of the streams the position speaks of and the rings still cover; `complete` when that is all of them. */
function missedEvents(state: StreamState, view: View, { vector, atMs }: Position, nowMs: number) {
  const events: EveryEvent[] = [];
  let complete = nowMs - atMs <= OLDEST_MS;
  for (const stream of view.streams) {
    const ring = state.ring(stream);
    if (ring === undefined) continue;
    const offsets = vector.get(state.code(stream));
    if (
      offsets?.length !== stream.partitions ||
      !offsets.every((offset, partition) => ring.covers(partition, offset))
    ) {
      complete = false;
      continue;
    }
    for (const [partition, offset] of offsets.entries())
      for (const event of ring.since(partition, offset)) if (hears(view, event)) events.push(event);
  }
  return { events: events.sort((one, other) => one.order - other.order), complete };
}

/** Values that differ from what the screen has; undefined when that cannot be told. */
function changedValues(
  state: StreamState,
  view: View,
  since: Position,
  nowMs: number,
): Sized<LatestEntry>[] | undefined {
  if (since.epoch !== view.epoch || nowMs - since.atMs > OLDEST_MS) return undefined;
  const had = { eyes: view.eyes, area: since.area };
  const sameArea = areaText(since.area) === areaText(view.area);
  const entries: Sized<LatestEntry>[] = [];
  for (const [stream, value] of valuesOf(state, view)) {
    const offset = since.vector.get(state.code(stream))?.[value.partition];
    if (offset === undefined) return undefined;
    if (value.offset < offset) {
      if (sameArea) continue;
      if (sees(view, value) && !sees(had, value)) entries.push(sized(value, latestEntry(value, view.eyes)));
      else if (sees(had, value) && !sees(view, value)) entries.push(sized(value, goneEntry(value)));
    } else if (sees(view, value)) entries.push(sized(value, latestEntry(value, view.eyes)));
    else if ((value.formerly & view.eyes) !== 0) entries.push(sized(value, goneEntry(value)));
    else if (offset < value.knownFrom) return undefined; // it may have been in sight before we began to read
  }
  return entries;
}

function allValues(state: StreamState, view: View): Sized<LatestEntry>[] {
  const entries: Sized<LatestEntry>[] = [];
  for (const [, value] of valuesOf(state, view))
    if (sees(view, value)) entries.push(sized(value, latestEntry(value, view.eyes)));
  return entries;
}

function* valuesOf(state: StreamState, view: View): Iterable<[Stream, LatestValue]> {
  for (const stream of view.streams) for (const value of state.table(stream)?.values() ?? []) yield [stream, value];
}

interface Sized<Item> {
  item: Item;
  bytes: number;
}
const sized = ({ bytes }: LatestValue, item: LatestEntry): Sized<LatestEntry> => ({ item, bytes });

/** A snapshot: parts that the screen gathers and puts in place of everything it knew, all at once. */
function partsOf(eyes: Eyes, parts: readonly Portion[], position: string): Answer['frames'] {
  return parts.map((part, index) => (nowMs: number) => ({
    at: nowMs,
    position,
    latest: part.latest,
    every: part.every.map((event) => everyEntry(event, eyes)),
    part: { index, last: index === parts.length - 1 },
  }));
}

/**
 * Changes: frames that each stand by themselves. Events come first and each frame's position counts exactly those sent
 * so far, so a cut in between repeats nothing; values count with the last frame, where a repeat does no harm.
 */
function stepsOf(
  state: StreamState,
  eyes: Eyes,
  { portions, from, end }: { portions: readonly Portion[]; from: Position; end: string },
): Answer['frames'] {
  const vector = new Map(from.vector);
  return portions.map((step, index) => {
    for (const { event, partition, offset } of step.every) {
      const code = state.code(event.stream);
      vector.set(code, (vector.get(code) ?? []).with(partition, offset + 1));
    }
    const position = index === portions.length - 1 ? end : encodePosition({ ...from, vector });
    return (nowMs: number) => ({
      at: nowMs,
      position,
      latest: step.latest,
      every: step.every.map((event) => everyEntry(event, eyes)),
    });
  });
}

interface Portion {
  latest: LatestEntry[];
  every: EveryEvent[];
}

/** Cuts events, then values, into portions; at least one, be it empty. */
function portionsOf(latest: readonly Sized<LatestEntry>[], every: readonly EveryEvent[], partBytes: number): Portion[] {
  const done: Portion[] = [];
  let open: Portion = { latest: [], every: [] };
  let bytes = 0;
  const roomFor = (more: number): Portion => {
    if (bytes > 0 && bytes + more > partBytes) {
      done.push(open);
      open = { latest: [], every: [] };
      bytes = 0;
    }
    bytes += more;
    return open;
  };
  for (const event of every) roomFor(event.bytes).every.push(event);
  for (const { item, bytes: size } of latest) roomFor(size).latest.push(item);
  return [...done, open];
}
