import {
  cameraRoutes,
  createClient,
  DeclareDuty,
  OpenCall,
  OpenIncident,
  PutUnit,
  type Client,
  type IncidentKind,
} from '@siaga/contracts';
import { signToken, type Principal } from '@siaga/service';
import { startTestCity, type TestCity } from '@siaga/testing';

const SECRET = 'a secret of at least thirty-two characters';
const OPEN_INCIDENTS = 50;
const CAMERAS = 68;
const UNITS = 40;

/** Middle of the city; things stand up to this far from it, degrees. */
const MIDDLE = { lat: -7.7558, lng: 113.2115 };
const SPREAD_DEG = 0.03;
const HOUR_MS = 3_600_000;

/** Kinds in turn: cards of one unit, of several, and of nobody. */
const kinds: readonly IncidentKind[] = ['medical', 'traffic-accident', 'fire', 'animal', 'public-order'];

/** A city in the middle of a bad night, on processes of its own. */
export interface BusyCity {
  city: TestCity;
  desk: Client;
  /** Fresh token of somebody who rides in an ambulance: crews see their agency's units live. */
  crewToken: () => Promise<string>;
  /** On duty, with a driver, at their posts. */
  unitIds: readonly string[];
  incidentIds: readonly string[];
  /** Calls with a place that are no incident yet. */
  callIds: readonly string[];
}

/** Starts it and fills it: cameras, units with a crew, open incidents, and as many calls that wait for a decision. */
export async function startBusyCity(): Promise<BusyCity> {
  const city = await startTestCity({ env: { SIAGA_SECRET: SECRET } });
  const desk = createClient({ baseUrl: city.url });
  for (const at of places(CAMERAS))
    await desk(cameraRoutes.register, {
      body: {
        ...{ cameraId: `CCTV-${at.number}`, name: `Kamera ${at.number}`, owner: 'dishub', purpose: 'traffic' },
        ...{ place: at.place, directionDeg: (at.number * 37) % 360, fieldOfViewDeg: 90, rangeM: 120 },
      },
    });
  const unitIds: string[] = [];
  for (const { number, place } of places(UNITS)) unitIds.push(await unitOnDuty(desk, { number, place }));
  const incidentIds: string[] = [];
  const callIds: string[] = [];
  for (const { number, place } of places(OPEN_INCIDENTS)) {
    const call = () => {
      const kind = kinds[number % kinds.length] ?? 'medical';
      return desk(OpenCall, { body: { source: '112', kind, place: { ...place, uncertaintyM: 30, source: 'map' } } });
    };
    const { callId } = await call();
    incidentIds.push((await desk(OpenIncident, { body: { callId } })).incidentId);
    callIds.push((await call()).callId);
  }
  return { city, desk, crewToken: () => signToken(crew, SECRET, '1h'), unitIds, incidentIds, callIds };
}

const crew: Principal = {
  ...{ id: 'crew-1', kind: 'person', city: '3574', agencies: ['dinkes'], roles: ['responder'], exercise: false },
};

/** Spread evenly over a square about the middle of the city, on a golden spiral. */
function places(count: number) {
  return Array.from({ length: count }, (_, at) => {
    const away = SPREAD_DEG * Math.sqrt((at + 0.5) / count);
    const angle = at * 2.399_963;
    const place = { lat: MIDDLE.lat + away * Math.sin(angle), lng: MIDDLE.lng + away * Math.cos(angle) };
    return { number: at + 1, place };
  });
}

async function unitOnDuty(
  desk: Client,
  { number, place }: { number: number; place: { lat: number; lng: number } },
): Promise<string> {
  const unitId = `AMB-${number}`;
  await desk(PutUnit, {
    params: { unitId },
    body: {
      ...{ name: `Ambulans ${number}`, unitClass: 'ambulance', capabilities: ['transport'], agency: 'dinkes' },
      ...{ answers: 'on-call', post: { ...place, words: 'Pos' } },
    },
  });
  await desk(DeclareDuty, {
    params: { unitId },
    body: { duty: 'on', untilMs: Date.now() + 8 * HOUR_MS, crew: [{ name: `Sopir ${number}`, task: 'driver' }] },
  });
  return unitId;
}
