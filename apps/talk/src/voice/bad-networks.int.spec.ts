import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { decodeVoice, ListRecordings, TalkFloorChanged } from '@siaga/contracts';
import { eventually } from '@siaga/testing';
import { WebSocket } from 'ws';
import { CITY, Phone, packetOf, startTestTalk, type TestTalk } from '../talk.harness.ts';

/** Packets are said as a microphone says them. */
const PACKET_MS = 20;
const JITTER_MS = 200;
const STALLED = 0.02;
const STALL_MS = 300;
/** A link that answers nothing is ended after so long, and its phone comes back by itself. */
const SILENT = 4004;

let talk: TestTalk;
let way: Server;
beforeAll(async () => {
  talk = await startTestTalk();
  await talk.bus.table(TalkFloorChanged).ready;
  way = badWay(Number(new URL(talk.url).port));
  await once(way.listen(0, '127.0.0.1'), 'listening');
});
afterAll(async () => {
  way.close();
  await talk.close();
});

/** A mobile network as TCP shows it: nothing is lost or overtaken, and what was sent comes in heaps, or not for a while. */
function badWay(port: number): Server {
  return createServer((near) => {
    const far = connect(port, '127.0.0.1');
    carry(near, far);
    carry(far, near);
  });
}

function carry(from: Socket, to: Socket): void {
  let before = Promise.resolve();
  from.on('error', () => to.destroy());
  from.on('close', () => to.destroy());
  from.on('data', (chunk) => {
    const waitMs = Math.random() * JITTER_MS + (Math.random() < STALLED ? STALL_MS : 0);
    const ready = pause(waitMs);
    before = Promise.all([before, ready]).then(() => {
      if (!to.destroyed) to.write(chunk);
    });
  });
}

/** A phone on that network. */
async function phoneFarAway(id: string): Promise<Phone> {
  const { port } = way.address() as AddressInfo;
  const phone = new Phone(new WebSocket(`ws://127.0.0.1:${String(port)}/voice`));
  await phone.hello({ ticket: await talk.ticket({ id }), deviceId: randomUUID() });
  expect(await phone.welcomed()).toBeUndefined();
  return phone;
}

async function into(groupId: string, ...phones: Phone[]): Promise<void> {
  for (const phone of phones) phone.join(groupId);
  await eventually(() => {
    for (const phone of phones) phone.last('idle');
  });
}

/** Presses and answers the number of the burst. */
async function press(phone: Phone, talkId: string): Promise<number> {
  phone.press('satpolpp', talkId);
  return eventually(() => {
    const { talkId: granted, burst } = phone.last('granted');
    expect(granted).toBe(talkId);
    return burst;
  });
}

/** Says so many packets, each in its time. */
async function say(phone: Phone, burst: number, { from = 0, to }: { from?: number; to: number }): Promise<void> {
  const begunMs = performance.now();
  for (let sequence = from; sequence < to; sequence += 1) {
    await pause(Math.max(0, begunMs + (sequence - from) * PACKET_MS - performance.now()));
    phone.speak(burst, { from: sequence, to: sequence + 1 });
  }
}

const heardBy = ({ packets }: Phone) => packets.map((packet) => decodeVoice(packet)?.sequence ?? -1);

it('jitter and stalls on both ways cost no packet and no order, and the recording has no hole', async () => {
  const [ali, budi] = [await phoneFarAway('jauh-001'), await phoneFarAway('jauh-002')];
  await into('satpolpp', ali, budi);
  const burst = await press(ali, 'press-far-01');
  await say(ali, burst, { to: 150 });
  ali.release('satpolpp', 'press-far-01');
  const { recordingId } = await eventually(() => ali.last('sent'));
  await eventually(() => {
    expect(heardBy(budi)).toEqual(Array.from({ length: 150 }, (_, at) => at));
    expect(budi.words.at(-1)?.kind).toBe('idle');
  });
  const { items } = await (await talk.as())(ListRecordings, { query: {} });
  expect(items.find((one) => one.recordingId === recordingId)).toMatchObject({ durationMs: 3000, holes: [] });
  for (const phone of [ali, budi]) phone.socket.terminate();
}, 30_000);

it('a listener who is cut off for a while holds nobody up, hears nothing late, and hears on when he is back; gone for long, he is ended', async () => {
  const [ali, budi, slow, gone] = await Promise.all(['a-00001', 'b-00001', 's-00001', 'g-00001'].map((id) => talk.phone({ id }))) as [Phone, Phone, Phone, Phone]; // prettier-ignore
  await into('satpolpp', ali, budi, slow, gone);
  gone.socket.pause();
  const burst = await press(ali, 'press-slow-1');
  slow.socket.pause();
  await say(ali, burst, { to: 250 }); // 5 s
  slow.socket.resume();
  await eventually(() => expect(heardBy(budi)).toHaveLength(250));
  const late = heardBy(slow);
  let next = 250;
  await eventually(() => {
    ali.speak(burst, { from: next, to: next + 1 });
    next += 1;
    expect(Math.max(...heardBy(slow))).toBeGreaterThanOrEqual(250);
  });
  // what was said while he answered nothing for more than 2.5 s is not heard afterwards
  expect(heardBy(slow)).not.toContain(240);
  expect(heardBy(slow)).toEqual(heardBy(slow).toSorted((one, other) => one - other));
  expect(late.length).toBeLessThan(250);
  await eventually(() => expect(heardBy(budi)).toEqual(Array.from({ length: next }, (_, at) => at)));
  ali.release('satpolpp', 'press-slow-1');
  const floors = talk.bus.table(TalkFloorChanged, CITY);
  await eventually(() => expect(floors.get('satpolpp')?.participants).toBe(3), 15_000);
  gone.socket.resume();
  await eventually(() => expect(gone.closed).toBe(SILENT));
  for (const phone of [ali, budi, slow]) phone.socket.terminate();
}, 40_000);

it('a talker whose address changes has let go: he asks anew, and his old burst is nobody’s', async () => {
  const [budi] = [await talk.phone({ id: 'b-00002' })];
  const deviceId = randomUUID();
  const before = await talk.phone({ id: 'a-00002' }, deviceId);
  await into('satpolpp', budi, before);
  const burst = await press(before, 'press-moved-1');
  before.speak(burst, { to: 10 });
  await eventually(() => expect(heardBy(budi)).toHaveLength(10));
  // the old way is dead and says nothing of it; the new one is another socket
  before.socket.pause();
  const after = await talk.phone({ id: 'a-00002' }, deviceId);
  await into('satpolpp', after);
  await eventually(() => expect(budi.words.at(-1)?.kind).toBe('idle'));
  // what was still on the old way comes now, and takes nothing from the new one
  before.join('satpolpp');
  before.press('satpolpp', 'press-moved-0');
  after.socket.send(packetOf({ burst, sequence: 10 }));
  await eventually(() => after.last('revoke'));
  expect(heardBy(budi)).toHaveLength(10);
  const anew = await press(after, 'press-moved-2');
  expect(anew).not.toBe(burst);
  after.speak(anew, { to: 5 });
  await eventually(() => expect(heardBy(budi)).toHaveLength(15));
  after.release('satpolpp', 'press-moved-2');
  budi.speak(await press(budi, 'press-moved-3'), { to: 5 });
  await eventually(() => expect(heardBy(after)).toEqual([0, 1, 2, 3, 4]));
  for (const phone of [budi, before, after]) phone.socket.terminate();
}, 20_000);
