import { z } from 'zod';
import { AlarmKind } from './condition.ts';
import { defineEvent, type DataOf } from './define-event.ts';
import { defineRoute } from './define-route.ts';
import { defineStream } from './define-stream.ts';
import { DeviceProtocol, DeviceRef } from './device.ts';
import { Registration, registerRoutes, Version } from './register-routes.ts';
import { EpochMs, pageOf, PageQuery, Percent, registerId } from './shapes.ts';
import { streetAgencies, streetReaders } from './street-assets.ts';
import { ThingKey } from './thing.ts';

export const ControllerId = registerId('controllerId');

/** Ways a controller of lamps speaks to us: our own JSON by HTTP and MQTT, and what ChirpStack hands on of LoRaWAN. */
export const ControllerProtocol = DeviceProtocol.extract(['street', 'chirpstack']);
export type ControllerProtocol = z.infer<typeof ControllerProtocol>;

/** `lamp:PJU-0142` or `panel:APP-001`. */
export const StreetThing = ThingKey.regex(/^(lamp|panel):/, 'lamp:<lampId> or panel:<panelId>');

/** A controller on a pole or in a panel. One in a panel may also report lamps of its panel, and no others. */
export const Controller = z.object({
  /** What the device calls itself: the deviceId of its reports, a devEUI in small letters for LoRaWAN. */
  controllerId: ControllerId,
  protocol: ControllerProtocol,
  speaksFor: StreetThing,
  /** How often it reports, seconds. Two reports missed: it is silent. */
  intervalS: z.number().int().min(10).max(86_400).default(900),
});
export type Controller = z.infer<typeof Controller>;

export const RegisteredController = Controller.extend(Registration.shape);
export type RegisteredController = z.infer<typeof RegisteredController>;

export const streetControllers = defineStream({ name: 'street.controllers', delivery: 'latest', keepForDays: 3650 });

/** A controller as the register has it. */
export const ControllerRegistered = defineEvent({
  name: 'street.controller.registered',
  summary: 'A controller of a lamp or panel as the register has it; a tombstone when it is taken out.',
  stream: streetControllers,
  data: Controller.extend({ changedAtMs: EpochMs }),
  key: (controller) => controller.controllerId,
  id: (controller) => `${controller.controllerId}@${String(controller.changedAtMs)}`,
  version: (controller) => controller.changedAtMs,
  audience: streetAgencies,
});
export type ControllerRegistered = DataOf<typeof ControllerRegistered>;

/** LampMonitor attributes of TALQ 2.7.1, with their units in the name. */
export const LampMeasures = z.object({
  activePowerW: z.number().min(0).max(10_000).optional(),
  /** What it gives, and what it was told to give. */
  levelPercent: Percent.optional(),
  commandedPercent: Percent.optional(),
  supplyVoltageV: z.number().min(0).max(1000).optional(),
  currentA: z.number().min(0).max(100).optional(),
  powerFactor: z.number().min(-1).max(1).optional(),
  /** Total since it was made. */
  energyKwh: z.number().min(0).max(10_000_000).optional(),
  operatingHours: z.number().min(0).max(1_000_000).optional(),
  switchOnCounter: z.number().int().min(0).max(1_000_000_000).optional(),
  temperatureC: z.number().min(-40).max(150).optional(),
});
export type LampMeasures = z.infer<typeof LampMeasures>;

const Phase = z.object({
  voltageV: z.number().min(0).max(1000).optional(),
  currentA: z.number().min(0).max(1000).optional(),
  activePowerW: z.number().min(0).max(500_000).optional(),
});

/** What a panel's meter and contacts say. */
export const PanelMeasures = z.object({
  /** R, S and T; a panel of one phase has one. */
  phases: z.array(Phase).min(1).max(3).optional(),
  energyKwh: z.number().min(0).max(1_000_000_000).optional(),
  /** Closed: it feeds its lamps. */
  contactor: z.enum(['closed', 'open']).optional(),
  /**
   * What its clock tells the contactor to be: whether its lamps should burn. Counts for simulated panels only: of a real one
   * the clock may be what is wrong, so there the sun says.
   */
  commanded: z.enum(['closed', 'open']).optional(),
  breaker: z.enum(['closed', 'tripped']).optional(),
  door: z.enum(['closed', 'open']).optional(),
  leakageMa: z.number().min(0).max(100_000).optional(),
  mode: z.enum(['automatic', 'manual']).optional(),
  /** Whether PLN's current is there. */
  supply: z.enum(['present', 'lost']).optional(),
});
export type PanelMeasures = z.infer<typeof PanelMeasures>;

/** One end of what TALQ calls an event: pairs of a start and an end, which may come in any order, twice, or not at all. */
export const TalqEvent = z.object({
  eventType: AlarmKind,
  startEndFlag: z.enum(['start', 'end']),
  atMs: EpochMs,
});
export type TalqEvent = z.infer<typeof TalqEvent>;

/** What a device said of one lamp or panel, in our units. With nothing in it: that it is there. */
export const StreetTelemetry = z.object({
  /** Same for every repeat of the same report. */
  telemetryId: z.string().max(80),
  protocol: ControllerProtocol,
  /** Which controller said it. */
  deviceId: ControllerId,
  thing: StreetThing,
  /** Device's clock. */
  atMs: EpochMs,
  /** Our clock, when the door heard it. */
  receivedAtMs: EpochMs,
  lamp: LampMeasures.optional(),
  panel: PanelMeasures.optional(),
  events: z.array(TalqEvent).max(20).default([]),
});
export type StreetTelemetry = z.infer<typeof StreetTelemetry>;

/** What controllers said. Raw, so a screen gets it only on request. */
export const streetTelemetry = defineStream({
  name: 'street.telemetry',
  delivery: 'every',
  partitions: 3,
  keepForDays: 30,
  onRequest: true,
});

/** A controller reported and was answered with success. */
export const StreetTelemetryRecorded = defineEvent({
  name: 'street.telemetry.recorded',
  summary: 'A controller of a lamp or panel reported and was answered with success.',
  stream: streetTelemetry,
  data: StreetTelemetry,
  key: (report) => report.deviceId,
  id: (report) => report.telemetryId,
  audience: streetAgencies,
});
export type StreetTelemetryRecorded = DataOf<typeof StreetTelemetryRecorded>;

/** Why a report was not taken. */
export const StreetRefusalReason = z.enum([
  'unknown-device',
  'unproven',
  'malformed',
  'clock-ahead',
  'too-old',
  /** A lamp or panel that is not its own. */
  'not-its-own',
  /** What it speaks for is in no register. */
  'unregistered-thing',
  /** LoRaWAN: no codec made JSON of what was sent. */
  'no-codec',
  /** More than a controller may say: it was told when to come again. */
  'too-often',
]);
export type StreetRefusalReason = z.infer<typeof StreetRefusalReason>;

/** What was refused of a registered controller, kept for 30 days after the last time. */
export const StreetRefusal = z.object({
  controllerId: ControllerId,
  reason: StreetRefusalReason,
  count: z.number().int().min(1),
  lastAtMs: EpochMs,
  lastDetail: z.string().max(300),
  /** The last one as it came, cut at 2,000 characters. */
  lastRaw: z.string().max(2000),
});
export type StreetRefusal = z.infer<typeof StreetRefusal>;

export const ListStreetRefusals = defineRoute({
  name: 'street.refusals.list',
  summary: 'What was refused of registered controllers and why, with the last message of each reason.',
  method: 'GET',
  path: '/api/street/refusals',
  query: PageQuery.extend({ controllerId: ControllerId.optional() }),
  answer: pageOf(StreetRefusal),
  permission: ['dispatcher', 'supervisor', 'agency-admin'],
  agencies: streetAgencies,
});

export const streetSeenDevices = defineStream({ name: 'street.seen-devices', delivery: 'latest', keepForDays: 30 });

/** A controller reports to us and is in no register; a tombstone once it is registered. */
export const ControllerSeen = defineEvent({
  name: 'street.controller.seen',
  summary: 'A controller reports to us and is in no register; a tombstone once it is registered.',
  stream: streetSeenDevices,
  data: DeviceRef.extend({
    firstSeenMs: EpochMs,
    lastSeenMs: EpochMs,
    /** Reports heard since it was first seen. */
    count: z.number().int().min(1),
    /** The last message as it came, cut at 2,000 characters. */
    lastRaw: z.string().max(2000),
  }),
  key: (device) => `${device.protocol}:${device.deviceId}`,
  version: (device) => device.lastSeenMs,
  audience: streetAgencies,
});
export type ControllerSeen = DataOf<typeof ControllerSeen>;

export const ListSeenControllers = defineRoute({
  name: 'street.controllers.seen',
  summary: 'Controllers that report to us and are in no register, latest first, with their last message.',
  method: 'GET',
  path: '/api/street/seen-controllers',
  answer: z.object({ items: z.array(ControllerSeen.data) }),
  permission: ['dispatcher', 'supervisor', 'agency-admin'],
  agencies: streetAgencies,
});

export const controllerRoutes = registerRoutes({
  ...{ name: 'street.controllers', one: 'a controller', searches: 'id and what it speaks for', key: 'controllerId' },
  ...{ readers: streetReaders, agencies: streetAgencies },
  params: z.object({ controllerId: ControllerId }),
  query: PageQuery.extend({ speaksFor: StreetThing.optional(), protocol: ControllerProtocol.optional() }),
  thing: Controller,
  change: Controller.omit({ controllerId: true }).extend({ version: Version }),
  registered: RegisteredController,
});

/** What became of one report of a message; `detail` in Bahasa. */
export const ReportOutcome = z.object({
  result: z.enum(['accepted', 'duplicate', 'refused']),
  reason: StreetRefusalReason.optional(),
  detail: z.string().max(300).optional(),
});
export type ReportOutcome = z.infer<typeof ReportOutcome>;
