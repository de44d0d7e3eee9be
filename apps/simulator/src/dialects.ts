import type { Dialect } from './fleet.ts';
import type { Reading } from './reading.ts';

/** One HTTP request of a device, path below the gateway. */
export interface Message {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly contentType?: string;
  readonly body?: string;
}

/** How a kind of device puts readings on the wire. */
export interface Wire {
  /** Most readings one request may carry. */
  readonly batch: number;
  message(deviceId: string, readings: readonly Reading[]): Message;
}

const KPH_PER_KNOT = 1.852;
const JSON_TYPE = 'application/json';

/** The wire form of each dialect; the facts and their sources are in the design page `interop.md` §2.1. */
export const wires: Readonly<Record<Dialect, Wire>> = {
  'osmand-query': {
    batch: 1,
    message: (deviceId, readings) => ({
      method: 'GET',
      path: `/ingest/osmand?${osmandParams(deviceId, readings)}`,
    }),
  },
  'osmand-form': {
    batch: 1,
    message: (deviceId, readings) => ({
      method: 'POST',
      path: '/ingest/osmand',
      contentType: 'application/x-www-form-urlencoded',
      body: osmandParams(deviceId, readings),
    }),
  },
  'osmand-json': {
    batch: 1,
    message: (deviceId, [reading]) => ({
      method: 'POST',
      path: '/ingest/osmand',
      contentType: JSON_TYPE,
      body: JSON.stringify({ location: reading && osmandLocation(reading), device_id: deviceId }),
    }),
  },
  owntracks: {
    batch: 1,
    message: (deviceId, [reading]) => ({
      method: 'POST',
      path: '/ingest/owntracks',
      contentType: JSON_TYPE,
      body: JSON.stringify(reading && ownTracksLocation(deviceId, reading)),
    }),
  },
  traccar: {
    batch: 50,
    message: (deviceId, readings) => {
      const messages = readings.map((reading) => traccarForward(deviceId, reading));
      return {
        method: 'POST',
        path: '/ingest/traccar',
        contentType: JSON_TYPE,
        body: JSON.stringify(messages.length === 1 ? messages[0] : messages),
      };
    },
  },
};

/** Speed in knots, time in epoch seconds. */
function osmandParams(deviceId: string, [reading]: readonly Reading[]): string {
  if (reading === undefined) return '';
  return new URLSearchParams({
    id: deviceId,
    timestamp: String(reading.atMs / 1000),
    lat: String(reading.lat),
    lon: String(reading.lng),
    speed: (reading.speedKph / KPH_PER_KNOT).toFixed(4),
    bearing: String(reading.headingDeg),
    altitude: String(reading.altitudeM),
    accuracy: String(reading.accuracyM),
    batt: String(reading.batteryPercent),
  }).toString();
}

/** Speed in m/s, battery from 0 to 1. */
function osmandLocation(reading: Reading): object {
  return {
    timestamp: new Date(reading.atMs).toISOString(),
    coords: {
      latitude: reading.lat,
      longitude: reading.lng,
      accuracy: reading.accuracyM,
      speed: Number((reading.speedKph / 3.6).toFixed(4)),
      heading: reading.headingDeg,
      altitude: reading.altitudeM,
    },
    is_moving: reading.speedKph > 0,
    event: 'motionchange',
    battery: { level: reading.batteryPercent / 100, is_charging: reading.ignition },
    activity: { type: reading.speedKph > 0 ? 'in_vehicle' : 'still' },
    mock: false,
    extras: {},
  };
}

/** Speed in whole km/h, time in epoch seconds. */
function ownTracksLocation(topic: string, reading: Reading): object {
  return {
    _type: 'location',
    topic,
    tid: topic.slice(-2),
    t: 'u',
    tst: reading.atMs / 1000,
    lat: reading.lat,
    lon: reading.lng,
    acc: reading.accuracyM,
    alt: reading.altitudeM,
    vel: Math.round(reading.speedKph),
    cog: reading.headingDeg,
    batt: reading.batteryPercent,
  };
}

/** As a Traccar server forwards it: speed in knots, `+00:00` for Z, `position.id` always 0. */
function traccarForward(uniqueId: string, reading: Reading): object {
  const time = new Date(reading.atMs).toISOString().replace('Z', '+00:00');
  return {
    position: {
      id: 0,
      attributes: { ignition: reading.ignition, batteryLevel: reading.batteryPercent, motion: reading.speedKph > 0 },
      deviceId: Number(uniqueId.slice(-2)),
      protocol: 'gt06',
      serverTime: time,
      deviceTime: time,
      fixTime: time,
      valid: true,
      latitude: reading.lat,
      longitude: reading.lng,
      altitude: reading.altitudeM,
      speed: Number((reading.speedKph / KPH_PER_KNOT).toFixed(4)),
      course: reading.headingDeg,
      address: null,
      accuracy: 0,
      network: null,
      geofenceIds: null,
    },
    device: {
      id: Number(uniqueId.slice(-2)),
      attributes: {},
      groupId: 0,
      calendarId: 0,
      name: `SIM ${uniqueId.slice(-2)}`,
      uniqueId,
      status: 'online',
      lastUpdate: time,
      positionId: 0,
      phone: null,
      model: null,
      contact: null,
      category: 'truck',
      disabled: false,
      expirationTime: null,
    },
  };
}
