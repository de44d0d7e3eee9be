import { Fault, isOpenIncident, type Agency, type EmergencyPlace, type IncidentLevel } from '@siaga/contracts';
import { placed } from '../calls/place-in-city.ts';
import { MOST_CALLS, type IncidentDocument, type StoredIncident } from './incident-document.ts';
import type { CallOfIncident } from './incident-times.ts';
import { given, mustBeOpen, openAgain, type Actor, type Description, type Turn } from './incident-turn.ts';

/** What somebody tells of a new one. */
export interface Opening extends Description {
  call?: CallOfIncident | undefined;
  /** A squad found it on this round, and saw it then. */
  found?: { patrolId: string; seenAtMs: number } | undefined;
  /** Absent: the lowest. */
  level?: IncidentLevel;
  /** Agencies that see it from the first moment, because one of their own asks for help. */
  told?: readonly Agency[];
  exercise: boolean;
}

/** A new incident: what is known by now. */
export function opened(opening: Opening, { nowMs }: Actor): IncidentDocument {
  const { call, found, exercise, level = 1, told = [], ...known } = opening;
  return {
    ...{ status: 'active', level, calls: call === undefined ? [] : [call], assignments: [], merged: [] },
    ...{ told: [...told], agencies: [...told], timesOfMerged: {}, openedAtMs: nowMs, changedAtMs: nowMs, exercise },
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
  by: { callId?: string; nowMs: number },
): Turn | undefined {
  const more = isOpenIncident(incident) ? taken(incident, { kind, place, victims }) : {};
  return Object.keys(more).length === 0 ? undefined : completedBy(incident, more, by);
}

/**
 * Where an officer in danger is now, by his phone: it follows him until somebody at a desk has said where it is. The
 * first time is a line of the timeline; each step of a man who runs is none.
 */
export function followed(incident: IncidentDocument, place: EmergencyPlace, nowMs: number): Turn | undefined {
  if (!isOpenIncident(incident)) return undefined;
  if (incident.place === undefined) return completedBy(incident, { place }, { nowMs });
  return incident.place.source === 'unit' ? { fields: { place }, lines: [] } : undefined;
}

/** Filled in from a call, or by an officer’s phone. */
function completedBy(
  incident: IncidentDocument,
  more: Description,
  { callId, nowMs }: { callId?: string; nowMs: number },
): Turn {
  const located = more.place === undefined ? {} : { locatedAtMs: incident.locatedAtMs ?? nowMs };
  const by = callId === undefined ? {} : { callId };
  const isDescribed = more.kind !== undefined || more.victims !== undefined;
  return {
    fields: { ...more, ...located },
    lines: [
      ...(more.place === undefined ? [] : [{ step: 'placed' as const, ...by }]),
      ...(isDescribed ? [{ step: 'described' as const, ...by }] : []),
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
