import { Fault, parse } from '@siaga/contracts';
import { deviceTimeMs, jsonOf, listOf, numberOf, type DeviceRequest } from '@siaga/identity';
import { z } from 'zod';
import { readEach, readingOf, type Reading } from './reading.ts';

const Message = z.object({
  _type: z.string(),
  topic: z.string().optional(),
  tid: z.string().optional(),
  tst: z.union([z.string(), z.number()]).optional(),
  lat: z.unknown().optional(),
  lon: z.unknown().optional(),
  vel: z.unknown().optional(),
  cog: z.unknown().optional(),
  alt: z.unknown().optional(),
  acc: z.unknown().optional(),
  batt: z.unknown().optional(),
});

/**
 * OwnTracks over HTTP. Only `_type: location` holds a position, with `vel` in km/h; every other message is none of our
 * business and comes to nothing, as does an empty body (a friend deleted in the app).
 * https://owntracks.org/booklet/tech/json/
 */
export function readOwnTracks(request: DeviceRequest): readonly Reading[] {
  if (request.body.length === 0) return [];
  return readEach(
    listOf(jsonOf(request.body)).map((item) => {
      const raw = JSON.stringify(item);
      return { deviceId: deviceIdOf(item), raw, read: () => readMessage(item, raw) };
    }),
  );
}

const Sender = z.object({ topic: z.unknown().optional(), tid: z.unknown().optional() }).catch({});

function deviceIdOf(item: unknown): unknown {
  const { topic, tid } = Sender.parse(item);
  return topic ?? tid;
}

function readMessage(item: unknown, raw: string): readonly Reading[] {
  const message = parse(Message, item, 'message');
  if (message._type !== 'location') return [];
  const deviceId = message.topic ?? message.tid;
  if (deviceId === undefined) throw new Fault('invalid', 'topic and tid are missing');
  return [
    readingOf(
      deviceId,
      {
        atMs: message.tst === undefined ? undefined : deviceTimeMs(message.tst),
        lat: numberOf(message.lat),
        lng: numberOf(message.lon),
        speedKph: numberOf(message.vel),
        headingDeg: numberOf(message.cog),
        altitudeM: numberOf(message.alt),
        accuracyM: numberOf(message.acc),
        batteryPercent: numberOf(message.batt),
      },
      raw,
    ),
  ];
}
