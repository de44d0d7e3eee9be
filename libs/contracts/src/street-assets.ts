import { z } from 'zod';
import { KelurahanCode } from './condition.ts';
import { defineEvent, type DataOf } from './define-event.ts';
import { defineRoute } from './define-route.ts';
import { defineStream } from './define-stream.ts';
import { ByImport, ImportUndone } from './register-import.ts';
import { Registration, registerRoutes, Version } from './register-routes.ts';
import type { Role } from './role.ts';
import { type Agency, CityDay, EpochMs, label, PageQuery, Place, registerId } from './shapes.ts';

/** Whose the street lights are, and who watches them. */
export const streetAgencies: readonly Agency[] = ['dishub', 'command'];
/** Who takes calls looks up the lamp that a caller means. */
export const streetReaders: readonly Role[] = [
  'viewer',
  'call-taker',
  'dispatcher',
  'supervisor',
  'agency-admin',
  'screen',
];

export const FeederId = registerId('feederId');
export const PanelId = registerId('panelId');
export const LampId = registerId('lampId');

/** Number of a PLN customer connection. */
export const Idpel = z.string().regex(/^\d{12}$/, 'IDPEL: 12 digits');

/** Penyulang: a line of PLN's that feeds panels. */
export const Feeder = z.object({ feederId: FeederId, name: label(80) });
export type Feeder = z.infer<typeof Feeder>;

/** Whether PLN reads a meter at the panel, estimates what it uses (taksasi), or the sun feeds it. */
export const PanelSupply = z.enum(['metered', 'estimated', 'solar']);
export type PanelSupply = z.infer<typeof PanelSupply>;

/** Box APP: what several lamps are fed from. Several panels may share one connection (IDPEL). */
export const Panel = z.object({
  panelId: PanelId,
  supply: PanelSupply,
  idpel: Idpel.optional(),
  /** Absent: unknown. */
  feederId: FeederId.optional(),
  road: label(80).optional(),
  place: Place.optional(),
  /** Daya of the contract with PLN, volt-ampere. */
  contractedVa: z.number().int().min(100).max(1_000_000).optional(),
  /** As PLN names it: `P3/TR`. */
  tariff: label(40).optional(),
});
export type Panel = z.infer<typeof Panel>;

/** Fed by PLN through a panel, or by a sun panel of its own. */
export const LampKind = z.enum(['grid', 'solar']);
export type LampKind = z.infer<typeof LampKind>;

/** One lamp on one pole. */
export const Lamp = z.object({
  lampId: LampId,
  /** Absent: unknown, or none. */
  panelId: PanelId.optional(),
  kind: LampKind.default('grid'),
  /** Rated power, watt. */
  watt: z.number().int().min(1).max(3000),
  /** What the ballast adds to it; 1.1 for a sodium lamp with an old coil. Absent: 1. */
  ballastFactor: z.number().min(1).max(1.5).optional(),
  poleNumber: label(40).optional(),
  road: label(80).optional(),
  place: Place,
  /** The place is a guess: drawn as such. */
  approximate: z.boolean().default(false),
  /** City date. */
  installedOn: CityDay.optional(),
});
export type Lamp = z.infer<typeof Lamp>;

/** Computed from the outline; absent outside the city. */
const Found = z.object({ kelurahanCode: KelurahanCode.optional() });

export const RegisteredFeeder = Feeder.extend(Registration.shape);
export const RegisteredPanel = Panel.extend(Found.shape).extend(Registration.shape);
export const RegisteredLamp = Lamp.extend(Found.shape).extend(Registration.shape);
export type RegisteredFeeder = z.infer<typeof RegisteredFeeder>;
export type RegisteredPanel = z.infer<typeof RegisteredPanel>;
export type RegisteredLamp = z.infer<typeof RegisteredLamp>;

export const streetFeeders = defineStream({ name: 'street.feeders', delivery: 'latest', keepForDays: 3650 });
export const streetPanels = defineStream({ name: 'street.panels', delivery: 'latest', keepForDays: 3650 });
export const streetLamps = defineStream({ name: 'street.lamps', delivery: 'latest', partitions: 3, keepForDays: 3650 });

/** A feeder as the register has it. */
export const FeederRegistered = defineEvent({
  name: 'street.feeder.registered',
  summary: 'A feeder (penyulang) as the register has it; a tombstone when it is taken out.',
  stream: streetFeeders,
  data: Feeder.extend({ changedAtMs: EpochMs }),
  key: (feeder) => feeder.feederId,
  id: (feeder) => `${feeder.feederId}@${String(feeder.changedAtMs)}`,
  version: (feeder) => feeder.changedAtMs,
  audience: streetAgencies,
});
export type FeederRegistered = DataOf<typeof FeederRegistered>;

/** A panel as the register has it. */
export const PanelRegistered = defineEvent({
  name: 'street.panel.registered',
  summary: 'A panel (box APP) as the register has it; a tombstone when it is taken out.',
  stream: streetPanels,
  data: Panel.extend(Found.shape).extend({ changedAtMs: EpochMs }),
  key: (panel) => panel.panelId,
  id: (panel) => `${panel.panelId}@${String(panel.changedAtMs)}`,
  version: (panel) => panel.changedAtMs,
  where: (panel) => panel.place,
  audience: streetAgencies,
});
export type PanelRegistered = DataOf<typeof PanelRegistered>;

/** What a map draws of a lamp, and no more: a wall gets seven thousand of them. The rest is asked for, lamp by lamp. */
export const LampRegistered = defineEvent({
  name: 'street.lamp.registered',
  summary: 'What a map draws of a registered lamp; a tombstone when it is taken out.',
  stream: streetLamps,
  data: z.object({
    lampId: LampId,
    panelId: PanelId.optional(),
    kind: LampKind,
    watt: z.number().int(),
    place: Place,
    /** The place is a guess. */
    approximate: z.literal(true).optional(),
    kelurahanCode: KelurahanCode.optional(),
    changedAtMs: EpochMs,
  }),
  key: (lamp) => lamp.lampId,
  id: (lamp) => `${lamp.lampId}@${String(lamp.changedAtMs)}`,
  version: (lamp) => lamp.changedAtMs,
  where: (lamp) => lamp.place,
  audience: streetAgencies,
});
export type LampRegistered = DataOf<typeof LampRegistered>;

const whose = { readers: streetReaders, agencies: streetAgencies };
const versioned = { version: Version };

export const feederRoutes = registerRoutes({
  ...{ name: 'street.feeders', one: 'a feeder', searches: 'id and name', key: 'feederId', ...whose },
  params: z.object({ feederId: FeederId }),
  query: PageQuery,
  thing: Feeder,
  change: Feeder.omit({ feederId: true }).extend(versioned),
  registered: RegisteredFeeder,
});

export const panelRoutes = registerRoutes({
  ...{ name: 'street.panels', one: 'a panel', searches: 'id, IDPEL and road', key: 'panelId', ...whose },
  params: z.object({ panelId: PanelId }),
  query: PageQuery.extend({
    feederId: FeederId.optional(),
    supply: PanelSupply.optional(),
    idpel: Idpel.optional(),
    kelurahanCode: KelurahanCode.optional(),
  }),
  thing: Panel,
  change: Panel.omit({ panelId: true }).extend(versioned),
  registered: RegisteredPanel,
});

/** Which lamps: of a panel, in a kelurahan, along a road. */
export const LampFilter = z.object({
  panelId: PanelId.optional(),
  kelurahanCode: KelurahanCode.optional(),
  road: z.string().max(80).optional(),
});
export type LampFilter = z.infer<typeof LampFilter>;

export const lampRoutes = registerRoutes({
  ...{ name: 'street.lamps', one: 'a lamp', searches: 'id, pole number and road', key: 'lampId', ...whose },
  params: z.object({ lampId: LampId }),
  query: PageQuery.extend(LampFilter.shape),
  thing: Lamp,
  change: Lamp.omit({ lampId: true }).extend(versioned),
  registered: RegisteredLamp,
});

/** An import of a register, whatever it was of. */
export const StreetImport = z.object({
  importId: z.string(),
  /** Name of the register's routes: `street.lamps`. */
  register: z.string(),
  fileName: z.string(),
  atMs: EpochMs,
  /** Principal who imported; never a name. */
  by: z.string(),
  created: z.number().int().min(0),
  changed: z.number().int().min(0),
  /** Set once it was taken back. */
  undoneAtMs: EpochMs.optional(),
});
export type StreetImport = z.infer<typeof StreetImport>;

export const ListStreetImports = defineRoute({
  name: 'street.imports.list',
  summary: 'The last imports of the registers of street lights, newest first.',
  method: 'GET',
  path: '/api/street/imports',
  query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(20) }),
  answer: z.object({ items: z.array(StreetImport) }),
  permission: ['agency-admin'],
  agencies: streetAgencies,
});

export const UndoStreetImport = defineRoute({
  name: 'street.imports.undo',
  summary:
    'Takes one import back, whatever it was of; one that broke off is asked for again. 409 when something it touched has been changed since.',
  method: 'POST',
  path: '/api/street/imports/:importId/undo',
  params: ByImport,
  answer: ImportUndone,
  status: 200,
  permission: ['agency-admin'],
  agencies: streetAgencies,
});

export const ClearStreetExercise = defineRoute({
  name: 'street.exercise.clear',
  summary:
    'Removes every simulated feeder, panel and lamp, what is known of their energy, and simulated reports and work orders.',
  method: 'DELETE',
  path: '/api/street/exercise',
  answer: z.object({ removed: z.number().int().min(0) }),
  permission: ['city-admin'],
});
