import { describe, expect, it } from '@jest/globals';
import {
  AdoptDevice,
  deviceSubject,
  GetDeviceCredentials,
  RegisterTruck,
  routes,
  UndoTruckImport,
} from '@siaga/contracts';
import { z } from 'zod';
import { subjectsOf, touchedBy } from './subjects.ts';

const city = '3574';
/** What the audit page takes as something to search for. */
const subject = /^[a-z][A-Za-z_-]*:[\w.:/*@+-]{1,190}$/;
const free = 'Bu Ratna dari Dinkes, 0812 3456';

describe('what a call touches', () => {
  it('is told by the ids of its path', () => {
    expect(touchedBy(UndoTruckImport, { params: { importId: 'imp-1' } }, city)).toEqual(['import:imp-1']);
  });

  it('is a hash where somebody wrote something else than an id, or something endless', () => {
    const of = (importId: string, at = city) => touchedBy(UndoTruckImport, { params: { importId } }, at);
    const [told = ''] = of(free);
    expect(told).toMatch(/^import:hash:[\w-]{16}$/);
    expect([of(free), of(`${free}!`), of(free, '3573')].map(([one]) => one === told)).toEqual([true, false, false]);
    expect(of('x'.repeat(300))[0]).toMatch(/^import:hash:/);
  });

  it('of a route that names a device is its pseudonym, also where nothing is written of it but that somebody was refused', () => {
    const device = { agency: 'dlh', protocol: 'osmand', deviceId: '860000000000000' } as const;
    expect(subjectsOf(GetDeviceCredentials, { params: device }, city)).toBeUndefined();
    expect(touchedBy(GetDeviceCredentials, { params: device }, city)).toEqual([deviceSubject(city, device)]);
  });

  it('of what is done to trucks and their trackers names both, and no id that somebody typed', () => {
    const device = { protocol: 'osmand', deviceId: free } as const;
    const pseudonym = deviceSubject(city, { agency: 'dlh', ...device });
    const adopted = subjectsOf(AdoptDevice, { params: { truckId: 'T1' }, body: device }, city);
    expect(adopted).toEqual(['truck:T1', pseudonym]);
    const registered = subjectsOf(RegisterTruck, { body: { truckId: 'T1', devices: [device] } }, city);
    expect(registered).toEqual(['truck:T1', pseudonym]);
  });

  it.each(
    routes.filter(({ params, audit }) => params instanceof z.ZodObject && typeof audit !== 'function').map((route) => [route.name, route] as const), // prettier-ignore
  )('%s: whatever stands in its path is something to search for, and nothing that was typed', (_, route) => {
    const names = Object.keys((route.params as z.ZodObject).shape);
    const params = Object.fromEntries(names.map((name) => [name, free]));
    const told = touchedBy(route, { params }, city);
    expect(told).toHaveLength(names.length);
    for (const one of told) expect([one, subject.test(one), one.includes('Ratna')]).toEqual([one, true, false]);
  });
});
