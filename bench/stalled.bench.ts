import { setTimeout as wait } from 'node:timers/promises';
import { FixRecorded, TruckMoved } from '@siaga/contracts';
import { told, type Bench } from './figure.ts';
import { Crowd } from './live/crowd.ts';
import { Delays } from './live/delays.ts';
import { startStage, type Stage } from './live/stage.ts';
import { Traffic } from './live/traffic.ts';
import { residentKib } from './process-cost.ts';

const STALLED = 100;
const SCREENS = 100;
const ASSETS = 2000;
const PACE = { latest: 2000, every: 20, assets: ASSETS };
const SECONDS = 20;
/** Long enough that the gateway has cut each of them when it wakes: it gives a screen 20 s to answer its ping. */
const SLEEP_MS = 30_000;
/** The network between holds some megabytes of a phone that does not read: only then the gateway notices. */
const NOTICED_WITHIN_MS = 90_000;
/** Alone and beside take turns: what else the machine does falls on both alike. */
const TURNS = 3;

const wishes = (count: number) =>
  Array.from({ length: count }, () => ({ streams: [TruckMoved.stream.name, FixRecorded.stream.name] }));

export const about = `${STALLED} phones that have stopped reading, are cut, wake and come back, beside ${SCREENS} screens that read: what they
cost the others, who must all have everything or there is no figure.`;

export const bench: Bench = async () => {
  const stage = await startStage();
  const traffic = await Traffic.into(stage.logSocket);
  const readers = await Crowd.start(stage.url, 1);
  try {
    await traffic.place(ASSETS);
    await readers.open(wishes(SCREENS));
    const scene: Scene = { stage, traffic, readers, alone: new Phase(), beside: new Phase() };
    await traffic.run(PACE, 10); // warms up
    let cut = 0;
    for (let turn = 0; turn < TURNS; turn += 1) {
      await watch(scene, scene.alone);
      cut += await besideStalled(scene);
    }
    await readersHaveAll(scene);
    return figuresOf(scene, cut);
  } finally {
    readers.close();
    await traffic.close();
    await stage.stop();
  }
};

interface Scene {
  stage: Stage;
  traffic: Traffic;
  readers: Crowd;
  alone: Phase;
  beside: Phase;
}

/** What was seen while the readers were alone, or beside the stalled, over all turns. */
class Phase {
  /** From the log's time to a reader's callback. */
  readonly delays = new Delays();
  /** Most memory the gateway held, KiB. */
  peakKib = 0;

  get p99Ms(): number {
    return this.delays.percentile(0.99);
  }
}

/** Traffic flows for {@link SECONDS} and what the readers see of it is added to `phase`. */
async function watch({ stage, traffic, readers }: Scene, phase: Phase): Promise<void> {
  await readers.forget();
  const done = traffic.run(PACE, SECONDS);
  for (let sample = 0; sample < SECONDS * 10; sample += 1) {
    phase.peakKib = Math.max(phase.peakKib, await residentKib(stage.gatewayPid));
    await wait(100);
  }
  await done;
  const { delays } = await readers.account();
  for (const [delayMs, times] of delays) phase.delays.add(delayMs, times);
}

/** Phones come, stall until the gateway has noticed each, and are watched then. Answers how often one woke and was cut. */
async function besideStalled(scene: Scene): Promise<number> {
  const { stage, traffic } = scene;
  const phones = await Crowd.start(stage.url, 1);
  try {
    await phones.open(wishes(STALLED));
    const before = await stage.metric('siaga_live_slow_sockets_total');
    await phones.stall(SLEEP_MS);
    traffic.flow(PACE);
    await noticed(stage, before + STALLED);
    await traffic.pause();
    await watch(scene, scene.beside);
    return (await phones.account()).wokeCut;
  } finally {
    phones.close();
    await gone(stage);
  }
}

async function noticed(stage: Stage, count: number): Promise<void> {
  const startMs = performance.now();
  while ((await stage.metric('siaga_live_slow_sockets_total')) < count) {
    if (performance.now() - startMs > NOTICED_WITHIN_MS)
      throw new Error(`no figure: the gateway has not noticed that ${STALLED} phones read nothing`);
    await wait(500);
  }
}

/** Only the readers are left. */
async function gone(stage: Stage): Promise<void> {
  while ((await stage.metric('siaga_live_screens')) > SCREENS) await wait(100);
}

/** Whoever was cut or is missing something measured too little: then there is no figure. */
async function readersHaveAll({ stage, traffic, readers }: Scene): Promise<void> {
  const { screens, returns, missing, twice, disordered } = await readers.account(traffic.numbered);
  const connected = await stage.metric('siaga_live_screens');
  const wrong = { cut: returns, missing, twice, disordered, absent: screens - connected };
  if (screens !== SCREENS || Object.values(wrong).some((count) => count !== 0))
    throw new Error(`no figure: of ${screens} screens that read, ${JSON.stringify(wrong)}`);
}

function figuresOf({ alone, beside }: Scene, cut: number) {
  const slower = (beside.p99Ms / alone.p99Ms - 1) * 100;
  const grownMib = (beside.peakKib - alone.peakKib) / 1024;
  return [
    told({ name: `log → ${SCREENS} screens, ${PACE.latest}/s, p50`, value: alone.delays.percentile(0.5), unit: 'ms' }),
    told({ name: `log → ${SCREENS} screens, ${PACE.latest}/s, p99`, value: alone.p99Ms, unit: 'ms' }),
    told({ name: `same, ${STALLED} phones stalled, p50`, value: beside.delays.percentile(0.5), unit: 'ms' }),
    told({ name: `same, ${STALLED} phones stalled, p99`, value: beside.p99Ms, unit: 'ms' }),
    told({ name: 'times a stalled phone was cut and came back', value: cut, unit: '', goal: { atLeast: STALLED } }),
    told({ name: `${STALLED} stalled phones slow the others by`, value: slower, unit: '%', goal: { atMost: 10 } }),
    told({ name: `${STALLED} stalled phones take`, value: grownMib, unit: 'MiB', goal: { atMost: 150 } }),
  ];
}
