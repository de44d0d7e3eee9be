import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AlarmChanged } from '@siaga/contracts';
import { eventually, randomCities } from '@siaga/testing';
import { blockOf, startTestAlarms, type TestAlarms } from '../alarms.harness.ts';
import { alarms } from '../alarms/alarm-document.ts';

const [city = ''] = randomCities(1);
let desk: TestAlarms;

beforeAll(async () => {
  desk = await startTestAlarms(city);
});
afterAll(() => desk.close());

const ended = { active: false };

describe('a cascade', () => {
  it('of 300 in any order is one alarm that counts what is below it, and clears itself when all is back', async () => {
    const { feeder, panel, lamp, camera } = blockOf('casc');
    const lamps = Array.from({ length: 285 }, (_, index) =>
      lamp(index, { place: { lat: -7.75 - index / 1e5, lng: 113.21, kelurahanCode: '35.74.01.1001' } }),
    );
    const children = [
      ...lamps,
      ...[0, 1, 2, 3, 4].map((index) => panel(index)),
      ...[0, 1, 2].map((index) => camera(index)),
    ];
    const startedMs = performance.now();
    await desk.say(children.slice(0, 150));
    await desk.say(children.slice(150));
    await desk.say([feeder({ severity: 'critical', place: { lat: -7.76, lng: 113.22 } })]);
    const alarm = await eventually(() => {
      const [only, ...others] = desk.alarmsOf('casc');
      expect(others).toEqual([]);
      expect(only).toMatchObject({ thing: { kind: 'feeder' }, affected: { lamp: 285, panel: 5, camera: 3 } });
      return only;
    });
    expect(performance.now() - startedMs).toBeLessThan(5000);
    expect(alarm).toMatchObject({
      ...{ status: 'active', severity: 'high', kelurahanCodes: ['35.74.01.1001'], agency: 'dishub' },
      area: { south: -7.76, north: -7.75, west: 113.21, east: 113.22 },
    });
    expect(await desk.stepsOf('casc')).toEqual(['feeder raised']);

    await desk.say([feeder(ended)]);
    await desk.say(children.map((child) => ({ ...child, ...ended, changedAtMs: Date.now() })));
    await eventually(() => expect(desk.alarmsOf('casc')).toMatchObject([{ status: 'cleared', clearedBy: 'ended' }]));
    expect(await desk.stepsOf('casc')).toEqual(['feeder raised', 'feeder cleared']);
  });
});

describe('what the desk makes of what domains say', () => {
  const only = (run: string, expected: object) =>
    eventually(() => {
      const [alarm, ...others] = desk.alarmsOf(run);
      expect(others).toEqual([]);
      expect(alarm).toMatchObject(expected);
      return alarm as AlarmChanged;
    });

  // each waits for the desk, one beside the other
  it.concurrent('takes alarms in when their cause turns up late, and lets go what its end does not mend', async () => {
    const { feeder, lamp } = blockOf('late');
    await desk.say([lamp(1)]);
    await only('late', { thing: { kind: 'lamp' }, status: 'active' });
    await desk.say([feeder(), lamp(2)]);
    await eventually(() => {
      const [of1, ofFeeder] = desk.alarmsOf('late');
      expect(ofFeeder).toMatchObject({ thing: { kind: 'feeder' }, status: 'active', affected: { lamp: 2 } });
      expect(of1).toMatchObject({ status: 'cleared', clearedBy: 'absorbed', absorbedInto: ofFeeder?.alarmId });
    });
    expect(await desk.stepsOf('late')).toEqual(['lamp raised', 'feeder raised', 'lamp cleared']);

    await desk.say([feeder(ended), lamp(2, ended)]);
    await eventually(() => {
      const [of1, ofFeeder] = desk.alarmsOf('late');
      expect(ofFeeder).toMatchObject({ status: 'cleared', clearedBy: 'ended' });
      // the same trouble as before: not a second alarm
      expect(of1).toMatchObject({ status: 'active', reopenedTimes: 1 });
    });
    expect((await desk.stepsOf('late')).slice(3).sort()).toEqual(['feeder cleared', 'lamp reopened']);
  });

  it.concurrent(
    'opens the same alarm again when the trouble returns soon, and another one when it does not',
    async () => {
      const { lamp } = blockOf('again');
      await desk.say([lamp(1)]);
      const { alarmId } = await only('again', { status: 'active' });
      await desk.say([lamp(1, ended)]);
      await only('again', { status: 'cleared' });
      await desk.say([lamp(1)]);
      await only('again', { alarmId, status: 'active', reopenedTimes: 1 });
      await desk.say([lamp(1, ended)]);
      await only('again', { status: 'cleared' });
      const longAgo = { $set: { clearedAtMs: Date.now() - 600_001 } };
      await desk.documents((store) => store.of(alarms).updateOne({ _id: alarmId }, longAgo));
      await desk.say([lamp(1)]);
      await eventually(() =>
        expect(desk.alarmsOf('again')).toMatchObject([{ alarmId }, { status: 'active', reopenedTimes: 0 }]),
      );
    },
  );

  it.concurrent('says when it worsens and eases, and keeps to the cap: critical is danger to life', async () => {
    const { lamp } = blockOf('worse');
    await desk.say([lamp(1, { severity: 'information' })]);
    await only('worse', { severity: 'information' });
    await desk.say([lamp(1, { severity: 'critical' })]);
    await only('worse', { severity: 'high' });
    await desk.say([lamp(1, { severity: 'medium', detail: 'tinggal satu fase' })]);
    await only('worse', { severity: 'medium', worstSeverity: 'high', detail: 'tinggal satu fase' });
    await desk.say([lamp(1, { severity: 'critical', lifeRisk: true })]);
    await only('worse', { severity: 'critical', lifeRisk: true });
    expect(await desk.stepsOf('worse')).toEqual(['lamp raised', 'lamp worsened', 'lamp eased', 'lamp worsened']);
  });

  it.concurrent('lets a real trouble stand beside a simulated cause, and marks what is simulated', async () => {
    const { feeder, lamp } = blockOf('sim');
    await desk.say([feeder(), lamp(1)], { exercise: true });
    await desk.say([lamp(2)]);
    await eventually(() => expect(desk.alarmsOf('sim')).toHaveLength(2));
    const told = (await desk.readAll(AlarmChanged)).filter(
      ({ data }) => data?.thing.thingId.startsWith('sim') === true,
    );
    const marks = told.map(({ data, exercise }) => `${data?.thing.kind ?? ''} ${String(exercise)}`);
    expect(new Set(marks)).toEqual(new Set(['feeder true', 'lamp false']));
  });
});
