import { startFaultProxy } from '@siaga/testing';
import type { Installation } from './installation.ts';
import { Play } from './play.ts';
import { randomFrom } from './random.ts';
import type { Cast, Outcome, Scene } from './scene.ts';
import { openLiveScreen, openRawScreen, type Screen } from './screens.ts';

export type { Outcome, Scene, Stage } from './scene.ts';

export interface RehearsalOptions {
  readonly installation: Installation;
  /** What keeps its log and documents, for the report: `the embedded engine`. */
  readonly on: string;
  /** Everything random comes from it. */
  readonly seed: string;
  readonly drivers: Cast;
  /** A scene that takes longer hangs. */
  readonly endsWithinMs: number;
}

/** A city with screens that stay through all its scenes, each with a ledger of its own. */
export interface Rehearsal {
  play(scene: Scene): Promise<Outcome>;
  /** Closes the screens; the installation goes on. */
  close(): Promise<void>;
}

/** Opens the screens: two walls and two raw ones, one of each at the gateway, the others behind a link that can fail. */
export async function startRehearsal(options: RehearsalOptions): Promise<Rehearsal> {
  const { installation, on, seed, drivers, endsWithinMs } = options;
  const { url } = installation;
  const link = await startFaultProxy({ target: { port: Number(new URL(url).port) } });
  const linkUrl = `http://${link.address}`;
  const events = [...new Set(drivers('none').flatMap(({ watches }) => watches))];
  const raw = {
    near: openRawScreen('raw screen', url, events),
    far: openRawScreen('raw screen behind the link', linkUrl, events),
  };
  const near: readonly Screen[] = [openLiveScreen('wall', url, events), raw.near];
  const far: readonly Screen[] = [openLiveScreen('wall behind the link', linkUrl, events), raw.far];
  const screens = [...near, ...far];
  let played = 0;
  const takes = new Map<string, number>();
  return {
    play: (scene) => {
      played += 1;
      const take = (takes.get(scene.name) ?? 0) + 1;
      takes.set(scene.name, take);
      const random = randomFrom(`${seed}/${scene.name}/${String(take)}`);
      const urlOf = (lane: number) => (lane % 2 === 0 ? url : linkUrl);
      const cast = (scene.cast ?? drivers)(`S${String(played)}`);
      return new Play(
        { installation, link, raw, near, far, events },
        { on, scene, seed, random, screens, cast, urlOf, endsWithinMs },
      ).run();
    },
    close: async () => {
      for (const screen of screens) screen.close();
      await link.close();
    },
  };
}
