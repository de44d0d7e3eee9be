import { ClearStreetExercise, ClearWasteExercise } from '@siaga/contracts';
import { ownerClient } from './running-city.ts';
import type { Command } from './command.ts';

/** `siaga exercise clear`: nothing simulated or drilled is left, in documents, on screens, or in the embedded log. */
export const clear: Command = {
  summary: 'bersihkan semua yang simulasi · remove everything simulated from documents, screens and the embedded log',
  async run(input) {
    const call = await ownerClient(input);
    const waste = await call(ClearWasteExercise, {});
    const street = await call(ClearStreetExercise, {});
    const [trucks, fixes, devices, lights] = [waste.trucks, waste.fixes, waste.seenDevices, street.removed].map(String);
    return {
      answer: { ...waste, street },
      text: `dihapus: ${trucks} truk, ${fixes} posisi, ${devices} perangkat, ${lights} data PJU · removed: ${trucks} trucks, ${fixes} positions, ${devices} devices, ${lights} of street lights`,
    };
  },
};
