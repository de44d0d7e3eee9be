import { z } from 'zod';
import { LampId, PanelId } from './street-assets.ts';
import { MOST_OVERRIDDEN, OverrideId } from './street-control.ts';
import { LightLevel, ProgrammeId } from './street-programmes.ts';
import { ControllerId } from './street-telemetry.ts';

/** What a controller is told of one lamp, or of the contactor of its panel, in TALQ’s words. */
export const ControllerCommand = z.object({
  /** The same however often it is handed out. */
  commandId: z.string(),
  lampId: LampId.optional(),
  panelId: PanelId.optional(),
  levelPercent: LightLevel,
  reason: z.enum(['override', 'program']),
  /** The override it comes from, or that is over. */
  cmsRefId: OverrideId,
  start: z.iso.datetime(),
  /** Of an override: from then on the controller follows its programme again, whether or not it hears of us. */
  expiration: z.iso.datetime().optional(),
});
export type ControllerCommand = z.infer<typeof ControllerCommand>;

/**
 * How far a controller has been told: a number that only grows, whatever clocks do, and means nothing but that. What we say
 * stays far below the bound, so that a made-up one is refused and not counted on from.
 */
const MOST_CURSOR = 2 ** 50;

/** `GET /ingest/street/commands`: who asks, after what, and how long the answer may wait for something to do, seconds. */
export const CommandsQuery = z.object({
  deviceId: ControllerId,
  after: z.coerce
    .number('after: kirim next dari jawaban terakhir, atau 0 · send next of the last answer, or 0')
    .int()
    .min(0)
    .max(MOST_CURSOR)
    .default(0),
  waitS: z.coerce.number().int().min(0).max(10).default(0),
});

/** What is answered there: what to do, and what to ask after next time. */
export const ControllerCommands = z.object({
  items: z.array(ControllerCommand).max(MOST_OVERRIDDEN),
  next: z.string().regex(/^\d+$/),
});
export type ControllerCommands = z.infer<typeof ControllerCommands>;

/** `GET /ingest/street/program`. */
export const ProgramQuery = z.object({ deviceId: ControllerId });

/** What one lamp or contactor does by itself: the first switch is what it gives now. */
export const ControllerProgramme = z.object({
  lampId: LampId.optional(),
  panelId: PanelId.optional(),
  programmeId: ProgrammeId,
  switches: z.array(z.object({ time: z.iso.datetime(), levelPercent: LightLevel })).min(1),
});
export type ControllerProgramme = z.infer<typeof ControllerProgramme>;

/** What is answered there. */
export const ControllerProgrammes = z.object({ items: z.array(ControllerProgramme) });
export type ControllerProgrammes = z.infer<typeof ControllerProgrammes>;
