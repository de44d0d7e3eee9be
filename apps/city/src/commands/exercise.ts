import { ClearWasteExercise, createClient } from '@siaga/contracts';
import { signToken } from '@siaga/service';
import { cityUrl } from './running-city.ts';
import type { Command } from './command.ts';

/** `siaga exercise clear`: nothing simulated or drilled is left, in documents, on screens, or in the embedded log. */
export const clear: Command = {
  summary: 'remove everything simulated from documents, screens and the embedded log',
  async run({ data, city, gatewayUrl }) {
    const url = await cityUrl({ data, gatewayUrl });
    const admin = {
      id: 'siaga exercise clear',
      kind: 'person',
      city,
      agencies: ['command'],
      roles: ['city-admin'],
      exercise: false,
    } as const;
    const call = createClient({ baseUrl: url, token: await signToken(admin, await data.secret(), '5m') });
    const removed = await call(ClearWasteExercise, {});
    return {
      answer: removed,
      text: `dihapus · removed: ${removed.trucks} truk, ${removed.fixes} posisi, ${removed.seenDevices} perangkat`,
    };
  },
};
