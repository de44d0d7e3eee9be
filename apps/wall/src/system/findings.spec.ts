import { describe, expect, it } from '@jest/globals';
import { ServiceReported } from '@siaga/contracts';
import { findingsAt, verdictOf } from './findings.ts';
import { servicesAt, sumLive } from './services.ts';

const now = Date.parse('2026-11-21T12:12:47Z');
const hour = 3_600_000;
const freshForMs = ServiceReported.freshForMs ?? 0;

const report = (service: string, change: Partial<ServiceReported> = {}): ServiceReported => ({
  service,
  instanceId: 'kota',
  atMs: now - 2000,
  startedAtMs: now - 5 * hour,
  ready: true,
  checks: [],
  memoryBytes: 9e7,
  ...change,
});

const heard = (reports: readonly ServiceReported[], agoMs = 2000) =>
  new Map(
    reports.map((data) => [
      ServiceReported.key(data),
      { data, atMs: now - agoMs, source: `siaga/${data.service}`, exercise: false },
    ]),
  );

const storage = { usedBytes: 4e9, freeBytes: 80e9, full: false, sinceMs: now - 90 * hour };
const light = (services: ReturnType<typeof servicesAt>, missed = 0) =>
  verdictOf(services, findingsAt(services, missed, now));
const kinds = (reports: readonly ServiceReported[]) =>
  findingsAt(servicesAt(heard(reports), now), 0, now).map(({ kind }) => kind);

describe('a service', () => {
  it('is up only by a fresh report that says so', () => {
    const reports = new Map([...heard([report('waste')], freshForMs + 1), ...heard([report('gateway')], freshForMs)]);
    expect(servicesAt(reports, now).map(({ name, state }) => [name, state])).toEqual([
      ['waste', 'silent'],
      ['gateway', 'up'],
    ]);
  });

  it('that says it is not ready is not up, and silence outweighs whatever it said', () => {
    const unready = report('waste', { ready: false });
    expect(servicesAt(heard([unready]), now)[0]?.state).toBe('not-ready');
    expect(servicesAt(heard([unready], freshForMs + 1), now)[0]?.state).toBe('silent');
  });

  it('is told from its replicas by its instance', () => {
    const reports = heard([report('waste'), report('waste', { instanceId: 'kedua' }), report('gateway')]);
    expect(servicesAt(reports, now).map(({ name }) => name)).toEqual(['gateway', 'waste · kedua', 'waste · kota']);
  });
});

describe('the light', () => {
  it('is well while everything is', () => {
    const gateway = report('gateway', { deadLetters: 0, storage: { ...storage, lastBackup: { atMs: now, bytes: 1 } } });
    expect(light(servicesAt(heard([gateway, report('waste')]), now))).toBe('well');
  });

  it('knows nothing before the first report', () => {
    expect(light([])).toBe('unknown');
  });

  it('is down by one silent service, or one missed event', () => {
    const silent = servicesAt(new Map([...heard([report('waste')], 60_000), ...heard([report('gateway')])]), now);
    expect(findingsAt(silent, 0, now)).toEqual([
      { kind: 'silent', tone: 'down', name: 'waste', sinceMs: now - 60_000 },
    ]);
    expect(light(silent)).toBe('down');
    expect(light(servicesAt(heard([report('waste')]), now), 1)).toBe('down');
  });

  it('names the log once when nobody is heard', () => {
    const silent = servicesAt(heard([report('waste'), report('gateway')], 40_000), now);
    expect(findingsAt(silent, 0, now)).toEqual([{ kind: 'all-silent', tone: 'down', sinceMs: now - 40_000 }]);
  });

  it('asks for somebody when handlers fall behind, screens are late or events were given up', () => {
    const handlers = { lagEvents: 1000 };
    const live = { screens: 3, eventToScreenP50Ms: 20, eventToScreenP99Ms: 1500 };
    expect(kinds([report('waste', { handlers }), report('gateway', { live, deadLetters: 2 })])).toEqual([
      'lag',
      'slow',
      'dead-letters',
    ]);
    expect(kinds([report('waste', { handlers: { lagEvents: 999 } })])).toEqual([]);
  });

  it('puts what is down before what asks for somebody', () => {
    const full = report('gateway', { deadLetters: 1, ready: false, storage: { ...storage, full: true } });
    expect(kinds([full])[0]).toBe('disk-full');
  });
});

describe('the last backup', () => {
  it.each([
    ['25 hours old', { ...storage, lastBackup: { atMs: now - 25 * hour, bytes: 1 } }, []],
    ['27 hours old', { ...storage, lastBackup: { atMs: now - 27 * hour, bytes: 1 } }, ['old-backup']],
    ['none, in a city of one day', { ...storage, sinceMs: now - 24 * hour }, []],
    ['none, in an older city', { ...storage, sinceMs: now - 27 * hour }, ['no-backup']],
  ])('%s', (_, known, expected) => {
    expect(kinds([report('gateway', { storage: known })])).toEqual(expected);
  });
});

describe('event to screen', () => {
  it('counts the screens of every gateway that is heard, by the slowest of them', () => {
    const live = (screens: number, p99Ms?: number) => ({
      screens,
      ...(p99Ms !== undefined && { eventToScreenP99Ms: p99Ms }),
    });
    const reports = new Map([
      ...heard([report('gateway', { live: live(2, 40) }), report('gateway', { instanceId: 'b', live: live(3, 90) })]),
      ...heard([report('gateway', { instanceId: 'c', live: live(50, 9000) })], freshForMs + 1),
    ]);
    expect(sumLive(servicesAt(reports, now))).toEqual({ screens: 5, gateways: 2, p99Ms: 90, heardMs: now - 2000 });
    expect(sumLive(servicesAt(heard([report('gateway', { live: live(1) })]), now))).not.toHaveProperty('p99Ms');
  });
});
