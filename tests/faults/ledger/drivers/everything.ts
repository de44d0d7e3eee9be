import type { Driver } from '../driver.ts';
import { alarmDesk } from './alarm-desk.ts';
import { streetLamps } from './street-lamps.ts';
import { everythingOfWaste } from './waste.ts';

/** Waste, street and alarms at work in a scene of this name, each on things of their own. */
export const everything = (name: string): readonly [Driver, ...Driver[]] => [
  ...everythingOfWaste(name),
  streetLamps(`${name}L`, { clerks: 2 }),
  alarmDesk(`${name}A`, { desks: 2 }),
];
