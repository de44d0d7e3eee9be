import { describe, expect, it } from '@jest/globals';
import { StreetScene, StreetTelemetry } from '@siaga/contracts';
import { distanceM, kelurahanAt } from '@siaga/geo';
import { network, pilang } from './network.ts';
import { Pju, type Heard } from './pju.ts';

interface Said {
  deviceId: string;
  time: string;
  supply?: string;
  contactor?: string;
  commanded?: string;
  door?: string;
  levelPercent?: number;
  commandedPercent?: number;
  phases?: { activePowerW: number }[];
  events?: { eventType: string; startEndFlag: string }[];
}

const noon = Date.parse('2026-11-22T12:00:00+07:00');

/** Plays a scene by a clock of its own, second by second; answers what was said, in order, with the second it was. */
async function played(
  scene: StreetScene,
  { seed = 's', lastsS = 320, heard }: { seed?: string; lastsS?: number; heard?: () => Heard } = {},
): Promise<{ said: (Said & { atS: number })[]; lines: string[] }> {
  const said: (Said & { atS: number })[] = [];
  const lines: string[] = [];
  let atS = 0;
  const tell = (bodies: readonly object[]): Promise<Heard> => {
    const answer = heard?.() ?? 'taken';
    if (answer === 'taken') said.push(...bodies.map((body) => ({ ...(body as Said), atS })));
    return Promise.resolve(answer);
  };
  const pju = new Pju(network(), { seed, tell, say: (line) => lines.push(line), nowMs: noon });
  pju.step(noon);
  await settled();
  pju.play(scene, noon);
  for (atS = 0; atS <= lastsS; atS += 1) {
    pju.step(noon + atS * 1000);
    await settled();
  }
  return { said, lines };
}
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
const eventsOf = (said: readonly (Said & { atS: number })[], eventType: string, startEndFlag: string) =>
  said.filter(({ events = [] }) =>
    events.some((one) => one.eventType === eventType && one.startEndFlag === startEndFlag),
  );

describe('the simulated street lights', () => {
  it('are 180 lamps on six panels in Pilang, 180 elsewhere, and ten cameras, three of them on one link', () => {
    const { panels, cameras } = network();
    const inPilang = panels.filter(({ feederId }) => feederId === pilang);
    expect(inPilang.map(({ lamps }) => lamps.length)).toEqual([30, 30, 30, 30, 30, 30]);
    const codes = inPilang.flatMap(({ lamps }) => lamps.map(({ place }) => kelurahanAt(place)?.name));
    expect(new Set(codes)).toEqual(new Set(['Pilang']));
    const lamps = panels.flatMap((panel) => panel.lamps);
    expect([lamps.length, new Set(lamps.map(({ lampId }) => lampId)).size]).toEqual([360, 360]);
    expect([cameras.length, cameras.filter(({ linkId }) => linkId !== undefined).length]).toEqual([10, 3]);
    for (const {
      lamps: [first, second],
    } of panels)
      // prettier-ignore
      expect(distanceM(first!.place, second!.place)).toBeGreaterThan(10);
  });

  it('say at noon that they are told to burn, with the stamps of noon, and lose their feeder within three seconds', async () => {
    const { said } = await played('feeder-loss');
    for (const { time, atS } of said) expect(Math.abs(Date.parse(time) - noon - atS * 1000)).toBeLessThan(2000);
    const lost = eventsOf(said, 'supplyLoss', 'start');
    expect(lost.map(({ deviceId }) => deviceId)).toEqual(
      ['01', '02', '03', '04', '05', '06'].map((at) => `SIM-PC-${at}`),
    );
    expect(
      new Set(lost.map(({ commanded, supply, contactor }) => `${commanded ?? ''} ${supply ?? ''} ${contactor ?? ''}`)),
    ).toEqual(new Set(['closed lost open']));
    expect(Math.max(...lost.map(({ atS }) => atS)) - Math.min(...lost.map(({ atS }) => atS))).toBeLessThan(3);
    const back = eventsOf(said, 'supplyLoss', 'end');
    expect(back.map(({ atS }) => atS)).toEqual(lost.map(() => 190));
    const between = said.filter(({ deviceId, atS }) => deviceId === 'SIM-PC-01' && atS > 10 && atS < 190);
    expect(between).toEqual([]);
  });

  it('lose a cable: the door, the lamps behind the cut, less current, and no outage of PLN', async () => {
    const { said } = await played('cable-theft', { lastsS: 100 });
    const panel = said.filter(({ deviceId }) => deviceId === 'SIM-PC-07');
    expect(panel.map(({ door }) => door)).toContain('open');
    expect(new Set(panel.map(({ supply }) => supply))).toEqual(new Set(['present']));
    const watts = panel.map(({ phases = [] }) => phases.reduce((sum, phase) => sum + phase.activePowerW, 0));
    expect(Math.min(...watts.slice(1))).toBeLessThan(Math.max(...watts) / 2);
    const dark = eventsOf(said, 'supplyLoss', 'start');
    expect(dark).toHaveLength(18);
    expect(new Set(dark.map(({ commandedPercent, levelPercent }) => [commandedPercent, levelPercent].join()))).toEqual(
      new Set(['100,0']),
    );
    expect(eventsOf(said, 'currentTooLow', 'start').map(({ deviceId }) => deviceId)).toEqual(['SIM-PC-07']);
  });

  it('burn by day behind a welded contactor, and say so', async () => {
    const { said } = await played('stuck-relay');
    const stuck = eventsOf(said, 'switchingErrorOn', 'start');
    expect(stuck).toMatchObject([{ deviceId: 'SIM-PC-10', contactor: 'closed', commanded: 'open' }]);
    expect(eventsOf(said, 'switchingErrorOn', 'end')).toMatchObject([{ atS: 250, contactor: 'open' }]);
  });

  it('have a modem that comes and goes: late, in no order and twice, never away for two reports', async () => {
    const { said } = await played('flapping-link');
    const flapping = said.filter(({ deviceId }) => deviceId === 'SIM-PC-08');
    const heardAtS = flapping.map(({ atS }) => atS);
    const gaps = heardAtS.slice(1).map((atS, index) => atS - (heardAtS[index] ?? atS));
    expect(Math.max(...gaps)).toBeLessThan(120);
    expect(flapping.some(({ time, atS }) => noon + atS * 1000 - Date.parse(time) > 1500)).toBe(true);
    expect(new Set(flapping.map(({ time }) => time)).size).toBeLessThan(flapping.length);
  });

  it.each(['dusk', 'dawn'] as const)('are all switched at %s, one by one', async (scene) => {
    const { said } = await played(scene, { lastsS: 130 });
    const panels = network().panels.map(({ controllerId }) => controllerId);
    const last = panels.map((of) => said.filter(({ deviceId }) => deviceId === of).at(-1)?.commanded);
    expect(new Set(last)).toEqual(new Set([scene === 'dusk' ? 'closed' : 'open']));
    const switched = said.filter(
      ({ commanded, atS }) => atS > 3 && commanded === (scene === 'dusk' ? 'closed' : 'open'),
    );
    expect(new Set(switched.map(({ atS }) => atS)).size).toBeGreaterThan(5);
  });

  it('say of a camera that is turned away what can be told: nothing', async () => {
    const { said, lines } = await played('camera-turned', { lastsS: 30 });
    expect(said.filter(({ events }) => events !== undefined)).toEqual([]);
    expect(lines.join()).toContain('no picture is read');
  });

  it.each(StreetScene.options)('play %s the same for the same seed', async (scene) => {
    expect(await played(scene, { lastsS: 60 })).toEqual(await played(scene, { lastsS: 60 }));
  });

  it('say again what was not taken, in order', async () => {
    let refusals = 3;
    const heard = (): Heard => (refusals-- > 0 ? 'later' : 'taken');
    const { said } = await played('feeder-loss', { heard, lastsS: 40 });
    expect(eventsOf(said, 'supplyLoss', 'start')).toHaveLength(6);
    const times = said.map(({ time }) => time);
    expect(times).toEqual(times.toSorted());
  });

  it('speak of measures by the names that the contract has', async () => {
    const { said } = await played('cable-theft', { lastsS: 40 });
    const known = new Set(
      Object.keys({ ...StreetTelemetry.shape.panel.unwrap().shape, ...StreetTelemetry.shape.lamp.unwrap().shape }),
    );
    const names = said
      .flatMap((one) => Object.keys(one))
      .filter((name) => !['deviceId', 'time', 'events', 'atS'].includes(name));
    expect([...new Set(names)].filter((name) => !known.has(name))).toEqual([]);
  });
});
