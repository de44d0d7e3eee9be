import {
  lampNow,
  LampStateChanged,
  PanelStateChanged,
  type LampRegistered,
  type LightBasis,
  type PanelRegistered,
  type Place,
} from '@siaga/contracts';
import { isFresh } from '../../link/age.ts';

/** How a lamp is drawn and named. `unmonitored`: nothing speaks for it, neither a controller of its own nor its panel's. */
export type LampLook = 'lit' | 'off' | 'dark' | 'suspected' | 'day-burning' | 'unknown' | 'unmonitored';

/** A lamp as one screen sees it at one moment. */
export interface SeenLamp {
  lampId: string;
  panelId: string | undefined;
  place: Place;
  approximate: boolean;
  watt: number;
  look: LampLook;
  basis: LightBasis;
  /** Its last word is older than it may be: drawn as it was, and marked as old. */
  old: boolean;
  exercise: boolean;
}

/** A panel, and how many of its lamps are how. */
export interface SeenPanel {
  panelId: string;
  /** Its own place, else the middle of its lamps; undefined when neither is known. */
  place: Place | undefined;
  lamps: number;
  lit: number;
  dark: number;
  suspected: number;
  dayBurning: number;
  unmonitored: number;
}

/** Lamps by state. What is measured and what is inferred stand apart; old news counts as nothing but old. */
export interface LampCounts {
  registered: number;
  /** A controller, their own or their panel's, has spoken for them. */
  monitored: number;
  lit: ByBasis;
  off: ByBasis;
  dark: ByBasis;
  suspected: number;
  dayBurning: number;
  unknown: number;
  old: number;
}
export interface ByBasis {
  measured: number;
  inferred: number;
}

export interface SeenLamps {
  lamps: ReadonlyMap<string, SeenLamp>;
  panels: ReadonlyMap<string, SeenPanel>;
  counts: LampCounts;
}

type Items<Data> = ReadonlyMap<string, { data: Data; exercise: boolean }>;

/** What the live stream holds of the street's lamps. */
export interface LampNews {
  registered: Items<LampRegistered>;
  states: Items<LampStateChanged>;
  panels: Items<PanelRegistered>;
  panelStates: Items<PanelStateChanged>;
}

const nobody: SeenLamps = { lamps: new Map(), panels: new Map(), counts: noCounts() };

/**
 * Every registered lamp as it is drawn and counted. A lamp that is as it was in `before` is the very same object, so that
 * whoever draws sees by identity what changed.
 */
export function seeLamps(news: LampNews, nowMs: number, before: SeenLamps = nobody): SeenLamps {
  const lamps = new Map<string, SeenLamp>();
  const panels = new Map<string, PanelSum>();
  const counts = noCounts();
  for (const [panelId, { data }] of news.panels) panels.set(panelId, newSum(panelId, data.place));
  for (const [lampId, item] of news.registered) {
    const seen = sameOr(before.lamps.get(lampId), seeLamp(item, news, nowMs));
    lamps.set(lampId, seen);
    count(counts, seen);
    if (seen.panelId === undefined) continue;
    const sum = panels.get(seen.panelId) ?? newSum(seen.panelId, undefined);
    panels.set(seen.panelId, sum);
    addTo(sum, seen);
  }
  return { lamps, panels: new Map([...panels].map(([id, sum]) => [id, panelOf(sum)])), counts };
}

function seeLamp(
  { data, exercise }: { data: LampRegistered; exercise: boolean },
  { states, panelStates }: LampNews,
  nowMs: number,
): SeenLamp {
  const { lampId, panelId, place, watt } = data;
  const state = states.get(lampId)?.data;
  const panel = panelId === undefined ? undefined : panelStates.get(panelId)?.data;
  const { light, basis, trouble } = lampNow(state, panel);
  const monitored = state !== undefined || panel !== undefined;
  const heard = state === undefined ? PanelStateChanged : LampStateChanged;
  const heardAtMs = (state ?? panel)?.heardAtMs;
  return {
    ...{ lampId, panelId, place, watt, basis, exercise },
    approximate: data.approximate === true,
    look: monitored ? (trouble ?? light) : 'unmonitored',
    old: heardAtMs !== undefined && !isFresh(heard, heardAtMs, nowMs),
  };
}

function sameOr(before: SeenLamp | undefined, now: SeenLamp): SeenLamp {
  if (before === undefined) return now;
  const same =
    before.look === now.look &&
    before.basis === now.basis &&
    before.old === now.old &&
    before.panelId === now.panelId &&
    before.watt === now.watt &&
    before.approximate === now.approximate &&
    before.exercise === now.exercise &&
    before.place.lat === now.place.lat &&
    before.place.lng === now.place.lng;
  return same ? before : now;
}

function noCounts(): LampCounts {
  return {
    registered: 0,
    monitored: 0,
    lit: { measured: 0, inferred: 0 },
    off: { measured: 0, inferred: 0 },
    dark: { measured: 0, inferred: 0 },
    suspected: 0,
    dayBurning: 0,
    unknown: 0,
    old: 0,
  };
}

function count(counts: LampCounts, { look, basis, old }: SeenLamp): void {
  counts.registered += 1;
  if (look === 'unmonitored') return;
  counts.monitored += 1;
  if (old) counts.old += 1;
  else if (look === 'suspected') counts.suspected += 1;
  else if (look === 'unknown') counts.unknown += 1;
  else {
    if (look === 'day-burning') counts.dayBurning += 1;
    counts[look === 'day-burning' ? 'lit' : look][basis === 'measured' ? 'measured' : 'inferred'] += 1;
  }
}

interface PanelSum extends SeenPanel {
  latSum: number;
  lngSum: number;
}

function newSum(panelId: string, place: Place | undefined): PanelSum {
  const none = { lamps: 0, lit: 0, dark: 0, suspected: 0, dayBurning: 0, unmonitored: 0, latSum: 0, lngSum: 0 };
  return { panelId, place, ...none };
}

function addTo(sum: PanelSum, { place, look, old }: SeenLamp): void {
  sum.lamps += 1;
  sum.latSum += place.lat;
  sum.lngSum += place.lng;
  if (look === 'unmonitored') sum.unmonitored += 1;
  if (old) return;
  if (look === 'lit' || look === 'day-burning') sum.lit += 1;
  if (look === 'dark') sum.dark += 1;
  if (look === 'suspected') sum.suspected += 1;
  if (look === 'day-burning') sum.dayBurning += 1;
}

function panelOf({ latSum, lngSum, ...panel }: PanelSum): SeenPanel {
  if (panel.place !== undefined || panel.lamps === 0) return panel;
  return { ...panel, place: { lat: latSum / panel.lamps, lng: lngSum / panel.lamps } };
}
