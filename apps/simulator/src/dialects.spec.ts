import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { wires } from './dialects.ts';
import type { Reading } from './reading.ts';

/** A fix near the station, 36 km/h to the east: the one of the wire vectors. */
const fix: Reading = {
  atMs: Date.parse('2026-01-15T03:04:05Z'),
  lat: -7.747,
  lng: 113.216,
  speedKph: 36,
  headingDeg: 90,
  altitudeM: 12,
  accuracyM: 5,
  batteryPercent: 90,
  ignition: true,
};

const anyFix = fc.record<Reading>({
  atMs: fc.integer({ min: 1_700_000_000, max: 1_900_000_000 }).map((seconds) => seconds * 1000),
  lat: fc.integer({ min: -7_830_000, max: -7_720_000 }).map((micro) => micro / 1e6),
  lng: fc.integer({ min: 113_160_000, max: 113_245_000 }).map((micro) => micro / 1e6),
  speedKph: fc.integer({ min: 0, max: 400 }).map((tenths) => tenths / 10),
  headingDeg: fc.integer({ min: 0, max: 359 }),
  altitudeM: fc.integer({ min: 0, max: 20 }),
  accuracyM: fc.integer({ min: 3, max: 20 }),
  batteryPercent: fc.integer({ min: 1, max: 100 }),
  ignition: fc.boolean(),
});

describe('OsmAnd parameters', () => {
  it('are what Traccar Client sends: knots, epoch seconds', () => {
    expect(wires['osmand-query'].message('123456', [fix])).toEqual({
      method: 'GET',
      path: '/ingest/osmand?id=123456&timestamp=1768446245&lat=-7.747&lon=113.216&speed=19.4384&bearing=90&altitude=12&accuracy=5&batt=90',
    });
  });

  it('go in the body of a form just the same', () => {
    const query = wires['osmand-query'].message('123456', [fix]).path.split('?')[1];
    expect(wires['osmand-form'].message('123456', [fix])).toEqual({
      method: 'POST',
      path: '/ingest/osmand',
      contentType: 'application/x-www-form-urlencoded',
      body: query,
    });
  });

  it('read back as the same fix', () => {
    fc.assert(
      fc.property(anyFix, (reading) => {
        const params = new URLSearchParams(wires['osmand-query'].message('a b&c', [reading]).path.split('?')[1]);
        const number = (name: string) => Number(params.get(name));
        expect(params.get('id')).toBe('a b&c');
        expect(number('timestamp') * 1000).toBe(reading.atMs);
        expect([number('lat'), number('lon'), number('batt')]).toEqual([
          reading.lat,
          reading.lng,
          reading.batteryPercent,
        ]);
        expect(number('speed') * 1.852).toBeCloseTo(reading.speedKph, 3);
      }),
    );
  });
});

describe('OsmAnd JSON', () => {
  it('is what the new Traccar Client posts: m/s, battery from 0 to 1, ISO time', () => {
    const message = wires['osmand-json'].message('48241179', [fix]);
    expect([message.method, message.path, message.contentType]).toEqual(['POST', '/ingest/osmand', 'application/json']);
    expect(JSON.parse(message.body!)).toMatchObject({
      location: {
        timestamp: '2026-01-15T03:04:05.000Z',
        coords: { latitude: -7.747, longitude: 113.216, accuracy: 5, speed: 10, heading: 90, altitude: 12 },
        is_moving: true,
        battery: { level: 0.9 },
        mock: false,
      },
      device_id: '48241179',
    });
  });
});

describe('OwnTracks', () => {
  it('is a location message: km/h, epoch seconds, topic first', () => {
    expect(JSON.parse(wires.owntracks.message('owntracks/dlh/sim-08', [fix]).body!)).toEqual({
      _type: 'location',
      topic: 'owntracks/dlh/sim-08',
      tid: '08',
      t: 'u',
      tst: 1768446245,
      lat: -7.747,
      lon: 113.216,
      acc: 5,
      alt: 12,
      vel: 36,
      cog: 90,
      batt: 90,
    });
  });
});

describe('Traccar forward', () => {
  it('is position and device: knots, +00:00, position id 0', () => {
    const { body } = wires.traccar.message('000000000000004', [fix]);
    expect(JSON.parse(body!)).toMatchObject({
      position: {
        id: 0,
        protocol: 'gt06',
        fixTime: '2026-01-15T03:04:05.000+00:00',
        valid: true,
        latitude: -7.747,
        longitude: 113.216,
        speed: 19.4384,
        course: 90,
        attributes: { ignition: true, batteryLevel: 90 },
      },
      device: { uniqueId: '000000000000004', category: 'truck' },
    });
  });

  it('holds several positions as a list', () => {
    const later = { ...fix, atMs: fix.atMs + 10_000 };
    const list = JSON.parse(wires.traccar.message('000000000000004', [fix, later]).body!) as unknown[];
    expect(list).toHaveLength(2);
    expect(list[1]).toMatchObject({ position: { fixTime: '2026-01-15T03:04:15.000+00:00' } });
  });
});
