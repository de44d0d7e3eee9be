import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eventually, startFaultProxy, type FaultProxy } from '@siaga/testing';
import { packetOf, startTestTalk, type Phone, type TestTalk } from '../talk.harness.ts';

/** A lease lasts 10 s; by then the city is another's, or as before. */
const LONGER_MS = 14_000;

let proxy: FaultProxy;
let talk: TestTalk;
const phones: Phone[] = [];

beforeAll(async () => {
  talk = await startTestTalk({
    documentsAt: async (uri) => {
      const socketPath = decodeURIComponent(uri.replace('mongodb://', ''));
      proxy = await startFaultProxy({ target: { socketPath }, listen: { port: 0 } });
      return `mongodb://${proxy.address}`;
    },
  });
});
afterAll(async () => {
  for (const phone of phones) phone.socket.terminate();
  proxy.pass();
  await talk.close();
  await proxy.close();
});

async function onTheLine(id: string): Promise<Phone> {
  const phone = await talk.phone({ id });
  phones.push(phone);
  phone.join('satpolpp');
  await eventually(() => phone.last('idle'));
  return phone;
}

/** One presses, and what he says comes to the other. */
async function isHeard(talker: Phone, listener: Phone, talkId: string): Promise<void> {
  talker.press('satpolpp', talkId);
  const { burst } = await eventually(() => {
    const word = talker.last('granted');
    expect(word.talkId).toBe(talkId);
    return word;
  });
  talker.speak(burst, { to: 20 });
  await eventually(() => {
    expect(listener.packets.slice(-20)).toEqual(
      Array.from({ length: 20 }, (_, sequence) => packetOf({ burst, sequence })),
    );
  });
  talker.release('satpolpp', talkId);
}

it('radios go on while the documents answer nobody, longer than a lease lasts, and who comes on the line meanwhile is heard, too', async () => {
  const ali = await onTheLine('ali-00001');
  const budi = await onTheLine('budi-0001');
  await isHeard(ali, budi, 'press-before');
  proxy.blackhole();
  const blackMs = performance.now();
  await eventually(() => expect(performance.now() - blackMs).toBeGreaterThan(LONGER_MS));
  await isHeard(ali, budi, 'press-later1');
  const citra = await onTheLine('citra-001');
  await isHeard(citra, ali, 'press-citra');
  expect(phones.map(({ closed }) => closed)).toEqual([undefined, undefined, undefined]);
});
