import type { StreetTelemetry } from '@siaga/contracts';
import type { Held } from './open-overrides.ts';
import { isReachable, issued, stepOf, type Override, type Row } from './step.ts';

/** When everything begins. */
export const T = 1_800_000_000_000;
export const MINUTE = 60_000;

/** A lamp whose controller reports once a minute. */
export const row = (lampId: string, over: Partial<Row> = {}): Row => ({
  ...{ thing: `lamp:${lampId}`, lamps: 1, controllerId: `C-${lampId}`, intervalS: 60, watt: 90, applied: issued(T) },
  ...over,
});

/** For an hour, off. */
export const override = (things: Row[], over: Partial<Override> = {}): Override => ({
  ...{ overrideId: 'PRL-00000001', levelPercent: 0, reason: 'galian', by: 'p1', takenAtMs: T, order: T },
  ...{ untilMs: T + 60 * MINUTE, phase: 'active', things, ...over },
});

export const report = (thing: string, over: Partial<StreetTelemetry>, atMs = T + MINUTE): StreetTelemetry => ({
  ...{ telemetryId: 'r', protocol: 'street', deviceId: 'C', thing, atMs, receivedAtMs: atMs, events: [], ...over },
});

export const states = ({ things }: Override) => things.map((one) => stepOf(one).state);

/** As a process holds what is open. */
export const heldOf = (one: Override): Held[] =>
  one.things.filter(isReachable).map((thing) => ({
    row: thing,
    override: { ...one, _id: one.overrideId } as unknown as Held['override'],
  }));
