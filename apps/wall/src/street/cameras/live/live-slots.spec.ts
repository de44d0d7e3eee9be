import { expect, it } from '@jest/globals';
import { LiveSlots } from './live-slots.ts';

it('no more moving pictures than there are places; one that ends, or is given back, makes room at once', () => {
  const slots = new LiveSlots(2);
  const [first, second] = [new AbortController(), new AbortController()];
  const held = slots.take(first.signal);
  expect(held).toBeDefined();
  expect(slots.take(second.signal)).toBeDefined();
  expect(slots.take(second.signal)).toBeUndefined();
  held?.giveBack();
  held?.giveBack();
  expect(slots.take(first.signal)).toBeDefined();
  expect(slots.take(first.signal)).toBeUndefined();
  second.abort();
  expect(slots.take(first.signal)).toBeDefined();
  expect(slots.take(second.signal)).toBeUndefined();
});
