import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AlarmChanged, AlarmLogged } from '@siaga/contracts';
import { eventually, randomCities } from '@siaga/testing';
import { blockOf, startTestAlarms, type TestAlarms } from '../alarms.harness.ts';
import { alarms } from '../alarms/alarm-document.ts';
import { conditions } from '../conditions/condition-document.ts';

const [city = ''] = randomCities(1);
let desk: TestAlarms;

beforeAll(async () => {
  desk = await startTestAlarms(city);
});
afterAll(() => desk.close());

/** The newest word on each alarm whose thing's id begins with the run. */
const alarmsOf = async (run: string): Promise<AlarmChanged[]> => {
  const events = await desk.readAll(AlarmChanged);
  const newest = new Map(events.map(({ subject, data }) => [subject, data]));
  const mine = [...newest.values()].flatMap((alarm) => (alarm?.thing.thingId.startsWith(run) === true ? [alarm] : []));
  return mine.sort((a, b) => a.raisedAtMs - b.raisedAtMs || (a.thing.thingId < b.thing.thingId ? -1 : 1));
};
const stepsOf = async (run: string): Promise<string[]> =>
  (await desk.readAll(AlarmLogged)).flatMap(({ data }) =>
    data?.thing.thingId.startsWith(run) === true ? [`${data.thing.kind} ${data.step}`] : [],
  );
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
    const alarm = await eventually(async () => {
      const [only, ...others] = await alarmsOf('casc');
      expect(others).toEqual([]);
      expect(only).toMatchObject({ thing: { kind: 'feeder' }, affected: { lamp: 285, panel: 5, camera: 3 } });
      return only;
    });
    expect(performance.now() - startedMs).toBeLessThan(5000);
    expect(alarm).toMatchObject({
      ...{ status: 'active', severity: 'high', kelurahanCodes: ['35.74.01.1001'], agency: 'dishub' },
      area: { south: -7.76, north: -7.75, west: 113.21, east: 113.22 },
    });
    expect(await stepsOf('casc')).toEqual(['feeder raised']);

    await desk.say([feeder(ended)]);
    await desk.say(children.map((child) => ({ ...child, ...ended, changedAtMs: Date.now() })));
    await eventually(async () =>
      expect(await alarmsOf('casc')).toMatchObject([{ status: 'cleared', clearedBy: 'ended' }]),
    );
    expect(await stepsOf('casc')).toEqual(['feeder raised', 'feeder cleared']);
  });
});

describe('what the desk makes of what domains say', () => {
  const only = async (run: string, expected: object) =>
    eventually(async () => {
      const [alarm, ...others] = await alarmsOf(run);
      expect(others).toEqual([]);
      expect(alarm).toMatchObject(expected);
      return alarm as AlarmChanged;
    });

  it('takes alarms in when their cause turns up late, and lets go what its end does not mend', async () => {
    const { feeder, lamp } = blockOf('late');
    await desk.say([lamp(1)]);
    await only('late', { thing: { kind: 'lamp' }, status: 'active' });
    await desk.say([feeder(), lamp(2)]);
    await eventually(async () => {
      const [of1, ofFeeder] = await alarmsOf('late');
      expect(ofFeeder).toMatchObject({ thing: { kind: 'feeder' }, status: 'active', affected: { lamp: 2 } });
      expect(of1).toMatchObject({ status: 'cleared', clearedBy: 'absorbed', absorbedInto: ofFeeder?.alarmId });
    });
    expect(await stepsOf('late')).toEqual(['lamp raised', 'feeder raised', 'lamp cleared']);

    await desk.say([feeder(ended), lamp(2, ended)]);
    await eventually(async () => {
      const [of1, ofFeeder] = await alarmsOf('late');
      expect(ofFeeder).toMatchObject({ status: 'cleared', clearedBy: 'ended' });
      // the same trouble as before: not a second alarm
      expect(of1).toMatchObject({ status: 'active', reopenedTimes: 1 });
    });
    expect((await stepsOf('late')).slice(3).sort()).toEqual(['feeder cleared', 'lamp reopened']);
  });

  it('opens the same alarm again when the trouble returns soon, and another one when it does not', async () => {
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
    await eventually(async () =>
      expect(await alarmsOf('again')).toMatchObject([{ alarmId }, { status: 'active', reopenedTimes: 0 }]),
    );
  });

  it('is not misled by a start that comes after its end, comes twice, or comes again after a restart', async () => {
    const { lamp } = blockOf('order');
    const atMs = Date.now();
    const start = lamp(1, { sinceMs: atMs - 5000, changedAtMs: atMs - 5000 });
    await desk.say([lamp(1, { ...ended, changedAtMs: atMs })]);
    const heard = (key: string) => desk.documents((store) => store.get(conditions, key));
    await eventually(() => heard('lamp:order-1/supplyLoss'));
    await desk.say([start]);
    const twice = lamp(2);
    await desk.say([twice, twice]);
    await only('order', { thing: { thingId: 'order-2' } });
    await desk.say([start, twice]);
    await desk.restart();
    await desk.say([start, twice, lamp(3)]);
    await eventually(async () => expect(await alarmsOf('order')).toHaveLength(2));
    expect(await stepsOf('order')).toEqual(['lamp raised', 'lamp raised']);
  });

  it('says when it worsens and eases, and keeps to the cap: critical is danger to life', async () => {
    const { lamp } = blockOf('worse');
    await desk.say([lamp(1, { severity: 'information' })]);
    await only('worse', { severity: 'information' });
    await desk.say([lamp(1, { severity: 'critical' })]);
    await only('worse', { severity: 'high' });
    await desk.say([lamp(1, { severity: 'medium', detail: 'tinggal satu fase' })]);
    await only('worse', { severity: 'medium', worstSeverity: 'high', detail: 'tinggal satu fase' });
    await desk.say([lamp(1, { severity: 'critical', lifeRisk: true })]);
    await only('worse', { severity: 'critical', lifeRisk: true });
    expect(await stepsOf('worse')).toEqual(['lamp raised', 'lamp worsened', 'lamp eased', 'lamp worsened']);
  });

  it('lets a real trouble stand beside a simulated cause, and marks what is simulated', async () => {
    const { feeder, lamp } = blockOf('sim');
    await desk.say([feeder(), lamp(1)], { exercise: true });
    await desk.say([lamp(2)]);
    await eventually(async () => expect(await alarmsOf('sim')).toHaveLength(2));
    const told = (await desk.readAll(AlarmChanged)).filter(
      ({ data }) => data?.thing.thingId.startsWith('sim') === true,
    );
    const marks = told.map(({ data, exercise }) => `${data?.thing.kind ?? ''} ${String(exercise)}`);
    expect(new Set(marks)).toEqual(new Set(['feeder true', 'lamp false']));
  });

  it('makes one alarm of a trouble, however many processes of the service there are', async () => {
    const second = await desk.another();
    const { lamp } = blockOf('two');
    await desk.say([lamp(1), lamp(2), lamp(3)]);
    await eventually(async () => expect(await alarmsOf('two')).toHaveLength(3));
    await desk.restart(); // the other one takes over
    await desk.say([lamp(1, ended)]);
    await eventually(async () =>
      expect((await alarmsOf('two')).map(({ status }) => status)).toEqual(['cleared', 'active', 'active']),
    );
    await second.close();
    expect(await stepsOf('two')).toEqual(['lamp raised', 'lamp raised', 'lamp raised', 'lamp cleared']);
  });
});
