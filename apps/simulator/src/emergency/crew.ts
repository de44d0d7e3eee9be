import {
  kindsWithPatients,
  type AssignmentStatus,
  type IncidentKind,
  type Place,
  type UnitChanged,
} from '@siaga/contracts';
import { between, distanceM } from '@siaga/geo';
import { randomOf, within } from '../random.ts';

type Assignment = NonNullable<UnitChanged['assignment']>;
/** What a crew presses. */
export type Step = Exclude<AssignmentStatus, 'dispatched' | 'diverted' | 'cancelled' | 'declined'>;

/** Roads are longer than straight lines, and a city is driven through at so many metres a second. */
const DETOUR = 1.4;
const METRES_PER_S = 8;

/** Seconds from one status to the next, least and most. */
const seconds: Readonly<Record<Step, readonly [least: number, most: number]>> = {
  accepted: [3, 25],
  'en-route': [15, 60],
  'on-scene': [0, 0],
  'patient-contact': [20, 60],
  'leaving-scene': [120, 360],
  'at-hospital': [180, 420],
  'handed-over': [120, 300],
  clear: [60, 150],
};
const withPatient: readonly Step[] = ['accepted', 'en-route', 'on-scene', 'patient-contact', 'leaving-scene', 'at-hospital', 'handed-over', 'clear']; // prettier-ignore
const without: readonly Step[] = ['accepted', 'en-route', 'on-scene', 'clear'];

/** What a crew is about: where it comes from, and what it was sent to. */
export interface Errand {
  readonly from: Place | undefined;
  readonly to: Place | undefined;
  readonly kind: IncidentKind | undefined;
  readonly seed: string;
}

/** What the crew presses next and when, epoch ms; undefined after an end. Only ambulances carry patients. */
export function nextStep(
  { unitClass }: Pick<UnitChanged, 'unitClass'>,
  { assignmentId, status, atMs }: Pick<Assignment, 'assignmentId' | 'status' | 'atMs'>,
  errand: Errand,
): { step: Step; atMs: number } | undefined {
  const carries = unitClass === 'ambulance' && (errand.kind === undefined || kindsWithPatients.has(errand.kind));
  const order = carries ? withPatient : without;
  const step = order[status === 'dispatched' ? 0 : order.indexOf(status as Step) + 1];
  const since = atMs[status];
  if (step === undefined || since === undefined || (status !== 'dispatched' && !order.includes(status as Step)))
    return undefined;
  const [least, most] = seconds[step];
  const takesS = step === 'on-scene' ? driveS(errand) : within(randomOf(errand.seed, assignmentId, step), least, most);
  return { step, atMs: since + Math.ceil(takesS * 1000) };
}

/** Where a crew under way is, as its phone would say; undefined where it is not, or nobody knows whence or whither. */
export function whereabouts(
  { status, atMs }: Pick<Assignment, 'status' | 'atMs'>,
  errand: Errand,
  nowMs: number,
): Place | undefined {
  const { from, to } = errand;
  const leftMs = atMs['en-route'];
  if (status !== 'en-route' || leftMs === undefined || from === undefined || to === undefined) return undefined;
  return between(from, to, Math.min(1, Math.max(0, (nowMs - leftMs) / (driveS(errand) * 1000))));
}

const driveS = ({ from, to }: Errand): number =>
  from === undefined || to === undefined ? 240 : Math.max(60, (distanceM(from, to) * DETOUR) / METRES_PER_S);
