import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { everythingOfWaste } from './ledger/drivers/waste.ts';
import { extent, isLong, rounds, seed } from './ledger/extent.ts';
import { startInstallation, type Installation } from './ledger/installation.ts';
import { keepOutcome, keepPlan } from './ledger/outcomes.ts';
import { startRehearsal, type Rehearsal } from './ledger/rehearsal.ts';
import { ailments, deaths, short } from './ledger/scenes.ts';

const on = 'the embedded engine';
const victims = ['waste', 'gateway', 'engine'] as const;
const long = [...ailments(victims, extent), ...Array.from({ length: rounds }, () => deaths(victims, extent)).flat()];
const scenes = isLong ? long : short(victims, extent);

describe(`a city on the embedded engine (FAULTS_SEED=${seed})`, () => {
  let installation: Installation;
  let rehearsal: Rehearsal;
  beforeAll(async () => {
    installation = await startInstallation();
    await keepPlan(on, long);
    rehearsal = await startRehearsal({
      installation,
      on,
      ...{ seed, drivers: everythingOfWaste, endsWithinMs: extent.endsWithinMs },
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
