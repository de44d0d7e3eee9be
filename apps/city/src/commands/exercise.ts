import { ClearAlarmsExercise, ClearEmergencyExercise, ClearStreetExercise, ClearWasteExercise } from '@siaga/contracts';
import { ownerClient } from './running-city.ts';
import type { Command } from './command.ts';

/** `siaga exercise clear`: nothing simulated or drilled is left, in documents, on screens, or in the embedded log. */
export const clear: Command = {
  summary: 'bersihkan semua yang simulasi · remove everything simulated from documents, screens and the embedded log',
  async run(input) {
    const call = await ownerClient(input);
    const waste = await call(ClearWasteExercise, {});
    const street = await call(ClearStreetExercise, {});
    const emergency = await call(ClearEmergencyExercise, {});
    // last: what domains take back they say to the desk first
    const desk = await call(ClearAlarmsExercise, {});
    const counts = [waste.trucks, waste.fixes, waste.seenDevices, street.removed];
    const [trucks, fixes, devices, lights] = counts.map(String);
    const more = [emergency.calls, emergency.incidents, emergency.units, desk.alarms];
    const [calls, incidents, units, alarms] = more.map(String);
    return {
      answer: { ...waste, street, emergency, desk },
      text: `dihapus: ${trucks} truk, ${fixes} posisi, ${devices} perangkat, ${lights} data PJU, ${calls} panggilan, ${incidents} kejadian, ${units} unit, ${alarms} alarm · removed: ${trucks} trucks, ${fixes} positions, ${devices} devices, ${lights} of street lights, ${calls} calls, ${incidents} incidents, ${units} units, ${alarms} alarms`,
    };
  },
};
