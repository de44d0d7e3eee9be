import { topicOf, type EventLog } from '@siaga/bus';
import { Fault, type AccountLive, type AnswerOf } from '@siaga/contracts';
import { TooLate, withinMs } from '@siaga/service';
import type { Eyes } from '../live/eyes.ts';
import { decodePosition, encodePosition, type Position } from '../live/position.ts';
import type { StreamState } from '../live/stream-state.ts';
import { viewOf, type View } from '../live/views.ts';
import {
  ACCOUNT_LIMITS,
  AccountReading,
  anotherLog,
  type AccountPlan,
  type AccountQuestion,
  type Stretch,
} from './account-reading.ts';

/** Throws `invalid` for what is no pair of positions, `conflict` for one of another log or another screen. */
export function planAccount(question: AccountQuestion): AccountPlan {
  const { state, eyes } = question;
  const from = positionOf(question.from, 'from');
  const to = positionOf(question.to, 'to');
  const view = viewOfBoth(state, { from, to, eyes });
  return { question, from, to, view, stretches: stretchesOf(state, view, { from, to }) };
}

/**
 * Ids of the `every` events that the log itself holds for a screen between two of its positions, each once. Throws
 * `conflict` for positions that this log cannot answer any more, `unavailable` when it gives nothing in time.
 */
export async function readAccount(plan: AccountPlan): Promise<AnswerOf<typeof AccountLive>> {
  const { question, from, stretches } = plan;
  if (stretches.length === 0) return { ids: [] };
  const { state, log, city, limits = ACCOUNT_LIMITS } = question;
  const reading = new AccountReading(plan, limits);
  try {
    await withinMs(limits.withinMs, async () => {
      await refuseGone(log, city, stretches);
      await reading.read();
    });
  } catch (error) {
    // what was read before the time was up counts: a slow log answers in many steps rather than never
    if (!(error instanceof TooLate)) throw error;
    if (!reading.hasBegun)
      throw new Fault('unavailable', 'catatan kejadian tidak menjawab · the log did not answer', { cause: error });
  } finally {
    reading.stop();
  }
  const { ids } = reading;
  if (stretches.every(({ at, to: end }) => at >= end)) return { ids };
  return { ids, next: encodePosition({ ...from, vector: vectorAt(state, from, stretches) }) };
}

function positionOf(text: string, name: string): Position {
  const position = decodePosition(text);
  if (position === undefined) throw new Fault('invalid', `${name} is no position of the live stream`);
  return position;
}

/** The window both positions were given for: the epoch is its fingerprint, of logs, streams and eyes. */
function viewOfBoth(state: StreamState, { from, to, eyes }: { from: Position; to: Position; eyes: Eyes }): View {
  const streams = new Set(state.streams.filter((stream) => to.vector.has(state.code(stream))));
  const view = viewOf(state, { streams, eyes, area: null });
  const ours = [from, to].every((position) => position.epoch === view.epoch && state.agreesWith(position));
  if (!ours) throw anotherLog();
  return view;
}

/** Partitions of `every` streams that differ between the two. */
function stretchesOf(state: StreamState, view: View, { from, to }: { from: Position; to: Position }): Stretch[] {
  return [...view.streams]
    .filter(({ delivery }) => delivery === 'every')
    .flatMap((stream) => {
      const starts = from.vector.get(state.code(stream)) ?? [];
      const ends = to.vector.get(state.code(stream)) ?? [];
      if (starts.length !== stream.partitions || ends.length !== stream.partitions)
        throw new Fault('invalid', 'a position names every partition of its streams');
      return ends.map((end, partition) => ({ stream, partition, at: starts[partition] ?? 0, to: end }));
    })
    .filter(({ at, to: end }) => {
      if (at > end) throw new Fault('invalid', 'from lies behind to: give the older position first');
      return at < end;
    });
}

/** What the log has not, or has no longer, cannot be told from what was never there. */
async function refuseGone(log: Pick<EventLog, 'ends'>, city: string, stretches: readonly Stretch[]): Promise<void> {
  for (const stream of new Set(stretches.map((stretch) => stretch.stream))) {
    const { partitions } = await log.ends(topicOf(city, stream));
    for (const stretch of stretches) {
      if (stretch.stream !== stream) continue;
      const ends = partitions.find(({ partition }) => partition === stretch.partition);
      if (ends === undefined || stretch.to > ends.next)
        throw new Fault('conflict', 'to lies ahead of the log: this position is not of it');
      if (stretch.at < ends.first) throw new Fault('conflict', 'the log no longer keeps what lies behind from');
    }
  }
}

function vectorAt(state: StreamState, from: Position, stretches: readonly Stretch[]): Position['vector'] {
  const vector = new Map(from.vector);
  for (const { stream, partition, at, to } of stretches) {
    const code = state.code(stream);
    vector.set(code, (vector.get(code) ?? []).with(partition, Math.min(at, to)));
  }
  return vector;
}
