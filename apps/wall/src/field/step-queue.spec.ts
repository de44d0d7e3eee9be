import { expect, it } from '@jest/globals';
import { Fault } from '@siaga/contracts';
import { eventually } from '@siaga/testing';
import type { Keep } from './keep.ts';
import { StepQueue, type QueuedStep } from './step-queue.ts';

const store = (): Keep => {
  const items = new Map<string, string>();
  return { getItem: (name) => items.get(name) ?? null, setItem: (name, value) => void items.set(name, value) };
};
const step = (status: string): QueuedStep => ({ key: status, unitId: 'AMB-1', assignmentId: 'TGS-00000001', status, atMs: 1 }); // prettier-ignore

it('keeps what was pressed without a link, over the end of its page, and sends it in its order', async () => {
  const keep = store();
  const dead = new StepQueue('ani', keep, () => Promise.reject(new Fault('unavailable', 'no link')));
  dead.press(step('accepted'));
  dead.press(step('en-route'));
  await eventually(() => {
    expect(dead.get().waiting.map(({ status }) => status)).toEqual(['accepted', 'en-route']);
  });
  dead.close();
  const sent: string[] = [];
  const back = new StepQueue('ani', keep, ({ status }) => Promise.resolve(sent.push(status)));
  await eventually(() => {
    expect(back.get().waiting).toEqual([]);
  });
  expect(sent).toEqual(['accepted', 'en-route']);
  expect(new StepQueue('budi', keep, () => Promise.resolve()).get().waiting).toEqual([]);
});

it('tells what the city refuses, drops it, and goes on with what comes after it', async () => {
  const sent: string[] = [];
  const queue = new StepQueue('ani', store(), ({ status }) => {
    if (status === 'accepted') return Promise.reject(new Fault('conflict', 'sudah dibatalkan · it was called back'));
    return Promise.resolve(sent.push(status));
  });
  queue.press(step('accepted'));
  queue.press(step('on-scene'));
  await eventually(() => {
    expect(sent).toEqual(['on-scene']);
  });
  expect(queue.get()).toMatchObject({
    waiting: [],
    refused: [{ step: { status: 'accepted' }, why: { kind: 'conflict' } }],
  });
});

it('keeps every refusal until it is read: over the next press, and over the end of its page', async () => {
  const keep = store();
  const isRefused = new Set(['accepted', 'on-scene']);
  const send = ({ status }: QueuedStep) =>
    isRefused.has(status)
      ? Promise.reject(new Fault('conflict', `bukan ${status} · not ${status}`))
      : Promise.resolve();
  const queue = new StepQueue('ani', keep, send);
  for (const status of ['accepted', 'on-scene', 'clear']) queue.press(step(status));
  await eventually(() => {
    expect(queue.get().waiting).toEqual([]);
  });
  queue.close();
  const back = new StepQueue('ani', keep, send);
  expect(back.get().refused).toMatchObject([
    { step: { status: 'accepted', atMs: 1 }, why: { message: 'bukan accepted · not accepted' } },
    { step: { status: 'on-scene' } },
  ]);
  expect(new StepQueue('budi', keep, send).get().refused).toEqual([]);
  back.understood('accepted');
  expect(back.get().refused).toMatchObject([{ step: { status: 'on-scene' } }]);
  expect(new StepQueue('ani', keep, send).get().refused).toHaveLength(1);
});

it('keeps of a refused picture only that it was refused, and reads nothing that is no refusal', async () => {
  const keep = store();
  keep.setItem('siaga.refused.ani', '[{"step":7}]');
  const queue = new StepQueue('ani', keep, () => Promise.reject(new Fault('too-large', 'besar · large')));
  queue.press({ ...step('photo'), reason: 'x'.repeat(300_000) });
  await eventually(() => {
    expect(queue.get().refused).toHaveLength(1);
  });
  expect(keep.getItem('siaga.refused.ani')).toMatch(/^.{1,300}$/);
});

it('keeps a press of somebody who is signed out meanwhile', async () => {
  let isIn = false;
  const queue = new StepQueue('ani', store(), () =>
    isIn ? Promise.resolve() : Promise.reject(new Fault('unauthenticated', 'over')),
  );
  queue.press(step('on-scene'));
  await eventually(() => {
    expect(queue.get().waiting).toHaveLength(1);
  });
  isIn = true;
  await eventually(async () => {
    await queue.flush();
    expect(queue.get().waiting).toEqual([]);
  });
});

it('loses and repeats nothing in two tabs of one phone', async () => {
  const keep = store();
  let isLinked = false;
  const sent: string[] = [];
  const send = ({ status }: QueuedStep) =>
    isLinked ? Promise.resolve(sent.push(status)) : Promise.reject(new Fault('unavailable', 'no link'));
  const one = new StepQueue('ani', keep, send);
  const other = new StepQueue('ani', keep, send);
  one.press(step('accepted'));
  other.press(step('en-route'));
  one.press(step('on-scene'));
  expect(one.get().waiting.map(({ status }) => status)).toEqual(['accepted', 'en-route', 'on-scene']);
  isLinked = true;
  for (const queue of [one, other])
    await eventually(async () => {
      await queue.flush();
      expect(queue.get().waiting).toEqual([]);
    });
  expect(sent).toEqual(['accepted', 'en-route', 'on-scene']);
});

it('sends what a full phone cannot keep, says so until it is sent, and loses nothing that was kept before', async () => {
  const items = new Map<string, string>();
  let room = 150;
  const keep: Keep = {
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, value) => {
      if (value.length > room) throw new DOMException('full', 'QuotaExceededError');
      items.set(name, value);
    },
  };
  let isLinked = false;
  const sent: string[] = [];
  const send = ({ status }: QueuedStep) =>
    isLinked ? Promise.resolve(sent.push(status)) : Promise.reject(new Fault('unavailable', 'no link'));
  const queue = new StepQueue('ani', keep, send);
  for (const status of ['accepted', 'en-route', 'on-scene']) queue.press(step(status));
  expect(queue.get()).toMatchObject({ waiting: { length: 3 }, isUnkept: true });
  expect(JSON.parse(keep.getItem('siaga.steps.ani') ?? '')).toMatchObject([{ status: 'accepted' }]);
  // not even less can be written: what is sent is not sent again all the same
  room = 0;
  isLinked = true;
  await eventually(async () => {
    await queue.flush();
    expect(queue.get()).toEqual({ waiting: [], refused: [] });
  });
  expect(sent).toEqual(['accepted', 'en-route', 'on-scene']);
});
