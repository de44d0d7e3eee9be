import { z } from 'zod';
import type { Problem } from './faults.ts';
import { Area } from './shapes.ts';

/** socket.io namespace of the live stream; websocket only. */
export const LIVE_NAMESPACE = '/live';

/**
 * `subscribe` from a screen. `since` is the last position it applied. `streams`: exactly those that are named; absent, all
 * but the `onRequest` ones. It is acknowledged with {@link Subscribed} or, when it is refused, with a problem (RFC 9457).
 */
export const Subscribe = z.object({
  streams: z.array(z.string().max(100)).max(100).optional(),
  area: Area.optional(),
  since: z.string().max(20_000).optional(),
  epoch: z.string().max(100).optional(),
});
export type Subscribe = z.infer<typeof Subscribe>;

/** Acknowledgement of `subscribe`: `recovered` means exactly what was missed follows; otherwise a snapshot follows. */
export const Subscribed = z.object({ epoch: z.string(), recovered: z.boolean() });
export type Subscribed = z.infer<typeof Subscribed>;

/** `track` moves the area filter of `latest` streams; null lifts it. */
export const TrackArea = z.object({ area: Area.nullable() });
export type TrackArea = z.infer<typeof TrackArea>;

/**
 * `ended` from the gateway before it closes: whoever sits there may see nothing any more, and why. What he has been shown is
 * no longer his to see; he comes back after signing in.
 */
export type Ended = Problem;

/** `at`: when the log took it, epoch ms. `exercise`: simulated or drilled, never counted in a real report. */
export interface LiveMeta {
  source: string;
  at: number;
  exercise?: true;
}

/** `[event name, key, data or null for a tombstone, meta]` */
export type LatestEntry = [name: string, key: string, data: unknown, meta: LiveMeta];
/** `[event name, key, data, event id, meta]` */
export type EveryEntry = [name: string, key: string, data: unknown, id: string, meta: LiveMeta];

/**
 * What the gateway sends as `frame`. `position` is opaque and complete: everything up to it has been applied once this
 * frame is. A heartbeat is a frame with both lists empty, at least every second. A snapshot may come unasked: what the
 * screen may see has changed, or the log is another one.
 */
export interface Frame {
  /** Gateway's clock, epoch ms: age on the screen is computed against this, not against the screen's own clock. */
  at: number;
  position: string;
  latest: LatestEntry[];
  every: EveryEntry[];
  /** Snapshot parts: apply all together when `last` arrives; the first replaces everything known. */
  part?: { index: number; last: boolean };
}
