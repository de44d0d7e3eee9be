import { DeviceId, EpochMs, Fault, parse, Place, type Fix, type RefusalReason } from '@siaga/contracts';
import { withoutKeys } from '@siaga/identity';

/** Why a report was not taken; `detail` is for the operator's screen, in Bahasa. */
export interface Refusal {
  reason: RefusalReason;
  detail: string;
}

/** A place in time as a device reported it, in our units, before anybody asked whose device it is. */
export type Position = Omit<Fix, 'fixId' | 'truckId' | 'protocol' | 'deviceId' | 'receivedAtMs'> & {
  /** The device itself trusts it. */
  valid: boolean;
  /** Made up by an app on the phone. */
  mock: boolean;
};

/** One report out of a device's message; `raw` is that part of the message as it came. */
export type Reading = { deviceId: string; raw: string } & ({ position: Position } | { refused: Refusal });

/** What a decoder found, in our units. NaN stands for present but unreadable, undefined for absent. */
export interface Said extends Partial<Record<Measure, number | undefined>> {
  atMs: number | undefined;
  lat: number | undefined;
  lng: number | undefined;
  ignition?: boolean | undefined;
  alarms?: readonly string[] | undefined;
  valid?: boolean | undefined;
  mock?: boolean | undefined;
}

type Measure = 'speedKph' | 'headingDeg' | 'altitudeM' | 'accuracyM' | 'batteryPercent';

/** What is kept of a raw message. */
const RAW_LIMIT = 2000;

/** International knot in km/h. */
const KPH_PER_KNOT = 1.852;
export const kphFromKnots = (knots: number | undefined) => (knots === undefined ? undefined : knots * KPH_PER_KNOT);
export const kphFromMps = (mps: number | undefined) => (mps === undefined ? undefined : mps * 3.6);

/**
 * Turns what a decoder found into a reading. A place or time that cannot be is `malformed`; a speed, heading, battery
 * and so on that cannot be (devices send −1 for unknown) is left out, for the position is still worth having.
 */
export function readingOf(deviceId: unknown, said: Said, raw: string): Reading {
  const base = {
    deviceId: parse(DeviceId, deviceId, 'device id'),
    raw: keptOf(raw),
  };
  const refuse = (reason: RefusalReason, detail: string): Reading => ({ ...base, refused: { reason, detail } });
  if (said.lat === undefined && said.lng === undefined) return refuse('no-position', 'laporan tanpa posisi');
  const place = Place.safeParse(said);
  if (!place.success)
    return refuse('malformed', `lintang atau bujur tidak sah: ${String(said.lat)}, ${String(said.lng)}`);
  const atMs = EpochMs.safeParse(said.atMs);
  if (!atMs.success) return refuse('malformed', 'waktu tidak terbaca');
  return { ...base, position: { ...place.data, atMs: atMs.data, ...extrasOf(said) } };
}

/** One item of a device's message, before its shape is believed. */
export interface Item {
  /** As the item says it. */
  deviceId: unknown;
  raw: string;
  /** Throws a fault for what it cannot read. */
  read: () => readonly Reading[];
}

/**
 * The readings of a message, item by item: one of a wrong shape is `malformed` by itself, for a device that keeps its
 * reports until they are taken sends the whole batch again. Throws the first fault when no item even names a device.
 */
export function readEach(items: readonly Item[]): readonly Reading[] {
  const results = items.map(({ read }) => {
    try {
      return read();
    } catch (error) {
      if (error instanceof Fault) return error;
      throw error;
    }
  });
  const [first] = results;
  const unread = results.every((result) => result instanceof Fault);
  if (first instanceof Fault && unread && !items.some(({ deviceId }) => DeviceId.safeParse(deviceId).success))
    throw first;
  return items.flatMap((item, index) => {
    const result = results[index] ?? [];
    return result instanceof Fault ? [malformed(item, result)] : result;
  });
}

function malformed({ deviceId, raw }: Item, { issues }: Fault): Reading {
  const id = DeviceId.safeParse(deviceId);
  const fields = issues.map(({ at }) => at).filter((at) => at !== '');
  const detail = id.success
    ? `bentuk laporan tidak sah${fields.length === 0 ? '' : `: ${fields.join(', ').slice(0, 100)}`}`
    : 'id perangkat tidak sah';
  return { deviceId: id.data ?? legible(deviceId), raw: keptOf(raw), refused: { reason: 'malformed', detail } };
}

/** A device id that can be shown in place of one that cannot; U+FFFD at its end keeps it from being another tracker’s. */
function legible(deviceId: unknown): string {
  const said = typeof deviceId === 'string' ? deviceId.trim().slice(0, 99) : '';
  return `${said.replace(/\p{C}/gu, '\uFFFD')}\uFFFD`;
}

/** What is kept of a raw message: its beginning, without push tokens and keys. */
const keptOf = (raw: string): string =>
  withoutKeys(raw.replace(/(notificationToken=)[^&\s]+/g, '$1•••')).slice(0, RAW_LIMIT);

function extrasOf(said: Said): Omit<Position, 'atMs' | 'lat' | 'lng'> {
  const alarms = (said.alarms ?? []).map((code) => code.trim().slice(0, 40)).filter((code) => code !== '');
  return {
    speedKph: within(said.speedKph, 0, 1000, 2),
    headingDeg: headingOf(said.headingDeg),
    altitudeM: within(said.altitudeM, -1000, 20_000, 1),
    accuracyM: within(said.accuracyM, 0, 1_000_000, 1),
    batteryPercent: within(said.batteryPercent, 0, 100, 1),
    ignition: said.ignition,
    alarms: alarms.length === 0 ? undefined : [...new Set(alarms)].slice(0, 10),
    valid: said.valid ?? true,
    mock: said.mock ?? false,
  };
}

function headingOf(degrees: number | undefined): number | undefined {
  const heading = within(degrees, 0, 360, 1);
  return heading === 360 ? 0 : heading;
}

/** The value rounded to so many decimals, or undefined when it is absent, unreadable or out of range. */
function within(value: number | undefined, least: number, most: number, decimals: number): number | undefined {
  if (value === undefined || !(value >= least && value <= most)) return undefined;
  return Number(value.toFixed(decimals));
}
