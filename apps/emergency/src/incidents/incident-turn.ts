import { Fault, isOpenIncident, type EmergencyPlace, type IncidentKind, type IncidentLogged } from '@siaga/contracts';
import type { Doer, IncidentDocument, StoredIncident } from './incident-document.ts';
import { statusOf } from './incident-times.ts';

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

/** Why nothing is done with one that was merged. */
export function isPartOf({ mergedInto = '', mergedBy }: IncidentDocument): Fault {
  return new Fault(
    'conflict',
    `sudah digabung ke ${mergedInto}: kerjakan di sana, atau pisahkan dulu · merged into it: go on there, or split it off first`,
    deedOf(mergedBy),
  );
}

const deedOf = (doer: Doer | undefined) => (doer === undefined ? {} : { deed: { by: doer.by, atMs: doer.atMs } });

/** Of a press that changes nothing because it has nothing in it. */
export const nothingSaid = () => new Fault('invalid', 'isi sedikitnya satu hal · give at least one field');

/** The fields that say something. */
export const given = <Fields extends object>(fields: Fields) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields;
