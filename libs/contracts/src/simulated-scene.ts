import { z } from 'zod';

/** What the simulator can play with its street lights. */
export const StreetScene = z.enum([
  'dusk',
  'dawn',
  'feeder-loss',
  'cable-theft',
  'stuck-relay',
  'flapping-link',
  'camera-turned',
]);
export type StreetScene = z.infer<typeof StreetScene>;

/** What the simulator can play at 112: many callers of one accident, calls that are nothing, a crew that does not answer, phones without network. */
export const EmergencyScene = z.enum(['mass-casualty', 'junk-calls', 'silent-crew', 'bad-network']);
export type EmergencyScene = z.infer<typeof EmergencyScene>;

/** Every scene of the simulator, by name: `npm start -- --scene feeder-loss`. */
export const SimulatedScene = z.enum([...StreetScene.options, ...EmergencyScene.options]);
export type SimulatedScene = z.infer<typeof SimulatedScene>;
