import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FixRecorded, TruckMoved } from '@siaga/contracts';
import { createLive, type Live } from '@siaga/live';
import { eventually, startTestCity, type TestCity } from '@siaga/testing';
import { Crowd } from '../../bench/live/crowd.ts';
import { Traffic } from '../../bench/live/traffic.ts';

const SCREENS = 200;
const streams = [FixRecorded.stream.name, TruckMoved.stream.name];

/** Screens by the hundred, as `npm run bench -- resume gateway-kill` measures them by the thousand. */
describe(`${SCREENS} screens`, () => {
  let city: TestCity;
  let traffic: Traffic;
  let crowd: Crowd;
  let ours: Live;
  const applied: string[] = [];

  beforeAll(async () => {
    city = await startTestCity();
    traffic = await Traffic.into(await city.logSocket());
    crowd = await Crowd.start(city.url);
    ours = createLive({ url: city.url, streams });
    ours.every(FixRecorded, ({ fixId }) => applied.push(fixId));
    await crowd.open(Array.from({ length: SCREENS }, () => ({ streams })));
    await eventually(() => expect(ours.status.get().state).toBe('live'));
    traffic.flow({ every: 50, latest: 50 });
  }, 60_000);
  afterAll(async () => {
    ours.close();
    crowd.close();
    await traffic.close();
    await city.stop();
    await city.remove();
  }, 60_000);

  const everyoneIsBack = async () => {
    const { behind, caughtUpMs } = await crowd.account();
    expect([behind, caughtUpMs.length]).toEqual([0, SCREENS]);
  };

  it('that all lose their connection at once, and then their gateway, see every event once and in order', async () => {
    await crowd.cut(2000);
    await eventually(everyoneIsBack, 15_000);
    const { gateway = 0 } = await city.pids();
    process.kill(gateway, 'SIGKILL');
    await crowd.mark(Date.now());
    await eventually(everyoneIsBack, 20_000);
    await traffic.pause();
    await eventually(async () => {
      expect(applied).toHaveLength(traffic.numbered);
      expect(await crowd.account(traffic.numbered)).toMatchObject({ missing: 0 });
    });
    expect(await crowd.account(traffic.numbered)).toMatchObject({ twice: 0, disordered: 0, snapshots: 0 });
    expect(new Set(applied).size).toBe(traffic.numbered);
  }, 60_000);
});
