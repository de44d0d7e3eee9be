import { z } from 'zod';
import { AlarmKind } from './condition.ts';
import { defineEvent, type DataOf } from './define-event.ts';
import { defineStream } from './define-stream.ts';
import { EpochMs, Percent, Place } from './shapes.ts';
import { LampId, PanelId, streetAgencies } from './street-assets.ts';

/** Whether it gives light. By day `off` is as it should be; what is wrong is in `faults`. */
export const Light = z.enum(['lit', 'off', 'unknown']);
export type Light = z.infer<typeof Light>;

/** Said by the lamp's own controller, concluded from its panel, or not known at all. Never added up unmarked. */
export const LightBasis = z.enum(['measured', 'inferred', 'none']);
export type LightBasis = z.infer<typeof LightBasis>;

/** What is wrong with it now, worst first, in TALQ's words: `supplyLoss`, `lampFailure`, `lampUnexpectedOn` … */
const faults = z.array(AlarmKind).max(10);

export const lampStates = defineStream({
  name: 'street.lamp-states',
  delivery: 'latest',
  partitions: 3,
  keepForDays: 400,
});

/**
 * What a lamp that has a controller of its own is doing. Of a lamp without one nothing is said here: it is as its panel is
 * ({@link lampNow}). After two missed intervals `light` is `unknown` and `faults` holds `communicationFailure`.
 */
export const LampStateChanged = defineEvent({
  name: 'street.lamp.state-changed',
  summary: 'What a lamp that has a controller of its own is doing, and what is wrong with it.',
  stream: lampStates,
  data: z.object({
    lampId: LampId,
    panelId: PanelId.optional(),
    place: Place,
    light: Light,
    basis: LightBasis,
    faults,
    /** What it was told to give, and what it gives. */
    commandedPercent: Percent.optional(),
    levelPercent: Percent.optional(),
    /** Active power, watt. */
    activePowerW: z.number().min(0).max(10_000).optional(),
    /** Since when it gives light, or none. */
    sinceMs: EpochMs,
    /** Its last word: min(device time, received time). */
    heardAtMs: EpochMs,
    /** When this was found out; silence is found out later than the last word. */
    changedAtMs: EpochMs,
  }),
  key: (lamp) => lamp.lampId,
  id: (lamp) => `${lamp.lampId}@${String(lamp.changedAtMs)}`,
  version: (lamp) => lamp.changedAtMs,
  where: (lamp) => lamp.place,
  freshForMs: 35 * 60_000,
  audience: streetAgencies,
});
export type LampStateChanged = DataOf<typeof LampStateChanged>;

const Count = z.number().int().min(0);

/** How many lamps of a panel are in which state, by how it is known. */
export const LampTally = z.object({
  lit: z.object({ measured: Count, inferred: Count }),
  /** Off, as it should be. */
  off: z.object({ measured: Count, inferred: Count }),
  /** Without light though it should burn. */
  dark: z.object({ measured: Count, inferred: Count }),
  /** Silent for two intervals while it should burn (*diduga padam*). */
  suspected: Count,
  unknown: Count,
});
export type LampTally = z.infer<typeof LampTally>;

export const panelStates = defineStream({ name: 'street.panel-states', delivery: 'latest', keepForDays: 400 });

/** What a panel that has a controller is doing, and how its lamps are. */
export const PanelStateChanged = defineEvent({
  name: 'street.panel.state-changed',
  summary: 'What a panel that has a controller is doing, and how many of its lamps are in which state.',
  stream: panelStates,
  data: z.object({
    panelId: PanelId,
    place: Place.optional(),
    /** Whether PLN's current is there. */
    supply: z.enum(['present', 'lost', 'unknown']),
    /** Whether it feeds its lamps. */
    light: Light,
    /** By its clock and contactor, or by somebody's hand. */
    mode: z.enum(['automatic', 'manual']).optional(),
    door: z.enum(['open', 'closed']).optional(),
    faults,
    /** Active power of all phases, watt. */
    activePowerW: z.number().min(0).max(1_000_000).optional(),
    lamps: LampTally,
    sinceMs: EpochMs,
    heardAtMs: EpochMs,
    changedAtMs: EpochMs,
  }),
  key: (panel) => panel.panelId,
  id: (panel) => `${panel.panelId}@${String(panel.changedAtMs)}`,
  version: (panel) => panel.changedAtMs,
  where: (panel) => panel.place,
  freshForMs: 180_000,
  audience: streetAgencies,
});
export type PanelStateChanged = DataOf<typeof PanelStateChanged>;

/** A lamp as it is drawn and counted. */
export interface LampNow {
  light: Light;
  basis: LightBasis;
  /** `dark`: no light though it should burn; `suspected`: silent though it should burn; `day-burning`: the other way round. */
  trouble?: 'dark' | 'suspected' | 'day-burning';
}

const DARK: readonly string[] = [
  ...['supplyLoss', 'lampFailure', 'relayFailure', 'circuitBreakerTripped', 'switchingErrorOff'],
];
const BY_DAY: readonly string[] = ['lampUnexpectedOn', 'switchingErrorOn'];

/** How a lamp is by what it said itself, else by its panel, else unknown. The same wherever lamps are drawn or counted. */
export function lampNow(
  lamp: Pick<LampStateChanged, 'light' | 'basis' | 'faults'> | undefined,
  panel: Pick<PanelStateChanged, 'light' | 'faults'> | undefined,
): LampNow {
  if (lamp !== undefined) {
    const trouble = troubleOf(lamp.light, lamp.faults);
    return { light: lamp.light, basis: lamp.basis, ...(trouble && { trouble }) };
  }
  if (panel === undefined || panel.light === 'unknown') return { light: 'unknown', basis: 'none' };
  const trouble = troubleOf(panel.light, panel.faults);
  return { light: panel.light, basis: 'inferred', ...(trouble && { trouble }) };
}

function troubleOf(light: Light, found: readonly string[]): LampNow['trouble'] {
  if (light === 'lit') return found.some((fault) => BY_DAY.includes(fault)) ? 'day-burning' : undefined;
  if (light === 'off') return found.some((fault) => DARK.includes(fault)) ? 'dark' : undefined;
  return found.includes('communicationFailure') ? 'suspected' : undefined;
}
