import type { LampTally, Light, PanelMeasures, PanelStateChanged, Place, StreetTelemetry } from '@siaga/contracts';
import { daylightAt, nextNightMs, toldDaylight, type Daylight } from '../sun/daylight.ts';
import { silentAtMs } from './lamp-rules.ts';
import { crossedAfter, panelThresholds, type Crossing, type PanelMeasure } from './thresholds.ts';
import { faultsOf, openSince, troublesAfter, wordsAfter, type Trouble, type Word } from './trouble.ts';

type Supply = PanelStateChanged['supply'];

/** What is known of a panel that has a controller. */
export interface PanelState {
  panelId: string;
  feederId?: string | undefined;
  place?: Place | undefined;
  supply: Supply;
  light: Light;
  contactor?: 'closed' | 'open' | undefined;
  /** Of a simulated panel: whether it should feed its lamps is what it was told, and not what the sun says. */
  told?: Daylight | undefined;
  breaker?: 'closed' | 'tripped' | undefined;
  mode?: 'automatic' | 'manual' | undefined;
  door?: 'open' | 'closed' | undefined;
  activePowerW?: number | undefined;
  sinceMs: number;
  heardAtMs: number;
  changedAtMs: number;
  silent: boolean;
  intervalS: number;
  controllerId: string;
  words: Word[];
  crossings: Crossing[];
  troubles: Trouble[];
  lamps: LampTally;
  dueAtMs: number;
}

/** What the registers say of a panel. */
export interface PanelFacts {
  panelId: string;
  feederId?: string | undefined;
  place?: Place | undefined;
  contractedVa?: number | undefined;
  intervalS: number;
  simulated?: boolean;
  /** What we told its lamps to give, by hand or by programme; absent: nothing. */
  toldPercent?: number | undefined;
}

/** Between them a line is in trouble, and neither there nor gone. */
const GONE_V = 50;
const LIVE_V = 150;
/** What a panel's own electronics draw at most. */
const OWN_W = 20;

export const nobody: LampTally = {
  lit: { measured: 0, inferred: 0 },
  off: { measured: 0, inferred: 0 },
  dark: { measured: 0, inferred: 0 },
  suspected: 0,
  unknown: 0,
};

/** A panel after a report. A late one changes nothing but which of its events counts. */
export function panelAfter(before: PanelState | undefined, report: StreetTelemetry, facts: PanelFacts): PanelState {
  const heardAtMs = Math.min(report.atMs, report.receivedAtMs);
  const changedAtMs = Math.max(report.receivedAtMs, (before?.changedAtMs ?? 0) + 1);
  const { panelId, feederId, place, intervalS } = facts;
  const placing = { panelId, feederId, place, intervalS };
  const measures = report.panel ?? {};
  const events = [...report.events, ...supplyEvents(measures, before, heardAtMs)];
  const words = wordsAfter(before?.words ?? [], events);
  const known = { ...(before ?? unheardOf(facts, heardAtMs)), ...placing, words, changedAtMs };
  if (before !== undefined && heardAtMs < before.heardAtMs) return judged(known);
  const powers = (measures.phases ?? []).flatMap(({ activePowerW }) => activePowerW ?? []);
  const isToldOn = measures.commanded === undefined ? undefined : measures.commanded === 'closed';
  const next: PanelState = {
    ...known,
    ...{ heardAtMs, silent: false, controllerId: report.deviceId },
    contactor: measures.contactor ?? known.contactor,
    told: toldDaylight(facts.simulated, isToldOn) ?? known.told,
    breaker: measures.breaker ?? known.breaker,
    mode: measures.mode ?? known.mode,
    door: measures.door ?? known.door,
    activePowerW: powers.length === 0 ? known.activePowerW : powers.reduce((sum, power) => sum + power, 0),
    dueAtMs: silentAtMs(Math.max(heardAtMs, report.receivedAtMs), intervalS),
  };
  const numbers = numbersOf(next, measures, facts);
  return judged({ ...next, crossings: crossedAfter(panelThresholds, known.crossings, { atMs: heardAtMs, numbers }) });
}

/**
 * A panel nobody heard of for two intervals. One that told that its current is gone has said why; it is looked at again at dusk,
 * when its lamps should burn.
 */
export function panelUnheard(before: PanelState, nowMs: number): PanelState {
  const silent = lostSince(before) === undefined;
  const { place } = before;
  const changedAtMs = Math.max(nowMs, before.changedAtMs + 1);
  const isDay = place !== undefined && daylightAt(nowMs, place) !== 'night';
  const dueAtMs = !silent && isDay ? nextNightMs(nowMs, place) : Number.MAX_SAFE_INTEGER;
  return judged({ ...before, silent, changedAtMs, dueAtMs });
}

/** Since when PLN's current is gone; undefined while it is there. */
export const lostSince = ({ words }: Pick<PanelState, 'words'>): number | undefined => openSince(words, 'supplyLoss');

/** As screens are told. */
export function panelSaid(panel: PanelState): PanelStateChanged {
  const { panelId, place, supply, light, mode, door, lamps, sinceMs, heardAtMs, changedAtMs, troubles } = panel;
  const activePowerW = panel.silent ? undefined : supply === 'lost' ? 0 : panel.activePowerW;
  const at = place && { lat: place.lat, lng: place.lng };
  const told = { panelId, place: at, supply, light, mode, door, faults: faultsOf(troubles), activePowerW, lamps };
  return { ...told, sinceMs, heardAtMs, changedAtMs };
}

function unheardOf({ panelId, intervalS }: PanelFacts, heardAtMs: number): PanelState {
  return {
    ...{ panelId, intervalS, supply: 'unknown', light: 'unknown', sinceMs: heardAtMs, heardAtMs, changedAtMs: 0 },
    ...{ silent: false, controllerId: '', words: [], crossings: [], troubles: [], lamps: nobody, dueAtMs: 0 },
  };
}

/** Supply that is measured counts like an event said at that moment: an event that was lost is made good by it. */
function supplyEvents(
  measures: PanelMeasures,
  before: PanelState | undefined,
  atMs: number,
): StreetTelemetry['events'] {
  const voltages = (measures.phases ?? []).flatMap(({ voltageV }) => voltageV ?? []);
  const highestV = voltages.length === 0 ? undefined : Math.max(...voltages);
  const byVoltage =
    highestV === undefined ? undefined : highestV < GONE_V ? 'lost' : highestV > LIVE_V ? 'present' : undefined;
  const supply = measures.supply ?? byVoltage;
  if (supply === undefined) return [];
  const isLost = before !== undefined && lostSince(before) !== undefined;
  if (supply === 'lost') return isLost ? [] : [{ eventType: 'supplyLoss', startEndFlag: 'start', atMs }];
  return [{ eventType: 'supplyLoss', startEndFlag: 'end', atMs }];
}

function numbersOf(
  panel: PanelState,
  measures: PanelMeasures,
  { contractedVa, place, toldPercent }: PanelFacts,
): Partial<Record<PanelMeasure, number | undefined>> {
  const voltages = (measures.phases ?? []).flatMap(({ voltageV }) => voltageV ?? []);
  const hasSupply = lostSince(panel) === undefined;
  const daylight = panel.told ?? (place && daylightAt(panel.heardAtMs, place));
  const { contactor, door, breaker, mode, activePowerW } = panel;
  const should = toldPercent === undefined ? daylight === 'night' : toldPercent > 0;
  const isSwitched = contactor !== undefined && daylight !== undefined && hasSupply;
  return {
    highestVoltageV: voltages.length === 0 ? undefined : Math.max(...voltages),
    // a line that is gone is no low voltage
    lowestVoltageV: hasSupply && voltages.length > 0 ? Math.min(...voltages) : undefined,
    leakageMa: measures.leakageMa,
    loadPercent:
      contractedVa === undefined || activePowerW === undefined ? undefined : (activePowerW / contractedVa) * 100,
    doorOpen: door && Number(door === 'open'),
    breakerTripped: breaker && Number(breaker === 'tripped'),
    manual: mode && Number(mode === 'manual'),
    feedsByDay: isSwitched ? Number(contactor === 'closed' && daylight === 'day' && !should) : undefined,
    feedsNotByNight: isSwitched ? Number(contactor === 'open' && should) : undefined,
  };
}

function judged(panel: PanelState): PanelState {
  const lostMs = lostSince(panel);
  const supply: Supply = lostMs === undefined ? (panel.silent ? 'unknown' : supplyOf(panel)) : 'lost';
  const light: Light = lostMs === undefined ? (panel.silent ? 'unknown' : lightOf(panel)) : 'off';
  const holding = new Map<string, number>();
  for (const { kind, flag, atMs } of panel.words) if (flag === 'start') holding.set(kind, atMs);
  for (const { fault, sinceMs, isFault } of panel.crossings)
    if (isFault && !holding.has(fault)) holding.set(fault, sinceMs);
  if (panel.silent) holding.set('communicationFailure', panel.heardAtMs);
  const troubles = troublesAfter(panel.troubles, holding, panel.changedAtMs);
  const sinceMs = light === panel.light && supply === panel.supply ? panel.sinceMs : (lostMs ?? panel.heardAtMs);
  return { ...panel, supply, light, sinceMs, troubles };
}

/** Current draws power and closes contacts that are measured; who says nothing of it is heard by it. */
const supplyOf = ({ words, contactor, activePowerW }: PanelState): Supply =>
  words.some(({ kind, flag }) => kind === 'supplyLoss' && flag === 'end') ||
  contactor !== undefined ||
  (activePowerW ?? 0) > 0
    ? 'present'
    : 'unknown';

function lightOf({ contactor, breaker, activePowerW }: PanelState): Light {
  if (breaker === 'tripped' || contactor === 'open') return 'off';
  if (contactor === 'closed') return 'lit';
  return activePowerW === undefined ? 'unknown' : activePowerW > OWN_W ? 'lit' : 'off';
}
