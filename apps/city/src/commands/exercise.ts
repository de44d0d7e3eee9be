import { ClearAlarmsExercise, ClearStreetExercise, ClearWasteExercise } from '@siaga/contracts';
import { ownerClient } from './running-city.ts';
import type { Command } from './command.ts';

/** `siaga exercise clear`: nothing simulated or drilled is left, in documents, on screens, or in the embedded log. */
export const clear: Command = {
  summary: 'bersihkan semua yang simulasi · remove everything simulated from documents, screens and the embedded log',
  async run(input) {
    const call = await ownerClient(input);
    const waste = await call(ClearWasteExercise, {});
    const street = await call(ClearStreetExercise, {});
    // last: what domains take back they say to the desk first
    const desk = await call(ClearAlarmsExercise, {});
    const counts = [waste.trucks, waste.fixes, waste.seenDevices, street.removed, desk.alarms];
    const [trucks, fixes, devices, lights, alarms] = counts.map(String);
    return {
      answer: { ...waste, street, desk },
      text: `dihapus: ${trucks} truk, ${fixes} posisi, ${devices} perangkat, ${lights} data PJU, ${alarms} alarm · removed: ${trucks} trucks, ${fixes} positions, ${devices} devices, ${lights} of street lights, ${alarms} alarms`,
    };
  },
};
