import {
  isUnderWay,
  isOpenIncident,
  emergencyAgencies,
  Fault,
  tagOf,
  type Agency,
  type AssignmentChanged,
  type Channel,
  type EmergencyPlace,
  type IncidentDisposition,
  type IncidentKind,
  type IncidentLevel,
  type IncidentLogged,
  type Partner,
  type TriageAnswer,
  type TriageCard,
  type TriageRecord,
} from '@siaga/contracts';
import { placed } from '../calls/place-in-city.ts';
import { MOST_CALLS, type Doer, type IncidentDocument, type StoredIncident } from './incident-document.ts';
import { statusOf, withAssignment, type CallOfIncident } from './incident-times.ts';

/** Who does it, and when. */
export interface Actor {
  by: string;
  nowMs: number;
}

/** A line of the timeline before it has its number. */
export type Line = Pick<IncidentLogged, 'step'> &
  Partial<
    Pick<
      IncidentLogged,
      | 'callId'
      | 'otherIncidentId'
      | 'agency'
      | 'partner'
      | 'channel'
      | 'seenAtMs'
      | 'level'
      | 'tag'
      | 'answers'
      | 'words'
    >
  >;

/** What a rule changes, and what is told of it; a field given as undefined is taken off. */
export interface Turn {
  fields: Partial<IncidentDocument> & { wakeAtMs?: number | undefined };
  lines: Line[];
}

/** So long screens show what is over: the shift that comes sees what the one before it saw. */
export const SHOWN_MS = 86_400_000;

/** Two incidents become one within milliseconds; after this whoever began it has died. */
export const MERGING_FOR_MS = 10_000;

export interface Description {
  kind?: IncidentKind | undefined;
  place?: EmergencyPlace | undefined;
  victims?: number | undefined;
  words?: string | undefined;
}

/** What somebody tells of a new one. */
export interface Opening extends Description {
  call?: CallOfIncident | undefined;
  /** A squad found it on this round, and saw it then. */
  found?: { patrolId: string; seenAtMs: number } | undefined;
  exercise: boolean;
}

/** A new incident: what is known by now, on the lowest step of the ladder. */
export function opened({ call, found, exercise, ...known }: Opening, { nowMs }: Actor): IncidentDocument {
  return {
    ...{ status: 'active', level: 1, calls: call === undefined ? [] : [call], assignments: [], merged: [] },
    ...{ told: [], agencies: [], timesOfMerged: {}, openedAtMs: nowMs, changedAtMs: nowMs, exercise },
    ...given(known),
    ...found,
    ...(known.place === undefined ? {} : { place: placed(known.place), locatedAtMs: nowMs }),
  };
}

/** Throws unless one more caller may join. */
export function mustTake(incident: StoredIncident, call: { exercise: boolean }, nowMs: number): void {
  mustBeOpen(incident, nowMs);
  if (incident.exercise !== call.exercise)
    throw new Fault(
      'conflict',
      'simulasi dan kejadian nyata tidak dicampur · what is simulated never joins what is real',
    );
  if (incident.calls.length >= MOST_CALLS)
    throw new Fault('conflict', `paling banyak ${String(MOST_CALLS)} panggilan · at most ${String(MOST_CALLS)} calls`);
}

/**
 * A caller that was given to it, as the call has told; nothing when all of it is known. What nobody has said of the incident
 * yet it takes from the call, also when that is written later; words only once: they are written letter by letter.
 */
export function joined(
  incident: IncidentDocument,
  call: CallOfIncident,
  told: Description = {},
  nowMs = incident.changedAtMs,
): Turn | undefined {
  const known = incident.calls.find(({ callId }) => callId === call.callId);
  // somebody closed it at the same moment: nobody is left with what is over
  const isLate = known === undefined && incident.status === 'closed';
  const more = isLate || isOpenIncident(incident) ? taken(incident, { ...told, words: known === undefined ? told.words : undefined }) : {}; // prettier-ignore
  if (known !== undefined && known.answeredAtMs === call.answeredAtMs && Object.keys(more).length === 0)
    return undefined;
  const calls =
    known === undefined ? [...incident.calls, call] : incident.calls.map((one) => (one === known ? call : one));
  const { fields, lines } = completedBy(incident, more, { callId: call.callId, nowMs });
  return {
    fields: { calls, ...fields, ...(isLate ? openAgain(incident) : {}) },
    lines: [...(isLate ? [{ step: 'reopened' as const }] : []), ...lines],
  };
}

/**
 * What a caller of an incident that was merged into this one says later: taken as if he were its own, because nobody looks
 * at the other any more. Words stay where he said them.
 */
export function toldLater(
  incident: IncidentDocument,
  { kind, place, victims }: Description,
  by: { callId: string; nowMs: number },
): Turn | undefined {
  const more = isOpenIncident(incident) ? taken(incident, { kind, place, victims }) : {};
  return Object.keys(more).length === 0 ? undefined : completedBy(incident, more, by);
}

/** Filled in from a call. */
function completedBy(
  incident: IncidentDocument,
  more: Description,
  { callId, nowMs }: { callId: string; nowMs: number },
): Turn {
  const located = more.place === undefined ? {} : { locatedAtMs: incident.locatedAtMs ?? nowMs };
  const isDescribed = more.kind !== undefined || more.victims !== undefined;
  return {
    fields: { ...more, ...located },
    lines: [
      ...(more.place === undefined ? [] : [{ step: 'placed' as const, callId }]),
      ...(isDescribed ? [{ step: 'described' as const, callId }] : []),
    ],
  };
}

/** What is told and nobody has said of it yet. */
const taken = (incident: IncidentDocument, { kind, place, victims, words }: Description): Description =>
  given({
    kind: incident.kind === undefined ? kind : undefined,
    place: incident.place === undefined ? place : undefined,
    victims: incident.victims === undefined ? victims : undefined,
    words: incident.words === undefined ? words : undefined,
  });

/** What a unit on it does; nothing when it was known. One that is over and gets a unit was not over. */
export function worked(incident: IncidentDocument, said: AssignmentChanged): Turn | undefined {
  const assignments = withAssignment(incident.assignments, said);
  if (assignments === incident.assignments) return undefined;
  const { fields, lines } = atWork(incident, assignments);
  const { agency } = said;
  if (agency === undefined || emergencyAgencies.includes(agency) || incident.told.includes(agency))
    return { fields, lines };
  // its crew is to see what it is sent to
  return { fields: { ...fields, ...alsoTold(incident, [agency]) }, lines: [...lines, { step: 'agency-told', agency }] };
}

/** Who is on it now, and what follows for how far it is. */
export function atWork(incident: IncidentDocument, assignments: AssignmentChanged[]): Turn {
  if (incident.status === 'merged') return { fields: { assignments }, lines: [] };
  if (isOpenIncident(incident)) return { fields: { assignments, status: statusOf(assignments) }, lines: [] };
  if (!assignments.some(isUnderWay)) return { fields: { assignments }, lines: [] };
  return { fields: { assignments, ...openAgain({ assignments }) }, lines: [{ step: 'reopened' }] };
}

/** What, where and how many, said better. */
export function described(incident: StoredIncident, said: Description, { nowMs }: Actor): Turn {
  mustBeOpen(incident, nowMs);
  const { place, words, kind, victims } = said;
  const isMore = kind !== undefined || victims !== undefined || words !== undefined;
  if (place === undefined && !isMore) throw nothingSaid();
  const line = words === undefined ? {} : { words: words.slice(0, 2000).toWellFormed() };
  return {
    fields: {
      ...given(said),
      ...(place === undefined ? {} : { place: placed(place), locatedAtMs: incident.locatedAtMs ?? nowMs }),
    },
    lines: [
      ...(place === undefined ? [] : [{ step: 'placed' as const }]),
      ...(isMore ? [{ step: 'described' as const, ...line }] : []),
    ],
  };
}

export interface Triage {
  cardVersion: number;
  answers?: Readonly<Record<string, TriageAnswer>> | undefined;
  overruled?: TriageRecord['overruled'] | undefined;
}

/** Answers of the card, those given on top of those before; who knows better has the last word. */
export function triaged(incident: StoredIncident, said: Triage, card: TriageCard, { nowMs }: Actor): Turn {
  mustBeOpen(incident, nowMs);
  const asked = Object.entries(said.answers ?? {});
  if (asked.length === 0 && said.overruled === undefined) throw nothingSaid();
  mustBeOf(card, said);
  const before = incident.triage?.cardVersion === card.version ? incident.triage : undefined;
  const answers = { ...before?.answers, ...said.answers };
  const tag = tagOf(card, answers);
  const overruled = said.overruled ?? incident.triage?.overruled;
  const triage: TriageRecord = {
    ...{ cardId: card.cardId, cardVersion: card.version, changedAtMs: nowMs, answers },
    ...(tag === undefined ? {} : { tag }),
    ...(overruled === undefined ? {} : { overruled }),
  };
  return {
    fields: { triage, tag: overruled?.tag ?? tag, triagedAtMs: incident.triagedAtMs ?? nowMs },
    lines: [
      ...(asked.length === 0 ? [] : [{ step: 'triaged' as const, ...(tag && { tag }), answers: { ...said.answers } }]),
      ...(said.overruled === undefined
        ? []
        : [{ step: 'overruled' as const, tag: said.overruled.tag, words: said.overruled.reason }]),
    ],
  };
}

function mustBeOf(card: TriageCard, { cardVersion, answers = {} }: Triage): void {
  if (cardVersion !== card.version)
    throw new Fault(
      'conflict',
      `kartu triase sudah versi ${String(card.version)}, jawaban untuk versi ${String(cardVersion)}: muat ulang kartu lalu jawab lagi · the card is another version by now: load it again`,
    );
  const known = card.questions.map(({ questionId }) => questionId);
  const strange = Object.keys(answers).find((questionId) => !known.includes(questionId));
  if (strange !== undefined)
    throw new Fault(
      'invalid',
      `answers: kartu ini tidak menanyakan ${strange}; pilih dari ${known.join(', ')} · the card does not ask this: choose from those named`,
    );
}

/** Up or down the ladder. */
export function raised(incident: StoredIncident, to: { level: IncidentLevel; reason: string }, { nowMs }: Actor): Turn {
  mustBeOpen(incident, nowMs);
  const { level, reason } = to;
  if (incident.level === level)
    throw new Fault('conflict', `insiden ini sudah tingkat ${String(level)} · it is on this level already`);
  return { fields: { level }, lines: [{ step: 'level-changed', level, words: reason }] };
}

/** Agencies see it from now on; nothing when all of them do. */
export function told(incident: StoredIncident, agencies: readonly Agency[], { nowMs }: Actor): Turn | undefined {
  mustBeOpen(incident, nowMs);
  const more = [...new Set(agencies)].filter((agency) => !incident.told.includes(agency));
  if (more.length === 0) return undefined;
  return {
    fields: alsoTold(incident, more),
    lines: more.map((agency) => ({ step: 'agency-told', agency })),
  };
}

const alsoTold = ({ told, agencies }: IncidentDocument, more: readonly Agency[]) => ({
  ...{ told: [...told, ...more], agencies: [...new Set([...agencies, ...more])] },
});

/** Somebody without a desk here was told, by which way; each time is a line. */
export function toldPartner(
  incident: StoredIncident,
  { partner, channel }: { partner: Partner; channel: Channel },
  { nowMs }: Actor,
): Turn {
  mustBeOpen(incident, nowMs);
  const add = (list: readonly Partner[] = []) => [...new Set([...list, partner])];
  return {
    fields: { partnersTold: add(incident.partnersTold), partners: add(incident.partners) },
    lines: [{ step: 'partner-told', partner, channel }],
  };
}

/** A line in the timeline, also of one that is over. */
export const noted = (_: StoredIncident, words: string): Turn => ({ fields: {}, lines: [{ step: 'noted', words }] });

/** Over; not while a unit is on it. */
export function closed(
  incident: StoredIncident,
  { disposition, remark }: { disposition: IncidentDisposition; remark?: string | undefined },
  { by, nowMs }: Actor,
): Turn {
  mustBeOpen(incident, nowMs);
  const busy = incident.assignments.filter(isUnderWay).map(({ unitName, unitId }) => `${unitName} (${unitId})`);
  if (busy.length > 0)
    throw new Fault(
      'conflict',
      `masih ditangani ${busy.join(', ')}: selesaikan atau tarik unitnya dulu · still on it: clear or call back these units first`,
    );
  return {
    fields: { status: 'closed', disposition, closed: { by, atMs: nowMs }, wakeAtMs: nowMs + SHOWN_MS },
    lines: [{ step: 'closed', ...(remark === undefined ? {} : { words: remark }) }],
  };
}

/** It was not over. */
export function reopened(incident: StoredIncident, { reason }: { reason: string }): Turn {
  if (incident.status === 'merged') throw isPartOf(incident);
  if (incident.status !== 'closed') throw new Fault('conflict', 'insiden ini masih terbuka · it is open');
  return { fields: openAgain(incident), lines: [{ step: 'reopened', words: reason }] };
}

/** Fields of one that was over and is not. */
export const openAgain = ({ assignments }: Pick<IncidentDocument, 'assignments'>): Turn['fields'] => ({
  ...{ status: statusOf(assignments), closed: undefined, disposition: undefined },
  ...{ archived: undefined, wakeAtMs: undefined },
});

/** Throws who closed or merged it, and when. */
export function mustBeOpen(incident: StoredIncident, nowMs: number): void {
  if (incident.status === 'merged') throw isPartOf(incident);
  if (!isOpenIncident(incident)) {
    throw new Fault(
      'conflict',
      'insiden ini sudah ditutup: buka lagi dulu · already closed: reopen it first',
      deedOf(incident.closed),
    );
  }
  const { merging } = incident;
  if (merging !== undefined && nowMs - merging.atMs < MERGING_FOR_MS) {
    throw new Fault(
      'conflict',
      `sedang digabung dengan ${merging.otherId}, coba lagi · being merged with it, try again`,
      deedOf(merging),
    );
  }
}

function isPartOf({ mergedInto = '', mergedBy }: IncidentDocument): Fault {
  return new Fault(
    'conflict',
    `sudah digabung ke ${mergedInto}: kerjakan di sana, atau pisahkan dulu · merged into it: go on there, or split it off first`,
    deedOf(mergedBy),
  );
}

const deedOf = (doer: Doer | undefined) => (doer === undefined ? {} : { deed: { by: doer.by, atMs: doer.atMs } });

const nothingSaid = () => new Fault('invalid', 'isi sedikitnya satu hal · give at least one field');

/** The fields that say something. */
const given = <Fields extends object>(fields: Fields) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields;
