import { Fault, parse } from '@siaga/contracts';
import {
  booleanOf,
  deviceTimeMs,
  jsonOf,
  listOf,
  numberOf,
  numberOfText,
  paramsOf,
  type DeviceRequest,
} from '@siaga/identity';
import { z } from 'zod';
import { kphFromKnots, kphFromMps, readEach, readingOf, type Reading } from './reading.ts';

/** Whether a request speaks the new JSON form; its refusals differ from those of the parameter form. */
export const speaksJson = (request: DeviceRequest): boolean => request.contentType.includes('json');

/**
 * OsmAnd and Traccar Client. Parameters (query or form): `speed` in knots. JSON: `speed` in m/s, −1 for unknown,
 * `battery.level` 0 to 1. Wire facts: Traccar's OsmAnd protocol, https://www.traccar.org/osmand/
 */
export function readOsmand(request: DeviceRequest): readonly Reading[] {
  if (speaksJson(request)) return readJson(request);
  const text = request.query === '' ? request.body.toString('utf8') : request.query;
  return [readParams(paramsOf(text), text, request.receivedAtMs)];
}

function readParams(params: URLSearchParams, raw: string, receivedAtMs: number): Reading {
  const deviceId = params.get('id') ?? params.get('deviceid');
  if (deviceId === null) throw new Fault('invalid', 'id is missing');
  const timestamp = params.get('timestamp');
  const number = (name: string) => numberOfText(params.get(name));
  const flag = (name: string) => flagOf(params.get(name));
  const [lat, lng] = params.has('location')
    ? (params.get('location') ?? '').split(',').map((part) => numberOfText(part) ?? Number.NaN)
    : [number('lat'), number('lon')];
  return readingOf(
    deviceId,
    {
      atMs: timestamp === null ? receivedAtMs : deviceTimeMs(timestamp),
      lat,
      lng,
      speedKph: kphFromKnots(number('speed')),
      headingDeg: number('bearing') ?? number('heading'),
      altitudeM: number('altitude'),
      accuracyM: number('accuracy'),
      batteryPercent: number('batt'),
      ignition: flag('ignition'),
      alarms: params.get('alarm')?.split(','),
      valid: flag('valid'),
      mock: flag('mock'),
    },
    raw,
  );
}

function flagOf(text: string | null): boolean | undefined {
  return text === null ? undefined : text === '1' || text.toLowerCase() === 'true';
}

const Message = z.object({ device_id: z.unknown().optional(), location: z.unknown() });

const Location = z.object({
  timestamp: z.union([z.string(), z.number()]).nullish(),
  coords: z
    .object({
      latitude: z.unknown().optional(),
      longitude: z.unknown().optional(),
      accuracy: z.unknown().optional(),
      speed: z.unknown().optional(),
      heading: z.unknown().optional(),
      altitude: z.unknown().optional(),
    })
    .default({}),
  battery: z.object({ level: z.unknown().optional() }).nullish(),
  mock: z.unknown().optional(),
  extras: z.object({ alarm: z.string() }).partial().nullish().catch(undefined),
});

function readJson(request: DeviceRequest): readonly Reading[] {
  const message = parse(Message, jsonOf(request.body), 'message');
  return readEach(
    listOf(message.location).map((item) => {
      const raw = JSON.stringify({ location: item, device_id: message.device_id });
      const read = () => [readLocation(item, { deviceId: message.device_id, raw, receivedAtMs: request.receivedAtMs })];
      return { deviceId: message.device_id, raw, read };
    }),
  );
}

interface Envelope {
  deviceId: unknown;
  raw: string;
  receivedAtMs: number;
}

function readLocation(item: unknown, { deviceId, raw, receivedAtMs }: Envelope): Reading {
  const { timestamp, coords, battery, mock, extras } = parse(Location, item, 'location');
  const level = numberOf(battery?.level);
  return readingOf(
    deviceId,
    {
      atMs: timestamp === undefined || timestamp === null ? receivedAtMs : deviceTimeMs(timestamp),
      lat: numberOf(coords.latitude),
      lng: numberOf(coords.longitude),
      speedKph: kphFromMps(numberOf(coords.speed)),
      headingDeg: numberOf(coords.heading),
      altitudeM: numberOf(coords.altitude),
      accuracyM: numberOf(coords.accuracy),
      batteryPercent: level === undefined ? undefined : level * 100,
      alarms: extras?.alarm?.split(','),
      mock: booleanOf(mock),
    },
    raw,
  );
}
