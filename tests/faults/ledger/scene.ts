import type { AnyEvent } from '@siaga/contracts';
import type { FaultProxy } from '@siaga/testing';
import type { Finding } from './check-ledger.ts';
import type { Driver } from './driver.ts';
import type { Installation } from './installation.ts';
import type { Ending } from './operation.ts';
import type { Random } from './random.ts';
import type { RawScreen } from './raw-screen.ts';
import type { Screen } from './screens.ts';

/** Who is at work in a scene of this name: new things in each. */
export type Cast = (name: string) => readonly [Driver, ...Driver[]];

/** One thing that happens to a city at work, and what is expected of it. */
export interface Scene {
  /** `kill -9 of waste, gateway or engine`: also the line in the report. */
  readonly name: string;
  /** Full function again after each fault; absent: within 15 s. */
  readonly recoversWithinMs?: number;
  /** Who is at work in it; absent: everybody who is at work in the city. */
  readonly cast?: Cast;
  /** Does what is to be done; the lanes work and the screens watch meanwhile. */
  act(stage: Stage): Promise<void>;
}

/** Where scenes are played: it stays through all of them. */
export interface Place {
  readonly installation: Installation;
  /** The network between two screens and every second lane, and the gateway. */
  readonly link: FaultProxy;
  /** Raw screens: one at the gateway, one behind the link. */
  readonly raw: { readonly near: RawScreen; readonly far: RawScreen };
  /** Screens at the gateway, and those behind the link. */
  readonly near: readonly Screen[];
  readonly far: readonly Screen[];
  /** Every event the drivers watch, for a screen that is opened during a scene. */
  readonly events: readonly AnyEvent[];
}

/** What a scene can do. */
export interface Stage extends Place {
  readonly random: Random;
  /** Resolves when so many more operations have been acknowledged. */
  readonly acknowledged: (more: number) => Promise<void>;
  /**
   * Does a fault of this kind and waits for full function; the time counts from when it is done. A `strike` that answers
   * `false` hit nothing: it is not counted, and the scene fails saying so.
   */
  readonly fault: (kind: string, strike: () => Promise<unknown>) => Promise<void>;
  /** Does a fault after which nobody waits: the next may come while the city recovers. */
  readonly blow: (kind: string, strike: () => Promise<unknown>) => Promise<void>;
}

/** What a scene showed. */
export interface Outcome {
  /** What keeps log and documents. */
  readonly on: string;
  readonly scene: string;
  readonly seed: string;
  readonly faults: Readonly<Record<string, number>>;
  readonly endings: Readonly<Record<Ending, number>>;
  /** Events of `every` streams in the log, and how often screens applied them, all screens together. */
  readonly events: number;
  readonly applied: number;
  readonly screens: number;
  /** From a fault to full function. */
  readonly recoveries: readonly { readonly kind: string; readonly ms: number }[];
  /** The slowest screen, from quiet until it equalled the store. */
  readonly settledMs: number;
  readonly findings: readonly BrokenPromise[];
}

/** `slow`: full function came too late. `failed`: the scene could not be played to its end. */
export type BrokenPromise = Finding | { readonly broken: 'slow' | 'failed'; readonly says: string };
