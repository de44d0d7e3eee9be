import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { Fault, type Colleague } from '@siaga/contracts';
import { KnownColleagues, MOST_AT_ONCE } from './known-colleagues.ts';

let asked: (readonly string[])[] = [];
let refused = false;
const named = (principalId: string): Colleague => ({
  principalId,
  displayName: `Bu ${principalId}`,
  agencies: ['dlh'],
});
const open = () => {
  const colleagues = new KnownColleagues(async (ids) => {
    asked.push(ids);
    await Promise.resolve();
    if (refused) throw new Fault('unavailable', 'away');
    return ids.map(named);
  });
  colleagues.belongTo('me');
  return colleagues;
};
const later = (ms: number) => jest.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  [asked, refused] = [[], false];
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

it('asks for all of a moment together, once, and tells who listens', async () => {
  const colleagues = open();
  let told = 0;
  colleagues.subscribe(() => (told += 1));
  for (const id of ['sari', 'budi', 'sari']) colleagues.want(id);
  expect(colleagues.get('sari')).toBeUndefined();
  await later(1000);
  expect([asked, told, colleagues.get('sari')]).toEqual([[['sari', 'budi']], 1, named('sari')]);
  colleagues.want('budi');
  await later(1000);
  expect(asked).toHaveLength(1);
  await later(600_000);
  colleagues.want('budi');
  expect(colleagues.get('budi')).toEqual(named('budi'));
  await later(1000);
  expect(asked.slice(1)).toEqual([['budi']]);
});

it('asks for no more at once than are answered', async () => {
  const colleagues = open();
  for (let id = 0; id < MOST_AT_ONCE + 1; id += 1) colleagues.want(String(id));
  await later(1000);
  expect(asked.map(({ length }) => length)).toEqual([MOST_AT_ONCE, 1]);
});

it('asks again later when nobody answered', async () => {
  const colleagues = open();
  refused = true;
  colleagues.want('sari');
  await later(1000);
  refused = false;
  expect([asked.length, colleagues.get('sari')]).toEqual([1, undefined]);
  await later(10_000);
  expect([asked.length, colleagues.get('sari')]).toEqual([2, named('sari')]);
});

it('has everybody in a map that is another one whenever it says something else', async () => {
  const colleagues = open();
  const before = colleagues.all();
  for (const id of ['sari', 'budi']) colleagues.want(id);
  await later(1000);
  const after = colleagues.all();
  expect([before.size, [...after.keys()]]).toEqual([0, ['sari', 'budi']]);
  await later(1000);
  expect(colleagues.all()).toBe(after);
});

it('forgets all with the session, also what is still under way', async () => {
  const colleagues = open();
  colleagues.want('sari');
  await later(1000);
  colleagues.want('budi');
  jest.advanceTimersByTime(50);
  colleagues.belongTo('somebody else');
  await later(1000);
  expect([colleagues.get('sari'), colleagues.get('budi'), asked.length]).toEqual([undefined, undefined, 2]);
  colleagues.belongTo(undefined);
  colleagues.want('sari');
  await later(20_000);
  expect(asked).toHaveLength(2);
});
