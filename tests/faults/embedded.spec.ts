import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { wasteFixes } from './ledger/drivers/waste-fixes.ts';
import { wasteTrucks } from './ledger/drivers/waste-trucks.ts';
import { extent, rounds, seed } from './ledger/extent.ts';
import { startInstallation, type Installation } from './ledger/installation.ts';
import { keepOutcome } from './ledger/outcomes.ts';
import { startRehearsal, type Rehearsal } from './ledger/rehearsal.ts';
import { ailments, deaths } from './ledger/scenes.ts';

const victims = ['waste', 'gateway', 'engine'] as const;
const scenes = [...ailments(victims, extent), ...Array.from({ length: rounds }, () => deaths(victims, extent)).flat()];

describe(`a city on the embedded engine (FAULTS_SEED=${seed})`, () => {
  let installation: Installation;
  let rehearsal: Rehearsal;
  beforeAll(async () => {
    installation = await startInstallation();
    rehearsal = await startRehearsal({
      installation,
      on: 'the embedded engine',
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
      const outcome = await rehearsal.play(scene);
      await keepOutcome(outcome);
      expect(outcome.findings).toEqual([]);
    },
    3_600_000,
  );
});
