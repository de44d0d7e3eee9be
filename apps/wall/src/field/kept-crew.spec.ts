import { expect, it } from '@jest/globals';
import { forgetSeen } from '../session/of-one-person.ts';
import { keepCrew, keptCrew, type KeptCrew } from './kept-crew.ts';

function phone(room = Infinity) {
  const items = new Map<string, string>();
  return {
    items,
    get length() {
      return items.size;
    },
    key: (at: number) => [...items.keys()][at] ?? null,
    getItem: (name: string) => items.get(name) ?? null,
    removeItem: (name: string) => void items.delete(name),
    setItem: (name: string, value: string) => {
      if (value.length > room) throw new DOMException('full', 'QuotaExceededError');
      items.set(name, value);
    },
  };
}

const crew: KeptCrew = {
  ...{ principalId: 'joko-0001', timezone: 'Asia/Jakarta', heardAtMs: 1, clockAheadMs: -5, unitName: 'Ambulans Satu' },
  job: {
    ...{ unitId: 'AMB-1', assignmentId: 'TGS-00000001', status: 'accepted', sentAtMs: 1, kind: 'medical' },
    ...{ where: { said: 'Simpang Flora', lat: -7.75, lng: 113.21 }, isExercise: false },
  },
};

it('gives a job back as it was kept, and none where it was over', () => {
  const kept = phone();
  keepCrew(kept, crew);
  expect(keptCrew(kept)).toEqual(crew);
  const over = { ...crew, job: undefined };
  keepCrew(kept, over);
  expect(keptCrew(kept)?.job).toBeUndefined();
});

it('keeps no older job where there is no room for this one', () => {
  const kept = phone(300);
  keepCrew(kept, { ...crew, unitName: 'x' });
  const unitName = 'Ambulans '.repeat(40);
  keepCrew(kept, { ...crew, unitName });
  expect(keptCrew(kept)).toBeUndefined();
});

it('is gone when the city says that nobody is signed in, and presses are not', () => {
  const kept = phone();
  keepCrew(kept, crew);
  kept.setItem('siaga.steps.joko-0001', '[]');
  forgetSeen(kept);
  expect([...kept.items.keys()]).toEqual(['siaga.steps.joko-0001']);
});

it.each([null, '{', '[]', '{"principalId":"x"}'])('reads nothing that is none: %s', (text) => {
  expect(keptCrew({ getItem: () => text })).toBeUndefined();
});
