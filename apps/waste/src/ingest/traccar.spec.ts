import { describe, expect, it } from '@jest/globals';
import { Fault } from '@siaga/contracts';
import { readTraccar } from './traccar.ts';

const read = (body: unknown) =>
  readTraccar({
    query: '',
    contentType: 'application/json; charset=utf-8',
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    receivedAtMs: 0,
  });

const forwarded = {
  position: {
    id: 0,
    attributes: { ignition: true, batteryLevel: 87, alarm: 'sos,overspeed', totalDistance: 12345.6, hours: 3600000 },
    deviceId: 7,
    protocol: 'gt06',
    serverTime: '2026-01-15T03:04:06.001+00:00',
    deviceTime: '2026-01-15T03:04:05.000+00:00',
    fixTime: '2026-01-15T03:04:05.000+00:00',
    valid: true,
    latitude: -7.747,
    longitude: 113.216,
    altitude: 12.0,
    speed: 19.44,
    course: 90.0,
    address: null,
    accuracy: 0.0,
    network: null,
    geofenceIds: null,
  },
  device: {
    id: 7,
    attributes: {},
    groupId: 0,
    name: 'DLH-01',
    uniqueId: '864717003283581',
    status: 'online',
    phone: null,
    category: 'truck',
    disabled: false,
  },
};
const position = {
  atMs: Date.UTC(2026, 0, 15, 3, 4, 5),
  lat: -7.747,
  lng: 113.216,
  speedKph: 36,
  headingDeg: 90,
  altitudeM: 12,
  batteryPercent: 87,
  ignition: true,
  alarms: ['sos', 'overspeed'],
  valid: true,
  mock: false,
};
const withPosition = (over: object) => ({ ...forwarded, position: { ...forwarded.position, ...over } });

describe('positions a Traccar server forwards', () => {
  it('reads one, speed in knots, several alarms, accuracy 0 as unknown', () => {
    expect(read(forwarded)).toEqual([{ deviceId: '864717003283581', raw: JSON.stringify(forwarded), position }]);
  });

  it('reads a batch of positions and events, each by itself', () => {
    const batch = [
      forwarded,
      withPosition({ latitude: 'x' }),
      { event: { type: 'deviceOnline' }, device: forwarded.device },
    ];
    expect(read(batch)).toMatchObject([{ position }, { refused: { reason: 'malformed' } }]);
  });

  it('refuses what has a wrong shape by itself and takes its neighbours', () => {
    const batch = [forwarded, withPosition({ attributes: [1] }), null, forwarded];
    expect(read(batch)).toMatchObject([
      { position },
      {
        deviceId: '864717003283581',
        refused: { reason: 'malformed', detail: 'bentuk laporan tidak sah: position.attributes' },
      },
      { deviceId: '\uFFFD', refused: { reason: 'malformed', detail: 'id perangkat tidak sah' } },
      { position },
    ]);
  });

  it('tells a position without a satellite fix and a time that is none', () => {
    expect(read(withPosition({ valid: false }))).toMatchObject([{ position: { valid: false } }]);
    expect(read(withPosition({ fixTime: null }))).toMatchObject([{ refused: { reason: 'malformed' } }]);
  });

  it('tells a message without a position', () => {
    expect(read({ device: forwarded.device })).toMatchObject([{ refused: { reason: 'no-position' } }]);
  });

  it('refuses more than 100 at once', () => {
    expect(() => read(Array(101).fill(forwarded))).toThrow(expect.objectContaining({ kind: 'too-large' }));
  });

  it.each([
    ['bad JSON', '{"position":'],
    ['no device', { position: forwarded.position }],
    ['an operator for a device', { ...forwarded, device: { uniqueId: { $gt: '' } } }],
    ['depth', `{"device":{"uniqueId":"1"},"position":{"attributes":{"x":${'['.repeat(50_000)}${']'.repeat(50_000)}}}}`],
    ['a prototype key', '{"device":{"uniqueId":"1"},"position":{"attributes":{"__proto__":{}}}}'],
    ['a query operator as a key', withPosition({ attributes: { $where: '1' } })],
  ])('refuses %s', (_, body) => {
    expect(() => read(body)).toThrow(Fault);
  });
});

describe('events a Traccar server forwards', () => {
  const event = {
    id: 0,
    attributes: { alarm: 'powerCut' },
    deviceId: 7,
    type: 'alarm',
    eventTime: '2026-01-15T03:04:05.000+00:00',
    positionId: 0,
    geofenceId: 0,
    maintenanceId: 0,
  };

  it('reads the position under an event, with the event’s alarm', () => {
    expect(read({ event, ...withPosition({ attributes: {} }) })).toMatchObject([
      { deviceId: '864717003283581', position: { atMs: position.atMs, alarms: ['powerCut'] } },
    ]);
  });

  it('has nothing to take from an event without a position', () => {
    expect(read({ event: { ...event, type: 'deviceOffline', attributes: {} }, device: forwarded.device })).toEqual([]);
  });
});
