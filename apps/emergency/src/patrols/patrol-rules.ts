import {
  Fault,
  type EmergencyPlace,
  type InputOf,
  type Patrol,
  type PatrolCheckIn,
  type PatrolPhoto,
  type PatrolPlace,
  type PatrolPosition,
  type PatrolRoute,
  type PlannedRound,
  type ReportFinding,
} from '@siaga/contracts';
import { distanceM, provesPresence } from '@siaga/geo';
import { CLOCK_OFF_MS } from '../clock-rules.ts';
import type { PatrolDocument } from './patrol-document.ts';

/** What a rule changes of a round; nothing where everything was known. */
export type Turn = Partial<PatrolDocument>;

/** Who presses, and when he says that was. */
export interface Presser {
  by: string;
  nowMs: number;
  atMs?: number | undefined;
  /** `desk`: writes down what a squad told. */
  tie: 'squad' | 'desk';
}

/** So long a press may wait for a signal, ms: a telephone whose battery died at the weekend. */
const WAITS_MS = 3 * 86_400_000;
/** A round is begun at most so long before or after its hours, ms: nobody walks tomorrow's. */
const ROUND_OFF_MS = 86_400_000;
const MOST_FINDINGS = 50;
const MOST_PHOTOS = 20;

/** When it was pressed, epoch ms: never later than it was heard. */
export function pressedAtMs({ atMs: told, nowMs }: Presser): number {
  const atMs = told ?? nowMs;
  if (atMs > nowMs + CLOCK_OFF_MS)
    throw new Fault('invalid', 'atMs: waktu itu belum terjadi, periksa jam telepon · that time is yet to come, look at the clock'); // prettier-ignore
  if (atMs < nowMs - WAITS_MS)
    throw new Fault('invalid', 'atMs: lebih dari 3 hari lalu, laporkan ke meja · more than 3 days ago, tell the desk'); // prettier-ignore
  return Math.min(atMs, nowMs);
}

interface Beginning {
  route: PatrolRoute;
  planned: PlannedRound;
  unit: { _id: string; name: string; crew: readonly { principalId?: string | undefined }[] };
  exercise: boolean;
}

/** A round that begins. */
export function begun({ route, planned, unit, exercise }: Beginning, presser: Presser): PatrolDocument {
  const startedAtMs = pressedAtMs(presser);
  if (startedAtMs < planned.fromMs - ROUND_OFF_MS || startedAtMs > planned.toMs + ROUND_OFF_MS)
    throw new Fault('invalid', 'ronde itu lebih dari sehari dari sekarang: pilih ronde hari ini · that round is more than a day away: choose one of today'); // prettier-ignore
  const { routeId, name: routeName, agency, order, places } = route;
  return {
    ...{ routeId, routeName, agency, order, places, ...planned, unitId: unit._id, unitName: unit.name },
    ...{ status: 'under-way', startedAtMs, checkIns: [], findings: [], photos: [], squad: squadOf(unit, presser) },
    ...{ changedAtMs: presser.nowMs, exercise },
  };
}

const squadOf = ({ crew }: Beginning['unit'], { by, tie }: Presser): string[] => [
  ...new Set([
    ...crew.flatMap(({ principalId }) => (principalId === undefined ? [] : [principalId])),
    ...(tie === 'squad' ? [by] : []),
  ]),
];

/** Another phone of the squad began it, too: earlier, perhaps. */
export function begunAgain(patrol: PatrolDocument, other: PatrolDocument): Turn | undefined {
  if (patrol.exercise !== other.exercise)
    throw new Fault('conflict', 'simulasi dan ronde nyata tidak dicampur: bersihkan simulasi dulu · what is simulated is never mixed with what is real: clear the exercise first'); // prettier-ignore
  const squad = [...new Set([...patrol.squad, ...other.squad])];
  const startedAtMs = Math.min(patrol.startedAtMs, other.startedAtMs);
  if (squad.length === patrol.squad.length && startedAtMs === patrol.startedAtMs) return undefined;
  return { squad, startedAtMs };
}

/** The squad is at a place. Of all that is said of a place in a round the best stays: measured before said, then the earliest. */
export function checkedIn(
  patrol: PatrolDocument,
  { placeId, position }: { placeId: string; position?: PatrolPosition | undefined },
  presser: Presser,
): Turn | undefined {
  const place = placeOf(patrol, placeId);
  const said: PatrolCheckIn = {
    ...{ placeId, atMs: pressedAtMs(presser), by: presser.by },
    // whoever writes it down at the desk is not there, wherever his screen says it is
    ...(position === undefined || presser.tie === 'desk' ? { byHand: true as const } : measured(place, position)),
  };
  const known = patrol.checkIns.find((one) => one.placeId === placeId);
  if (known !== undefined && !isBetter(said, known)) return undefined;
  return { checkIns: [...patrol.checkIns.filter((one) => one !== known), said] };
}

/** How far it was, and whether that proves anything. */
function measured(place: PatrolPlace, position: PatrolPosition) {
  const awayM = Math.round(distanceM(place, position));
  return { position, distanceM: awayM, ...(provesPresence(place, position) ? {} : { byHand: true as const }) };
}

/** The same whichever of two came first. */
function isBetter(said: PatrolCheckIn, known: PatrolCheckIn): boolean {
  if (said.byHand !== known.byHand) return known.byHand === true;
  if (said.atMs !== known.atMs) return said.atMs < known.atMs;
  return JSON.stringify(said) < JSON.stringify(known);
}

type Finding = Omit<InputOf<typeof ReportFinding>['body'], 'atMs' | 'asIncident'> & { incidentId?: string | undefined };

/** What the squad saw; undefined when it is known. */
export function reported(patrol: PatrolDocument, finding: Finding, presser: Presser): Turn | undefined {
  if (patrol.findings.some(({ findingId }) => findingId === finding.findingId)) return undefined;
  if (finding.placeId !== undefined) placeOf(patrol, finding.placeId);
  if (patrol.findings.length >= MOST_FINDINGS)
    throw new Fault('conflict', 'paling banyak 50 temuan satu ronde: laporkan ke meja · at most 50 findings: tell the desk'); // prettier-ignore
  const { position, words, incidentId, findingId, kind, placeId } = finding;
  const said: Patrol['findings'][number] = {
    ...{ findingId, kind, atMs: pressedAtMs(presser), by: presser.by },
    ...(placeId !== undefined && { placeId }),
    ...(position !== undefined && presser.tie === 'squad' && { position }),
    ...(words !== undefined && { words }),
    ...(incidentId !== undefined && { incidentId }),
  };
  return { findings: [...patrol.findings, said] };
}

/** Where it was seen, as far as that is known: never more exact than it was measured. */
export function placeOfFinding(
  patrol: PatrolDocument,
  { position, placeId }: Pick<Finding, 'position' | 'placeId'>,
): EmergencyPlace | undefined {
  if (position !== undefined) {
    const { lat, lng, accuracyM } = position;
    return { lat, lng, uncertaintyM: Math.round(accuracyM), source: 'unit' };
  }
  if (placeId === undefined) return undefined;
  const { lat, lng, radiusM, name } = placeOf(patrol, placeId);
  return { lat, lng, uncertaintyM: radiusM, source: 'unit', words: name };
}

/** The round is over; the earliest who said so counts. */
export function ended(patrol: PatrolDocument, presser: Presser): Turn | undefined {
  const endedAtMs = Math.min(pressedAtMs(presser), patrol.endedAtMs ?? Infinity);
  return patrol.status === 'ended' && endedAtMs === patrol.endedAtMs ? undefined : { status: 'ended', endedAtMs };
}

/** One more picture; undefined when the round has it. */
export function photographed(patrol: PatrolDocument, photo: PatrolPhoto): Turn | undefined {
  if (patrol.photos.some(({ hash }) => hash === photo.hash)) return undefined;
  if (photo.placeId !== undefined) placeOf(patrol, photo.placeId);
  if (patrol.photos.length >= MOST_PHOTOS)
    throw new Fault('conflict', 'paling banyak 20 foto satu ronde · at most 20 photos of a round');
  return { photos: [...patrol.photos, photo] };
}

function placeOf({ places }: PatrolDocument, placeId: string): PatrolPlace {
  const place = places.find((one) => one.placeId === placeId);
  if (place === undefined)
    throw new Fault('invalid', `placeId: ${placeId} bukan tempat ronde ini · not a place of this round`);
  return place;
}
