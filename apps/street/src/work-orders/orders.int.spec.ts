import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  AddWorkPhoto,
  AlarmChanged,
  BeginWorkOrder,
  CancelWorkOrder,
  ChangeOutage,
  ClearStreetExercise,
  ConditionChanged,
  feederRoutes,
  FinishWorkOrder,
  GetStreetRepairs,
  GetWorkOrder,
  lampRoutes,
  ListOutages,
  ListStreetReports,
  ListWorkOrders,
  MakeStreetReport,
  MakeWorkOrder,
  panelRoutes,
  PlanWorkOrder,
  ReadReportAnswer,
  ReportFromPole,
  ReportOutage,
  WorkOrderChanged,
  type Client,
} from '@siaga/contracts';
import { EventBus } from '@siaga/bus';
import { serviceContext, withContext } from '@siaga/service';
import { databaseOf } from '@siaga/store';
import { eventually } from '@siaga/testing';
import { createConnection } from 'mongoose';
import { startTestStreet, type TestStreet } from '../street.harness.ts';

const city = '3574';
const jpegBase64 = Buffer.from('ffd8ffe000104a464946000101000001000100000102ffd9', 'hex').toString('base64');
const plan = { crew: 'Regu Timur', plannedOn: '2026-11-24' };

let street: TestStreet;
let desk: Client;
beforeAll(async () => {
  street = await startTestStreet(city);
  desk = await street.as({ roles: ['dispatcher'], agencies: ['command'] });
  const administrator = await street.as({});
  await administrator(feederRoutes.register, { body: { feederId: 'PLG-1', name: 'Pilang' } });
  const place = { lat: -7.7551, lng: 113.191 };
  await administrator(panelRoutes.register, {
    body: { panelId: 'APP-1', supply: 'metered', feederId: 'PLG-1', place },
  });
  for (let at = 0; at < 6; at += 1) {
    const lamp = {
      lampId: `PJU-${String(at)}`,
      poleNumber: `T-0${String(at)}`,
      panelId: 'APP-1',
      watt: 90,
      road: 'Jl. <b>Pilang</b>',
    };
    await administrator(lampRoutes.register, {
      body: { ...lamp, place: { lat: place.lat, lng: place.lng + at / 1000 } },
    });
  }
});
afterAll(() => street.close());

/** Hashes of all that is kept. */
async function keptPictures(): Promise<string[]> {
  const database = await createConnection(street.mongoUri, { dbName: databaseOf(city) }).asPromise();
  const kept = await database.collection<{ _id: string }>('blobs').find({}).toArray();
  await database.close();
  return kept.map(({ _id }) => _id);
}

const report = (lampId: string) => desk(MakeStreetReport, { body: { source: 'patrol', lampId, trouble: 'dark' } });
const reportNow = async (reportId: string) => {
  const { items } = await desk(ListStreetReports, { query: { q: reportId } });
  return items[0];
};

describe('a work order', () => {
  it('takes reports along, day by day, until they are done; the reporter reads it, the alarm desk hears it', async () => {
    const said = await street.latest(ConditionChanged);
    const heard = await street.latest(WorkOrderChanged);
    const key = 'ab'.repeat(16);
    await desk(ReportFromPole, { body: { city, lampId: 'PJU-0', trouble: 'dark', key } });
    const [one, other] = [await report('PJU-0'), await report('PJU-5')];
    const order = await desk(MakeWorkOrder, { body: { reportIds: [one.reportId, other.reportId], lampIds: ['PJU-3', 'PJU-0', 'PJU-1'], note: 'Bawa tangga' } }); // prettier-ignore
    // in the order of the way, from one end of the road to the other, each lamp once
    const lamps = order.stops.map(({ lampId }) => lampId);
    expect([lamps, lamps.toReversed()]).toContainEqual(['PJU-0', 'PJU-1', 'PJU-3', 'PJU-5']);
    expect(order).toMatchObject({ status: 'draft', reportIds: expect.arrayContaining([one.reportId]) });
    expect(order.straightLineM).toBeGreaterThan(500);
    const params = { workOrderId: order.workOrderId };

    await eventually(async () => {
      expect(await reportNow(one.reportId)).toMatchObject({ status: 'accepted', workOrderId: order.workOrderId });
    });
    await expect(desk(MakeWorkOrder, { body: { reportIds: [one.reportId] } })).rejects.toMatchObject({
      kind: 'conflict',
    });
    await expect(desk(BeginWorkOrder, { params })).rejects.toMatchObject({ kind: 'conflict' });
    await desk(PlanWorkOrder, { params, body: plan });
    await eventually(async () => {
      expect(await desk(ReadReportAnswer, { body: { city, key } })).toMatchObject({
        status: 'scheduled',
        plannedOn: '2026-11-24',
      });
    });

    await expect(desk(AddWorkPhoto, { params, body: { contentBase64: jpegBase64 } })).rejects.toMatchObject({ kind: 'conflict' }); // prettier-ignore
    await desk(BeginWorkOrder, { params });
    await expect(desk(FinishWorkOrder, { params, body: {} })).rejects.toMatchObject({ kind: 'invalid' });
    const materials = [{ item: 'Lampu LED 90 W', count: 2, unit: 'buah' }];
    await desk(AddWorkPhoto, { params, body: { contentBase64: jpegBase64 } });
    await desk(AddWorkPhoto, { params, body: { contentBase64: jpegBase64 } });
    const done = await desk(FinishWorkOrder, { params, body: { materials, notSettled: [other.reportId] } });
    expect(done).toMatchObject({ status: 'done', materials, photos: [{ contentType: 'image/jpeg', bytes: 24 }] });

    await eventually(async () => {
      expect(await desk(ReadReportAnswer, { body: { city, key } })).toMatchObject({ status: 'done' });
      expect(await reportNow(other.reportId)).toMatchObject({ status: 'accepted' });
      expect(said.get('lamp:PJU-0/reportedDark')?.data).toMatchObject({ active: false });
      expect(said.get('lamp:PJU-5/reportedDark')?.data).toMatchObject({ active: true });
      expect(heard.get(order.workOrderId)?.data).toMatchObject({ status: 'done', stops: 4 });
    });
    expect((await reportNow(other.reportId))?.workOrderId).toBeUndefined();
    // nobody's crew or words are in an event
    expect(JSON.stringify([...heard.values()])).not.toMatch(/Regu|tangga/);

    const [photo] = done.photos;
    const answer = await street.ask(`/api/street/work-orders/${order.workOrderId}/photos/${String(photo?.hash)}`);
    expect(Buffer.from(await answer.arrayBuffer()).toString('base64')).toBe(jpegBase64);
    expect(answer.headers.get('content-type')).toBe('image/jpeg');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    const elsewhere = await street.ask(`/api/street/work-orders/${order.workOrderId}/photos/${'0'.repeat(64)}`);
    expect(elsewhere.status).toBe(404);
  });

  it('called off, lets its reports wait again', async () => {
    const told = await report('PJU-2');
    const { workOrderId } = await desk(MakeWorkOrder, { body: { reportIds: [told.reportId] } });
    await desk(PlanWorkOrder, { params: { workOrderId }, body: plan });
    await eventually(async () => {
      expect(await reportNow(told.reportId)).toMatchObject({ status: 'scheduled', plannedOn: plan.plannedOn });
    });
    await desk(CancelWorkOrder, { params: { workOrderId }, body: { reason: 'hujan' } });
    await eventually(async () => {
      expect(await reportNow(told.reportId)).toMatchObject({ status: 'accepted' });
    });
    expect(await reportNow(told.reportId)).not.toHaveProperty('plannedOn');
    const { items } = await desk(ListWorkOrders, { query: { open: 'true' } });
    expect(items.map((one) => one.workOrderId)).not.toContain(workOrderId);
  });

  it('is made from an alarm, too: its panel, where the register says it is', async () => {
    const alarmId = 'alarm-of-a-panel';
    const nowMs = Date.now();
    const alarm = {
      ...{ alarmId, thing: { kind: 'panel', thingId: 'APP-1' }, name: 'APP-1', kind: 'supplyLoss', agency: 'dishub' },
      ...{ severity: 'high', worstSeverity: 'high', lifeRisk: false, basis: 'measured', status: 'active', version: 1 },
      ...{ escalatedTimes: 0, reopenedTimes: 0, sinceMs: nowMs, raisedAtMs: nowMs, changedAtMs: nowMs },
      ...{ affected: {}, kelurahanCodes: [] },
    } as const;
    const bus = new EventBus(street.log, 'test', [city]);
    await withContext(serviceContext(city), () => bus.publish(AlarmChanged, alarm as never));
    const saidOf = async ({ workOrderId }: { workOrderId: string }) =>
      (await street.latest(WorkOrderChanged)).get(workOrderId);
    const order = await desk(MakeWorkOrder, { body: { alarmIds: [alarmId] } });
    expect(order.stops).toMatchObject([
      { panelId: 'APP-1', alarmIds: [alarmId], place: { lat: -7.7551, lng: 113.191 } },
    ]);
    await eventually(async () => expect(await saidOf(order)).toMatchObject({ exercise: false }));
    const played = { ...alarm, alarmId: 'alarm-of-an-exercise', kind: 'panelDoorOpen' };
    await withContext({ ...serviceContext(city), exercise: true }, () => bus.publish(AlarmChanged, played as never));
    await eventually(async () => {
      const drill = await desk(MakeWorkOrder, { body: { alarmIds: [played.alarmId] } });
      await eventually(async () => expect(await saidOf(drill)).toMatchObject({ exercise: true }));
    });
    const stranger = { alarmIds: ['alarm-of-nobody'] };
    await expect(desk(MakeWorkOrder, { body: stranger })).rejects.toMatchObject({ kind: 'invalid' });
    await expect(desk(MakeWorkOrder, { body: { lampIds: ['PJU-99'] } })).rejects.toMatchObject({ kind: 'invalid' });
  });

  it('is printed for the crew: nothing of a register is taken for markup, and nothing runs', async () => {
    const { workOrderId } = await desk(MakeWorkOrder, { body: { lampIds: ['PJU-4', 'PJU-3'], note: '<script>x</script>' } }); // prettier-ignore
    const answer = await street.ask(`/api/street/work-orders/${workOrderId}/sheet`);
    const page = await answer.text();
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page).toContain('garis lurus');
    expect(page.match(/<tr>/g)).toHaveLength(3);
    expect(page).not.toMatch(/<script|<b>Pilang/);
  });
});

describe('pictures', () => {
  it('are kept where an order names them, however many phones send theirs at once', async () => {
    const { workOrderId } = await desk(MakeWorkOrder, { body: { lampIds: ['PJU-1'] } });
    const params = { workOrderId };
    await desk(PlanWorkOrder, { params, body: plan });
    await desk(BeginWorkOrder, { params });
    const before = new Set(await keptPictures());
    const pictures = Array.from({ length: 24 }, (_, at) => `ffd8ffe000104a464946000101000001000100000${(at + 0x200).toString(16)}ffd9`); // prettier-ignore
    const sent = pictures.map((hex) => ({ contentBase64: Buffer.from(hex, 'hex').toString('base64') }));
    const outcomes = await Promise.allSettled(sent.map((body) => desk(AddWorkPhoto, { params, body })));
    expect(outcomes.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0);
    const { photos } = await desk(GetWorkOrder, { params });
    const kept = (await keptPictures()).filter((hash) => !before.has(hash));
    expect(kept.toSorted()).toEqual(photos.map(({ hash }) => hash).toSorted());
    await desk(CancelWorkOrder, { params, body: { reason: 'hujan' } });
  });
});

describe('an order of a simulation', () => {
  it('leaves nothing, its pictures neither; one that a real order has, too, stays', async () => {
    const crew = async (client: Client, pictures: readonly string[]) => {
      const { workOrderId } = await client(MakeWorkOrder, { body: { lampIds: ['PJU-4'] } });
      const params = { workOrderId };
      await client(PlanWorkOrder, { params, body: plan });
      await client(BeginWorkOrder, { params });
      for (const contentBase64 of pictures) await client(AddWorkPhoto, { params, body: { contentBase64 } });
      return client(GetWorkOrder, { params });
    };
    const simulated = Buffer.from('ffd8ffe000104a46494600010100000100010000fefeffd9', 'hex').toString('base64');
    const real = await crew(desk, [jpegBase64]);
    const drill = await street.as({ id: 'sim', agencies: ['command'], roles: ['dispatcher'], exercise: true });
    const { workOrderId, photos } = await crew(drill, [jpegBase64, simulated]);
    expect(photos).toHaveLength(2);
    const administrator = await street.as({ roles: ['city-admin'], agencies: ['command'] });
    await administrator(ClearStreetExercise, {});
    const params = { workOrderId };
    await expect(desk(GetWorkOrder, { params })).rejects.toMatchObject({ kind: 'not-found' });
    const drilled = new Set(photos.map(({ hash }) => hash));
    expect((await keptPictures()).filter((hash) => drilled.has(hash))).toEqual([real.photos[0]?.hash]);
    await desk(CancelWorkOrder, { params: { workOrderId: real.workOrderId }, body: { reason: 'hujan' } });
  });
});

describe('time', () => {
  it('lets screens go of an order that is over; the list has it', async () => {
    const heard = await street.latest(WorkOrderChanged);
    const { workOrderId } = await desk(MakeWorkOrder, { body: { lampIds: ['PJU-4'] } });
    await desk(CancelWorkOrder, { params: { workOrderId }, body: { reason: 'hujan' } });
    await eventually(() => expect(heard.get(workOrderId)?.data).toMatchObject({ status: 'cancelled' }));
    const database = await createConnection(street.mongoUri, { dbName: databaseOf(city) }).asPromise();
    await database.collection<{ _id: string }>('street_work_orders').updateOne({ _id: workOrderId }, { $set: { wakeAtMs: 1 } }); // prettier-ignore
    await database.close();
    await eventually(() => expect(heard.has(workOrderId)).toBe(false));
    const { items } = await desk(ListWorkOrders, { query: { q: workOrderId } });
    expect(items).toMatchObject([{ status: 'cancelled' }]);
  });
});

describe('repairs', () => {
  it('are counted from the first report to the work done, and name lamps that fail again and again', async () => {
    const again = await report('PJU-0');
    expect(again.times).toBe(1);
    const span = { from: '2020-01-01', to: '2020-12-31' };
    expect(await desk(GetStreetRepairs, { query: span })).toMatchObject({ repaired: 0, repeats: [] });
    const today = new Date().toISOString().slice(0, 10);
    const days = (count: number) => new Date(Date.parse(today) + count * 86_400_000).toISOString().slice(0, 10);
    const now = { from: days(-2), to: days(2) };
    const repairs = await desk(GetStreetRepairs, { query: now });
    expect(repairs).toMatchObject({ basis: 'reported', repaired: 1, withinStandard: 1, overdue: 0 });
    expect(repairs.repeats).toMatchObject([{ lampId: 'PJU-0', times: 2 }]);
    const csv = await street.ask(`/api/street/repairs?from=${now.from}&to=${now.to}`, { accept: 'text/csv' });
    expect(await csv.text()).toMatch(/SELURUH KOTA[\s\S]*PJU-0/);
    await expect(desk(GetStreetRepairs, { query: { from: now.to, to: now.from } })).rejects.toMatchObject({ kind: 'invalid' }); // prettier-ignore
  });
});

describe('an outage of PLN', () => {
  it('is written down with its ticket, found by what it darkens, and ended', async () => {
    const body = { calledAtMs: 1_800_000_000_000, ticket: 'G5312', expectedAtMs: 1_800_003_600_000, things: ['feeder:PLG-1', 'panel:APP-1'] }; // prettier-ignore
    const outage = await desk(ReportOutage, { body });
    const open = { query: { thing: 'panel:APP-1', open: 'true' } } as const;
    expect((await desk(ListOutages, open)).items).toMatchObject([
      { outageId: outage.outageId, ticket: 'G5312', by: 'p1' },
    ]);
    const params = { outageId: outage.outageId };
    const { calledAtMs, things } = body;
    const ended = { calledAtMs, things, endedAtMs: 1_800_001_000_000, version: outage.version };
    expect(await desk(ChangeOutage, { params, body: ended })).not.toHaveProperty('ticket');
    await expect(desk(ChangeOutage, { params, body: ended })).rejects.toMatchObject({ kind: 'conflict' });
    expect((await desk(ListOutages, open)).items).toEqual([]);
    const strange = { ...body, things: ['panel:APP-77'] };
    await expect(desk(ReportOutage, { body: strange })).rejects.toMatchObject({ kind: 'invalid' });
  });

  it('is for the people of the desk', async () => {
    const viewer = await street.as({ roles: ['viewer'] });
    expect((await viewer(ListOutages, { query: {} })).items).toHaveLength(1);
    const order = (await viewer(ListWorkOrders, { query: {} })).items[0];
    const params = { workOrderId: String(order?.workOrderId) };
    expect(await viewer(GetWorkOrder, { params })).toMatchObject(params);
    await expect(viewer(PlanWorkOrder, { params, body: plan })).rejects.toMatchObject({ kind: 'forbidden' });
  });
});
