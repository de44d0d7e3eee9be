import { z } from 'zod';

/** What the simulator can play with its street lights, by name: `npm start -- --scene feeder-loss`. */
export const SimulatedScene = z.enum([
  'dusk',
  'dawn',
  'feeder-loss',
  'cable-theft',
  'stuck-relay',
  'flapping-link',
  'camera-turned',
]);
export type SimulatedScene = z.infer<typeof SimulatedScene>;
