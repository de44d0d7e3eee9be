import { FixRecorded, GetTrack, RegisterTruck, TruckMoved, type Client } from '@siaga/contracts';
import { answerOfStatus } from '../attempt.ts';
import type { Driver, Dump } from '../driver.ts';
import type { Answer, Operation } from '../operation.ts';
import type { Random } from '../random.ts';

/** Reports begin so long ago and are a second of track apart: none is ahead of the clock however fast they come. */
const BEGIN_AGO_MS = 8 * 3_600_000;
const STEP_MS = 1000;
const PLACE = { lat: -7.75, lng: 113.21 };
/** What a receiver makes up then: the door refuses it. */
const NO_SATELLITES = { lat: 0, lng: 0 };

/** What a phone says: its truck, the time of its fix, and where. */
interface Report {
  truckId: string;
  atMs: number;
  lat: number;
  lng: number;
}

/**
 * Phones that report positions at the OsmAnd door, each for a truck of its own: in order, sometimes late, sometimes one
 * that was acknowledged already, sometimes one that must be refused. `name` keeps it apart from other scenes.
 */
export function wasteFixes(name: string, options: { phones: number }): Driver {
  const beginMs = Date.now() - BEGIN_AGO_MS;
  const truckIds = Array.from({ length: options.phones }, (_, index) => `${name}-${String(index)}`);
  return {
    name: 'waste-fixes',
    watches: [FixRecorded, TruckMoved],
    lanes: options.phones,
    prepare: async (call) => {
      await Promise.all(truckIds.map((truckId) => register(call, truckId)));
    },
    lane: (index, random) => phone(truckIds[index] ?? name, { beginMs, random }),
    factOf: (event, key, data) => {
      if (!truckIds.includes(key) || data === null) return undefined;
      const { atMs } = data as Report;
      return event === FixRecorded.name ? fixFact({ truckId: key, atMs }) : markerFact({ truckId: key, atMs });
    },
    dump: async (call) => {
      const tracks = await Promise.all(truckIds.map((truckId) => trackOf(call, truckId, beginMs)));
      return dumpOf(tracks.flat());
    },
  };
}

const fixFact = ({ truckId, atMs }: Pick<Report, 'truckId' | 'atMs'>) => `fix of ${truckId} at ${String(atMs)}`;
const markerFact = ({ truckId, atMs }: Pick<Report, 'truckId' | 'atMs'>) =>
  `${truckId} where it was at ${String(atMs)}`;

async function register(call: Client, truckId: string): Promise<void> {
  const devices = [{ protocol: 'osmand' as const, deviceId: truckId }];
  const body = {
    truckId,
    plate: truckId.slice(0, 16),
    hullNumber: '1',
    kind: 'dump' as const,
    capacityKg: 4000,
    devices,
  };
  await call(RegisterTruck, { body });
}

function phone(truckId: string, { beginMs, random }: { beginMs: number; random: Random }): () => Operation {
  const said: Report[] = [];
  const held: Report[] = [];
  let step = 0;
  const onTheWay = (): Report => {
    const at = step++;
    return { truckId, atMs: beginMs + at * STEP_MS, lat: PLACE.lat - at * 0.00001, lng: PLACE.lng };
  };
  return () => {
    const draw = random.next();
    const [earlier] = said;
    if (draw < 0.03 && earlier !== undefined) return repeated(random.pick([earlier, ...said]));
    if (draw < 0.07) return reported({ ...onTheWay(), ...NO_SATELLITES });
    // in a tunnel it keeps a fix, and says it when it has told newer ones
    if (draw < 0.1) held.push(onTheWay());
    const report = (draw > 0.95 ? held.shift() : undefined) ?? onTheWay();
    said.push(report);
    return reported(report);
  };
}

const reported = (report: Report): Operation => ({
  says: fixFact(report),
  every: [fixFact(report)],
  latest: [markerFact(report)],
  documents: [fixFact(report)],
  send: (url, signal) => send(url, report, signal),
});

/** Must change nothing if the first is known; if that one was never answered, it may be what brings it. */
const repeated = (report: Report): Operation => ({
  says: `repeat of ${fixFact(report)}`,
  every: [],
  latest: [],
  documents: [],
  send: (url, signal) => send(url, report, signal),
});

/** 200 with an empty body is success; with words in it, a refusal for good. */
async function send(url: string, { truckId, atMs, lat, lng }: Report, signal: AbortSignal): Promise<Answer> {
  const query = new URLSearchParams({ id: truckId, timestamp: String(atMs), lat: lat.toFixed(7), lon: lng.toFixed(7) });
  const response = await fetch(`${url}/ingest/osmand?${query.toString()}`, { signal });
  const text = await response.text();
  if (response.status === 200) return text === '' ? 'ok' : 'refused';
  return answerOfStatus(response.status);
}

async function trackOf(call: Client, truckId: string, beginMs: number): Promise<Report[]> {
  const { features } = await call(GetTrack, { params: { truckId }, query: { from: beginMs - 1000, to: Date.now() } });
  return features.map(({ geometry: { coordinates }, properties: { atMs } }) => ({
    truckId,
    atMs,
    lat: coordinates[1],
    lng: coordinates[0],
  }));
}

function dumpOf(kept: readonly Report[]): Dump {
  const newest = new Map<string, Readonly<Record<string, unknown>>>();
  for (const report of kept.toSorted((one, other) => one.atMs - other.atMs)) newest.set(report.truckId, { ...report });
  return { documents: kept.map(fixFact), latest: new Map([[TruckMoved.name, newest]]) };
}
