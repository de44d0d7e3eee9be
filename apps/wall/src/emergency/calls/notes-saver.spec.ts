import { expect, it } from '@jest/globals';
import { eventually } from '@siaga/testing';
import { NotesSaver } from './notes-saver.ts';

interface Notes {
  words: string;
  victims: number;
}

it('saves fields together, one save at a time, and the newest of each', async () => {
  const written: Partial<Notes>[] = [];
  let under = 0;
  let most = 0;
  const saver = new NotesSaver<Notes>(async (notes) => {
    under += 1;
    most = Math.max(most, under);
    await Promise.resolve();
    written.push(notes);
    under -= 1;
  });
  saver.note({ words: 'a' });
  saver.note({ words: 'ab', victims: 2 });
  saver.flush();
  saver.note({ victims: 3 });
  await eventually(() => {
    expect(saver.get()).toMatchObject({ state: 'saved' });
  });
  expect(Object.assign({}, ...written)).toEqual({ words: 'ab', victims: 3 });
  expect(most).toBe(1);
});

it('tries again what failed, without undoing what was typed since', async () => {
  const kept: Partial<Notes> = {};
  let failures = 1;
  const saver = new NotesSaver<Notes>((notes) => {
    if (failures > 0) {
      failures -= 1;
      return Promise.reject(new Error('no link'));
    }
    Object.assign(kept, notes);
    return Promise.resolve();
  });
  saver.note({ words: 'old', victims: 1 });
  saver.flush();
  await eventually(() => {
    expect(saver.get().state).toBe('failed');
  });
  saver.note({ words: 'new' });
  await eventually(() => {
    expect(kept).toEqual({ words: 'new', victims: 1 });
  });
});
