import { ClearWasteExercise } from '@siaga/contracts';
import { ownerClient } from './running-city.ts';
import type { Command } from './command.ts';

/** `siaga exercise clear`: nothing simulated or drilled is left, in documents, on screens, or in the embedded log. */
export const clear: Command = {
  summary: 'bersihkan semua yang simulasi · remove everything simulated from documents, screens and the embedded log',
  async run(input) {
    const call = await ownerClient(input);
    const removed = await call(ClearWasteExercise, {});
    const [trucks, fixes, devices] = [removed.trucks, removed.fixes, removed.seenDevices].map(String);
    return {
      answer: removed,
      text: `dihapus: ${trucks} truk, ${fixes} posisi, ${devices} perangkat · removed: ${trucks} trucks, ${fixes} positions, ${devices} devices`,
    };
  },
};
