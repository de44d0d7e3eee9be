import {
  BED_HELD_MS,
  Fault,
  type BedClass,
  type Channel,
  type IncidentLogged,
  type PreArrivalNote,
} from '@siaga/contracts';
import { bedsOfClass, takesBed } from './bed-counts.ts';
import type { HeldBed, HospitalNow, StoredHospital } from './hospital-now.ts';

/** Who does it, when, and by what way somebody else heard it. */
export interface Actor {
  readonly by: string;
  readonly nowMs: number;
  readonly channel?: Channel | undefined;
}

/** One line of an incident's timeline: what became of which request. */
export type BedLine = Pick<IncidentLogged, 'step' | 'tag' | 'words' | 'channel'> & {
  readonly request: HeldBed;
  readonly by: string;
  readonly atMs: number;
};

/** What a rule makes of a hospital, and what of it is told. */
export interface Turn {
  readonly fields: Partial<HospitalNow>;
  readonly lines?: readonly BedLine[];
}

/** Ended requests stay in sight so long, then they and their notes go: the incident's timeline has what happened. */
const ENDED_SHOWN_MS = 24 * 3_600_000;
const MOST_REQUESTS = 400;

export interface Asking {
  readonly requestId: string;
  readonly incidentId: string;
  readonly assignmentId?: string | undefined;
  readonly bedClass: BedClass;
  readonly note?: PreArrivalNote | undefined;
}

/** Holds a bed, or somebody was faster, or nobody knows of one. A repeat of the same press changes nothing. */
export function requested(hospital: StoredHospital, asking: Asking, actor: Actor): Turn | undefined {
  const { requests, name } = hospital;
  const { note, ...what } = asking;
  if (requests.some(({ requestId }) => requestId === what.requestId)) return undefined;
  const beds = bedsOfClass(hospital, what.bedClass);
  if (beds === undefined) throw new Fault('conflict', `${name}: ${what.bedClass} belum pernah dilaporkan; telepon dulu dan tulis angkanya · nobody counted these beds: ring up and write them down first`); // prettier-ignore
  if (beds.freeCount === 0) throw full(hospital, what.bedClass);
  if (requests.length >= MOST_REQUESTS) throw new Fault('unavailable', `${name}: terlalu banyak permintaan sehari ini, telepon rumah sakitnya · too many requests today, ring the hospital`); // prettier-ignore
  const { by, nowMs } = actor;
  const request: HeldBed = {
    ...{ ...what, status: 'held', requested: deedOf(actor), expiresAtMs: nowMs + BED_HELD_MS, seq: 1 },
    ...(note && { note, announced: deedOf(actor) }),
  };
  const line: BedLine = { step: 'bed-requested', by, atMs: nowMs, request, tag: note?.tag, words: note?.complaint };
  return { fields: { requests: [...requests, request] }, lines: [line] };
}

/** Held for longer, from now. */
export function extended(hospital: StoredHospital, requestId: string, actor: Actor): Turn {
  const request = held(hospital, requestId);
  return changed(hospital, { ...request, expiresAtMs: actor.nowMs + BED_HELD_MS }, { step: 'bed-extended', ...deedOf(actor) }); // prettier-ignore
}

/** Free again; undefined for a repeat. */
export function cancelled(
  hospital: StoredHospital,
  { requestId, reason }: { requestId: string; reason: string },
  actor: Actor,
): Turn | undefined {
  if (find(hospital, requestId).status === 'cancelled') return undefined;
  const request = held(hospital, requestId);
  return changed(
    hospital,
    { ...request, status: 'cancelled', ended: deedOf(actor) },
    { step: 'bed-released', words: reason, ...deedOf(actor) },
  );
}

/** The hospital is told who comes: another note than the one it read is to be read again. */
export function announced(
  hospital: StoredHospital,
  { requestId, note }: { requestId: string; note: PreArrivalNote },
  actor: Actor,
): Turn {
  const request = without(held(hospital, requestId), 'acknowledged');
  return changed(
    hospital,
    { ...request, note, announced: deedOf(actor) },
    { step: 'patient-announced', tag: note.tag, words: note.complaint, ...deedOf(actor) },
  );
}

/** Read by the IGD, which says which note it read where there may be several; undefined for a repeat. */
export function acknowledged(
  hospital: StoredHospital,
  { requestId, announcedAtMs }: { requestId: string; announcedAtMs?: number | undefined },
  actor: Actor,
): Turn | undefined {
  const request = find(hospital, requestId);
  if (request.status === 'cancelled' || request.status === 'expired') throw over(hospital, request);
  const { announced: told } = request;
  if (announcedAtMs !== undefined && announcedAtMs !== told?.atMs)
    throw new Fault('conflict', `${requestId}: kabarnya baru diubah, baca lagi · the note was changed just now, read it again`, { deed: { by: told?.by, atMs: told?.atMs } }); // prettier-ignore
  if (request.acknowledged !== undefined) return undefined;
  return changed(hospital, { ...request, acknowledged: deedOf(actor) }, { step: 'patient-acknowledged', ...deedOf(actor) }); // prettier-ignore
}

const way = ['held', 'arrived', 'handed-over'] as const;

export interface Receiving {
  readonly requestId: string;
  readonly status: 'arrived' | 'handed-over';
  readonly atMs: number;
  /** The unit that says so: it brought him, also where nobody had said which does. */
  readonly assignmentId?: string;
}

/**
 * The patient is there, or in the hospital's hands; undefined where that is known. Also after the bed was released: who arrives,
 * arrives, and lies in a bed.
 */
export function received(
  hospital: StoredHospital,
  { requestId, status, atMs, assignmentId }: Receiving,
  actor: Actor,
): Turn | undefined {
  const request = find(hospital, requestId);
  const isFurther = way.indexOf(status) <= way.indexOf(request.status as (typeof way)[number]);
  if (isFurther) return undefined;
  const next: HeldBed = {
    ...{ ...without(request, 'ended'), status, arrivedAtMs: request.arrivedAtMs ?? atMs },
    ...(assignmentId !== undefined && { assignmentId }),
    ...(status === 'handed-over' && { handedOverAtMs: Math.max(atMs, request.arrivedAtMs ?? atMs) }),
  };
  const step = status === 'arrived' ? 'patient-arrived' : 'patient-received';
  return changed(hospital, next, { step, ...deedOf(actor), atMs });
}

/** Incidents that are over, and the units that are at a hospital with a patient of theirs. */
export interface Over {
  readonly incidentIds: ReadonlySet<string>;
  readonly arrived: ReadonlySet<string>;
}

/** Nobody comes any more: beds of incidents that are over are free again, but for whom a unit brought. */
export function givenUp(hospital: StoredHospital, { incidentIds, arrived }: Over, actor: Actor): Turn | undefined {
  const isGivenUp = ({ status, incidentId, assignmentId }: HeldBed) =>
    status === 'held' && incidentIds.has(incidentId) && (assignmentId === undefined ? arrived.size === 0 : !arrived.has(assignmentId)); // prettier-ignore
  const gone = hospital.requests.filter(isGivenUp).map((request): HeldBed => ({
    ...{ ...request, status: 'cancelled', ended: deedOf(actor), seq: request.seq + 1 },
  }));
  if (gone.length === 0) return undefined;
  const ended = new Map(gone.map((request) => [request.requestId, request]));
  return {
    fields: { requests: hospital.requests.map((request) => ended.get(request.requestId) ?? request) },
    lines: gone.map((request) => ({
      ...{ step: 'bed-released', words: 'kejadian selesai · incident closed', request, ...deedOf(actor) },
    })),
  };
}

/** The unit goes elsewhere: the bed stays the patient's, whoever brings him. The unit's own line tells it. */
export function leftBy(hospital: StoredHospital, assignmentId: string): Turn | undefined {
  const waits = (request: HeldBed) => request.status === 'held' && request.assignmentId === assignmentId;
  if (!hospital.requests.some(waits)) return undefined;
  const requests = hospital.requests.map((request) => (waits(request) ? without(request, 'assignmentId') : request));
  return { fields: { requests } };
}

/** What time does: what is held for too long is free again, what ended long ago is forgotten with its note. */
export function due(hospital: StoredHospital, { by, nowMs }: Actor): Turn {
  const lines: BedLine[] = [];
  const kept = hospital.requests.flatMap((request): HeldBed[] => {
    if (request.status !== 'held') return forgottenAtMs(request, hospital) <= nowMs ? [] : [request];
    if (request.expiresAtMs > nowMs) return [request];
    const gone = { ...request, status: 'expired' as const, ended: { by, atMs: nowMs }, seq: request.seq + 1 };
    lines.push({ step: 'bed-expired', by, atMs: nowMs, request: gone });
    return [gone];
  });
  return { fields: { requests: kept }, lines };
}

/** When time does something to a hospital, epoch ms; undefined: never. */
export function wakeAtMsOf(hospital: Pick<HospitalNow, 'requests' | 'counted'>): number | undefined {
  const times = hospital.requests.map((one) =>
    one.status === 'held' ? one.expiresAtMs : forgottenAtMs(one, hospital),
  );
  return times.length === 0 ? undefined : Math.min(...times);
}

/** Who still lies in a bed that nobody counted since is forgotten no sooner than the hold of a day more. */
function forgottenAtMs(request: HeldBed, { counted }: Pick<HospitalNow, 'counted'>): number {
  const endedAtMs = request.handedOverAtMs ?? request.arrivedAtMs ?? request.ended?.atMs ?? request.requested.atMs;
  const isUncounted = counted.some((one) => takesBed(request, one));
  return endedAtMs + (isUncounted ? 7 : 1) * ENDED_SHOWN_MS;
}

/** The request, and nothing of what is no longer so. */
function without(request: HeldBed, what: 'acknowledged' | 'ended' | 'assignmentId'): HeldBed {
  const rest = { ...request };
  Reflect.deleteProperty(rest, what);
  return rest;
}

const deedOf = ({ by, nowMs, channel }: Actor) => ({ by, atMs: nowMs, ...(channel && { channel }) });

function changed(hospital: StoredHospital, next: HeldBed, line: Omit<BedLine, 'request'>): Turn {
  const request = { ...next, seq: next.seq + 1 };
  const requests = hospital.requests.map((one) => (one.requestId === request.requestId ? request : one));
  return { fields: { requests }, lines: [{ ...line, request }] };
}

/** The request, or `not-found`. */
export function find({ requests, name }: StoredHospital, requestId: string): HeldBed {
  const found = requests.find((one) => one.requestId === requestId);
  if (found === undefined) throw new Fault('not-found', `${requestId} tidak ada di ${name} · does not exist there`);
  return found;
}

function held(hospital: StoredHospital, requestId: string): HeldBed {
  const request = find(hospital, requestId);
  if (request.status !== 'held') throw over(hospital, request);
  return request;
}

const over = ({ name }: StoredHospital, { ended, arrivedAtMs, requestId }: HeldBed) =>
  new Fault('conflict', `${requestId} di ${name} tidak lagi ditahan: minta lagi · no longer held, ask again`, {
    deed: { by: ended?.by, atMs: ended?.atMs ?? arrivedAtMs },
  });

/** Tells who has the last one. */
function full({ name, requests }: StoredHospital, bedClass: BedClass): Fault {
  const last = requests.filter((one) => one.bedClass === bedClass && one.status === 'held').at(-1);
  const whose = last === undefined ? '' : `, yang terakhir untuk ${last.incidentId}`;
  return new Fault('conflict', `${name}: tidak ada ${bedClass} kosong${whose}; pilih rumah sakit lain atau telepon · no free bed, choose another hospital or ring up`, { deed: { by: last?.requested.by, atMs: last?.requested.atMs } }); // prettier-ignore
}
