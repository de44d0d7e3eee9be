import { z } from 'zod';
import { AlarmActor } from './alarm.ts';
import { KelurahanCode } from './condition.ts';
import { defineEvent, type DataOf } from './define-event.ts';
import { defineRoute } from './define-route.ts';
import { defineStream } from './define-stream.ts';
import { Area, EpochMs, label, pageOf, PageQuery } from './shapes.ts';
import { LampId, PanelId, streetAgencies, streetReaders } from './street-assets.ts';
import { lampHands, LightLevel } from './street-programmes.ts';
import { ControllerId, StreetThing } from './street-telemetry.ts';

/** `PRL-7K2M9QXA` (perintah lampu). */
export const OverrideId = z.string().regex(/^PRL-[0-9A-Z]{8}$/, 'overrideId: PRL- and 8 letters or digits');

/** What somebody switched is his for so long at most; then the programme has it back. */
export const LONGEST_OVERRIDE_MS = 12 * 3_600_000;
/** Lamps and panels of one command. */
export const MOST_OVERRIDDEN = 1000;

const Count = z.number().int().min(0);

/** Where a command is on its way to one thing: nobody fetched it yet, its controller has it, what is measured says so. */
export const StepState = z.enum(['waiting', 'sent', 'confirmed', 'failed', 'timed-out']);
export type StepState = z.infer<typeof StepState>;

export const StepResult = z.object({
  state: StepState,
  atMs: EpochMs,
  /** Why it failed: `no-controller`, `one-way`, `panel-only`, `cannot-dim`, or what its controller told in TALQ’s words. */
  because: z.string().max(40).optional(),
});
export type StepResult = z.infer<typeof StepResult>;

/** One lamp, or a panel whose lamps hang on its contactor, under an override. */
export const OverriddenThing = z.object({
  thing: StreetThing,
  /** Lamps it switches. */
  lamps: Count,
  controllerId: ControllerId.optional(),
  applied: StepResult,
  /** Once the programme has it back. */
  restored: StepResult.optional(),
  /** Whose this one took over. */
  replaces: OverrideId.optional(),
  /** It is another’s since. */
  replacedBy: OverrideId.optional(),
});
export type OverriddenThing = z.infer<typeof OverriddenThing>;

/** In force; ended, and lamps on their way back to their programme; nothing is expected any more. */
export const OverridePhase = z.enum(['active', 'restoring', 'over']);
export type OverridePhase = z.infer<typeof OverridePhase>;

/** How many things are where, of the way there and then of the way back. */
export const StepTally = z.object({
  waiting: Count,
  sent: Count,
  confirmed: Count,
  failed: Count,
  timedOut: Count,
  replaced: Count,
});
export type StepTally = z.infer<typeof StepTally>;

export const lampOverrides = defineStream({ name: 'street.overrides', delivery: 'latest', keepForDays: 30 });

/** An override as it is now; why, and how each lamp took it, is asked for. */
export const LampOverrideChanged = defineEvent({
  name: 'street.override.changed',
  summary: 'What somebody switched by hand, until when, and how far it came; a tombstone an hour after it is over.',
  stream: lampOverrides,
  data: z.object({
    overrideId: OverrideId,
    levelPercent: LightLevel,
    by: AlarmActor,
    takenAtMs: EpochMs,
    untilMs: EpochMs,
    phase: OverridePhase,
    /** Who ended it before its time. */
    endedBy: AlarmActor.optional(),
    endedAtMs: EpochMs.optional(),
    /** What is still its: not what another took over. */
    things: z.array(StreetThing).max(MOST_OVERRIDDEN),
    tally: StepTally,
    changedAtMs: EpochMs,
    version: z.number().int().min(1),
  }),
  key: (override) => override.overrideId,
  version: (override) => override.version,
  audience: streetAgencies,
});
export type LampOverrideChanged = DataOf<typeof LampOverrideChanged>;

/** Everything of an override. */
export const LampOverride = LampOverrideChanged.data.extend({
  reason: label(200),
  things: z.array(OverriddenThing).max(MOST_OVERRIDDEN),
});
export type LampOverride = z.infer<typeof LampOverride>;

const chosen = {
  lampIds: z.array(LampId).max(MOST_OVERRIDDEN).default([]),
  panelIds: z.array(PanelId).max(100).default([]),
  kelurahanCodes: z.array(KelurahanCode).max(40).default([]),
  area: Area.optional(),
};
interface Chosen {
  lampIds: readonly string[];
  panelIds: readonly string[];
  kelurahanCodes: readonly string[];
  area?: unknown;
}
const isSomething = ({ lampIds, panelIds, kelurahanCodes, area }: Chosen) =>
  area !== undefined || [lampIds, panelIds, kelurahanCodes].some((some) => some.length > 0);
const nothing = {
  message: 'pilih lampu, panel, kelurahan, atau wilayah · choose lamps, panels, a kelurahan or an area',
  path: ['lampIds'],
};
const command = { ...chosen, levelPercent: LightLevel };

/**
 * What would become of one thing. `silent`: its controller does not answer now, and may when it is back. `one-way`: it has one
 * that reports and cannot be told (ChirpStack).
 */
export const PlannedThing = z.object({
  thing: StreetThing,
  lamps: Count,
  verdict: z.enum(['ready', 'silent', 'no-controller', 'one-way', 'panel-only', 'cannot-dim']),
  replaces: LampOverrideChanged.data.pick({ overrideId: true, by: true, levelPercent: true, untilMs: true }).optional(),
});
export type PlannedThing = z.infer<typeof PlannedThing>;

const subjectsOf = ({ body }: { body: Pick<Chosen, 'lampIds' | 'panelIds'> }) =>
  [...body.panelIds.map((id) => `panel:${id}`), ...body.lampIds.map((id) => `lamp:${id}`)].slice(0, 50);

export const TryLampOverride = defineRoute({
  name: 'street.overrides.try',
  summary:
    'A dry run: which lamps a command would reach, which have no controller or are silent, and whose it would replace.',
  method: 'POST',
  path: '/api/street/overrides/try',
  body: z.object(command).refine(isSomething, nothing),
  answer: z.object({ things: z.array(PlannedThing).max(MOST_OVERRIDDEN) }),
  status: 200,
  audit: 'none',
  ...lampHands,
});

export const TakeLampOverride = defineRoute({
  name: 'street.overrides.take',
  summary:
    'Switches lamps by hand, on, off or dimmed, until a time at most 12 hours ahead; then their programme has them back. 400 when none of them can be reached.',
  method: 'POST',
  path: '/api/street/overrides',
  body: z.object({ ...command, untilMs: EpochMs, reason: label(200) }).refine(isSomething, nothing),
  answer: LampOverride,
  audit: subjectsOf,
  ...lampHands,
});

export const ListLampOverrides = defineRoute({
  name: 'street.overrides.list',
  summary: 'What was switched by hand, last first; `open=true` what is in force or on its way back.',
  method: 'GET',
  path: '/api/street/overrides',
  query: PageQuery.omit({ q: true }).extend({ open: z.stringbool().optional() }),
  answer: pageOf(LampOverride.omit({ things: true })),
  permission: streetReaders,
  agencies: streetAgencies,
});

const ByOverride = z.object({ overrideId: OverrideId });

export const GetLampOverride = defineRoute({
  name: 'street.overrides.get',
  summary: 'One override, with how each lamp took it.',
  method: 'GET',
  path: '/api/street/overrides/:overrideId',
  params: ByOverride,
  answer: LampOverride,
  permission: streetReaders,
  agencies: streetAgencies,
});

export const EndLampOverride = defineRoute({
  name: 'street.overrides.end',
  summary: 'Gives lamps back to their programme before the time, whoever switched them. 409 when it is ended.',
  method: 'POST',
  path: '/api/street/overrides/:overrideId/end',
  params: ByOverride,
  answer: LampOverride,
  status: 200,
  ...lampHands,
});
