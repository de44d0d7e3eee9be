import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { startEngine, type RunningEngine } from '../engine.ts';
import { connectLog } from './client.ts';
import type { EventLog } from './event-log.ts';
import { FrameReader, frameOf, MAX_FRAME_BYTES } from './frames.ts';

let dataDir: string;
let engine: RunningEngine;
let log: EventLog;
const settings = { topic: '1000.t', delivery: 'every', partitions: 1, keepForDays: 1 } as const;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'siaga-log-'));
  engine = await startEngine({ dataDir });
  log = connectLog(engine.logSocket);
  await log.ensure([settings]);
});

afterAll(async () => {
  await log.close();
  await engine.close();
  rmSync(dataDir, { recursive: true });
});

async function connected(): Promise<Socket> {
  const socket = connect(engine.logSocket);
  await once(socket, 'connect');
  return socket;
}

/** Without the one name that msgpackr writes otherwise on purpose, so that nobody's prototype is changed. */
const message = fc.jsonValue().filter((value) => !JSON.stringify(value).includes('"__proto__"'));

describe('frames', () => {
  it('come whole out of any cuts', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 8 }), fc.infiniteStream(fc.nat(20)), (messages, cuts) => {
        const bytes = Buffer.concat(messages.map(frameOf));
        const reader = new FrameReader();
        const out: unknown[] = [];
        for (let at = 0; at < bytes.length;) {
          const end = at + 1 + Number(cuts.next().value);
          for (const [message] of reader.push(bytes.subarray(at, end))) out.push(message);
          at = end;
        }
        expect(JSON.stringify(out)).toBe(JSON.stringify(messages));
      }),
    );
  });
});

describe('the door of the log', () => {
  const tooLong = Buffer.alloc(4);
  tooLong.writeUInt32BE(MAX_FRAME_BYTES + 1);
  it.each([
    ['bytes that are no message', frameOf(Buffer.from('GET / HTTP/1.1'))],
    ['a message we do not know', frameOf({ op: 'drop-everything', id: 1 })],
    ['prototype keys', frameOf(JSON.parse('{"__proto__":{"op":"hello"},"id":1}'))],
    ['a frame that is too long', tooLong],
    ['a frame of zeros', Buffer.alloc(64)],
  ])('closes a connection that sends %s, and no other', async (_, bytes) => {
    const socket = await connected();
    socket.resume();
    const closed = once(socket, 'close');
    socket.write(bytes);
    await closed;
    await log.append(settings.topic, [{ key: 'k', value: Buffer.from('1'), headers: {} }]);
  });

  it('keeps no queue for a reader that does not read, and gives it all once it does', async () => {
    const value = Buffer.alloc(100_000, 'x');
    for (let part = 0; part < 10; part++)
      await log.append(
        settings.topic,
        Array.from({ length: 10 }, () => ({ key: 'k', value, headers: {} })),
      );
    const { partitions } = await log.ends(settings.topic);
    const slow = await connected();
    slow.pause();
    const before = process.memoryUsage().arrayBuffers;
    for (let sub = 1; sub <= 20; sub++) slow.write(frameOf({ op: 'follow', id: sub, sub, topic: settings.topic, from: 'start' })); // prettier-ignore
    await log.append(settings.topic, [{ key: 'k', value: Buffer.from('last'), headers: {} }]);
    await turn();
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000); // 20 readings of 10 MB wait unread

    let records = 0;
    const reader = new FrameReader();
    const read = new Promise<void>((resolve) => {
      slow.on('data', (chunk: Buffer) => {
        for (const [message] of reader.push(chunk)) {
          const push = message as { sub?: number; partition: number; records?: [number, Buffer][]; caughtUp?: true };
          if (push.records === undefined) continue;
          records += push.records.length;
          const next = (push.records.at(-1)?.[0] ?? 0) + 1;
          slow.write(frameOf({ op: 'done', sub: push.sub, partition: push.partition, next }));
          if (records >= 20 * ((partitions[0]?.next ?? 0) + 1)) resolve();
        }
      });
    });
    slow.resume();
    await read;
    slow.destroy();
  });
});
