import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createClient, IssueTicket, ListRecordings, type Client } from '@siaga/contracts';
import { eventually, signal, startTestCity, type TestCity } from '@siaga/testing';
import { WebSocket } from 'ws';
import { Phone } from '../../apps/talk/src/talk.harness.ts';

const PATIENCE_MS = 45_000;
/** Of a burst that is cut off, nothing older than this is lost. */
const LOST_MS = 1000;
let city: TestCity;
let call: Client;

beforeAll(async () => {
  city = await startTestCity({ args: ['--no-simulator'] });
  call = createClient({ baseUrl: city.url });
}, 90_000);
afterAll(async () => {
  await city.stop();
  await city.remove();
}, 60_000);

/** A phone in the group `semua`, as soon as somebody answers it. */
function onTheLine(): Promise<Phone> {
  return eventually(async () => {
    const { ticket } = await call(IssueTicket, {});
    const phone = new Phone(new WebSocket(`${city.url.replace('http', 'ws')}/voice`));
    await phone.hello({ ticket, deviceId: randomUUID() });
    expect(await phone.welcomed()).toBeUndefined();
    phone.join('semua');
    await eventually(() => phone.last('idle'));
    return phone;
  }, PATIENCE_MS);
}

async function press(phone: Phone, talkId: string): Promise<number> {
  phone.press('semua', talkId);
  return eventually(() => phone.last('granted').burst);
}

it('loses no more than its last second of what was said when its process is killed, and goes on by itself', async () => {
  const [talker, listener] = [await onTheLine(), await onTheLine()];
  const burst = await press(talker, 'cut-off-in-the-middle');
  const begunMs = Date.now();
  let said = 0;
  // as a microphone does, a packet each 20 ms
  await eventually(() => {
    const due = Math.floor((Date.now() - begunMs) / 20);
    talker.speak(burst, { from: said, to: due });
    said = due;
    expect(said).toBeGreaterThan(200);
  });
  await eventually(() => expect(listener.packets.length).toBeGreaterThan(190));
  const { talk = 0 } = await city.pids();
  signal(talk, 'SIGKILL');

  await eventually(() => expect([talker.closed, listener.closed]).not.toContain(undefined), PATIENCE_MS);
  const again = await onTheLine();
  const whole = await press(again, 'said-again-afterwards');
  again.speak(whole, { to: 50 });
  again.release('semua', 'said-again-afterwards');
  await eventually(() => again.last('sent'), PATIENCE_MS);

  await eventually(async () => {
    const { items } = await call(ListRecordings, { query: { groupId: 'semua' } });
    expect(items).toMatchObject([{ durationMs: 1000 }, { isCutOff: true }]);
    expect(items[1]?.durationMs).toBeGreaterThanOrEqual(said * 20 - LOST_MS);
    expect(items[0]?.isCutOff).toBeUndefined();
  }, PATIENCE_MS);
}, 180_000);
