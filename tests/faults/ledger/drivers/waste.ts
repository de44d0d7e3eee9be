import type { Driver } from '../driver.ts';
import { wasteFixes } from './waste-fixes.ts';
import { wasteImports } from './waste-imports.ts';
import { wasteTrucks } from './waste-trucks.ts';

/** Phones, clerks and an office at work in a scene of this name, each on trucks of their own. */
export const everythingOfWaste = (name: string): readonly [Driver, ...Driver[]] => [
  wasteFixes(`${name}F`, { phones: 6 }),
  wasteTrucks(`${name}T`, { clerks: 2 }),
  wasteImports(`${name}I`),
];
