import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  agencyDeviceKey,
  AskCallerPlace,
  BeatCall,
  CallBack,
  CallChanged,
  ClaimCall,
  ClearEmergencyExercise,
  CloseCall,
  DeviceCredentialsChanged,
  GetCall,
  IncidentLogged,
  ListCalls,
  OpenCall,
  TellCallerPlace,
  WriteCall,
  type TelephoneEvent,
} from '@siaga/contracts';
import { kelurahan } from '@siaga/geo';
import { hashOfKey, newDeviceKey } from '@siaga/identity';
import { serviceContext, withContext, type RunningService } from '@siaga/service';
import { eventually, randomCities } from '@siaga/testing';
import { startTestEmergency, type TestEmergency } from '../emergency.harness.ts';
import { calls } from './call-document.ts';

const [city = ''] = randomCities(1);
let emergency: TestEmergency;
let other: RunningService;

beforeAll(async () => {
  emergency = await startTestEmergency(city);
  other = await emergency.another();
}, 30_000);
afterAll(async () => {
  await other.close();
  await emergency.close();
});

const as = (id: string, at?: RunningService) => emergency.as({ id, roles: ['call-taker'] }, at);

/** Nothing was heard of its claimer for a minute. */
const silence = (callId: string) =>
  emergency.documents((store) =>
    store.change(calls, {
      where: { _id: callId },
      change: { $inc: { 'claim.seenMs': -60_000 } },
    }),
  );

/** The lines of a call are these, once the log has them. */
async function expectSteps(callId: string, steps: readonly string[]): Promise<void> {
  await eventually(async () => {
    const all = await emergency.readAll(IncidentLogged);
    const told = all.flatMap(({ data }) => (data?.callId === callId ? [`${data.step} ${data.by}`] : []));
    expect(told).toEqual(steps);
  });
}

describe('a call', () => {
  it('is saved before a word is written, and the same press opens no second one', async () => {
    const sri = await as('sri');
    const options = { idempotencyKey: 'first-press' };
    const first = await sri(OpenCall, { body: { source: 'whatsapp' } }, options);
    const again = await sri(OpenCall, { body: { source: 'whatsapp' } }, options);
    expect(first).toMatchObject({ status: 'talking', source: 'whatsapp', claim: { by: 'sri' }, version: 1 });
    expect(again.callId).toBe(first.callId);
    await eventually(async () => {
      expect((await emergency.readAll(CallChanged)).map(({ data }) => data?.callId)).toContain(first.callId);
    });
  });

  it('is written down field by field by whoever has it, with the kelurahan its place is in', async () => {
    const [sri, dedi] = [await as('sri'), await as('dedi')];
    const { callId } = await sri(OpenCall, { body: { source: '112' } });
    const [somewhere] = kelurahan();
    if (somewhere === undefined) throw new Error('no kelurahan');
    const place = { ...somewhere.label, uncertaintyM: 0, source: 'gazetteer' as const, words: 'depan RSUD' };
    await sri(WriteCall, { params: { callId }, body: { place } });
    await sri(WriteCall, { params: { callId }, body: { kind: 'medical', victims: 1 } });
    const written = await sri(WriteCall, { params: { callId }, body: { victims: null, words: 'sesak napas' } });
    expect(written.place?.kelurahanCode).toBe(somewhere.code);
    expect(written).toMatchObject({ kind: 'medical' });
    expect(written).not.toHaveProperty('victims');
    const his = dedi(WriteCall, { params: { callId }, body: { kind: 'fire' } });
    await expect(his).rejects.toMatchObject({ kind: 'conflict', deed: { by: 'sri', atMs: expect.any(Number) } });
    await expectSteps(callId, ['call-opened sri', 'placed sri', 'described sri', 'described sri']);
  });

  it('is claimed by exactly one of two who press at the same moment in two processes', async () => {
    const [sri, dedi, ani] = [await as('sri'), await as('dedi', other), await as('ani')];
    const { callId } = await ani(OpenCall, { body: { source: 'radio' } });
    await ani(CallBack, { params: { callId } });
    expect((await ani(ListCalls, { query: { status: 'call-back' } })).items.map((call) => call.callId)).toEqual([
      callId,
    ]);
    const both = await Promise.allSettled([
      sri(ClaimCall, { params: { callId }, body: {} }),
      dedi(ClaimCall, { params: { callId }, body: {} }),
    ]);
    const [won] = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value.claim?.by ?? ''] : []));
    const [lost] = both.flatMap((one) => (one.status === 'rejected' ? [one.reason as Error] : []));
    expect(lost).toMatchObject({ kind: 'conflict', deed: { by: won, atMs: expect.any(Number) } });
    await expectSteps(callId, ['call-opened ani', 'call-back ani', `call-claimed ${won ?? ''}`]);
  });

  it('of a silent claimer is taken over with a reason, and he hears by whom', async () => {
    const [sri, dedi] = [await as('sri'), await as('dedi')];
    const { callId } = await sri(OpenCall, { body: { source: '112' } });
    const takeOver = { params: { callId }, body: { takeOverReason: 'komputernya mati' } };
    await expect(dedi(ClaimCall, takeOver)).rejects.toMatchObject({ kind: 'conflict' });
    await silence(callId);
    await expect(dedi(ClaimCall, { params: { callId }, body: {} })).rejects.toMatchObject({ kind: 'conflict' });
    expect((await dedi(ClaimCall, takeOver)).claim?.by).toBe('dedi');
    const beat = sri(BeatCall, { params: { callId } });
    await expect(beat).rejects.toMatchObject({ kind: 'conflict', deed: { by: 'dedi', atMs: expect.any(Number) } });
    const before = await dedi(GetCall, { params: { callId } });
    const heard = await dedi(BeatCall, { params: { callId } });
    expect(heard.claim?.seenMs).toBeGreaterThanOrEqual(before.claim?.seenMs ?? Infinity);
    expect(heard.changedAtMs).toBe(before.changedAtMs);
  });

  it('of a number that was junk says so, blocked or not, and is never lost', async () => {
    const sri = await as('sri');
    const { callId } = await sri(OpenCall, { body: { source: '112', number: '081299990000' } });
    await sri(CloseCall, { params: { callId }, body: { disposition: 'prank', blockHours: 2 } });
    const next = await sri(OpenCall, { body: { source: '112' } });
    const numbered = await sri(WriteCall, { params: { callId: next.callId }, body: { number: '+6281299990000' } });
    expect(numbered.before).toMatchObject({ calls: 1, junk: 1, blockedUntilMs: expect.any(Number) });
    const nobodys = await sri(WriteCall, { params: { callId: next.callId }, body: { number: null } });
    expect(nobodys).not.toHaveProperty('before');
    const blocked = sri(CloseCall, { params: { callId: next.callId }, body: { disposition: 'ghost', blockHours: 1 } });
    await expect(blocked).rejects.toMatchObject({ kind: 'invalid' });
  });

  it('is as it was after a restart', async () => {
    const sri = await as('sri');
    const { callId } = await sri(OpenCall, { body: { source: 'walk-in', words: 'anak hilang di alun-alun' } });
    const before = await sri(GetCall, { params: { callId } });
    await emergency.restart();
    expect(await (await as('sri'))(GetCall, { params: { callId } })).toEqual(before);
  });
});

describe('the caller’s phone', () => {
  it('answers a link of 30 minutes once, and no store has the link', async () => {
    const sri = await as('sri');
    const { callId } = await sri(OpenCall, { body: { source: '112' } });
    const { url, untilMs } = await sri(AskCallerPlace, { params: { callId } });
    expect(untilMs - Date.now()).toBeGreaterThan(29 * 60_000);
    const token = url.replace(/^.*\/lokasi#/, '');
    const kept = await emergency.documents((store) => store.find(calls, callId));
    expect(JSON.stringify(kept)).not.toContain(token.slice(-20));
    const body = { token, lat: -7.75, lng: 113.21, accuracyM: 25 };
    const guessed = sri(TellCallerPlace, { body: { ...body, token: `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}` } }); // prettier-ignore
    await expect(guessed).rejects.toMatchObject({ kind: 'not-found' });
    await sri(TellCallerPlace, { body });
    expect((await sri(GetCall, { params: { callId } })).place).toMatchObject({
      ...{ lat: -7.75, lng: 113.21, uncertaintyM: 25, source: 'caller-phone' },
    });
    await expect(sri(TellCallerPlace, { body })).rejects.toMatchObject({ kind: 'not-found' });
    await expectSteps(callId, ['call-opened sri', 'place-asked sri', 'placed visitor']);
  });

  it('is heard also where its neighbours send nonsense, and they are not', async () => {
    const sri = await as('sri');
    const { callId } = await sri(OpenCall, { body: { source: '112' } });
    const { url } = await sri(AskCallerPlace, { params: { callId } });
    const at = { lat: -7.75, lng: 113.21, accuracyM: 25 };
    const nonsense = () => sri(TellCallerPlace, { body: { token: 'x'.repeat(30), ...at } });
    for (let tried = 0; tried < 40; tried += 1) await nonsense().catch(() => undefined);
    await expect(nonsense()).rejects.toMatchObject({ kind: 'too-many' });
    expect(await sri(TellCallerPlace, { body: { token: url.replace(/^.*#/, ''), ...at } })).toEqual({ told: true });
  });
});

describe('a telephone system', () => {
  const key = newDeviceKey();
  let startMs = 0;

  async function say(event: TelephoneEvent['event'], over: Partial<TelephoneEvent> = {}, bearer = key) {
    const body = {
      event,
      call_id: 'sip-1',
      caller_number: '+62 812-0000-1111',
      event_ts: new Date(startMs).toISOString(),
    };
    const answer = await fetch(`${emergency.url()}/ingest/call`, {
      method: 'POST',
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...body, ...over }),
    });
    const { callId = '' } = (await answer.json()) as { callId?: string };
    return { status: answer.status, callId };
  }

  beforeAll(async () => {
    startMs = Date.now() - 10_000;
    expect((await say('ringing')).status).toBe(401);
    const device = { agency: 'satpolpp' as const, protocol: 'call' as const, deviceId: '112' };
    const said = { ...device, key: agencyDeviceKey(device), keyHash: hashOfKey(key), networks: [], blocked: false, version: 1 }; // prettier-ignore
    await withContext(serviceContext(city), () => emergency.bus.publish(DeviceCredentialsChanged, said));
    await eventually(async () => {
      expect((await say('ringing')).status).toBe(200);
    });
  });

  it('rings at the desk once, however often it says so, and whoever claims it is its own', async () => {
    const sri = await as('sri');
    const { callId } = await say('ringing');
    expect(await sri(GetCall, { params: { callId } })).toMatchObject({ status: 'ringing', number: '+6281200001111' });
    await sri(ClaimCall, { params: { callId }, body: {} });
    expect((await say('ended')).callId).toBe(callId);
    const ended = await sri(GetCall, { params: { callId } });
    expect(ended).toMatchObject({ status: 'talking', claim: { by: 'sri' }, endedAtMs: startMs });
    await expectSteps(callId, ['call-opened 112', 'call-claimed sri']);
  });

  it('brings the end before the beginning, a wrong key nothing, and nonsense a sentence', async () => {
    const sri = await as('sri');
    const { callId } = await say('abandoned', { call_id: 'sip-2', caller_number: null });
    await say('ringing', { call_id: 'sip-2', event_ts: new Date(startMs - 20_000).toISOString() });
    const call = await sri(GetCall, { params: { callId } });
    expect(call).toMatchObject({ number: '+6281200001111' });
    expect(call).toMatchObject({ status: 'unanswered', startedAtMs: startMs - 20_000, endedAtMs: startMs });
    const waiting = (await sri(ListCalls, { query: { status: 'unanswered' } })).items;
    expect(waiting.map((one) => one.callId)).toContain(callId);
    expect((await say('ringing', { call_id: 'sip-3' }, newDeviceKey())).status).toBe(401);
    expect((await say('ringing', { call_id: 'has a blank' })).status).toBe(400);
  });

  it('that rings for a minute is in the list of unanswered calls', async () => {
    const event_ts = new Date(Date.now() - 58_000).toISOString();
    const { callId } = await say('ringing', { call_id: 'sip-4', event_ts });
    await eventually(async () => {
      expect((await (await as('sri'))(GetCall, { params: { callId } })).status).toBe('unanswered');
    });
  });
});

it('of an exercise leaves with it, and nothing else does', async () => {
  const drill = await emergency.as({ id: 'sri', roles: ['call-taker'], exercise: true });
  const { callId } = await drill(OpenCall, { body: { source: '112' } });
  const admin = await emergency.as({ id: 'admin', roles: ['city-admin'] });
  const real = await emergency.documents((store) => store.of(calls).countDocuments({ exercise: false }));
  expect((await admin(ClearEmergencyExercise, {})).calls).toBe(1);
  await expect(admin(GetCall, { params: { callId } })).rejects.toMatchObject({ kind: 'not-found' });
  expect(await emergency.documents((store) => store.of(calls).countDocuments({ exercise: false }))).toBe(real);
  await eventually(async () => {
    const told = (await emergency.readAll(CallChanged)).filter(({ subject }) => subject === callId);
    expect(told.at(-1)).toMatchObject({ data: null, exercise: true });
  });
});
