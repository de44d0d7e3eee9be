import { expect, it } from '@jest/globals';
import { OneAtATime } from './one-at-a-time.ts';

it('what belongs to one city runs in turn, whatever went wrong before; who waits is counted', async () => {
  const inTurn = new OneAtATime();
  const ran: string[] = [];
  const door = Promise.withResolvers<undefined>();
  const first = inTurn.run('a', async () => {
    await door.promise;
    ran.push('first');
    throw new Error('gone wrong');
  });
  const second = inTurn.run('a', () => Promise.resolve(ran.push('second')));
  await inTurn.run('b', () => Promise.resolve(ran.push('elsewhere')));
  expect([inTurn.waiting('a'), inTurn.waiting('b')]).toEqual([2, 0]);
  door.resolve(undefined);
  await expect(first).rejects.toThrow('gone wrong');
  await second;
  expect(ran).toEqual(['elsewhere', 'first', 'second']);
  expect(inTurn.waiting('a')).toBe(0);
});
