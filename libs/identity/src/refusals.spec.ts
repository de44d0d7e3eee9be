import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { Fault } from '@siaga/contracts';
import { serviceContext, withContext, type Action } from '@siaga/service';
import { Refusals } from './refusals.ts';

const fault = new Fault('forbidden', 'not for your role');
let written: (Action & { kind: string })[] = [];
const refusals = new Refusals(({ name, subjects }, { kind }) => {
  written.push({ name, subjects, kind });
  return Promise.resolve();
});
const refused = async (count: number, name: string, city = '3574') => {
  for (let call = 0; call < count; call += 1)
    await withContext(serviceContext(city), () => refusals.note({ name, subjects: [] }, fault));
};

beforeEach(() => {
  written = [];
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

it('writes ten a minute one by one, and then how many more there were, and where', async () => {
  await refused(10, 'people.list');
  await refused(30, 'people.erase');
  await refused(1, 'people.list', '3573');
  expect(written.map(({ name }) => name)).toEqual([...Array<string>(10).fill('people.list'), 'people.list']);
  await jest.advanceTimersByTimeAsync(60_000);
  expect(written.slice(11)).toEqual([
    { name: 'calls.refused', subjects: ['count:30', 'route:people.erase'], kind: 'forbidden' },
  ]);
  await refused(1, 'people.list');
  expect(written).toHaveLength(13);
  await refusals.close();
  expect(written).toHaveLength(13);
});
