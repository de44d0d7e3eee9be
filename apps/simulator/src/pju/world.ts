import { dayStartMs, HOUR_MS, MINUTE_MS } from '../city-time.ts';
import { randomOf, within } from '../random.ts';
import type { Network } from './network.ts';

/**
 * What is so in the simulated network at a moment. Night is what its panels are told by their clocks: a scene may be played
 * at noon, with the stamps of noon, and its lamps are judged by what they were told.
 */
export interface World {
  /** Panels that are told to feed their lamps. */
  readonly toldOn: ReadonlySet<string>;
  /** Feeders without current. */
  readonly lostFeeders: ReadonlySet<string>;
  /** Panels whose cable is cut behind the first lamps. */
  readonly cutPanels: ReadonlySet<string>;
  readonly openDoors: ReadonlySet<string>;
  /** Panels whose contactor is welded: it stays closed, whatever it is told. */
  readonly stuckPanels: ReadonlySet<string>;
  /** Panels whose modem has no network: they remember what they would have said. */
  readonly mutePanels: ReadonlySet<string>;
}

/** Clocks of panels switch on and off at these hours, each some minutes early or late. */
const ON_HOUR = 17.6;
const OFF_HOUR = 5.3;
const SCATTER_MIN = 2;

const none: ReadonlySet<string> = new Set();

/** A day on which nothing happens: panels feed from dusk to dawn by their clocks. */
export function quietWorld({ panels }: Network, atMs: number, seed: string): World {
  const hour = (atMs - dayStartMs(atMs)) / HOUR_MS;
  const isOn = (panelId: string) => {
    const lateH = (within(randomOf(seed, 'clock', panelId), -SCATTER_MIN, SCATTER_MIN) * MINUTE_MS) / HOUR_MS;
    return hour >= ON_HOUR + lateH || hour < OFF_HOUR + lateH;
  };
  return {
    toldOn: new Set(panels.map(({ panelId }) => panelId).filter(isOn)),
    ...{ lostFeeders: none, cutPanels: none, openDoors: none, stuckPanels: none, mutePanels: none },
  };
}

/** A set of names in which something is changed. */
type Part = keyof World;

/** The world in which these are so, too. */
export const withAll = (world: World, part: Part, names: readonly string[]): World => ({
  ...world,
  [part]: new Set([...world[part], ...names]),
});

/** The world in which these are not so any more. */
export const without = (world: World, part: Part, names: readonly string[]): World => ({
  ...world,
  [part]: new Set([...world[part]].filter((name) => !names.includes(name))),
});
