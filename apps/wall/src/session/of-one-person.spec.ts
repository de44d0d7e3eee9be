import { expect, it } from '@jest/globals';
import { countUnsent, forgetPerson } from './of-one-person.ts';

/** A phone's storage, as browsers have it. */
function storageOf(entries: Readonly<Record<string, string>>) {
  const kept = new Map(Object.entries(entries));
  return {
    get length() {
      return kept.size;
    },
    key: (at: number) => [...kept.keys()][at] ?? null,
    getItem: (name: string) => kept.get(name) ?? null,
    removeItem: (name: string) => void kept.delete(name),
    names: () => [...kept.keys()],
  };
}

it('counts what waits to be sent, and forgets all of a person but nothing of the device', () => {
  const phone = storageOf({
    'siaga.language': 'en',
    'siaga.alarm-sound': 'off',
    'siaga.city': '3574',
    'siaga.steps.joko-0001': '[{"key":"a"},{"key":"b"}]',
    'siaga.steps.patrol.joko-0001': '[{"key":"c"}]',
    'siaga.steps.broken': '{',
    'siaga.push-subscription': 'x',
    'siaga.rang': 'TGS-00000001',
    'another.page': 'y',
  });
  expect(countUnsent(phone)).toBe(3);
  forgetPerson(phone);
  expect(phone.names()).toEqual(['siaga.language', 'siaga.alarm-sound', 'siaga.city', 'another.page']);
});
