import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  DeclareDuty,
  DispatchUnit,
  GetCrewMessages,
  GetPushKey,
  IncidentLogged,
  ListUnits,
  OpenIncident,
  PrincipalChanged,
  PutUnit,
  RemoveCrewMessages,
  SetCrewMessages,
  StepUnit,
  SubscribePush,
  UnsubscribePush,
  type Client,
} from '@siaga/contracts';
import { serviceContext, withContext } from '@siaga/service';
import { eventually, randomCities } from '@siaga/testing';
import { startTestEmergency, type TestEmergency } from '../emergency.harness.ts';
import { units } from '../units/unit-document.ts';
import { alerts, subscriptions } from './alert-documents.ts';
import { startOutside, type Outside, type Phone } from './outside.harness.ts';

const [city = ''] = randomCities(1);
const place = { lat: -7.7551, lng: 113.2161 };

let outside: Outside;
let emergency: TestEmergency;
let desk: Client;
let keeper: Client;
beforeAll(async () => {
  outside = await startOutside();
  emergency = await startTestEmergency(city, {
    ...{ WEBHOOK_NETWORKS: '127.0.0.0/8', PUSH_NETWORKS: '127.0.0.1', PUSH_CONTACT: '112@contoh.id' },
  });
  desk = await emergency.as();
  keeper = await emergency.as({ id: 'keeper', roles: ['agency-admin'], agencies: ['dinkes'] });
});
afterAll(async () => {
  await emergency.close();
  outside.close();
});

const as = (id: string, further = {}) => emergency.as({ id, roles: ['responder'], agencies: ['dinkes'], ...further });
const pathOf = ({ target }: Phone) => new URL(target.endpoint).pathname;

/** A phone of this person that is subscribed. */
async function phoneOf(id: string): Promise<Phone & { subscriptionId: string }> {
  const phone = outside.phone();
  const { subscriptionId } = await (await as(id))(SubscribePush, { body: phone.target });
  return { ...phone, subscriptionId };
}

/** An ambulance on duty with this driver. */
async function manned(
  unitId: string,
  principalId: string,
  { number = '081234567890', ...over }: { number?: string; exercise?: boolean } = {},
): Promise<void> {
  const admin = await emergency.as({ id: 'keeper', roles: ['agency-admin'], agencies: ['dinkes'], ...over });
  const body = { unitClass: 'ambulance', agency: 'dinkes', answers: 'base' } as const;
  await admin(PutUnit, {
    params: { unitId },
    body: { ...body, capabilities: ['transport'], name: `Ambulans ${unitId}` },
  });
  const crew = [{ principalId, name: 'Siti Aminah', number, task: 'driver' as const }];
  const untilMs = Date.now() + 3_600_000;
  await desk(DeclareDuty, { params: { unitId }, body: { duty: 'on', untilMs, crew } });
}

/** Sends it to a new incident. */
async function send(unitId: string, by: Client = desk) {
  const at = { ...place, uncertaintyM: 20, source: 'map' } as const;
  const { incidentId } = await by(OpenIncident, { body: { kind: 'medical', place: at } });
  const { assignment } = await by(DispatchUnit, { params: { incidentId }, body: { unitId } });
  if (assignment === undefined) throw new Error(`${unitId} was not sent`);
  return { incidentId, assignmentId: assignment.assignmentId };
}

const assigned = async (unitId: string) => {
  const { items } = await desk(ListUnits, { query: { q: unitId } });
  return items.find((unit) => unit.unitId === unitId)?.assignment;
};
const alertsOf = async (unitId: string) => (await assigned(unitId))?.alerts;
const accept = async (unitId: string, assignmentId: string) =>
  desk(StepUnit, { params: { unitId }, body: { assignmentId, status: 'accepted' } });
/** As if ten seconds, or its time to answer, had gone. */
const passed = (unitId: string, further = {}) =>
  emergency.documents((store) =>
    store.of(units).updateOne({ _id: unitId }, { $set: { wakeAtMs: 1, 'assignment.atMs.dispatched': 1, ...further } }),
  );
/** What is tried again later is tried again now. */
const triedNow = (over = {}) =>
  emergency.documents((store) => store.of(alerts).updateMany({ isOver: false }, { $set: { wakeAtMs: 1, ...over } }));

describe('a phone in a pocket', () => {
  it('rings when its crew is sent, readable by it alone; a restart between forgets nothing and rings once', async () => {
    const { publicKey } = await (await as('siti'))(GetPushKey, {});
    const phone = await phoneOf('siti');
    await manned('AMB-1', 'siti');
    outside.answers(pathOf(phone), 503);
    const { assignmentId, incidentId } = await send('AMB-1');
    await eventually(() => expect(outside.posted(pathOf(phone))).toHaveLength(1));
    await emergency.restart();
    outside.answers(pathOf(phone), 201);
    await triedNow();
    await eventually(async () => expect(await alertsOf('AMB-1')).toMatchObject([{ channel: 'push', outcome: 'sent' }]));
    expect(phone.rung).toMatchObject([
      {
        notice: { assignmentId, unitName: 'Ambulans AMB-1', sentAtMs: expect.any(Number) },
        headers: {
          ttl: expect.stringMatching(/^(2\d|30)$/),
          urgency: 'high',
          topic: assignmentId,
          'content-encoding': 'aes128gcm',
        },
      },
    ]);
    expect(phone.rung[0]?.notice).not.toHaveProperty('exercise');
    expect(phone.rung[0]?.headers.authorization).toMatch(new RegExp(`^vapid t=.+, k=${publicKey}$`));
    const [, claims = ''] = phone.rung[0]?.headers.authorization?.split('.') ?? [];
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({ sub: 'mailto:112@contoh.id' });
    // silent after ten seconds: said again by the unit, rung no more
    await passed('AMB-1');
    await eventually(async () => expect(await assigned('AMB-1')).toMatchObject({ isUnanswered: true }));
    await emergency.restart();
    await eventually(async () =>
      expect((await emergency.linesOf(incidentId)).filter((line) => line.includes('AMB-1'))).toEqual([
        ...['dispatched AMB-1', 'alerted AMB-1', 'unanswered AMB-1', 'alert-failed AMB-1'],
      ]),
    );
    expect(phone.rung).toHaveLength(1);
    await accept('AMB-1', assignmentId);
    expect((await (await as('budi-1234'))(GetPushKey, {})).publicKey).toBe(publicKey);
  });

  it('that is told twice is told once, also after a death before its alert was ticked off', async () => {
    const phone = await phoneOf('tini');
    await manned('AMB-2', 'tini');
    const { assignmentId, incidentId } = await send('AMB-2');
    await eventually(async () => expect(await alertsOf('AMB-2')).toHaveLength(1));
    await emergency.documents((store) =>
      store.of(alerts).updateMany({ assignmentId }, { $set: { isOver: false, wakeAtMs: 1 } }),
    );
    await eventually(() => expect(phone.rung).toHaveLength(2));
    // under the same topic: what the phone shows is replaced
    expect(new Set(phone.rung.map(({ headers }) => headers.topic))).toEqual(new Set([assignmentId]));
    await accept('AMB-2', assignmentId);
    const lines = await eventually(async () => {
      const found = await emergency.linesOf(incidentId);
      expect(found).toContain('accepted AMB-2');
      return found;
    });
    expect(lines.filter((line) => line === 'alerted AMB-2')).toHaveLength(1);
  });

  it('says why it could not ring, and a phone that is gone leaves', async () => {
    const phone = await phoneOf('rudi');
    outside.answers(pathOf(phone), 410);
    await manned('AMB-3', 'rudi');
    const { incidentId } = await send('AMB-3');
    const gone = [{ channel: 'push', outcome: 'failed', reason: expect.stringContaining('410') }];
    await eventually(async () => expect(await alertsOf('AMB-3')).toMatchObject(gone));
    expect(await emergency.documents((store) => store.find(subscriptions, phone.subscriptionId))).toBeUndefined();
    await manned('AMB-4', 'nobody-here');
    await send('AMB-4');
    const none = [{ channel: 'push', outcome: 'failed', reason: expect.stringContaining('tidak ada telepon') }];
    await eventually(async () => expect(await alertsOf('AMB-4')).toMatchObject(none));
    const silent = await phoneOf('dewi');
    outside.answers(pathOf(silent), 503);
    await manned('AMB-5', 'dewi');
    await send('AMB-5');
    await eventually(() => expect(outside.posted(pathOf(silent)).length).toBeGreaterThan(0));
    await eventually(async () => {
      await triedNow({ untilMs: 1 });
      expect(await alertsOf('AMB-5')).toMatchObject([{ outcome: 'failed', reason: expect.stringContaining('503') }]);
    });
    const told = (await emergency.readAll(IncidentLogged)).flatMap(({ data }) => data ?? []);
    expect(told.find((one) => one.incidentId === incidentId && one.step === 'alert-failed')).toMatchObject({
      ...{ channel: 'push', words: expect.stringContaining('410') },
    });
  });

  it('rings for its own person only, as long as that one rides', async () => {
    const phone = await phoneOf('yanto');
    const budi = await as('budi-1234');
    await budi(UnsubscribePush, { params: { subscriptionId: phone.subscriptionId } });
    await manned('AMB-6', 'yanto');
    const sent = await send('AMB-6');
    await eventually(() => expect(phone.rung).toHaveLength(1));
    await accept('AMB-6', sent.assignmentId);
    // the same phone, in other hands
    await budi(SubscribePush, { body: phone.target });
    await manned('AMB-7', 'yanto');
    await send('AMB-7');
    await eventually(async () => expect(await alertsOf('AMB-7')).toMatchObject([{ outcome: 'failed' }]));
    expect(phone.rung).toHaveLength(1);
    const blocked = { principalId: 'budi-1234', kind: 'person', blocked: true, version: 1 } as const; // prettier-ignore
    await withContext(serviceContext(city), () =>
      emergency.bus.publish(PrincipalChanged, { ...blocked, agencies: ['dinkes'], roles: ['responder'] }),
    );
    await eventually(async () =>
      expect(await emergency.documents((store) => store.find(subscriptions, phone.subscriptionId))).toBeUndefined(),
    );
  });

  it('is reached where push services are, and nowhere inside, also where webhooks may go', async () => {
    const siti = await as('siti');
    const { target } = outside.phone();
    const gateway = { ...target, endpoint: 'http://127.0.0.2:9/push' };
    await expect(siti(SubscribePush, { body: gateway })).rejects.toMatchObject({ kind: 'invalid' });
    const inside = { ...target, endpoint: 'https://10.1.2.3/push' };
    await expect(siti(SubscribePush, { body: inside })).rejects.toMatchObject({ kind: 'invalid' });
    const broken = { ...target, keys: { ...target.keys, p256dh: 'a'.repeat(87) } };
    await expect(siti(SubscribePush, { body: broken })).rejects.toMatchObject({ kind: 'invalid' });
    await expect(desk(SubscribePush, { body: target })).rejects.toMatchObject({ kind: 'forbidden' });
  });
});

describe('another crew', () => {
  it('that comes while the unit is silent is rung, and the one before no more', async () => {
    const [before, after] = [await phoneOf('malam'), await phoneOf('pagi')];
    outside.answers(pathOf(before), 503);
    await manned('AMB-20', 'malam');
    await send('AMB-20');
    await eventually(() => expect(outside.posted(pathOf(before)).length).toBeGreaterThan(0));
    const crew = [{ principalId: 'pagi', name: 'Joko', task: 'driver' as const }];
    const untilMs = Date.now() + 3_600_000;
    await desk(DeclareDuty, { params: { unitId: 'AMB-20' }, body: { duty: 'on', untilMs, crew } });
    await eventually(() => expect(after.rung).toHaveLength(1));
    outside.answers(pathOf(before), 201);
    await triedNow();
    const gone = { channel: 'push', outcome: 'failed', reason: expect.stringContaining('bukan awak') };
    await eventually(async () => expect(await alertsOf('AMB-20')).toContainEqual(expect.objectContaining(gone)));
    expect(before.rung).toEqual([]);
  });
});

describe('the address that writes to crews', () => {
  it('is kept by who runs 112, and read whole by nobody else', async () => {
    const url = 'http://127.0.0.1:9/pesan?token=rahasia';
    const dlh = await emergency.as({ id: 'dlh-admin', roles: ['agency-admin'], agencies: ['dlh'] });
    const forbidden = expect.objectContaining({ kind: 'forbidden' });
    await expect(dlh(SetCrewMessages, { body: { channel: 'sms', url } })).rejects.toEqual(forbidden);
    await expect(dlh(GetCrewMessages, {})).rejects.toEqual(forbidden);
    await expect(dlh(RemoveCrewMessages, {})).rejects.toEqual(forbidden);
    await keeper(SetCrewMessages, { body: { channel: 'sms', url } });
    expect((await desk(GetCrewMessages, {})).messages).toMatchObject({ url: 'http://127.0.0.1:9' });
    expect((await keeper(GetCrewMessages, {})).messages).toMatchObject({ url });
    await keeper(RemoveCrewMessages, {});
  });
});

describe('an exercise', () => {
  it('rings, and says that it is one', async () => {
    const phone = await phoneOf('latih');
    await manned('AMB-L', 'latih', { exercise: true });
    await send('AMB-L', await emergency.as({ id: 'latihan', exercise: true }));
    await eventually(() => expect(phone.rung).toMatchObject([{ notice: { exercise: true } }]));
    // numbers of simulated crews are anybody’s
    await passed('AMB-L');
    const none = { channel: 'sms', outcome: 'failed' };
    await eventually(async () => expect(await alertsOf('AMB-L')).toContainEqual(expect.objectContaining(none)));
  });
});

describe('a silent crew', () => {
  it('is written to, signed, at its number, which is kept nowhere; once', async () => {
    const { secret } = await keeper(SetCrewMessages, { body: { channel: 'whatsapp', url: `${outside.url}/pesan` } });
    outside.answers('/pesan', 503);
    await manned('AMB-8', 'joko', { number: '081377700011' });
    const { assignmentId } = await send('AMB-8');
    await passed('AMB-8');
    await eventually(() => expect(outside.posted('/pesan').some((one) => one.body.includes(assignmentId))).toBe(true));
    await eventually(async () =>
      expect((await keeper(GetCrewMessages, {})).messages?.failure?.detail).toContain('503'),
    );
    outside.answers('/pesan', 204);
    await emergency.restart();
    await triedNow();
    const taken = { channel: 'whatsapp', outcome: 'sent' };
    await eventually(async () => expect(await alertsOf('AMB-8')).toContainEqual(expect.objectContaining(taken)));
    const posted = outside.posted('/pesan').filter((one) => one.body.includes(assignmentId));
    expect(new Set(posted.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    const { headers, body } = posted.at(-1) ?? { headers: {}, body: Buffer.alloc(0) };
    expect(JSON.parse(body.toString())).toMatchObject({
      ...{ type: 'emergency.crew.message', city, exercise: false },
      data: { number: '081377700011', unitName: 'Ambulans AMB-8', assignmentId, channel: 'whatsapp' },
    });
    const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body.toString()}`;
    const hmac = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64')).update(signed);
    expect(headers['webhook-signature']).toBe(`v1,${hmac.digest('base64')}`);
    // told first, then ticked off
    await eventually(async () => {
      const kept = await emergency.documents((store) =>
        store.of(alerts).find({ assignmentId, channel: 'whatsapp' }).lean(),
      );
      expect(kept).toMatchObject([{ isOver: true }]);
      expect(JSON.stringify(kept)).not.toContain('081377700011');
    });
    expect((await keeper(GetCrewMessages, {})).messages).not.toHaveProperty('failure');
    const said = JSON.stringify(await emergency.readAll(IncidentLogged));
    expect(said).not.toContain('081377700011');
  });

  it('that accepts is not written to any more, nor when the address is removed', async () => {
    outside.answers('/pesan', 503);
    await manned('AMB-9', 'wati', { number: '081377700022' });
    const { assignmentId } = await send('AMB-9');
    await passed('AMB-9');
    const waits = () => emergency.documents((store) => store.of(alerts).find({ assignmentId, channel: 'whatsapp' }).lean()); // prettier-ignore
    await eventually(async () => expect(await waits()).toMatchObject([{ isOver: false, number: '081377700022' }]));
    await accept('AMB-9', assignmentId);
    await eventually(async () => expect(await waits()).toMatchObject([{ isOver: true }]));
    expect((await waits())[0]).not.toHaveProperty('number');
    await keeper(RemoveCrewMessages, {});
    expect(await keeper(GetCrewMessages, {})).toEqual({});
    await manned('AMB-10', 'slamet');
    await send('AMB-10');
    await passed('AMB-10');
    const none = { channel: 'sms', outcome: 'failed', reason: expect.stringContaining('tidak diatur') };
    await eventually(async () => expect(await alertsOf('AMB-10')).toContainEqual(expect.objectContaining(none)));
  });

  it('is overdue at the end of its time to answer, and the desk is told to call', async () => {
    await manned('AMB-11', 'harto');
    const { assignmentId, incidentId } = await send('AMB-11');
    await passed('AMB-11', { 'assignment.answerByMs': 2 });
    await eventually(async () => expect(await assigned('AMB-11')).toMatchObject({ isUnanswered: true, isOverdue: true })); // prettier-ignore
    await accept('AMB-11', assignmentId);
    expect(await assigned('AMB-11')).not.toHaveProperty('isOverdue');
    await eventually(async () => {
      const lines = await emergency.linesOf(incidentId);
      expect(lines.filter((line) => line === 'overdue AMB-11')).toHaveLength(1);
      expect(lines.indexOf('unanswered AMB-11')).toBeLessThan(lines.indexOf('overdue AMB-11'));
    });
  });
});
