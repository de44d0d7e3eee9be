import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { wasteFixes } from './ledger/drivers/waste-fixes.ts';
import { wasteTrucks } from './ledger/drivers/waste-trucks.ts';
import { extent, seed } from './ledger/extent.ts';
import { startInstallation, type Installation } from './ledger/installation.ts';
import { startRehearsal, type Rehearsal, type Scene } from './ledger/rehearsal.ts';

const scenes: readonly Scene[] = [
  {
    name: 'any process dies at random moments',
    act: async ({ installation, random, acknowledged, fault }) => {
      for (let kill = 0; kill < extent.kills; kill += 1) {
        await acknowledged(10);
        await pause(random.next() * 200); // the moment is what is random here
        const victim = random.pick(['waste', 'gateway', 'engine']);
        await fault(`kill -9 of ${victim}`, () => installation.kill(victim));
      }
    },
  },
  {
    name: 'the machine loses power, its wall stays on',
    act: async ({ installation, acknowledged, fault }) => {
      await acknowledged(20);
      await fault('power loss', () => installation.losePower());
    },
  },
];

describe(`the embedded city (seed ${seed})`, () => {
  let installation: Installation;
  let rehearsal: Rehearsal;
  beforeAll(async () => {
    installation = await startInstallation();
    rehearsal = await startRehearsal({
      installation,
      seed,
      drivers: (name) => [wasteFixes(`${name}F`, { phones: 6 }), wasteTrucks(`${name}T`, { clerks: 2 })],
    });
  }, 60_000);
  afterAll(async () => {
    await rehearsal.close();
    await installation.end();
  }, 60_000);

  it.each(scenes)(
    '$name',
    async (scene) => {
      const { findings } = await rehearsal.play(scene);
      expect(findings).toEqual([]);
    },
    3_600_000,
  );
});
