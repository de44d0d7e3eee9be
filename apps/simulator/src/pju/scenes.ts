import type { StreetScene } from '@siaga/contracts';
import { randomOf, within } from '../random.ts';
import { flappingPanel, network, pilang, stuckPanel, watchedPanel } from './network.ts';
import { withAll, without, type World } from './world.ts';

/** One thing that happens so many seconds after a scene begins, and stays so until a later step or the end. */
export interface Step {
  readonly atS: number;
  readonly change: (world: World) => World;
  /** For the person at the terminal. */
  readonly say?: string;
}

/** Something that happens to the street lights, from a quiet world back to one. */
export interface Scene {
  readonly lastsS: number;
  readonly steps: readonly Step[];
}

/** A scene of this name; the same seed plays it the same. */
export function sceneOf(name: StreetScene, seed: string): Scene {
  return make[name](seed);
}

/** The world `elapsedS` after a scene began in a quiet one. */
export function worldIn({ steps }: Scene, quiet: World, elapsedS: number): World {
  return steps.filter(({ atS }) => atS <= elapsedS).reduce((world, { change }) => change(world), quiet);
}

const panelIds = (feederId?: string) =>
  network()
    .panels.filter((panel) => feederId === undefined || panel.feederId === feederId)
    .map(({ panelId }) => panelId);

const night = (names: readonly string[]): Step => ({
  atS: 0,
  change: (world) => withAll(world, 'toldOn', names),
  say: 'menurut jam panel simulasi hari sudah malam · the simulated panels’ clocks say it is night',
});

/** Panels are switched one by one within two minutes. */
const SWITCHING_S = 120;
const switching = (seed: string, change: (world: World, panelId: string) => World): Step[] =>
  panelIds().map((panelId) => ({
    atS: 5 + Math.floor(within(randomOf(seed, 'switching', panelId), 0, SWITCHING_S - 5)),
    change: (world) => change(world, panelId),
  }));

const make: Readonly<Record<StreetScene, (seed: string) => Scene>> = {
  dusk: (seed) => ({
    lastsS: 300,
    steps: [
      { atS: 0, change: (world) => without(world, 'toldOn', panelIds()), say: 'senja: panel menyala satu per satu' },
      ...switching(seed, (world, panelId) => withAll(world, 'toldOn', [panelId])),
    ],
  }),
  dawn: (seed) => ({
    lastsS: 300,
    steps: [
      night(panelIds()),
      { atS: 1, change: (world) => world, say: 'fajar: panel padam satu per satu' },
      ...switching(seed, (world, panelId) => without(world, 'toldOn', [panelId])),
    ],
  }),
  'feeder-loss': () => ({
    lastsS: 200,
    steps: [
      night(panelIds(pilang)),
      {
        atS: 10,
        change: (world) => withAll(world, 'lostFeeders', [pilang]),
        say: 'penyulang Pilang hilang: 6 panel, 180 lampu, dan tautan radio dengan 3 kamera',
      },
      { atS: 190, change: (world) => without(world, 'lostFeeders', [pilang]), say: 'penyulang Pilang kembali' },
    ],
  }),
  'cable-theft': () => ({
    lastsS: 260,
    steps: [
      night([watchedPanel]),
      {
        atS: 10,
        change: (world) => withAll(world, 'openDoors', [watchedPanel]),
        say: `pintu ${watchedPanel} dibuka`,
      },
      {
        atS: 30,
        change: (world) => withAll(world, 'cutPanels', [watchedPanel]),
        say: `kabel ${watchedPanel} dipotong: 18 dari 30 lampu padam, arus PLN tetap ada`,
      },
      {
        atS: 60,
        change: (world) => without(world, 'openDoors', [watchedPanel]),
        say: `pintu ${watchedPanel} tertutup lagi`,
      },
      { atS: 250, change: (world) => without(world, 'cutPanels', [watchedPanel]), say: 'kabel diganti' },
    ],
  }),
  'stuck-relay': () => ({
    lastsS: 260,
    steps: [
      night([stuckPanel]),
      { atS: 5, change: (world) => withAll(world, 'stuckPanels', [stuckPanel]) },
      {
        atS: 10,
        change: (world) => without(world, 'toldOn', [stuckPanel]),
        say: `fajar, tetapi kontaktor ${stuckPanel} lengket: 30 lampu menyala siang`,
      },
      { atS: 250, change: (world) => without(world, 'stuckPanels', [stuckPanel]), say: 'kontaktor diganti' },
    ],
  }),
  'flapping-link': (seed) => ({ lastsS: 300, steps: flaps(seed) }),
  'camera-turned': () => ({
    lastsS: 10,
    steps: [
      {
        atS: 0,
        change: (world) => world,
        say: 'kamera SIM-CCTV-02 dipalingkan: alirannya tetap hidup, dan Siaga tidak membaca gambar. Tidak ada yang berubah di dinding; hanya orang yang melihatnya yang tahu · nothing changes on the wall: no picture is read, only a person who looks can tell',
      },
    ],
  }),
};

/** Away for less than two reports, again and again: what was missed comes late and out of order, and nobody is alarmed. */
function flaps(seed: string): Step[] {
  const random = randomOf(seed, 'flaps');
  const steps: Step[] = [];
  for (let atS = 5; atS < 280;) {
    const backS = Math.floor(atS + within(random, 20, 70));
    steps.push({ atS, change: (world) => withAll(world, 'mutePanels', [flappingPanel]) });
    steps.push({ atS: backS, change: (world) => without(world, 'mutePanels', [flappingPanel]) });
    atS = backS + Math.floor(within(random, 8, 20));
  }
  const [first, ...rest] = steps;
  return first === undefined ? [] : [{ ...first, say: `modem ${flappingPanel} hilang dan kembali` }, ...rest];
}
