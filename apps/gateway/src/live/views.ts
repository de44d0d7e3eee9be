import type { Area, EveryEntry, Frame, LatestEntry, Stream } from '@siaga/contracts';
import { areaText, within } from './area.ts';
import { everyEntry, goneEntry, latestEntry, type EveryEvent, type LatestValue, type News } from './events.ts';
import type { Eyes } from './eyes.ts';
import { fingerprint } from './hash.ts';
import { encodePosition, type Position, type Vector } from './position.ts';
import type { StreamState } from './stream-state.ts';

/** A window on the city: which streams, for whose eyes, of which area. Screens with the same window share its frames. */
export interface View {
  /** Equal for equal windows, different for different ones. */
  readonly name: string;
  /** Changes with the log, the streams and the eyes: what a screen knew under another epoch does not count. */
  readonly epoch: string;
  readonly streams: ReadonlySet<Stream>;
  readonly eyes: Eyes;
  /** In whole tiles; null is everywhere. Filters `latest` streams only. */
  readonly area: Area | null;
}

export function viewOf(state: StreamState, what: Pick<View, 'streams' | 'eyes' | 'area'>): View {
  const codes = [...what.streams].map((stream) => state.code(stream)).sort();
  const epoch = fingerprint(`${codes.join(' ')} for ${String(what.eyes)}`, 10);
  return { ...what, epoch, name: `${epoch} ${areaText(what.area)}` };
}

/** Whether somebody who looks through this window may see the value and has it in sight. A tombstone is seen by nobody. */
export function sees(view: Pick<View, 'eyes' | 'area'>, value: LatestValue): boolean {
  return value.data !== null && (view.eyes & value.audience) !== 0 && within(view.area, value.place);
}

export function hears(view: View, event: EveryEvent): boolean {
  return (view.eyes & event.audience) !== 0 && view.streams.has(event.event.stream);
}

/** What news means in one window: values that came or changed, values that left it as null, events. */
export function newsIn(view: View, news: News): { latest: LatestEntry[]; every: EveryEntry[] } {
  const latest: LatestEntry[] = [];
  for (const { before, now } of news.latest) {
    if (!view.streams.has(now.event.stream)) continue;
    if (sees(view, now)) latest.push(latestEntry(now, view.eyes));
    else if (before !== undefined && sees(view, before)) latest.push(goneEntry(now));
  }
  const every: EveryEntry[] = [];
  for (const event of news.every) if (hears(view, event)) every.push(everyEntry(event, view.eyes));
  return { latest, every };
}

/** A position in a window: only its streams. */
export function positionIn(state: StreamState, view: View, at: { atMs: number; vector: Vector }): Position {
  const vector = new Map<string, readonly number[]>();
  for (const stream of view.streams) {
    const code = state.code(stream);
    vector.set(code, at.vector.get(code) ?? []);
  }
  const { mark } = state;
  return { epoch: view.epoch, area: view.area, atMs: at.atMs, vector, ...(mark === undefined ? {} : { mark }) };
}

/** A frame that brings whoever looks through this window up to the state. */
export function frameOf(
  state: StreamState,
  view: View,
  nowMs: number,
  content: { latest: LatestEntry[]; every: EveryEntry[] },
): Frame {
  const position = positionIn(state, view, { atMs: nowMs, vector: state.vector });
  return { at: nowMs, position: encodePosition(position), ...content };
}
