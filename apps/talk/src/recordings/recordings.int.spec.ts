import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { GetRecordingAudio, ListRecordings } from '@siaga/contracts';
import { eventually } from '@siaga/testing';
import { createHash } from 'node:crypto';
import { startTestTalk, type Phone, type TestTalk } from '../talk.harness.ts';

let talk: TestTalk;
let phone: Phone;
const place = { lat: -7.7551, lng: 113.2151 };

beforeAll(async () => {
  talk = await startTestTalk();
  phone = await talk.phone({ id: 'petugas-9' });
  phone.join('satpolpp');
  await eventually(() => phone.last('idle'));
});
afterAll(async () => {
  phone.socket.terminate();
  await talk.close();
});

/** Says so many packets, without some of them, and answers what it was told when they were kept. */
async function say(talkId: string, { to, without = [] }: { to: number; without?: readonly number[] }) {
  phone.say({ kind: 'request', groupId: 'satpolpp', talkId, place });
  const { burst } = await eventually(() => {
    const word = phone.last('granted');
    expect(word.talkId).toBe(talkId);
    return word;
  });
  for (let sequence = 0; sequence < to; sequence += 1)
    if (!without.includes(sequence)) phone.speak(burst, { from: sequence, to: sequence + 1 });
  phone.release('satpolpp', talkId);
  return eventually(() => {
    const word = phone.last('sent');
    expect(word.talkId).toBe(talkId);
    return word;
  });
}

const audioOf = async (recordingId: string, over?: Parameters<TestTalk['token']>[0]) =>
  fetch(talk.url + GetRecordingAudio.path.replace(':recordingId', recordingId), {
    headers: { authorization: `Bearer ${await talk.token(over)}` },
  });

it('is kept whole before its talker is told that it was sent, and found again by group, person and time', async () => {
  const { recordingId, heardMs } = await say('press-kept-1', { to: 150 });
  expect(heardMs).toBe(3000);
  const call = await talk.as();
  const { items } = await call(ListRecordings, { query: { groupId: 'satpolpp', principalId: 'petugas-9' } });
  expect(items[0]).toMatchObject({ recordingId, place, durationMs: 3000, holes: [], contentType: 'audio/ogg' });
  const answer = await audioOf(recordingId);
  const sound = Buffer.from(await answer.arrayBuffer());
  expect(answer.headers.get('content-type')).toBe('audio/ogg');
  expect(createHash('sha256').update(sound).digest('hex')).toBe(items[0]?.hash);
  expect(sound.subarray(0, 4).toString()).toBe('OggS');
  const before = await call(ListRecordings, { query: { groupId: 'satpolpp', toMs: items[0]?.startedAtMs ?? 0 } });
  expect(before.items).toEqual([]);
});

it('says where nothing arrived', async () => {
  const { recordingId } = await say('press-holes-2', { to: 50, without: [10, 11, 12, 30] });
  const { items } = await (await talk.as())(ListRecordings, { query: { groupId: 'satpolpp' } });
  expect(items.find((one) => one.recordingId === recordingId)?.holes).toEqual([
    { fromMs: 200, forMs: 60 },
    { fromMs: 600, forMs: 20 },
  ]);
});

it('is nobody’s of another agency', async () => {
  const { recordingId } = await say('press-mine-3', { to: 5 });
  expect((await audioOf(recordingId, { agencies: ['dlh'] })).status).toBe(403);
  const others = await (await talk.as({ agencies: ['dlh'] }))(ListRecordings, { query: {} });
  expect(others.items).toEqual([]);
});
