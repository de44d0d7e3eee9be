import { z } from 'zod';
import { defineEvent, type DataOf } from './define-event.ts';
import { defineRoute } from './define-route.ts';
import { defineStream } from './define-stream.ts';
import { Version } from './register-routes.ts';
import type { Role } from './role.ts';
import { EpochMs, label, registerId, type Agency } from './shapes.ts';
import { streetAgencies, streetReaders } from './street-assets.ts';
import { StreetThing } from './street-telemetry.ts';

/** Who switches lamps: the people on duty at Dishub, and nobody else. */
export const lampHands: { permission: readonly Role[]; agencies: readonly Agency[] } = {
  permission: ['dispatcher', 'supervisor'],
  agencies: ['dishub'],
};

/** What a lamp is to give, percent (TALQ LevelState): 0 is off, 100 is on. */
export const LightLevel = z.number().int().min(0).max(100);

/** So far from the sun a programme may switch, minutes. */
const MOST_OFFSET_MIN = 180;

/** When a programme switches: by the sun, minutes after it (negative: before), or by the city's clock. */
export const SwitchTime = z.union([
  z.object({
    sun: z.enum(['sunset', 'sunrise']),
    offsetMinutes: z.number().int().min(-MOST_OFFSET_MIN).max(MOST_OFFSET_MIN),
  }),
  z.object({ clock: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'jam 24: 22:30 · 24-hour clock: 22:30') }),
]);
export type SwitchTime = z.infer<typeof SwitchTime>;

/** From then on lamps give this much, until the next switch. */
export const LampSwitch = z.object({ at: SwitchTime, levelPercent: LightLevel });
export type LampSwitch = z.infer<typeof LampSwitch>;

export const ProgrammeId = registerId('programmeId');

/** What lamps do every day by themselves: TALQ's control program. */
export const LampProgramme = z.object({
  programmeId: ProgrammeId,
  name: label(60),
  switches: z.array(LampSwitch).min(1).max(12),
});
export type LampProgramme = z.infer<typeof LampProgramme>;

/** What every lamp follows that nothing else was said of: on at sunset, off at sunrise. */
export const sunProgramme: LampProgramme = {
  programmeId: 'sun',
  name: 'Matahari',
  switches: [
    { at: { sun: 'sunset', offsetMinutes: 0 }, levelPercent: 100 },
    { at: { sun: 'sunrise', offsetMinutes: 0 }, levelPercent: 0 },
  ],
};

export const lampProgrammes = defineStream({ name: 'street.programmes', delivery: 'latest', keepForDays: 3650 });

/** A programme as it is now. */
export const LampProgrammeChanged = defineEvent({
  name: 'street.programme.changed',
  summary: 'What lamps do by themselves under a programme; a tombstone when it is removed.',
  stream: lampProgrammes,
  data: LampProgramme.extend({ changedAtMs: EpochMs, version: Version }),
  key: (programme) => programme.programmeId,
  version: (programme) => programme.version,
  audience: streetAgencies,
});
export type LampProgrammeChanged = DataOf<typeof LampProgrammeChanged>;

export const programmeAssignments = defineStream({
  name: 'street.programme-assignments',
  delivery: 'latest',
  keepForDays: 3650,
});

/** Which programme a panel or a lamp follows; what is said of a lamp goes before what is said of its panel. */
export const LampProgrammeAssigned = defineEvent({
  name: 'street.programme.assigned',
  summary: 'Which programme a panel or a lamp follows; a tombstone when it follows its panel’s, or the sun, again.',
  stream: programmeAssignments,
  data: z.object({ thing: StreetThing, programmeId: ProgrammeId, changedAtMs: EpochMs, version: Version }),
  key: (assigned) => assigned.thing,
  version: (assigned) => assigned.version,
  audience: streetAgencies,
});
export type LampProgrammeAssigned = DataOf<typeof LampProgrammeAssigned>;

/** A programme with what it does now, and next. */
export const ListedProgramme = LampProgramme.extend({
  /** Absent: the sun, which nobody can change. */
  version: Version.optional(),
  changedAtMs: EpochMs.optional(),
  /** Panels and lamps that follow it by name. */
  assigned: z.number().int().min(0),
  /** Absent where no city is known, and so no sun. */
  levelPercent: LightLevel.optional(),
  nextSwitch: z.object({ atMs: EpochMs, levelPercent: LightLevel }).optional(),
});
export type ListedProgramme = z.infer<typeof ListedProgramme>;

export const ListLampProgrammes = defineRoute({
  name: 'street.programmes.list',
  summary: 'Every programme of lamps, what it gives now, and when it switches next in the city.',
  method: 'GET',
  path: '/api/street/programmes',
  answer: z.object({ items: z.array(ListedProgramme) }),
  permission: streetReaders,
  agencies: streetAgencies,
});

const ByProgramme = z.object({ programmeId: ProgrammeId });

export const SaveLampProgramme = defineRoute({
  name: 'street.programmes.save',
  summary:
    'Makes a programme, or changes it as it was read at `version`. 409 when its name is taken, or somebody changed it meanwhile.',
  method: 'PUT',
  path: '/api/street/programmes/:programmeId',
  params: ByProgramme,
  body: LampProgramme.omit({ programmeId: true }).extend({ version: Version.optional() }),
  answer: LampProgrammeChanged.data,
  ...lampHands,
});

export const RemoveLampProgramme = defineRoute({
  name: 'street.programmes.remove',
  summary: 'Removes a programme. 409 while a panel or lamp follows it.',
  method: 'DELETE',
  path: '/api/street/programmes/:programmeId',
  params: ByProgramme,
  answer: z.object({}),
  ...lampHands,
});

export const AssignLampProgramme = defineRoute({
  name: 'street.programmes.assign',
  summary: 'Panels and lamps follow a programme from now on; without one, their panel’s, or the sun.',
  method: 'POST',
  path: '/api/street/programme-assignments',
  body: z.object({ things: z.array(StreetThing).min(1).max(200), programmeId: ProgrammeId.optional() }),
  answer: z.object({ assigned: z.number().int().min(0) }),
  status: 200,
  audit: ({ body }: { body: { things: readonly string[] } }) => body.things.slice(0, 50),
  ...lampHands,
});
