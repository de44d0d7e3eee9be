import { describe, expect, it } from '@jest/globals';
import { Fault } from '@siaga/contracts';
import type { DeviceRequest } from '@siaga/identity';
import { readOsmand } from './osmand.ts';

const receivedAtMs = Date.UTC(2026, 0, 15, 3, 4, 6);
const get = (query: string): DeviceRequest => ({ query, contentType: '', body: Buffer.alloc(0), receivedAtMs });
const form = (body: string): DeviceRequest => ({
  query: '',
  contentType: 'application/x-www-form-urlencoded',
  body: Buffer.from(body),
  receivedAtMs,
});
const json = (body: unknown): DeviceRequest => ({
  query: '',
  contentType: 'application/json; charset=utf-8',
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  receivedAtMs,
});

describe('OsmAnd parameters', () => {
  const vector = 'id=123456&timestamp=1377177267&lat=60.0&lon=30.0&speed=0.0&bearing=0.0&altitude=0&hdop=0.0';
  const read = {
    deviceId: '123456',
    position: {
      atMs: 1377177267000,
      lat: 60,
      lng: 30,
      speedKph: 0,
      headingDeg: 0,
      altitudeM: 0,
      valid: true,
      mock: false,
    },
  };

  it('reads the vector of Traccar’s own test, as query and as form', () => {
    expect(readOsmand(get(vector))).toEqual([{ ...read, raw: vector }]);
    expect(readOsmand(form(vector))).toEqual([{ ...read, raw: vector }]);
  });

  it('refuses the vector without id', () => {
    expect(() => readOsmand(get('timestamp=1377177267&lat=60.0&lon=30.0'))).toThrow(Fault);
  });

  it('takes speed for knots', () => {
    expect(readOsmand(get('id=1&lat=-7.747&lon=113.216&speed=19.44'))).toMatchObject([{ position: { speedKph: 36 } }]);
  });

  it.each([
    ['deviceid for id', 'deviceid=1&lat=1&lon=2', { lat: 1, lng: 2 }],
    ['location=lat,lon', 'id=1&location=-7.747,113.216', { lat: -7.747, lng: 113.216 }],
    ['heading for bearing', 'id=1&lat=1&lon=2&heading=90', { headingDeg: 90 }],
    ['360 degrees as north', 'id=1&lat=1&lon=2&bearing=360', { headingDeg: 0 }],
    ['no timestamp as now', 'id=1&lat=1&lon=2', { atMs: receivedAtMs }],
    ['a written timestamp', 'id=1&lat=1&lon=2&timestamp=2026-01-15%2003:04:05', { atMs: receivedAtMs - 1000 }],
    ['battery and accuracy', 'id=1&lat=1&lon=2&batt=87.5&accuracy=4.2', { batteryPercent: 87.5, accuracyM: 4.2 }],
    ['valid=false', 'id=1&lat=1&lon=2&valid=false', { valid: false }],
    ['valid=1', 'id=1&lat=1&lon=2&valid=1', { valid: true }],
    ['alarm and ignition', 'id=1&lat=1&lon=2&alarm=sos&ignition=true', { alarms: ['sos'], ignition: true }],
    ['mock', 'id=1&lat=1&lon=2&mock=true', { mock: true }],
    ['network keys it does not use', 'id=1&lat=1&lon=2&cell=510,10,1,2&wifi=00-11,-60&anything=x', { lat: 1 }],
  ])('reads %s', (_, query, position) => {
    expect(readOsmand(get(query))).toMatchObject([{ deviceId: '1', position }]);
  });

  it.each(['speed=-1', 'speed=fast', 'bearing=-1', 'batt=-1', 'accuracy=-1', 'altitude=1e9'])(
    'leaves out the unknown %s and keeps the position',
    (extra) => {
      expect(readOsmand(get(`id=1&lat=1&lon=2&timestamp=1377177267&${extra}`))).toEqual([
        {
          deviceId: '1',
          raw: expect.any(String),
          position: { atMs: 1377177267000, lat: 1, lng: 2, valid: true, mock: false },
        },
      ]);
    },
  );

  it.each([
    'lat=NaN&lon=2',
    'lat=1',
    'lat=91&lon=2',
    'lat=1&lon=-181',
    'lat=0x10&lon=2',
    'location=1',
    'lat=1&lon=2&timestamp=soon',
  ])('takes %s for malformed', (rest) => {
    expect(readOsmand(get(`id=1&${rest}`))).toMatchObject([{ refused: { reason: 'malformed' } }]);
  });

  it('tells a report without a position', () => {
    expect(readOsmand(get('id=1&batt=50'))).toMatchObject([{ refused: { reason: 'no-position' } }]);
  });

  it.each([
    'id[$ne]=1',
    'id=1&lat[$gt]=0&lon=2',
    '__proto__=1&id=1',
    'id=1&constructor=x',
    'id=&lat=1&lon=2',
    'id=%00&lat=1&lon=2',
  ])('refuses %s', (query) => {
    expect(() => readOsmand(get(query))).toThrow(Fault);
  });

  it('keeps no push token in the raw message', () => {
    const [reading] = readOsmand(get('id=1&notificationToken=abc:def&lat=1&lon=2'));
    expect(reading?.raw).toBe('id=1&notificationToken=•••&lat=1&lon=2');
  });
});

describe('OsmAnd JSON', () => {
  const coords = { latitude: -7.747, longitude: 113.216, accuracy: 5, speed: 10, heading: 90, altitude: 12 };
  const location = {
    timestamp: '2026-01-15T03:04:05.000Z',
    coords,
    is_moving: true,
    odometer: 1200,
    event: 'motionchange',
    battery: { level: 0.9, is_charging: false },
    activity: { type: 'in_vehicle' },
    mock: false,
    extras: {},
  };
  const position = {
    atMs: Date.UTC(2026, 0, 15, 3, 4, 5),
    lat: -7.747,
    lng: 113.216,
    speedKph: 36,
    headingDeg: 90,
    altitudeM: 12,
    accuracyM: 5,
    batteryPercent: 90,
    valid: true,
    mock: false,
  };

  it('reads the message of Traccar Client, speed in m/s', () => {
    expect(readOsmand(json({ location, device_id: '48241179' }))).toEqual([
      { deviceId: '48241179', position, raw: expect.stringContaining('"latitude":-7.747') },
    ]);
  });

  it('takes −1 for unknown speed, heading and battery', () => {
    const unknown = { ...location, coords: { ...coords, speed: -1, heading: -1 }, battery: { level: -1 } };
    expect(readOsmand(json({ location: unknown, device_id: '1' }))).toMatchObject([
      { position: { ...position, speedKph: undefined, headingDeg: undefined, batteryPercent: undefined } },
    ]);
  });

  it('reads a batch, each position by itself', () => {
    const batch = [
      location,
      { ...location, coords: { ...coords, latitude: 'NaN' } },
      { timestamp: location.timestamp },
    ];
    expect(readOsmand(json({ location: batch, device_id: '1' }))).toMatchObject([
      { position },
      { refused: { reason: 'malformed' } },
      { refused: { reason: 'no-position' } },
    ]);
  });

  it.each([{ coords: null }, { coords: 1 }, { battery: 'full' }, { timestamp: {} }])(
    'refuses a location with %p by itself and takes its neighbours',
    (over) => {
      const batch = [location, { ...location, ...over }, location];
      expect(readOsmand(json({ location: batch, device_id: '1' }))).toMatchObject([
        { position },
        {
          deviceId: '1',
          refused: { reason: 'malformed', detail: `bentuk laporan tidak sah: ${Object.keys(over)[0]!}` },
        },
        { position },
      ]);
    },
  );

  it('tells a made-up position and an SOS', () => {
    expect(
      readOsmand(json({ location: { ...location, mock: true, extras: { alarm: 'sos' } }, device_id: '1' })),
    ).toMatchObject([{ position: { mock: true, alarms: ['sos'] } }]);
  });

  it.each([
    ['bad JSON', '{"location":'],
    ['NaN', '{"device_id":"1","location":{"coords":{"latitude":NaN}}}'],
    ['no device', { location }],
    ['an operator for a device', { location, device_id: { $ne: null } }],
    ['a prototype key', '{"device_id":"1","location":{"__proto__":{"mock":false}}}'],
    ['a prototype key in disguise', '{"device_id":"1","location":{"\\u005f_proto__":{"mock":false}}}'],
    ['a list for a message', '[]'],
    ['nothing', ''],
    ['depth', '['.repeat(100_000) + ']'.repeat(100_000)],
  ])('refuses %s', (_, body) => {
    expect(() => readOsmand(json(body))).toThrow(Fault);
  });

  const nested = (levels: number) =>
    `{"device_id":"1","location":{"coords":{"latitude":1,"longitude":2},"extras":{"x":${'['.repeat(levels)}${']'.repeat(levels)}}}}`;

  it('bears 64 levels under the message and refuses what is nested deeper', () => {
    // location and extras are two of them
    expect(readOsmand(json(nested(62)))).toMatchObject([{ position: { lat: 1, lng: 2 } }]);
    for (const levels of [63, 20_000, 100_000])
      expect(() => readOsmand(json(nested(levels)))).toThrow(expect.objectContaining({ kind: 'invalid' }));
  });

  it('reads a body that begins with a byte order mark', () => {
    expect(readOsmand(json(`\uFEFF${JSON.stringify({ location, device_id: '1' })}`))).toMatchObject([{ position }]);
  });

  it('refuses more than 100 positions', () => {
    expect(() => readOsmand(json({ location: Array(101).fill(location), device_id: '1' }))).toThrow(
      expect.objectContaining({ kind: 'too-large' }),
    );
  });
});
