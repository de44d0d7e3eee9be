import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { everythingOfWaste } from './drivers/waste.ts';
import { extent, seed } from './extent.ts';
import { startInstallation, type Installation } from './installation.ts';
import { keepOutcome, keepPlan } from './outcomes.ts';
import { startRehearsal, type Rehearsal } from './rehearsal.ts';
import type { Cast, Scene } from './scene.ts';

type Environment = Readonly<Record<string, string>>;

/** A city to be described. */
export interface CityUnderFaults {
  /** What keeps its log and documents, for the report. */
  readonly on: string;
  /** Leads the city there; asked when it starts. */
  readonly env?: () => Environment | Promise<Environment>;
  /** Everything that could be played: what is left out of a run is said in its report. */
  readonly plan: readonly Scene[];
  /** What is played, one after the other. */
  readonly scenes: readonly Scene[];
  /** Who is at work; absent: everything of waste. */
  readonly drivers?: Cast;
  /** Ends what `env` started. */
  readonly end?: () => Promise<void>;
}

/** Plays scenes in a city of its own. None may break a promise; each goes into the report. */
export function describeCity({ on, env, plan, scenes, end, drivers = everythingOfWaste }: CityUnderFaults): void {
  describe(`a city on ${on} (FAULTS_SEED=${seed})`, () => {
    let installation: Installation;
    let rehearsal: Rehearsal;
    beforeAll(async () => {
      installation = await startInstallation(await env?.());
      await keepPlan(on, plan);
      const { endsWithinMs } = extent;
      rehearsal = await startRehearsal({ installation, on, seed, drivers, endsWithinMs });
    }, 90_000);
    afterAll(async () => {
      await rehearsal.close();
      await installation.end();
      await end?.();
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
}
