import type { Place } from '@siaga/contracts';
import { kelurahan, kelurahanAt } from '@siaga/geo';
import { streets } from '../streets.ts';
import { junctions } from './junctions.ts';

/** A simulated lamp: invented, on an invented pole. */
export interface SimulatedLamp {
  readonly lampId: string;
  readonly watt: number;
  readonly place: Place;
  /** Has a controller of its own; the others are as their panel is. */
  readonly controllerId?: string;
}

export interface SimulatedPanel {
  readonly panelId: string;
  readonly controllerId: string;
  readonly feederId: string;
  readonly place: Place;
  readonly lamps: readonly SimulatedLamp[];
}

export interface SimulatedFeeder {
  readonly feederId: string;
  readonly name: string;
}

export interface SimulatedCamera {
  readonly cameraId: string;
  readonly name: string;
  readonly place: Place;
  readonly linkId?: string;
}

/** PJU of a few streets of Kota Probolinggo, as big as the scenes need it. */
export interface Network {
  readonly feeders: readonly SimulatedFeeder[];
  readonly panels: readonly SimulatedPanel[];
  readonly cameras: readonly SimulatedCamera[];
  readonly link: { readonly linkId: string; readonly name: string; readonly panelId: string };
}

/** How often panels and lamps report, seconds. */
export const PANEL_EVERY_S = 60;
export const LAMP_EVERY_S = 300;

export const LAMPS_OF_PANEL = 30;
/** Of the lamps of a panel whose cable is stolen so many are before the cut. */
export const LAMPS_BEFORE_CUT = 12;

/** Which feeder feeds how many panels, in which kelurahan. */
const rows = [
  { feederId: 'SIM-PLG', name: 'Penyulang Pilang (simulasi)', kelurahan: 'Pilang', panels: 6 },
  { feederId: 'SIM-KNG', name: 'Penyulang Kanigaran (simulasi)', kelurahan: 'Kanigaran', panels: 3 },
  { feederId: 'SIM-MGH', name: 'Penyulang Mangunharjo (simulasi)', kelurahan: 'Mangunharjo', panels: 3 },
] as const;

/** The panels that scenes are about. */
export const pilang = rows[0].feederId;
/** Each of its lamps has a controller of its own. */
export const watchedPanel = 'SIM-APP-07';
export const stuckPanel = 'SIM-APP-10';
export const flappingPanel = 'SIM-APP-08';
const linkedPanel = 'SIM-APP-02';

const METRES_APART = 28;
const METRES_PER_DEGREE = 111_195;
/** The other side of the street. */
const ACROSS_DEGREES = 0.00012;
const watts = [90, 90, 60, 120] as const;

/** Made once; the same on every machine. */
export function network(): Network {
  return (kept ??= build());
}
let kept: Network | undefined;

function build(): Network {
  const panels: SimulatedPanel[] = [];
  for (const { feederId, kelurahan: name, panels: count } of rows) {
    const poles = polesIn(name, count * LAMPS_OF_PANEL);
    for (let at = 0; at < count; at += 1)
      panels.push(panelOf(panels.length + 1, feederId, poles.slice(at * LAMPS_OF_PANEL, (at + 1) * LAMPS_OF_PANEL)));
  }
  const link = { linkId: 'SIM-RADIO-1', name: 'Menara Dishub – Pilang (simulasi)', panelId: linkedPanel };
  const cameras = junctions.map(({ name, isOnLink, ...place }, index) => ({
    cameraId: `SIM-CCTV-${twoDigits(index + 1)}`,
    name: `${name} (simulasi)`,
    place,
    ...(isOnLink === true ? { linkId: link.linkId } : {}),
  }));
  return { feeders: rows.map(({ feederId, name }) => ({ feederId, name })), panels, cameras, link };
}

function panelOf(number: number, feederId: string, poles: readonly Place[]): SimulatedPanel {
  const panelId = `SIM-APP-${twoDigits(number)}`;
  const middle = poles[Math.floor(poles.length / 2)] ?? { lat: 0, lng: 0 };
  return {
    ...{ panelId, feederId, controllerId: `SIM-PC-${twoDigits(number)}` },
    place: rounded({ lat: middle.lat + ACROSS_DEGREES, lng: middle.lng + ACROSS_DEGREES }),
    lamps: poles.map((place, index) => {
      const name = `${twoDigits(number)}${twoDigits(index + 1)}`;
      const own = panelId === watchedPanel ? { controllerId: `SIM-LC-${name}` } : {};
      return { lampId: `SIM-${name}`, watt: watts[number % watts.length] ?? 90, place, ...own };
    }),
  };
}

/** Poles along simulated ways of a kelurahan, one after the other as one walks. Throws where its ways are too short. */
function polesIn(name: string, count: number): Place[] {
  const code = kelurahan().find((one) => one.name === name)?.code;
  const poles: Place[] = [];
  const walked = new Set<string>();
  for (const [from, ways] of streets())
    for (const { to, line } of ways) {
      if (walked.has(`${to}>${from}`)) continue;
      walked.add(`${from}>${to}`);
      for (const place of along(line)) if (kelurahanAt(place)?.code === code) poles.push(place);
    }
  if (poles.length < count) throw new RangeError(`${name}: ${String(poles.length)} poles, not ${String(count)}`);
  return poles.slice(0, count);
}

/** Places on a line, as far from each other as poles are. */
function along(line: readonly Place[]): Place[] {
  const places: Place[] = [];
  let leftM = METRES_APART / 2;
  for (const [index, to] of line.entries()) {
    const from = line[index - 1];
    if (from === undefined) continue;
    const lengthM = Math.hypot(to.lat - from.lat, to.lng - from.lng) * METRES_PER_DEGREE;
    for (; leftM < lengthM; leftM += METRES_APART) {
      const share = leftM / lengthM;
      places.push(
        rounded({ lat: from.lat + (to.lat - from.lat) * share, lng: from.lng + (to.lng - from.lng) * share }),
      );
    }
    leftM -= lengthM;
  }
  return places;
}

const twoDigits = (number: number) => String(number).padStart(2, '0');
const rounded = ({ lat, lng }: Place): Place => ({ lat: Number(lat.toFixed(6)), lng: Number(lng.toFixed(6)) });
