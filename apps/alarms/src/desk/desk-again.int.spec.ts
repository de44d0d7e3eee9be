import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, randomCities } from '@siaga/testing';
import { blockOf, startTestAlarms, type TestAlarms } from '../alarms.harness.ts';
import { conditions } from '../conditions/condition-document.ts';

const [city = ''] = randomCities(1);
let desk: TestAlarms;

beforeAll(async () => {
  desk = await startTestAlarms(city);
});
afterAll(() => desk.close());

const ended = { active: false };

describe('the desk, when what it hears or itself comes again', () => {
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
    await eventually(() => expect(desk.alarmsOf('order')).toMatchObject([{ thing: { thingId: 'order-2' } }]));
    await desk.say([start, twice]);
    await desk.restart();
    await desk.say([start, twice, lamp(3)]);
    await eventually(() => expect(desk.alarmsOf('order')).toHaveLength(2));
    expect(await desk.stepsOf('order')).toEqual(['lamp raised', 'lamp raised']);
  });

  it('makes one alarm of a trouble, however many processes of the service there are', async () => {
    const second = await desk.another();
    const { lamp } = blockOf('two');
    await desk.say([lamp(1), lamp(2), lamp(3)]);
    await eventually(() => expect(desk.alarmsOf('two')).toHaveLength(3));
    await desk.restart(); // the other one takes over
    await desk.say([lamp(1, ended)]);
    await eventually(() =>
      expect(desk.alarmsOf('two').map(({ status }) => status)).toEqual(['cleared', 'active', 'active']),
    );
    await second.close();
    expect(await desk.stepsOf('two')).toEqual(['lamp raised', 'lamp raised', 'lamp raised', 'lamp cleared']);
  });
});
