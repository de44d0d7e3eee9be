import { describe, expect, it } from '@jest/globals';
import { DeviceId, Fault } from '@siaga/contracts';
import { readOwnTracks } from './owntracks.ts';

const read = (body: unknown) =>
  readOwnTracks({
    query: '',
    contentType: 'application/json',
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    receivedAtMs: 0,
  });

const location = {
  _type: 'location',
  topic: 'owntracks/dlh/hp-07',
  tid: '07',
  tst: 1768446245,
  lat: -7.747,
  lon: 113.216,
  acc: 8,
  vel: 36,
  cog: 90,
  alt: 12,
  batt: 64,
  t: 'u',
};

describe('OwnTracks', () => {
  it('reads a location, speed in km/h, device by topic', () => {
    expect(read(location)).toEqual([
      {
        deviceId: 'owntracks/dlh/hp-07',
        raw: JSON.stringify(location),
        position: {
          atMs: Date.UTC(2026, 0, 15, 3, 4, 5),
          lat: -7.747,
          lng: 113.216,
          speedKph: 36,
          headingDeg: 90,
          altitudeM: 12,
          accuracyM: 8,
          batteryPercent: 64,
          valid: true,
          mock: false,
        },
      },
    ]);
  });

  it('takes tid where there is no topic', () => {
    expect(read({ ...location, topic: undefined })).toMatchObject([{ deviceId: '07' }]);
  });

  it.each([
    'lwt',
    'transition',
    'waypoint',
    'waypoints',
    'status',
    'card',
    'cmd',
    'steps',
    'beacon',
    'encrypted',
    'request',
  ])('has nothing to take from %s', (_type) => {
    expect(read({ _type, tid: '07' })).toEqual([]);
  });

  it('has nothing to take from an empty body', () => {
    expect(read('')).toEqual([]);
  });

  it.each([
    [{ tst: undefined }, 'malformed'],
    [{ lat: 'NaN' }, 'malformed'],
    [{ lat: undefined, lon: undefined }, 'no-position'],
  ])('refuses a location with %p as %s', (over, reason) => {
    expect(read({ ...location, ...over })).toMatchObject([{ refused: { reason } }]);
  });

  it('refuses a location whose topic cannot be by itself, under a legible name, and takes its neighbours', () => {
    const taken = { deviceId: location.topic, position: { lat: -7.747 } };
    expect(read([location, { ...location, topic: 'owntracks/a\u0000b' }, location])).toMatchObject([
      taken,
      {
        deviceId: 'owntracks/a\uFFFDb\uFFFD',
        refused: { reason: 'malformed', detail: 'id perangkat tidak sah' },
      },
      taken,
    ]);
  });

  it.each([' '.repeat(200), 'x'.repeat(300), '😀'.repeat(80), '', 7])(
    'has a device id to show for topic %j',
    (topic) => {
      const [, refused] = read([location, { ...location, topic }]);
      expect(DeviceId.parse(refused?.deviceId)).toBe(refused?.deviceId);
    },
  );

  it.each([
    ['bad JSON', '{'],
    ['no _type', { lat: 1 }],
    ['depth', `{"_type":"location","topic":"x","x":${'['.repeat(20_000)}${']'.repeat(20_000)}}`],
    ['no device', { ...location, topic: undefined, tid: undefined }],
    ['an operator for a device', { ...location, topic: { $gt: '' } }],
  ])('answers %s with a fault', (_, body) => {
    expect(() => read(body)).toThrow(Fault);
  });
});
