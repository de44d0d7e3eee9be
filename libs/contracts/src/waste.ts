import { z } from 'zod';
import { defineEvent, type DataOf } from './define-event.ts';
import { defineRoute } from './define-route.ts';
import { defineStream } from './define-stream.ts';
import { deviceSubject } from './device-credentials.ts';
import { deviceKey, DeviceId, DeviceProtocol, DeviceRef } from './device.ts';
import { ByImport, ImportQuery, ImportReport, ImportUndone, RegisterUpload } from './register-import.ts';
import {
  AccuracyM,
  AltitudeM,
  CityDay,
  EpochMs,
  HeadingDeg,
  label,
  Latitude,
  Longitude,
  pageOf,
  PageQuery,
  Percent,
  registerId,
  SpeedKph,
} from './shapes.ts';

export const TruckId = registerId('truckId');

/** Dump truck, arm roll (swaps containers), compactor, plain truck or pickup, three-wheeler (tossa). */
export const TruckKind = z.enum(['dump', 'armroll', 'compactor', 'pickup', 'tossa']);
export type TruckKind = z.infer<typeof TruckKind>;

/** A truck as DLH keeps it in its register. */
export const Truck = z.object({
  truckId: TruckId,
  /** Number plate, for example `N 8123 RP`. */
  plate: label(16),
  /** Nomor lambung, the number painted on the side. */
  hullNumber: label(16),
  kind: TruckKind,
  /** Payload the truck may carry, kilograms. */
  capacityKg: z.number().int().min(1).max(60_000),
  devices: z.array(DeviceRef).max(5).default([]),
});
export type Truck = z.infer<typeof Truck>;

/** A truck with what the register adds: its version (for If-Match), times, and whether it is simulated. */
export const RegisteredTruck = Truck.extend({
  version: z.number().int().min(1),
  exercise: z.boolean(),
  createdAtMs: EpochMs,
  changedAtMs: EpochMs,
});
export type RegisteredTruck = z.infer<typeof RegisteredTruck>;

/** One position as a device reported it, in our units. */
export const Fix = z.object({
  /** Same for every repeat of the same report, whichever way it comes: truck, time and place. */
  fixId: z.string().max(80),
  truckId: TruckId,
  protocol: DeviceProtocol,
  deviceId: DeviceId,
  /** Device's clock. */
  atMs: EpochMs,
  /** Our clock, when the door heard it. */
  receivedAtMs: EpochMs,
  lat: Latitude,
  lng: Longitude,
  speedKph: SpeedKph.optional(),
  headingDeg: HeadingDeg.optional(),
  altitudeM: AltitudeM.optional(),
  accuracyM: AccuracyM.optional(),
  batteryPercent: Percent.optional(),
  ignition: z.boolean().optional(),
  /** Alarm codes of the tracker, as Traccar names them. */
  alarms: z.array(z.string().max(40)).max(10).optional(),
});
export type Fix = z.infer<typeof Fix>;

/** What trackers said. Raw, so a screen gets it only on request. */
export const wasteFixes = defineStream({
  name: 'waste.fixes',
  delivery: 'every',
  partitions: 3,
  keepForDays: 30,
  onRequest: true,
});

/** A tracker reported a position and was answered with success. */
export const FixRecorded = defineEvent({
  name: 'waste.fix.recorded',
  summary: 'A tracker reported a position and was answered with success.',
  stream: wasteFixes,
  data: Fix,
  key: (fix) => fix.truckId,
  id: (fix) => fix.fixId,
  audience: ['dlh', 'command'],
});
export type FixRecorded = DataOf<typeof FixRecorded>;

export const wastePositions = defineStream({
  name: 'waste.positions',
  delivery: 'latest',
  partitions: 3,
  keepForDays: 30,
});

/** Where a waste truck is. Superseded by the next report from the same truck. */
export const TruckMoved = defineEvent({
  name: 'waste.truck.moved',
  summary: 'Where a waste truck is; superseded by the next report from the same truck.',
  stream: wastePositions,
  data: z.object({
    truckId: TruckId,
    /** min(device time, received time): a clock ahead never blocks later reports. */
    atMs: EpochMs,
    lat: Latitude,
    lng: Longitude,
    speedKph: SpeedKph.optional(),
    headingDeg: HeadingDeg.optional(),
    accuracyM: AccuracyM.optional(),
    batteryPercent: Percent.optional(),
    ignition: z.boolean().optional(),
    protocol: DeviceProtocol,
  }),
  key: (truck) => truck.truckId,
  id: (truck) => `${truck.truckId}@${String(truck.atMs)}`,
  version: (truck) => truck.atMs,
  where: (truck) => truck,
  freshForMs: 120_000,
  audience: ['dlh', 'command'],
});
export type TruckMoved = DataOf<typeof TruckMoved>;

export const wasteTrucks = defineStream({ name: 'waste.trucks', delivery: 'latest', keepForDays: 3650 });

/** What the register says of a truck, without its devices. A tombstone when it is taken out. */
export const TruckRegistered = defineEvent({
  name: 'waste.truck.registered',
  summary: 'What the register says of a truck; a tombstone when it is taken out.',
  stream: wasteTrucks,
  data: RegisteredTruck.omit({ devices: true }),
  key: (truck) => truck.truckId,
  id: (truck) => `${truck.truckId}#${String(truck.version)}@${String(truck.createdAtMs)}`,
  version: (truck) => truck.changedAtMs,
  audience: ['dlh', 'command'],
});
export type TruckRegistered = DataOf<typeof TruckRegistered>;

export const wasteDevices = defineStream({
  name: 'waste.devices',
  delivery: 'latest',
  keepForDays: 3650,
  onRequest: true,
});

/** Which truck a tracker rides on: what the doors look up for every report. A tombstone when it is taken off. */
export const DeviceAssigned = defineEvent({
  name: 'waste.device.assigned',
  summary: 'Which truck a tracker rides on; a tombstone when it is taken off.',
  stream: wasteDevices,
  data: DeviceRef.extend({ truckId: TruckId, exercise: z.boolean(), version: EpochMs }),
  key: deviceKey,
  version: (device) => device.version,
  audience: ['dlh'],
});
export type DeviceAssigned = DataOf<typeof DeviceAssigned>;

/** Why a report was not taken. Every refusal has one and is counted under it. */
export const RefusalReason = z.enum([
  'unknown-device',
  'unproven',
  'malformed',
  'no-position',
  'not-valid',
  'null-island',
  'clock-ahead',
  'too-old',
  'outside-area',
  'impossible-speed',
  'mock-location',
]);
export type RefusalReason = z.infer<typeof RefusalReason>;

export const wasteSeenDevices = defineStream({ name: 'waste.seen-devices', delivery: 'latest', keepForDays: 30 });

/** Somebody's tracker reports to us but is on no truck: the line an operator adopts with one click. */
export const DeviceSeen = defineEvent({
  name: 'waste.device.seen',
  summary: 'A tracker reports to us but is on no truck; a tombstone once adopted.',
  stream: wasteSeenDevices,
  data: DeviceRef.extend({
    firstSeenMs: EpochMs,
    lastSeenMs: EpochMs,
    /** Reports heard since it was first seen. */
    count: z.number().int().min(1),
    /** The last message as it came, cut at 2,000 characters. */
    lastRaw: z.string().max(2000),
    /** Where it says it is, when that could be read. */
    lat: Latitude.optional(),
    lng: Longitude.optional(),
  }),
  key: deviceKey,
  version: (device) => device.lastSeenMs,
  audience: ['dlh', 'command'],
});
export type DeviceSeen = DataOf<typeof DeviceSeen>;

export const wasteIntake = defineStream({ name: 'waste.intake', delivery: 'latest', keepForDays: 30 });

/**
 * What the doors took and refused today (city time), per truck: at most once a second. Approximate: counts of a second are
 * lost with their process, and added twice when the store's answer to them is lost.
 */
export const IntakeCounted = defineEvent({
  name: 'waste.intake.counted',
  summary: 'Reports of one truck taken, repeated and refused by reason since midnight city time.',
  stream: wasteIntake,
  data: z.object({
    truckId: TruckId,
    /** City date, `2026-11-21`. */
    day: CityDay,
    atMs: EpochMs,
    accepted: z.number().int().min(0),
    duplicates: z.number().int().min(0),
    refused: z.partialRecord(RefusalReason, z.number().int().min(1)),
    lastRefusal: z.object({ reason: RefusalReason, detail: z.string().max(300), atMs: EpochMs }).optional(),
  }),
  key: (intake) => intake.truckId,
  version: (intake) => intake.atMs,
  audience: ['dlh', 'command'],
});
export type IntakeCounted = DataOf<typeof IntakeCounted>;

const ByTruck = z.object({ truckId: TruckId });

/** A tracker as the trail calls it, where DLH gives it a key, too. */
const trackerSubject = (city: string, device: DeviceRef) => deviceSubject(city, { ...device, agency: 'dlh' });

export const RegisterTruck = defineRoute({
  name: 'waste.trucks.register',
  summary: 'Puts a truck into the register. 409 when the truckId, or one of the devices, is taken.',
  method: 'POST',
  path: '/api/waste/trucks',
  body: Truck,
  answer: RegisteredTruck,
  permission: ['agency-admin'],
  agencies: ['dlh', 'command'],
  audit: ({ body }: { body: Pick<Truck, 'truckId' | 'devices'> }, city: string) => [
    `truck:${body.truckId}`,
    ...body.devices.map((device) => trackerSubject(city, device)),
  ],
});

export const ListTrucks = defineRoute({
  name: 'waste.trucks.list',
  summary: 'Trucks by truckId; `q` searches id, plate and hull number.',
  method: 'GET',
  path: '/api/waste/trucks',
  query: PageQuery,
  answer: pageOf(RegisteredTruck),
  permission: ['viewer', 'dispatcher', 'supervisor', 'agency-admin', 'screen'],
  agencies: ['dlh', 'command'],
});

export const GetTruck = defineRoute({
  name: 'waste.trucks.get',
  summary: 'One truck.',
  method: 'GET',
  path: '/api/waste/trucks/:truckId',
  params: ByTruck,
  answer: RegisteredTruck,
  permission: ['viewer', 'dispatcher', 'supervisor', 'agency-admin', 'screen'],
  agencies: ['dlh', 'command'],
});

/** GeoJSON of every stored fix of one truck, oldest first, one Point feature each. */
export const TruckTrack = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(
    z.object({
      type: z.literal('Feature'),
      id: z.string(),
      geometry: z.object({ type: z.literal('Point'), coordinates: z.tuple([Longitude, Latitude]) }),
      properties: Fix.omit({ lat: true, lng: true, fixId: true, truckId: true }).extend({
        /** ISO 8601 of `atMs`, for tools that look for a time. */
        time: z.iso.datetime(),
      }),
    }),
  ),
});
export type TruckTrack = z.infer<typeof TruckTrack>;

export const GetTrack = defineRoute({
  name: 'waste.trucks.track',
  summary: 'GeoJSON of every fix in [from, to), with its time, never thinned; at most 31 days at once.',
  method: 'GET',
  path: '/api/waste/trucks/:truckId/track',
  params: ByTruck,
  query: z
    .object({
      /** Epoch ms or ISO 8601. */
      from: z.union([
        z.coerce.number().pipe(EpochMs),
        z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
      ]),
      to: z.union([
        z.coerce.number().pipe(EpochMs),
        z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
      ]),
    })
    .refine(({ from, to }) => from < to, 'from must be before to')
    .refine(({ from, to }) => to - from <= 31 * 86_400_000, 'at most 31 days at once'),
  answer: TruckTrack,
  permission: ['viewer', 'dispatcher', 'supervisor', 'agency-admin', 'screen'],
  agencies: ['dlh', 'command'],
});

export const ListSeenDevices = defineRoute({
  name: 'waste.devices.seen',
  summary: 'Trackers that report to us but are on no truck, latest first, with their last message.',
  method: 'GET',
  path: '/api/waste/seen-devices',
  answer: z.object({ items: z.array(DeviceSeen.data) }),
  permission: ['dispatcher', 'supervisor', 'agency-admin'],
  agencies: ['dlh', 'command'],
});

export const AdoptDevice = defineRoute({
  name: 'waste.devices.adopt',
  summary: 'Puts a tracker on a truck. 409 when it already rides on another.',
  method: 'POST',
  path: '/api/waste/trucks/:truckId/devices',
  params: ByTruck,
  body: DeviceRef,
  answer: RegisteredTruck,
  permission: ['agency-admin'],
  agencies: ['dlh', 'command'],
  audit: ({ params, body }: { params: { truckId: string }; body: DeviceRef }, city: string) => [
    `truck:${params.truckId}`,
    trackerSubject(city, body),
  ],
});

export const ImportTrucks = defineRoute({
  name: 'waste.trucks.import',
  summary:
    'Imports trucks from .xlsx or CSV by truckId; with an error in any line nothing is written. `dryRun=true` only reports; an import that broke off is run again.',
  method: 'POST',
  path: '/api/waste/trucks/import',
  query: ImportQuery,
  body: RegisterUpload,
  answer: ImportReport,
  status: 200,
  permission: ['agency-admin'],
  agencies: ['dlh', 'command'],
});

export const GetTruckImportTemplate = defineRoute({
  name: 'waste.trucks.import-template',
  summary: 'An .xlsx with the headings of the register of trucks, an example line and explanations in Bahasa.',
  method: 'GET',
  path: '/api/waste/trucks/import/template',
  /** The file itself, not JSON. */
  answer: z.unknown(),
  permission: ['agency-admin'],
  agencies: ['dlh', 'command'],
});

export const UndoTruckImport = defineRoute({
  name: 'waste.trucks.import-undo',
  summary:
    'Takes one import back; one that broke off is asked for again. 409 when a truck it touched has been changed since.',
  method: 'POST',
  path: '/api/waste/imports/:importId/undo',
  params: ByImport,
  answer: ImportUndone,
  status: 200,
  permission: ['agency-admin'],
  agencies: ['dlh', 'command'],
});

export const ClearWasteExercise = defineRoute({
  name: 'waste.exercise.clear',
  summary: 'Removes every simulated truck, its track, and what it said, from documents, screens and the embedded log.',
  method: 'DELETE',
  path: '/api/waste/exercise',
  answer: z.object({
    trucks: z.number().int().min(0),
    fixes: z.number().int().min(0),
    seenDevices: z.number().int().min(0),
  }),
  permission: ['city-admin'],
});
