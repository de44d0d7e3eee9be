import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  AlarmChanged,
  CameraRegistered,
  CameraStateChanged,
  DeclareDuty,
  GetSurroundings,
  OpenCall,
  OpenIncident,
  PutHospital,
  PutUnit,
  ReportBeds,
  type Client,
} from '@siaga/contracts';
import { serviceContext, withContext } from '@siaga/service';
import { eventually, randomCities } from '@siaga/testing';
import { startTestEmergency, type TestEmergency } from '../emergency.harness.ts';

const [city = ''] = randomCities(1);
let emergency: TestEmergency;
let desk: Client;
beforeAll(async () => {
  emergency = await startTestEmergency(city);
  desk = await emergency.as({ agencies: ['satpolpp', 'dishub'] });
}, 30_000);
afterAll(() => emergency.close());

/** Inside Kanigaran, well away from its border. */
const place = { lat: -7.76579, lng: 113.20791, uncertaintyM: 10, source: 'map' as const };
const north = (metres: number) => ({ lat: place.lat + metres / 111_195, lng: place.lng });
const nowMs = Date.now();
const camera = (cameraId: string, metres: number) => ({
  ...{ cameraId, name: `Kamera ${cameraId}`, owner: 'dishub' as const, place: north(metres), changedAtMs: nowMs },
  ...{ directionDeg: 180, fieldOfViewDeg: 60, rangeM: 80 },
});
const alarm = (alarmId: string, metres: number): AlarmChanged => ({
  ...{ alarmId, thing: { kind: 'panel', thingId: 'P-1' }, name: 'Panel 1', kind: 'dark', agency: 'dishub' },
  ...{ severity: 'high', worstSeverity: 'high', lifeRisk: false, basis: 'measured', status: 'active', version: 1 },
  ...{ escalatedTimes: 0, reopenedTimes: 0, sinceMs: nowMs, raisedAtMs: nowMs, changedAtMs: nowMs },
  ...{ affected: {}, kelurahanCodes: [], place: north(metres) },
});

it('a call with a place is answered with everything around it that the asker may know of', async () => {
  const keeper = await emergency.as({ id: 'keeper', roles: ['agency-admin'], agencies: ['dinkes'] });
  for (const [unitId, metres] of [
    ['AMB-1', 900],
    ['AMB-2', 300],
  ] as const)
    // prettier-ignore
    await keeper(PutUnit, {
      params: { unitId },
      body: { name: unitId, unitClass: 'ambulance', capabilities: ['transport'], agency: 'dinkes', answers: 'on-call', post: { ...north(metres), words: 'Pos' } }, // prettier-ignore
    });
  await desk(DeclareDuty, {
    params: { unitId: 'AMB-1' },
    body: { duty: 'on', untilMs: nowMs + 3_600_000, channel: 'radio', crew: [{ name: 'Siti', task: 'driver' }] },
  });
  for (const [hospitalId, metres] of [
    ['RS-JAUH', 2500],
    ['RS-DEKAT', 1200],
  ] as const)
    // prettier-ignore
    await keeper(PutHospital, { params: { hospitalId }, body: { name: hospitalId, place: north(metres), services: [] } });
  await desk(ReportBeds, {
    params: { hospitalId: 'RS-DEKAT' },
    body: { beds: [{ bedClass: 'igd', totalCount: 12, occupiedCount: 8 }] },
  });
  await withContext(serviceContext(city), async () => {
    await emergency.bus.publishAll(CameraRegistered, [camera('CCTV-1', 60), camera('CCTV-2', 400), camera('CCTV-3', 4000)]); // prettier-ignore
    await emergency.bus.publish(CameraStateChanged, { cameraId: 'CCTV-1', owner: 'dishub', place: north(60), health: 'frozen', sinceMs: nowMs, checkedAtMs: nowMs, changedAtMs: nowMs }); // prettier-ignore
    await emergency.bus.publishAll(AlarmChanged, [alarm('AL-000001', 100), alarm('AL-000002', 3000)]);
  });
  const other = await desk(OpenCall, { body: { source: '112', kind: 'fire', place: { ...place, ...north(200) } } });
  const { incidentId } = await desk(OpenIncident, { body: { callId: other.callId } });
  const { callId } = await desk(OpenCall, { body: { source: '112', kind: 'medical', place } });
  const look = (by = desk) => by(GetSurroundings, { params: { callId } });

  await eventually(async () => {
    expect((await look()).alarms).toHaveLength(1);
    expect((await look()).cameras).toHaveLength(2);
    expect((await look()).cameras[0]?.health).toBe('frozen');
  });
  const around = await look();
  expect(around.kelurahanCode).toBe('35.74.04.1003');
  expect(around.cameras).toMatchObject([
    { cameraId: 'CCTV-1', sees: 'yes', distanceM: 60, health: 'frozen', checkedAtMs: nowMs },
    { cameraId: 'CCTV-2', sees: 'no', distanceM: 400, health: 'unchecked' },
  ]);
  expect(around.alarms).toMatchObject([{ alarmId: 'AL-000001', distanceM: 100, severity: 'high' }]);
  expect(around.incidents).toMatchObject([{ incidentId, distanceM: 200, kind: 'fire', status: 'active' }]);
  expect(around.parts[0]?.candidates).toMatchObject([
    { unitId: 'AMB-2', distanceM: 300, passedOver: 'unreported' },
    { unitId: 'AMB-1', distanceM: 900 },
  ]);

  expect(around.hospitals).toMatchObject([
    { hospitalId: 'RS-DEKAT', distanceM: 1200, beds: [{ bedClass: 'igd', freeCount: 4, totalCount: 12 }] },
    { hospitalId: 'RS-JAUH', distanceM: 2500, beds: [] },
  ]);

  // cameras and alarms of Dishub are not for those who only answer calls
  const taker = await look(await emergency.as({ id: 'taker', roles: ['call-taker'], agencies: ['satpolpp'] }));
  expect([taker.cameras, taker.alarms]).toEqual([[], []]);
  expect(taker.incidents).toHaveLength(1);
});

it('a call without a place says so, and others are refused', async () => {
  const { callId } = await desk(OpenCall, { body: { source: 'walk-in' } });
  await expect(desk(GetSurroundings, { params: { callId } })).rejects.toMatchObject({ kind: 'conflict' });
  const crew = await emergency.as({ id: 'crew', roles: ['responder'], agencies: ['satpolpp'] });
  await expect(crew(GetSurroundings, { params: { callId } })).rejects.toMatchObject({ kind: 'forbidden' });
});
