import { ClearWasteExercise } from '@siaga/contracts';
import { ownerClient } from './running-city.ts';
import type { Command } from './command.ts';

/** `siaga exercise clear`: nothing simulated or drilled is left, in documents, on screens, or in the embedded log. */
export const clear: Command = {
  summary: 'remove everything simulated from documents, screens and the embedded log',
  async run(input) {
    const call = await ownerClient(input);
    const removed = await call(ClearWasteExercise, {});
    return {
      answer: removed,
      text: `dihapus · removed: ${removed.trucks} truk, ${removed.fixes} posisi, ${removed.seenDevices} perangkat`,
    };
  },
};
