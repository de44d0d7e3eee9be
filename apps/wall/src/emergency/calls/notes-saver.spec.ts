import { expect, it } from '@jest/globals';
import { Fault } from '@siaga/contracts';
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
  void saver.flushed();
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
  void saver.flushed();
  await eventually(() => {
    expect(saver.get().state).toBe('failed');
  });
  saver.note({ words: 'new' });
  await eventually(() => {
    expect(kept).toEqual({ words: 'new', victims: 1 });
  });
});

it('stops at a refusal with its words, and sends it again only with what is typed next', async () => {
  const sent: Partial<Notes>[] = [];
  const saver = new NotesSaver<Notes>((notes) => {
    sent.push(notes);
    return Promise.reject(new Fault('conflict', 'dipegang Sri · Sri has it'));
  });
  saver.note({ words: 'old' });
  expect(await saver.flushed()).toBe(false);
  expect(saver.get()).toMatchObject({ state: 'failed', error: { kind: 'conflict' } });
  saver.end();
  expect(sent).toEqual([{ words: 'old' }]);
  saver.note({ victims: 1 });
  await saver.flushed();
  expect(sent.at(-1)).toEqual({ words: 'old', victims: 1 });
});

it('saves once more what was typed while the last save was on its way, when its form is closed', async () => {
  const written: Partial<Notes>[] = [];
  const answer = Promise.withResolvers<undefined>();
  const saver = new NotesSaver<Notes>(async (notes) => {
    written.push(notes);
    if (written.length === 1) await answer.promise;
  });
  saver.note({ words: 'a' });
  void saver.flushed();
  saver.note({ words: 'ab' });
  saver.end();
  answer.resolve(undefined);
  await eventually(() => {
    expect(written).toEqual([{ words: 'a' }, { words: 'ab' }]);
  });
});

it('keeps what waits for a link until it is saved, and says so', async () => {
  let isLinked = false;
  const saver = new NotesSaver<Notes>(() =>
    isLinked ? Promise.resolve() : Promise.reject(new Fault('unavailable', 'no link')),
  );
  saver.note({ words: 'a' });
  expect(await saver.flushed()).toBe(false);
  isLinked = true;
  expect(await saver.flushed()).toBe(true);
  expect(saver.get()).toMatchObject({ state: 'saved' });
});

it('goes on trying after its form is closed, until what was typed is saved', async () => {
  let isLinked = false;
  const written: Partial<Notes>[] = [];
  const saver = new NotesSaver<Notes>((notes) => {
    if (!isLinked) return Promise.reject(new Fault('unavailable', 'no link'));
    written.push(notes);
    return Promise.resolve();
  });
  saver.note({ words: 'bapak pingsan' });
  expect(await saver.flushed()).toBe(false);
  saver.end();
  isLinked = true;
  await eventually(() => {
    expect(written).toEqual([{ words: 'bapak pingsan' }]);
  });
});
