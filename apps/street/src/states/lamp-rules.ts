import type { LampMeasures, LampStateChanged, Light, Place, StreetTelemetry } from '@siaga/contracts';
import { daylightAt, nextNightMs, toldDaylight, type Daylight } from '../sun/daylight.ts';
import { crossedAfter, lampThresholds, type Crossing, type LampMeasure } from './thresholds.ts';
import { faultsOf, openSince, troublesAfter, wordsAfter, type Trouble, type Word } from './trouble.ts';

/** What is known of a lamp that has a controller. */
export interface LampState {
  lampId: string;
  panelId?: string | undefined;
  place: Place;
  /** By what was measured last, whether or not current is there now. */
  measuredLight: Light;
  light: Light;
  commandedPercent?: number | undefined;
  /** Of a simulated lamp: whether it should burn is what it was told, and not what the sun says. */
  told?: Daylight | undefined;
  /** What we told it: goes before what it says it was told. */
  toldPercent?: number | undefined;
  levelPercent?: number | undefined;
  activePowerW?: number | undefined;
  sinceMs: number;
  heardAtMs: number;
  changedAtMs: number;
  /** Not heard of for two intervals. */
  silent: boolean;
  intervalS: number;
  controllerId: string;
  words: Word[];
  crossings: Crossing[];
  /** When its light last went on or off, newest last. */
  switchedMs: number[];
  troubles: Trouble[];
  /** When to look at it again if nothing is heard. */
  dueAtMs: number;
}

/** What the registers say of a lamp. */
export interface LampFacts {
  lampId: string;
  panelId?: string | undefined;
  place: Place;
  watt: number;
  intervalS: number;
  simulated?: boolean;
  /** What we told it to give, by hand or by programme; absent: nothing. */
  toldPercent?: number | undefined;
}

/** So many changes within so long are flicker, which ends after half an hour of peace. */
const FLICKER = { changes: 6, withinMs: 15 * 60_000, endsMs: 30 * 60_000 };
/** After two intervals, a report may still be on its way. */
const GRACE_MS = 30_000;
/** Below this a lamp only feeds its controller. */
const STANDBY_W = 2;
const STANDBY_SHARE = 0.05;
/** Less is no supply, only a capacitor that empties itself. */
const LIVE_V = 150;

export const silentAtMs = (heardAtMs: number, intervalS: number): number => heardAtMs + 2 * intervalS * 1000 + GRACE_MS;

/** A lamp after a report. A late one changes nothing but which of its events counts. */
export function lampAfter(before: LampState | undefined, report: StreetTelemetry, facts: LampFacts): LampState {
  const heardAtMs = Math.min(report.atMs, report.receivedAtMs);
  const words = wordsAfter(before?.words ?? [], report.events);
  const changedAtMs = Math.max(report.receivedAtMs, (before?.changedAtMs ?? 0) + 1);
  const known = { ...(before ?? unheardOf(facts, heardAtMs)), ...placing(facts), words, changedAtMs };
  // not heard of yet, or the same moment once more: its measures count; older ones are history
  if (before !== undefined && heardAtMs < before.heardAtMs) return judged(known, changedAtMs);
  const { lamp: measures = {} } = report;
  const measuredLight = lightBy(measures, facts.watt) ?? known.measuredLight;
  const commandedPercent = measures.commandedPercent ?? known.commandedPercent;
  const isToldOn = commandedPercent === undefined ? undefined : commandedPercent > 0;
  const told = toldDaylight(facts.simulated, isToldOn);
  const switched = measuredLight !== known.measuredLight && known.measuredLight !== 'unknown';
  const next = {
    ...known,
    ...{ measuredLight, heardAtMs, silent: false, controllerId: report.deviceId },
    ...refuted(words, { measuredLight, measures, heardAtMs, events: report.events }),
    ...{ commandedPercent, told },
    levelPercent: measures.levelPercent ?? (measuredLight === 'off' ? 0 : known.levelPercent),
    activePowerW: measures.activePowerW ?? (measures.levelPercent === undefined ? known.activePowerW : undefined),
    switchedMs: switched ? [...known.switchedMs, heardAtMs].slice(-FLICKER.changes) : known.switchedMs,
    dueAtMs: silentAtMs(Math.max(heardAtMs, report.receivedAtMs), facts.intervalS),
  };
  const numbers = numbersOf(next, { measures, watt: facts.watt, daylight: told ?? daylightAt(heardAtMs, facts.place) });
  const crossings = crossedAfter(lampThresholds, known.crossings, { atMs: heardAtMs, numbers });
  return judged({ ...next, crossings }, changedAtMs);
}

/** A lamp nobody heard of until it was due: silent, unless it is known why it says nothing. */
export function lampUnheard(before: LampState, nowMs: number, panelIsOff: boolean): LampState {
  const changedAtMs = Math.max(nowMs, before.changedAtMs + 1);
  const night = (before.told ?? daylightAt(nowMs, before.place)) === 'night';
  const hasNoCurrent = openSince(before.words, 'supplyLoss') !== undefined;
  const laterMs = nextNightMs(nowMs, before.place);
  if (hasNoCurrent || (panelIsOff && !night))
    return judged({ ...before, changedAtMs, dueAtMs: night ? nowMs + 86_400_000 : laterMs }, nowMs);
  return judged({ ...before, changedAtMs, silent: true, dueAtMs: Number.MAX_SAFE_INTEGER }, nowMs);
}

/** As screens are told. */
export function lampSaid(lamp: LampState): LampStateChanged {
  const { lampId, panelId, place, light, levelPercent, activePowerW, sinceMs } = lamp;
  const { heardAtMs, changedAtMs, troubles } = lamp;
  const basis = light === 'unknown' ? ('none' as const) : ('measured' as const);
  const isDark = light !== 'lit';
  return {
    ...{ lampId, panelId, place: { lat: place.lat, lng: place.lng }, light, basis, faults: faultsOf(troubles) },
    ...{ commandedPercent: toldOf(lamp), levelPercent: light === 'unknown' ? undefined : isDark ? 0 : levelPercent },
    ...{ activePowerW: light === 'unknown' ? undefined : activePowerW, sinceMs, heardAtMs, changedAtMs },
  };
}

const toldOf = ({ toldPercent, commandedPercent }: LampState) => toldPercent ?? commandedPercent;

const placing = ({ lampId, panelId, place, intervalS, toldPercent }: LampFacts) => {
  return { lampId, panelId, place, intervalS, toldPercent };
};

function unheardOf(facts: LampFacts, heardAtMs: number): LampState {
  return {
    ...placing(facts),
    ...{ measuredLight: 'unknown', light: 'unknown', sinceMs: heardAtMs, heardAtMs, changedAtMs: 0, silent: false },
    ...{ controllerId: '', words: [], crossings: [], switchedMs: [], troubles: [], dueAtMs: 0 },
  };
}

function lightBy({ activePowerW, levelPercent }: LampMeasures, watt: number): Light | undefined {
  if (activePowerW !== undefined) return activePowerW > Math.max(STANDBY_W, watt * STANDBY_SHARE) ? 'lit' : 'off';
  return levelPercent === undefined ? undefined : levelPercent > 0 ? 'lit' : 'off';
}

interface Heard {
  measuredLight: Light;
  measures: LampMeasures;
  heardAtMs: number;
  events: StreetTelemetry['events'];
}

/** An end that was lost: what is measured later says that it is over. */
function refuted(words: Word[], { measuredLight, measures, heardAtMs, events }: Heard): { words: Word[] } {
  const isMeasured = measures.activePowerW !== undefined || measures.levelPercent !== undefined;
  const hasSupply = (measures.supplyVoltageV ?? 0) >= LIVE_V || (isMeasured && measuredLight === 'lit');
  const over: Readonly<Record<string, boolean>> = {
    supplyLoss: hasSupply,
    lampFailure: isMeasured && measuredLight === 'lit',
    lampUnexpectedOn: isMeasured && measuredLight === 'off',
  };
  const ended = words.filter(
    ({ kind, flag, atMs }) =>
      flag === 'start' &&
      over[kind] === true &&
      atMs < heardAtMs &&
      !events.some(({ eventType }) => eventType === kind),
  );
  const events_ = ended.map(({ kind }) => ({ eventType: kind, startEndFlag: 'end' as const, atMs: heardAtMs }));
  return { words: wordsAfter(words, events_) };
}

interface Around {
  measures: LampMeasures;
  watt: number;
  daylight: Daylight;
}

function numbersOf(
  lamp: LampState,
  { measures, watt, daylight }: Around,
): Partial<Record<LampMeasure, number | undefined>> {
  const { measuredLight: light, levelPercent: level } = lamp;
  const told = toldOf(lamp);
  const hasSupply = openSince(lamp.words, 'supplyLoss') === undefined;
  const should = told === undefined ? daylight === 'night' : told > 0;
  const isKnown = light !== 'unknown' && hasSupply;
  const lit = light === 'lit';
  const rated = watt * ((level ?? 100) / 100);
  return {
    supplyVoltageV: measures.supplyVoltageV,
    temperatureC: measures.temperatureC,
    powerFactor: lit && measures.powerFactor !== undefined ? Math.abs(measures.powerFactor) : undefined,
    powerPercent:
      lit && rated > 0 && measures.activePowerW !== undefined ? (measures.activePowerW / rated) * 100 : undefined,
    dimmingErrorPercent:
      lit && told !== undefined && told > 0 && measures.levelPercent !== undefined
        ? Math.abs(measures.levelPercent - told)
        : undefined,
    unlitThoughItShould: isKnown ? Number(!lit && should) : undefined,
    litThoughToldOff: isKnown ? Number(lit && told === 0 && daylight !== 'day') : undefined,
    litByDay: isKnown ? Number(lit && daylight === 'day' && (told ?? 0) === 0) : undefined,
  };
}

/** What follows from all that is known: whether it gives light, and what is wrong. */
function judged(lamp: LampState, nowMs: number): LampState {
  const lostMs = openSince(lamp.words, 'supplyLoss');
  const light = lostMs === undefined ? (lamp.silent ? 'unknown' : lamp.measuredLight) : 'off';
  const troubles = troublesAfter(lamp.troubles, holdingIn(lamp, lostMs, nowMs), lamp.changedAtMs);
  const sinceMs = light === lamp.light ? lamp.sinceMs : light === 'off' ? (lostMs ?? lamp.heardAtMs) : lamp.heardAtMs;
  return { ...lamp, light, sinceMs, troubles };
}

function holdingIn(lamp: LampState, lostMs: number | undefined, nowMs: number): Map<string, number> {
  const holding = new Map<string, number>();
  for (const { kind, flag, atMs } of lamp.words) if (flag === 'start') holding.set(kind, atMs);
  for (const { fault, sinceMs, isFault } of lamp.crossings)
    if (isFault && !holding.has(fault)) holding.set(fault, sinceMs);
  // panels take the current away at dawn: no trouble until it should burn again
  if (lostMs !== undefined && !isLossAtNight(lostMs, nowMs, lamp)) holding.delete('supplyLoss');
  if (lamp.silent) holding.set('communicationFailure', lamp.heardAtMs);
  const flickersMs = flickeringSince(lamp);
  if (flickersMs !== undefined && !holding.has('cyclingFailure')) holding.set('cyclingFailure', flickersMs);
  return holding;
}

const isLossAtNight = (lostMs: number, nowMs: number, { told, place }: LampState) =>
  told === undefined ? daylightAt(lostMs, place) === 'night' || daylightAt(nowMs, place) === 'night' : told === 'night';

function flickeringSince({ switchedMs, heardAtMs, troubles }: LampState): number | undefined {
  const last = switchedMs.at(-1) ?? 0;
  const holds = troubles.some(({ kind, active }) => kind === 'cyclingFailure' && active);
  if (holds) return heardAtMs - last < FLICKER.endsMs ? last : undefined;
  const [first = 0] = switchedMs;
  return switchedMs.length >= FLICKER.changes && last - first <= FLICKER.withinMs ? first : undefined;
}
