import { describe, expect, it } from '@jest/globals';
import { serviceContext, withContext } from '@siaga/service';
import { WaitingPolls } from './waiting-polls.ts';

const here = <Result>(work: () => Result) => withContext(serviceContext('3574'), work);
const nobodyLeaves = new AbortController().signal;
/** Waits until it is ended. */
const untilEnded = (ends: AbortSignal) =>
  new Promise<boolean>((resolve) => {
    ends.addEventListener('abort', () => {
      resolve(false);
    });
  });

describe('polls that wait', () => {
  it('are one of each controller: the next of it ends the first, and nobody else’s', async () => {
    const polls = new WaitingPolls();
    const ended: string[] = [];
    const poll = (controllerId: string, name: string) =>
      here(() =>
        polls.answer(controllerId, nobodyLeaves, async (ends) => {
          await polls.wait(() => untilEnded(ends));
          ended.push(name);
          return name;
        }),
      );
    const first = poll('C-1', 'first');
    const other = poll('C-2', 'other');
    const second = poll('C-1', 'second');
    expect(await first).toBe('first');
    expect(ended).toEqual(['first']);
    const third = poll('C-1', 'third');
    await second;
    expect(ended).toEqual(['first', 'second']);
    const last = [poll('C-1', 'fourth'), poll('C-2', 'fifth')];
    await Promise.all([third, other]);
    expect(ended.toSorted()).toEqual(['first', 'other', 'second', 'third']);
    here(() => {
      for (const id of ['C-1', 'C-2']) void polls.answer(id, nobodyLeaves, () => Promise.resolve(''));
    });
    await Promise.all(last);
  });

  it('end when nobody reads their answer any more', async () => {
    const gone = new AbortController();
    const polls = new WaitingPolls();
    const waiting = here(() => polls.answer('C-1', gone.signal, (ends) => polls.wait(() => untilEnded(ends))));
    gone.abort();
    expect(await waiting).toBe(false);
  });

  it('find no place when all are taken, and are told when to come again; a place that is left is free', async () => {
    const polls = new WaitingPolls(1);
    const first = new AbortController();
    const waiting = polls.wait(() => untilEnded(first.signal));
    const never = () => Promise.resolve(true);
    await expect(polls.wait(never)).rejects.toMatchObject({ kind: 'too-many', retryAfterS: 10 });
    first.abort();
    await waiting;
    expect(await polls.wait(never)).toBe(true);
  });
});
