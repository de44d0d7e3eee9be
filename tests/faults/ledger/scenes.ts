import { setTimeout as pause } from 'node:timers/promises';
import { createClient, RegisterTruck } from '@siaga/contracts';
import { eventually } from '@siaga/testing';
import { deadLetterCount, poisonedLog, poisonedDoors } from './poison.ts';
import type { Extent } from './extent.ts';
import type { Installation } from './installation.ts';
import { openRawScreen } from './screens.ts';
import type { Scene, Stage } from './scene.ts';
import { within } from './within.ts';

/** Processes of a city; the log's own comes with the embedded engine only. */
type Victims = readonly [string, ...string[]];

/** Processes that die, at random and at named moments; worth playing again and again. */
export const deaths = (victims: Victims, { kills, moments }: Extent): Scene[] => [
  randomKills(victims, kills),
  killsInARow(victims, kills),
  powerLoss(moments),
  duringSnapshot(moments),
  duringResume(moments),
];

/** What a short run plays: each kind of thing that happens once. */
export const short = (victims: Victims, extent: Extent): Scene[] => [
  linkCut(extent.cutMs),
  frozen('gateway', extent),
  poison(),
  killsInARow(victims, extent.kills),
  powerLoss(extent.moments),
  duringResume(extent.moments),
];

/** Links that break, processes that stand still, poison. */
export const ailments = (victims: Victims, extent: Extent): Scene[] => [
  linkCut(extent.cutMs),
  repliesVanish(extent.moments),
  ...victims.map((victim) => frozen(victim, extent)),
  poison(),
];

export const randomKills = (victims: Victims, kills: number): Scene => ({
  name: 'any process dies at random moments',
  act: async ({ installation, random, acknowledged, fault }) => {
    for (let kill = 0; kill < kills; kill += 1) {
      await acknowledged(10);
      await pause(random.next() * 200); // the moment is what is random here
      const victim = random.pick(victims);
      await fault(`kill -9 of ${victim}`, () => installation.kill(victim));
    }
  },
});

const killsInARow = (victims: Victims, kills: number): Scene => ({
  name: 'processes die while others still recover',
  act: async ({ installation, random, acknowledged, blow, fault }) => {
    await acknowledged(10);
    for (let kill = 0; kill < kills; kill += 1) {
      await pause(random.next() * 1000);
      const dying = random.chance(0.2) ? victims : [random.pick(victims)];
      await blow(`kill -9 of ${dying.join(' and ')}`, await readyToKill(installation, dying));
    }
    await fault(`kill -9 of ${victims.join(' and ')}`, await readyToKill(installation, victims));
  },
});

/** Waits until all of them are alive, whether they are ready or not. */
async function readyToKill(installation: Installation, names: readonly string[]): Promise<() => Promise<boolean>> {
  const kills = await Promise.all(names.map((name) => installation.trigger(name)));
  return () => Promise.resolve(kills.map((kill) => kill()).includes(true));
}

const powerLoss = (times: number): Scene => ({
  name: 'the machine loses power, its wall stays on',
  act: async ({ installation, acknowledged, fault }) => {
    for (let time = 0; time < times; time += 1) {
      await acknowledged(20);
      await fault('power loss', () => installation.losePower());
    }
  },
});

const linkCut = (cutMs: number): Scene => ({
  name: 'the link of a wall is cut without a word',
  act: async ({ link, far, near, acknowledged, fault }) => {
    await acknowledged(10);
    await fault(`link cut for ${String(cutMs / 1000)} s`, async () => {
      link.blackhole();
      const over = pause(cutMs);
      // while it cannot be kept, the screen says so
      await eventually(() => {
        for (const screen of far) if (screen.isLive) throw new Error(`${screen.name} says it is live`);
      }, 8000);
      await over;
      for (const screen of near) if (!screen.isLive) throw new Error(`${screen.name} has nothing to do with that link`);
      link.pass();
    });
  },
});

const repliesVanish = (times: number): Scene => ({
  name: 'requests arrive, their replies vanish',
  act: async ({ link, random, acknowledged, fault }) => {
    for (let time = 0; time < times; time += 1) {
      await acknowledged(10);
      await fault('replies dropped', async () => {
        link.dropReplies();
        await pause(500 + random.next() * 1000);
        link.pass();
      });
    }
  },
});

/** Past the watchdog's patience the process is killed and another takes its place; a shorter sleep ends as it began. */
const frozen = (victim: string, { frozenMs, watchdogActs }: Extent): Scene => ({
  name: `${victim} stands still`,
  act: async ({ installation, acknowledged, fault }) => {
    await acknowledged(10);
    await fault(`SIGSTOP of ${victim} for ${String(frozenMs / 1000)} s`, async () => {
      const pid = await installation.freeze(victim);
      await pause(frozenMs);
      const sleptThrough = installation.thaw(pid);
      if (watchdogActs && sleptThrough) throw new Error(`nobody noticed that ${victim} stood still`);
    });
  },
});

const duringSnapshot = (times: number): Scene => ({
  name: 'the gateway dies with half a snapshot sent',
  act: async (stage) => {
    await crowd(stage);
    for (let time = 0; time < times; time += 1) {
      await stage.acknowledged(10);
      await killedGateway(stage, 'kill -9 of gateway during a snapshot', (strike) => {
        const visitor = openRawScreen('visitor', stage.installation.url, stage.events);
        visitor.moments.frame = ({ part }) => {
          if (part?.last === false) strike();
        };
        return () => {
          visitor.close();
        };
      });
    }
  },
});

/** So many trucks that a snapshot has several parts, beside those of the scene. */
async function crowd({ installation }: Stage): Promise<void> {
  const call = createClient({ baseUrl: installation.url });
  const register = (truckId: string) =>
    eventually(async () => {
      const body = { truckId, plate: 'N 1', hullNumber: '1', kind: 'dump' as const, capacityKg: 4000 };
      await call(RegisterTruck, { body }, { idempotencyKey: truckId });
    });
  for (let first = 0; first < 500; first += 20)
    await Promise.all(Array.from({ length: 20 }, (_, index) => register(`crowd-${String(first + index)}`)));
}

const duringResume = (times: number): Scene => ({
  name: 'the gateway dies as a screen resumes',
  act: async (stage) => {
    for (let time = 0; time < times; time += 1) {
      await stage.acknowledged(10);
      await killedGateway(stage, 'kill -9 of gateway during a resume', (strike) => {
        const { near } = stage.raw;
        near.moments.subscribed = strike;
        near.cut();
        return () => {
          near.moments.subscribed = undefined;
        };
      });
    }
  },
});

/** Kills the gateway the moment that `arm` is told of. */
async function killedGateway(
  { installation, fault }: Stage,
  kind: string,
  arm: (strike: () => void) => () => void,
): Promise<void> {
  await fault(kind, async () => {
    const kill = await installation.trigger('gateway');
    const struck = Promise.withResolvers<boolean>();
    const disarm = arm(() => {
      struck.resolve(kill());
    });
    try {
      return await within(20_000, kind, struck.promise);
    } finally {
      disarm();
    }
  });
}

/** What no handler can read is set aside within 10 s, what comes behind it goes on, and the doors refuse it. */
const poison = (): Scene => ({
  name: 'poison at the doors and in the log',
  recoversWithinMs: 10_000,
  act: async ({ installation, acknowledged, fault }) => {
    await acknowledged(10);
    await fault('poison at a door', () => poisonedDoors(installation.url));
    const log = await installation.openLog();
    const before = await deadLetterCount(log, installation.city);
    let poisoned = 0;
    await fault('poison in the log', async () => {
      poisoned = await poisonedLog(log, installation.city);
    });
    await eventually(async () => {
      const letters = (await deadLetterCount(log, installation.city)) - before;
      if (letters < poisoned)
        throw new Error(`${String(letters)} of ${String(poisoned)} poisoned records are set aside`);
    });
    await log.close();
  },
});
