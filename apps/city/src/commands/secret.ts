import type { Command } from './command.ts';

/** `siaga secret rotate`: a new secret signs access tokens from the next start on. */
export const rotate: Command = {
  summary: 'rahasia baru untuk token sejak mulai berikutnya · a new secret signs tokens from the next start on',
  async run({ data }) {
    await data.rotateSecret();
    const restartNeeded = (await data.running()) !== undefined;
    return {
      answer: { rotated: true, restartNeeded },
      text: [
        `Rahasia baru dibuat; yang lama masih diterima sampai penggantian berikutnya${restartNeeded ? '. Mulai ulang Siaga agar berlaku' : ''}.`,
        `A new secret is made; the one before still verifies until the next rotation${restartNeeded ? '. Restart the city, then it counts' : ''}.`,
      ].join('\n'),
    };
  },
};
