import { describe, expect, it } from '@jest/globals';
import { Fault } from '@siaga/contracts';
import { SendQueue, type Outgoing } from './send-queue.ts';

const record = (key: string, bytes = 1): Outgoing => ({
  topic: 't',
  partition: 0,
  key,
  value: Buffer.alloc(bytes),
  headers: {},
});
const unavailable = { kind: 'unavailable', retriable: true };

describe('a queue to a broker', () => {
  it('gives an append up at its deadline, and does not send later what was still waiting', async () => {
    const sent: string[][] = [];
    let answer: () => void = () => undefined;
    const queue = new SendQueue(
      (records) => {
        sent.push(records.map(({ key }) => key));
        return new Promise((resolve) => (answer = resolve));
      },
      { deadlineMs: 50 },
    );
    const first = queue.add([record('a')]);
    await Promise.resolve(); // it is under way
    const outcomes = await Promise.allSettled([first, queue.add([record('b')])]);
    expect(outcomes).toMatchObject([{ reason: unavailable }, { reason: unavailable }]);
    const third = queue.add([record('c')]);
    answer();
    await Promise.allSettled([third]);
    expect(sent).toEqual([['a'], ['c']]);
    answer();
    await queue.idle();
  });

  it('refuses at once what exceeds 32 MiB, and takes more when there is room again', async () => {
    let answer: () => void = () => undefined;
    const queue = new SendQueue(() => new Promise((resolve) => (answer = resolve)));
    const waiting = Array.from({ length: 33 }, () => queue.add([record('a', 1_000_000)]));
    await expect(queue.add([record('b', 1_000_000)])).rejects.toMatchObject(unavailable);
    answer();
    await waiting[0];
    const more = queue.add([record('c', 1_000_000)]);
    const state = { open: true };
    const all = Promise.all([...waiting, more]).then(() => (state.open = false));
    while (state.open) {
      answer();
      await Promise.resolve();
    }
    await all;
  });

  it('lets one that is too large fail alone', async () => {
    const sent: string[] = [];
    const queue = new SendQueue((records) => {
      if (records.some(({ key }) => key === 'large')) return Promise.reject(new Fault('too-large', 'no'));
      sent.push(...records.map(({ key }) => key));
      return Promise.resolve();
    });
    const outcomes = await Promise.allSettled(['a', 'large', 'b'].map((key) => queue.add([record(key)])));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(outcomes[1]).toMatchObject({ reason: { kind: 'too-large' } });
    expect(sent).toEqual(['a', 'b']);
  });
});
