import { parse } from '@siaga/contracts';
import { booleanOf, deviceTimeMs, jsonOf, listOf, numberOf, type DeviceRequest } from '@siaga/identity';
import { z } from 'zod';
import { kphFromKnots, readEach, readingOf, type Reading } from './reading.ts';

const Attributes = z.record(z.string(), z.unknown()).nullish();

const Position = z.object({
  fixTime: z.union([z.string(), z.number()]).nullish(),
  valid: z.unknown().optional(),
  latitude: z.unknown().optional(),
  longitude: z.unknown().optional(),
  altitude: z.unknown().optional(),
  speed: z.unknown().optional(),
  course: z.unknown().optional(),
  accuracy: z.unknown().optional(),
  attributes: Attributes,
});

const Message = z.object({
  position: Position.nullish(),
  event: z.object({ type: z.string(), attributes: Attributes }).nullish(),
  device: z.object({ uniqueId: z.string() }),
});

/**
 * What a Traccar server forwards (`forward.type=json`, `event.forward.type=json`), one message or a list of them.
 * `speed` is in knots; `position.id` is always 0 and says nothing. An event without a position (a device went offline)
 * comes to nothing. https://www.traccar.org/forward/
 */
export function readTraccar(request: DeviceRequest): readonly Reading[] {
  return readEach(
    listOf(jsonOf(request.body)).map((item) => {
      const raw = JSON.stringify(item);
      return { deviceId: Sender.parse(item).device?.uniqueId, raw, read: () => readMessage(item, raw) };
    }),
  );
}

const Sender = z.object({ device: z.object({ uniqueId: z.unknown().optional() }).optional() }).catch({});

function readMessage(item: unknown, raw: string): readonly Reading[] {
  const { position, event, device } = parse(Message, item, 'message');
  if (!position) return event ? [] : [readingOf(device.uniqueId, nowhere, raw)];
  const accuracyM = numberOf(position.accuracy);
  return [
    readingOf(
      device.uniqueId,
      {
        atMs: position.fixTime === undefined || position.fixTime === null ? undefined : deviceTimeMs(position.fixTime),
        lat: numberOf(position.latitude),
        lng: numberOf(position.longitude),
        speedKph: kphFromKnots(numberOf(position.speed)),
        headingDeg: numberOf(position.course),
        altitudeM: numberOf(position.altitude),
        // 0 is how Traccar says that the tracker gave none
        accuracyM: accuracyM === 0 ? undefined : accuracyM,
        batteryPercent: numberOf(position.attributes?.['batteryLevel']),
        ignition: booleanOf(position.attributes?.['ignition']),
        alarms: [...codesOf(position.attributes?.['alarm']), ...codesOf(event?.attributes?.['alarm'])],
        valid: booleanOf(position.valid),
      },
      raw,
    ),
  ];
}

const nowhere = { atMs: undefined, lat: undefined, lng: undefined };

/** Alarm codes come joined by commas. */
function codesOf(alarm: unknown): readonly string[] {
  return typeof alarm === 'string' ? alarm.split(',') : [];
}
